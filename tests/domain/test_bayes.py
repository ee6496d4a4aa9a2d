"""Pieces of words, and telling sentences apart by them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bayes import MOST_LETTERS, Bayes, held_out, pieces


def test_a_sentence_is_its_words_and_their_pieces() -> None:
    assert pieces("De lamp!") == {
        *(" de ", "=de"),
        *(" lam", "lamp", "amp ", " lamp", "lamp ", "=lamp"),
    }
    assert pieces("niet meer leven", pairs=True) - pieces("niet meer leven") == {
        *("niet_meer", "meer_leven"),
        "niet__leven",
    }


def test_of_a_long_text_the_beginning_is_read() -> None:
    assert pieces("lamp " * 10_000) == pieces("lamp")
    assert pieces("a" * MOST_LETTERS + " vijver") == pieces("a" * MOST_LETTERS)


def test_one_in_so_many_is_held_out_however_it_is_written() -> None:
    held = [held_out(f"zin {number}", 4) for number in range(2_000)]
    assert 0.2 < sum(held) / len(held) < 0.3
    assert held_out("De lamp is stuk!", 3) == held_out("de LAMP... is stuk", 3)


def test_what_was_said_of_a_label_makes_it_likely() -> None:
    model = Bayes.of(["licht", "water"], [("licht", pieces("lamp kapot")), ("water", pieces("vijver stinkt"))])
    (light, water), known = model.scores(pieces("lantaarnlampen"))
    assert known
    assert light > water
    assert model.scores(pieces("zzz")) == ([0.0, 0.0], 0)


def test_a_model_can_learn_more_and_stays_as_it_was() -> None:
    model = Bayes.of(["licht", "water"], [("licht", pieces("lamp kapot"))])
    more = model.plus({"water": dict.fromkeys(pieces("fontein"), 3), "gone": {"=lamp": 9}})
    assert model.scores(pieces("fontein"))[1] == 0
    light, water = more.scores(pieces("fontein"))[0]
    assert water > light


def test_an_empty_model_knows_nothing() -> None:
    assert Bayes.of(["a", "b"], []).scores(pieces("lamp")) == ([0.0, 0.0], 0)


@given(st.text(max_size=500))
def test_any_text_has_pieces(text: str) -> None:
    assert all(len(piece) <= 2 * 18 * len(text) + 5 for piece in pieces(text, pairs=True))


_SAID = st.lists(st.tuples(st.sampled_from("abc"), st.frozensets(st.sampled_from("uvwxyz"), max_size=4)), max_size=12)


@given(_SAID, st.lists(st.frozensets(st.sampled_from("uvwxyzq")), max_size=4))
def test_a_label_is_as_likely_as_the_pieces_are_rare_among_all_others(
    said: list[tuple[str, frozenset[str]]], asked: list[frozenset[str]]
) -> None:
    model = Bayes.of("abc", said, unseen=0.3)
    everything = [piece for _, pieces_said in said for piece in pieces_said]
    room = 0.3 * len(set(everything))
    for found in asked:
        known = found & set(everything)
        others = [[piece for label, held in said if label != one for piece in held] for one in "abc"]
        fit = [
            -sum(math.log((other.count(piece) + 0.3) / (len(other) + room)) for piece in known) if known else 0.0
            for other in others
        ]
        scores, number = model.scores(found)
        assert number == len(known)
        assert scores == pytest.approx(fit)
