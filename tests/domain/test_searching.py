"""Words as a search knows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.phrases import tokens
from bot.domain.searching import COMMON, MAX_TERMS, MAX_WORD, MAX_WORDS, Term, stem, terms_of, words_of


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("lantaarnpaal", "lantaarnpalen"), ("boom", "bomen"), ("huis", "huizen"), ("fiets", "fietsen"),
        ("bus", "bussen"), ("kind", "kinderen"), ("jongen", "jongens"), ("auto", "autos"), ("brief", "brieven"),
        ("duif", "duiven"), ("straat", "straten"), ("container", "containers"), ("rat", "ratten"), ("kapot", "kapotte"),
        ("groot", "grote"), ("bankje", "bankjes"), ("light", "lights"), ("tree", "trees"),
    ],
)  # fmt: skip
def test_a_word_and_its_plural_are_one(one: str, many: str) -> None:
    assert stem(one) == stem(many)


@pytest.mark.parametrize(
    ("one", "other"), [("lamp", "lantaarn"), ("hond", "hand"), ("bus", "bank"), ("straat", "plein")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_a_text_is_kept_by_its_telling_words() -> None:
    assert words_of("De lantaarnpaal bij de SCHÓÓL is kapot, de lantaarnpalen!") == ("lantarnpal", "schol", "kapot")


def test_what_is_looked_for_is_also_the_beginning_of_longer_words() -> None:
    assert terms_of("Lantaarn is") == (Term("lantarn", "lantarn"),)
    assert terms_of("bus") == (Term("bus", None),)
    assert terms_of("lamp lampen") == (Term("lamp", "lampen"),)
    assert terms_of("de het een 😀") == ()
    assert len(terms_of("aap noot mies wim zus jet teun")) == MAX_TERMS


@given(st.text(max_size=200))
def test_whatever_is_in_a_text_finds_it(text: str) -> None:
    kept = words_of(text)
    assert len(set(kept)) == len(kept) <= MAX_WORDS
    for word in tokens(text):
        if word in COMMON:
            continue
        assert stem(word) in kept
        assert 0 < len(stem(word)) <= MAX_WORD
        (term, *_) = terms_of(word)
        assert term.stem in kept
