"""Who is there for whom, and the dates that people type."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.absence import LONGEST, is_possible, parse_day, parse_past_day, stand_in

#: A Friday.
TODAY = date(2026, 11, 27)


def test_a_chain_of_substitutes_ends_with_who_is_there() -> None:
    assert stand_in(1, {}) == 1
    assert stand_in(1, {1: 2}) == 2
    assert stand_in(1, {1: 2, 2: 3}) == 3
    assert stand_in(1, {1: 2, 2: 1}) is None
    assert stand_in(1, {1: None}) is None


@given(st.integers(0, 6), st.dictionaries(st.integers(0, 6), st.none() | st.integers(0, 6)))
def test_nobody_who_is_away_stands_in_for_anybody(person: int, away: dict[int, int | None]) -> None:
    there = stand_in(person, away)
    assert there is None or there not in away
    assert (there == person) is (person not in away)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("18 december", date(2026, 12, 18)),
        ("t/m vrijdag 18 december", date(2026, 12, 18)),
        ("until December 18th", date(2026, 12, 18)),
        ("18-12", date(2026, 12, 18)),
        ("18/12/26", date(2026, 12, 18)),
        ("18.12.2026", date(2026, 12, 18)),
        ("2026-12-18", date(2026, 12, 18)),
        ("5 jan", date(2027, 1, 5)),
        ("1e januari 2027", date(2027, 1, 1)),
        ("29 februari", date(2028, 2, 29)),
        ("vrijdag", TODAY),
        ("donderdag", date(2026, 12, 3)),
        ("morgen", date(2026, 11, 28)),
        ("vandaag", TODAY),
        ("26 november", date(2027, 11, 26)),
    ],
)
def test_dates_as_people_type_them(typed: str, day: date) -> None:
    assert parse_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["", "😀", "straks", "31-02", "32 december", "26-11-2026", "2020-01-01", "12", "ma di", "99-99-99"]
)
def test_what_is_no_date_to_come(typed: str) -> None:
    assert parse_day(typed, TODAY) is None


@given(st.dates(date(2025, 1, 1), date(2035, 1, 1)), st.integers(0, 364))
def test_a_date_is_read_back_however_it_is_written(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    for typed in (f"{day.day}-{day.month}", f"{day.day}/{day.month}/{day.year}", day.isoformat()):
        assert parse_day(typed, today) == day


@given(st.text(max_size=30), st.dates(date(2025, 1, 1), date(2035, 1, 1)))
def test_nothing_typed_breaks_it_or_lies_in_the_past(typed: str, today: date) -> None:
    found = parse_day(typed, today)
    assert found is None or found >= today


def test_nobody_is_away_for_more_than_a_year() -> None:
    assert is_possible(TODAY, TODAY)
    assert is_possible(TODAY + LONGEST, TODAY)
    assert not is_possible(TODAY + LONGEST + timedelta(days=1), TODAY)
    assert not is_possible(TODAY - timedelta(days=1), TODAY)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14-9-2026", date(2026, 9, 14)),
        ("14 september", date(2026, 9, 14)),
        ("28 november", date(2025, 11, 28)),
        ("27-11", TODAY),
        ("vandaag", TODAY),
        ("2025-12-31", date(2025, 12, 31)),
        ("28-11-2026", None),
        ("straks", None),
    ],
)
def test_a_day_in_the_past_is_typed_in_the_same_ways(typed: str, expected: date | None) -> None:
    assert parse_past_day(typed, TODAY) == expected
