"""What people type where they could tap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text_input import Word, choose, is_back, is_empty, is_small_talk, is_stop, normalise, number, word

LABELS = [
    "📍 Een plek op straat",
    "👥 Overlast of ruzie",
    "👤 Ik maak me zorgen om iemand",
    "🙋 Mijzelf of mijn gezin",
    "⬅️ Terug",
]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Ja", Word.YES),
        ("  JA!!! 😀", Word.YES),
        ("oké", Word.YES),
        ("👍🏽", Word.YES),
        ("j", Word.YES),
        ("Yes please.", Word.YES),
        ("nee, dank je", Word.NO),
        ("No", Word.NO),
        ("👎", Word.NO),
        ("terug", Word.BACK),
        ("◀", Word.BACK),
        ("Stop!", Word.STOP),
        ("annuleren", Word.STOP),
        ("overslaan", Word.SKIP),
        ("I don\u2019t know", Word.SKIP),
        ("help", Word.HELP),
        ("Versturen", Word.SEND),
        ("janee", None),
        ("ja maar de lamp is kapot", None),
        ("stop de overlast in mijn straat", None),
        ("", None),
        ("😀", None),
        ("   ", None),
    ],
)
def test_some_words_are_understood_at_every_step(text: str, meant: Word | None) -> None:
    assert word(text) is meant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", 2), ("2.", 2), (" nummer 2 ", 2), ("Nr. 10", 10), ("optie 3", 3), ("twee", 2), ("Third", 3), ("3e", 3),
        ("2️⃣", 2), ("1️⃣0️⃣", None), ("2 lampen", None), ("1324", None), ("", None), ("-2", 2),
    ],
)  # fmt: skip
def test_a_number_is_understood_as_people_type_it(text: str, expected: int | None) -> None:
    assert number(text) == expected


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("Een plek op straat", 0),
        ("een PLEK", 0),
        ("plek", 0),
        ("2", 1),
        ("vier", 3),
        ("overlast", 1),
        ("👥 Overlast of ruzie", 1),
        ("terug", 4),
        ("9", None),
        ("0", None),
        ("of", None),
        ("mij", 3),
        ("ik maak me zorgen om iemand in mijn straat", None),
        ("iets anders", None),
        ("", None),
        ("😀", None),
    ],
)
def test_a_button_is_named_by_its_word_or_its_number(text: str, index: int | None) -> None:
    assert choose(text, LABELS) == index


def test_a_word_that_fits_two_buttons_chooses_neither() -> None:
    labels = ["Muziekwijk Noord", "Muziekwijk Zuid", "Filmwijk"]
    assert choose("muziekwijk", labels) is None
    assert choose("noord", labels) == 0
    assert choose("film", ["Filmwijk", "Filmwijk"]) is None
    assert choose("filmwijk", ["Filmwijk", "Filmwijk"]) is None


def test_a_label_that_is_a_number_is_its_word_first() -> None:
    assert choose("3", ["1", "3", "5"]) == 1


@given(st.text(max_size=50))
def test_any_text_can_be_typed(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert choose(text, LABELS) in {None, 0, 1, 2, 3, 4}
    assert is_empty(text) is (not normalise(text)) or number(text) is not None
    word(text)


@pytest.mark.parametrize(("text", "empty"), [("😀", True), ("...", True), ("", True), ("ok", False), ("7", False)])
def test_only_emoji_is_as_good_as_nothing(text: str, empty: bool) -> None:
    assert is_empty(text) is empty


def test_back_and_stop_are_always_understood() -> None:
    assert is_back("Terug")
    assert not is_back("stop")
    assert is_stop("stop!")
    assert not is_stop("terug")


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("Hoi", True),
        ("dank je wel", True),
        ("Hallo 👋", True),
        ("hoi er ligt afval", False),
        ("Goedemorgen allemaal", True),
        ("thank you very much", True),
        ("hallo brand hier", False),
        ("dag en nacht", False),
        ("morgen", False),
        ("", False),
        ("lamp", False),
    ],
)
def test_a_greeting_is_no_report_yet(text: str, small: bool) -> None:
    assert is_small_talk(text) is small
