"""Danger words: found where there is danger, and not where a lamp does not burn."""

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import data
from bot.domain.danger import EMERGENCY, Danger, DangerWords, is_other_script
from tests.domain.danger_corpus import DANGER, DANGER_OF_ANY_SORT, SAFE

WORDS = DangerWords.of(data.danger_words(), data.danger_exceptions())


@pytest.mark.parametrize(("text", "sort"), DANGER.items())
def test_danger_is_found_and_named(text: str, sort: str) -> None:
    assert sort in WORDS.find(text).sorts


@pytest.mark.parametrize(
    "text",
    ["de barbecue rookt", "ik verveel me dood", "brandweerkazerne open dag", "lamp brandt niet", "", "🔥", "die lamp"],
)
def test_what_only_looks_like_danger_is_left_alone(text: str) -> None:
    assert not WORDS.find(text)


def test_at_least_95_of_100_dangers_are_found_and_85_of_100_findings_are_right() -> None:
    dangers = [*DANGER, *DANGER_OF_ANY_SORT]
    found = sum(bool(WORDS.find(text)) for text in dangers)
    wrong = [text for text in SAFE if WORDS.find(text)]
    assert len(dangers) >= 160
    assert len(SAFE) >= len(dangers)
    assert found / len(dangers) >= 0.95
    assert found / (found + len(wrong)) >= 0.95, wrong


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
    danger = WORDS.find(text)
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
