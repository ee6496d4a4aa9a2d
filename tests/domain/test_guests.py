"""Somebody without Telegram is a first name and nothing more."""

import pytest

from bot.domain.activities.guests import is_first_name


@pytest.mark.parametrize(
    "name",
    [
        *("Jan", "Anne-Marie", "Zoë", "Jan B.", "Jan B", "D'Angelo", "Mohamed Ali", "李"),
        *("Zoe\u0308", "प्रिया", "மீனா", "مُحَمَّد", "مریم\u200cبی", "שָׂרָה"),
    ],
)
def test_first_names(name: str) -> None:
    assert is_first_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "0612345678",
        "Jan 12",
        "jan@example.org",
        "Jan, Filmstraat 12",
        "/start",
        "x" * 31,
        "🙈",
        "An van der Dijk",
        "Jan\u202e",
        "\u0308",
    ],
)
def test_what_says_more_than_a_first_name_is_none(name: str) -> None:
    assert not is_first_name(name)
