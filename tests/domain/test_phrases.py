"""Finding phrases in what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.phrases import Hit, PhraseBook, parse_phrase, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Brand!!! 🔥 HELP", ("brand", "help")),
        ("Eén café, m'n buurman\u2019s huis", ("een", "cafe", "mn", "buurmans", "huis")),
        ("br\u200band", ("brand",)),
        ("12a_3", ("12a", "3")),
        ("😀", ()),
        ("", ()),
    ],
)
def test_only_words_and_numbers_are_left(text: str, words: tuple[str, ...]) -> None:
    assert tokens(text) == words


def found(phrase: str, text: str) -> list[tuple[int, int]]:
    return [(hit.start, hit.end) for hit in PhraseBook.of({"x": [phrase]}).find(tokens(text))]


@pytest.mark.parametrize(
    ("phrase", "text", "spans"),
    [
        ("brand", "er is brand", [(2, 3)]),
        ("brand", "brandweer", []),
        ("inbre*", "een inbreker!", [(1, 2)]),
        ("*brand", "een keukenbrand", [(1, 2)]),
        ("er is een? brand", "er is brand", [(0, 3)]),
        ("er is een? brand", "Er is een brand", [(0, 4)]),
        ("huis|flat brandt", "de flat brandt", [(1, 3)]),
        ("huis|*woning brandt", "de buurwoning brandt", [(1, 3)]),
        ("huis ... brand", "huis staat nu in brand", [(0, 5)]),
        ("huis ... brand", "huis brand", [(0, 2)]),
        ("huis ... brand", "huis waar wij dus zijn in brand", []),
        ("er is een? een", "er is een", [(0, 3)]),
        ("er is brand", "er is", []),
    ],
)
def test_signs_of_a_phrase(phrase: str, text: str, spans: list[tuple[int, int]]) -> None:
    assert found(phrase, text) == spans


@pytest.mark.parametrize("phrase", ["", "... brand", "brand ...", "een? brand", "*bra*", "br*", "!", "a|", "*"])
def test_what_is_no_phrase_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="phrase"):
        parse_phrase(phrase)


def test_hits_name_their_label_and_know_what_they_share() -> None:
    book = PhraseBook.of({"fire": ["staat in brand"], "house": ["huis staat"]})
    house, fire = book.find(tokens("het huis staat in brand"))
    assert (house, fire) == (Hit("house", 1, 3), Hit("fire", 2, 5))
    assert house.overlaps(fire)
    assert not Hit("a", 0, 2).overlaps(Hit("b", 2, 3))


@given(st.text())
def test_any_text_can_be_read_and_reads_the_same_twice(text: str) -> None:
    words = tokens(text)
    assert tokens(" ".join(words)) == words


@given(st.lists(st.text("abcdefgh", min_size=3, max_size=8), min_size=1, max_size=5), st.integers(0, 4))
def test_every_word_of_a_text_is_found_whole_by_its_start_and_by_its_end(words: list[str], at: int) -> None:
    word = words[at % len(words)]
    for phrase in (word, f"{word[:3]}*", f"*{word[-3:]}"):
        assert found(phrase, " ".join(words))
