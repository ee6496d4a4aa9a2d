"""Promises as dates, and who is reminded of them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enums import Theme
from bot.domain.promises import Chase, Promise, Promises, chase, promise
from bot.domain.time import is_working_day, to_utc

ZONE = ZoneInfo("Europe/Amsterdam")
TOWN = Promises(3, {Theme.SAFETY: 1, Theme.LONELINESS: 2})


def wall(text: str) -> datetime:
    return to_utc(datetime.fromisoformat(text), ZONE)


@pytest.mark.parametrize(
    ("theme", "received", "last_day", "before"),
    [
        (Theme.LIVABILITY, "2026-11-23T10:00", date(2026, 11, 26), date(2026, 11, 27)),
        (Theme.LIVABILITY, "2026-11-30T23:59", date(2026, 12, 3), date(2026, 12, 4)),
        (Theme.SAFETY, "2026-11-27T18:00", date(2026, 11, 30), date(2026, 12, 1)),
        (Theme.LONELINESS, "2026-12-24T09:00", date(2026, 12, 29), date(2026, 12, 30)),
    ],
)
def test_a_promise_is_a_date_per_theme_in_working_days(
    theme: Theme, received: str, last_day: date, before: date
) -> None:
    made = promise(theme, wall(received), TOWN, ZONE)
    assert made is not None
    assert (made.last_day, made.before) == (last_day, before)


def test_a_danger_report_gets_no_promise_in_days() -> None:
    assert promise(Theme.SAFETY, wall("2026-11-23T10:00"), TOWN, ZONE, danger=True) is None


def test_three_working_days_unless_the_town_says_otherwise() -> None:
    assert Promises().working_days(Theme.SAFETY) == 3


@pytest.mark.parametrize("bad", [{"default": 0}, {"by_theme": {Theme.SAFETY: 0}}])
def test_a_promise_of_no_days_is_refused(bad: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="working day"):
        Promises(**bad)  # type: ignore[arg-type]  # both fields, one at a time


@given(st.sampled_from(Theme), st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31)))  # noqa: DTZ001
def test_the_last_day_is_a_working_day_after_the_report(theme: Theme, received: datetime) -> None:
    made = promise(theme, to_utc(received, ZONE), TOWN, ZONE)
    assert made is not None
    assert received.date() < made.last_day < made.before
    assert made.last_day <= made.thrice
    assert is_working_day(made.last_day)
    assert is_working_day(made.thrice)


@pytest.mark.parametrize(
    ("today", "held", "who"),
    [
        (date(2026, 11, 25), True, Chase.NOBODY),
        (date(2026, 11, 26), True, Chase.HOLDER),
        (date(2026, 11, 26), False, Chase.DESK),
        (date(2026, 11, 27), True, Chase.DESK),
        (date(2026, 12, 4), True, Chase.CONTACT),
        (date(2026, 12, 10), False, Chase.CONTACT),
    ],
)
def test_who_is_reminded_that_a_resident_waits(today: date, held: bool, who: Chase) -> None:
    made = Promise(date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 4))
    assert chase(made, today, held=held) is who
