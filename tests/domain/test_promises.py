"""Promises as dates, and who is reminded of them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enums import Chase, Theme
from bot.domain.promises import Promises, chase, next_chase, promise, three_times
from bot.domain.time import add_working_days, is_working_day, to_utc

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
    ("today", "how_far"),
    [
        (date(2026, 11, 25), None),
        (date(2026, 11, 26), Chase.LAST_DAY),
        (date(2026, 11, 27), Chase.LATE),
        (date(2026, 12, 3), Chase.LATE),
        (date(2026, 12, 4), Chase.THRICE),
        (date(2026, 12, 10), Chase.THRICE),
    ],
)
def test_how_far_waiting_has_come(today: date, how_far: Chase | None) -> None:
    assert chase(date(2026, 11, 23), date(2026, 11, 26), today) is how_far


@given(st.sampled_from(Theme), st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31)))  # noqa: DTZ001
def test_three_times_can_be_told_from_the_dates_that_are_kept(theme: Theme, received: datetime) -> None:
    made = promise(theme, to_utc(received, ZONE), TOWN, ZONE)
    assert made is not None
    assert three_times(received.date(), made.last_day) == made.thrice


@given(st.dates(date(2025, 1, 1), date(2030, 12, 31)), st.integers(1, 5))
def test_everybody_hears_once_and_in_order_and_never_before_the_last_day(received: date, days: int) -> None:
    last = add_working_days(received, days)
    heard: list[Chase] = []
    day = next_chase(received, last, None)
    while day is not None:
        reached = chase(received, last, day)
        assert reached is not None
        heard.append(reached)
        assert chase(received, last, day - timedelta(days=1)) is not reached
        day = next_chase(received, last, reached)
    assert heard == list(Chase)


@pytest.mark.parametrize(
    ("received", "last", "thrice"),
    [
        (date(2026, 4, 2), date(2026, 4, 9), date(2026, 4, 17)),  # Good Friday on 3 and Easter Monday on 6 April
        (date(2026, 4, 23), date(2026, 4, 29), date(2026, 5, 7)),  # King's Day on 27 April
        (date(2026, 12, 23), date(2026, 12, 29), date(2027, 1, 7)),  # 25 December and 1 January
        (date(2026, 3, 26), date(2026, 3, 31), date(2026, 4, 10)),  # summer time, and Easter
        (date(2026, 10, 22), date(2026, 10, 27), date(2026, 11, 4)),  # winter time
    ],
)
def test_holidays_and_clock_changes_are_no_working_days(received: date, last: date, thrice: date) -> None:
    made = promise(Theme.LIVABILITY, to_utc(datetime.combine(received, time(12)), ZONE), TOWN, ZONE)
    assert made is not None
    assert (made.last_day, made.thrice) == (last, thrice)
    assert next_chase(received, last, Chase.LATE) == thrice


def test_the_set_up_file_names_days_by_theme_and_may_leave_out_the_default() -> None:
    named = Promises.of({"default": 5, "veiligheid": 1})
    assert (named.working_days(Theme.SAFETY), named.working_days(Theme.POVERTY)) == (1, 5)
    assert Promises.of({}).working_days(Theme.SAFETY) == 3
