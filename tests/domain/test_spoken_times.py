"""Times as people say them become figures."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.spoken_times import Part, spoken
from bot.domain.when import When, Wrong, ends_of, length, parse_when

NOW = datetime(2026, 11, 23, 10)  # noqa: DTZ001 a wall time: a Monday
TOMORROW, SATURDAY = date(2026, 11, 24), date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("half acht", When(None, time(7, 30))),
        ("half een", When(None, time(12, 30))),
        ("kwart voor een", When(None, time(12, 45))),
        ("kwart over 8", When(None, time(8, 15))),
        ("morgen van half acht tot negen uur", When(TOMORROW, time(7, 30), time(9))),
        ("zaterdagavond half acht", When(SATURDAY, time(19, 30))),
        ("zaterdagavond 8 uur tot 1 uur", When(SATURDAY, time(20), time(1))),
        ("komende zaterdag tussen 10 en 12 uur", When(SATURDAY, time(10), time(12))),
        ("a.s. zaterdag 10:00", When(SATURDAY, time(10))),
        ("zaterdag 8 tot 10 uur 's avonds", When(SATURDAY, time(20), time(22))),
        ("morgen om 9 uur 's ochtends", When(TOMORROW, time(9))),
        ("morgenmiddag 2 uur", When(TOMORROW, time(14))),
        ("vanavond 20:00-22:00", When(NOW.date(), time(20), time(22))),
        ("vanmiddag", When(NOW.date())),
    ],
)
def test_what_is_said_is_understood(text: str, when: When) -> None:
    assert parse_when(text, NOW) == when


def test_a_part_of_the_day_changes_only_hours_that_are_not_in_it() -> None:
    assert [Part.EVENING.of(time(hour)).hour for hour in (1, 5, 8, 11, 12, 20)] == [1, 17, 20, 23, 12, 20]
    assert [Part.AFTERNOON.of(time(hour)).hour for hour in (1, 6, 11, 12, 14)] == [13, 18, 11, 12, 14]
    assert Part.MORNING.of(time(9)) == time(9)
    assert spoken("morgen").part is None


@pytest.mark.parametrize(
    ("text", "ends"),
    [("zaterdag 22:00-01:00", time(1)), ("zaterdag 20:00-24:00", time(0)), ("zaterdag 8pm-1am", time(1))],
)
def test_what_ends_after_midnight_can_be_typed(text: str, ends: time) -> None:
    found = parse_when(text, NOW)
    assert isinstance(found, When)
    assert (found.day, found.ends) == (SATURDAY, ends)


@pytest.mark.parametrize("text", ["za 16:00-13:00", "za 9 uur tot 5 uur", "za 12:00-11:00", "za 13:00-13:00"])
def test_what_would_last_longer_than_a_night_was_mistyped(text: str) -> None:
    assert parse_when(text, NOW) is Wrong.BACKWARDS


@given(st.times(), st.times())
def test_an_end_lies_after_its_beginning_and_within_a_day(begins: time, ends: time) -> None:
    begins, ends = begins.replace(tzinfo=None), ends.replace(tzinfo=None)
    starts = datetime.combine(SATURDAY, begins)
    lasts = ends_of(starts, ends) - starts
    assert 0 < lasts.total_seconds() <= 86_400
    assert length(begins, ends) in (None, lasts)
