"""Danger words: found where there is danger, and not where a lamp does not burn."""

from collections.abc import Callable
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import data
from bot.domain.bayes import held_out
from bot.domain.danger import ANY, HELD_OUT, SAFE, Danger, DangerWords, is_other_script
from bot.domain.themes import HELD_OUT as THEMES_HELD_OUT
from bot.services.reporting import signs
from tests.domain.measuring import too_alike

#: The line that goes with every danger.
EMERGENCY = "emergency"

WORDS = signs.danger_words()
SENSE = signs.danger_sense()
#: Sentences that the words were written after, with the sort of danger that must be found.
DANGER = {row.text: row.label for row in data.danger_known() if row.label not in (SAFE, ANY)}
#: Sentences that nothing was written after or trained on.
HELD = [row for row in data.danger_phrases() if held_out(row.text, HELD_OUT)]


def test_danger_that_is_known_is_found_and_the_lines_are_those_of_its_sort() -> None:
    missed = [text for text in DANGER if not SENSE.find(text)]
    others = [text for text, sort in DANGER.items() if not set(WORDS.lines[sort]) <= set(SENSE.find(text).lines)]
    assert len(missed) <= 0.01 * len(DANGER), missed
    assert len(others) <= 0.03 * len(DANGER), others


@pytest.mark.parametrize(
    "text",
    ["de barbecue rookt", "ik verveel me dood", "brandweerkazerne open dag", "lamp brandt niet", "", "🔥", "die lamp"],
)
def test_what_only_looks_like_danger_is_left_alone(text: str) -> None:
    assert not WORDS.find(text)
    assert not SENSE.find(text)


def test_no_held_out_sentence_is_nearly_one_that_was_learned() -> None:
    trained = [row.text for row in [*data.danger_known(), *data.danger_terms()]]
    trained += [row.text for row in data.danger_phrases() if not held_out(row.text, HELD_OUT)]
    assert too_alike([row.text for row in HELD], trained) == []


def test_on_a_held_out_third_95_of_100_dangers_are_found_and_85_of_100_findings_are_right(
    record_property: Callable[[str, object], None], capsys: pytest.CaptureFixture[str]
) -> None:
    dangers, safe = [row for row in HELD if row.label != SAFE], [row for row in HELD if row.label == SAFE]
    found, wrong = [row for row in dangers if SENSE.find(row.text)], [row for row in safe if SENSE.find(row.text)]
    shares = {
        "recall": len(found) / len(dangers),
        "precision": len(found) / (len(found) + len(wrong)),
        "right_lines": sum(set(WORDS.lines[row.label]) <= set(SENSE.find(row.text).lines) for row in dangers)
        / len(dangers),
        "recall_of_words_alone": sum(bool(WORDS.find(row.text)) for row in dangers) / len(dangers),
    }
    for name, share in shares.items():
        record_property(f"danger_{name}", round(share, 3))
    with capsys.disabled():
        print(f"\ndanger on {len(dangers)} + {len(safe)} held-out sentences: {shares}")  # noqa: T201 the figures are the result
    assert len(data.danger_phrases()) >= 160
    assert 2 * sum(row.label == SAFE for row in data.danger_phrases()) >= len(data.danger_phrases())
    assert shares["recall"] >= 0.95
    assert shares["precision"] >= 0.85
    assert shares["right_lines"] >= 0.9


def test_who_tells_of_a_theme_is_seldom_asked_about_danger() -> None:
    told = [row for row in data.theme_phrases() if held_out(row.text, THEMES_HELD_OUT) and row.label != "veiligheid"]
    asked = [row.text for row in told if SENSE.find(row.text)]
    assert len(asked) <= 0.12 * len(told), asked


def test_danger_is_found_in_the_last_of_many_sentences() -> None:
    long = "De lamp in onze straat is al weken stuk. " * 60
    assert not SENSE.find(long)
    assert SENSE.find(f"{long}Er is brand in de flat.").sorts == ("fire",)


@pytest.mark.parametrize("row", data.danger_words(), ids=lambda row: row.key)
def test_every_sort_of_danger_begins_with_112_and_names_lines_that_exist(row: data.DangerRow) -> None:
    assert row.lines[0] == EMERGENCY
    assert set(row.lines) <= set(data.help_lines())
    assert set(row.phrases) == {"nl", "en"} == data.danger_languages()


def test_the_lines_of_several_dangers_come_once_and_the_most_urgent_first() -> None:
    danger = WORDS.find("mijn man slaat mij en ik wil dood")
    assert danger.sorts == ("suicide", "violence_home")
    assert danger.lines == ("emergency", "suicide_prevention", "safe_home")


def test_without_words_there_is_no_danger() -> None:
    assert Danger() == WORDS.find("kapotte stoeptegel")
    assert WORDS.languages == {"nl", "en"}


def test_an_exception_hides_only_the_words_it_shares() -> None:
    assert WORDS.find("de lamp brandt niet en er is een inbreker in huis").sorts == ("break_in",)


@given(st.text(max_size=300))
def test_any_text_can_be_looked_through(text: str) -> None:
    danger = SENSE.find(text)
    assert bool(danger) is bool(danger.lines)
    assert not danger or danger.lines[0] == EMERGENCY


@given(st.sampled_from(sorted(DANGER)), st.sampled_from(["!", "...", " 😱", "\n"]))
def test_danger_is_found_in_capitals_and_among_signs(text: str, signs: str) -> None:
    assert WORDS.find(signs + text.upper() + signs).sorts == WORDS.find(text).sorts


def test_other_languages_are_other_lists() -> None:
    class Sort:
        """A sort of danger with a list in a third language."""

        key, lines = "fire", ("emergency",)
        phrases = MappingProxyType({"tr": ("yangin",), "nl": ("brand",)})

    words = DangerWords.of([Sort()], [])
    assert words.languages == {"tr", "nl"}
    assert words.find("YANGIN!").lines == ("emergency",)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("النجدة بيتي يحترق", True),
        ("Допоможіть, пожежа", True),
        ("着火了", True),
        ("Çöp kutusu dolu", False),
        ("Zażółć gęślą jaźń", False),
        ("مرحبا, de lamp in onze straat is kapot", False),
        ("112 🔥", False),
        ("", False),
    ],
)
def test_what_is_written_in_another_script_is_known(text: str, other: bool) -> None:
    assert is_other_script(text) is other
