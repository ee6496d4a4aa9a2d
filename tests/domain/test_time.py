"""UTC inside, Amsterdam at the edge; both nights on which the clock changes."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.time import (
    add_working_days,
    after_quiet,
    at_wall,
    dutch_holidays,
    is_quiet,
    is_working_day,
    local_date,
    to_utc,
    to_wall,
    working_days_between,
)

ZONE = ZoneInfo("Europe/Amsterdam")
DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
WALLS = st.datetimes(datetime(2024, 1, 1), datetime(2035, 12, 31))  # noqa: DTZ001 - wall times are naive


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]  # parts are year, month, day, hour, minute


def test_winter_and_summer_time_differ_by_an_hour() -> None:
    assert at_wall(date(2026, 12, 5), time(13), ZONE) == utc(2026, 12, 5, 12)
    assert at_wall(date(2026, 7, 5), time(13), ZONE) == utc(2026, 7, 5, 11)


def test_a_time_that_the_clock_skips_moves_forward() -> None:
    at = at_wall(date(2027, 3, 28), time(2, 30), ZONE)
    assert at == utc(2027, 3, 28, 1, 30)
    assert to_wall(at, ZONE).time() == time(3, 30)


def test_a_time_that_happens_twice_is_the_first() -> None:
    assert at_wall(date(2026, 10, 25), time(2, 30), ZONE) == utc(2026, 10, 25, 0, 30)


def test_both_readings_of_the_repeated_hour_show_the_same_wall_time() -> None:
    assert to_wall(utc(2026, 10, 25, 0, 30), ZONE) == to_wall(utc(2026, 10, 25, 1, 30), ZONE)


def test_a_wall_time_has_no_zone_and_an_instant_has_one() -> None:
    with pytest.raises(ValueError, match="wall time"):
        to_utc(utc(2026, 1, 1), ZONE)
    with pytest.raises(ValueError, match="instant"):
        to_wall(datetime(2026, 1, 1), ZONE)  # noqa: DTZ001 - the naive time is the mistake


def test_the_date_on_the_wall_is_ahead_of_utc_before_midnight() -> None:
    assert local_date(utc(2026, 11, 23, 23, 30), ZONE) == date(2026, 11, 24)


@given(WALLS)
def test_wall_time_comes_back_unless_the_clock_skipped_it(wall: datetime) -> None:
    back = to_wall(to_utc(wall, ZONE), ZONE)
    assert back in (wall, wall + timedelta(hours=1))


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [(time(21, 59), False), (time(22), True), (time(0), True), (time(7, 59), True), (time(8), False)],
)
def test_quiet_hours_last_from_ten_to_eight(clock: time, quiet: bool) -> None:
    assert is_quiet(at_wall(date(2026, 11, 23), clock, ZONE), ZONE) is quiet


@given(WALLS)
def test_after_quiet_hours_is_the_nearest_loud_moment(wall: datetime) -> None:
    at = to_utc(wall, ZONE)
    after = after_quiet(at, ZONE)
    assert not is_quiet(after, ZONE)
    assert after == at if not is_quiet(at, ZONE) else to_wall(after, ZONE).time() == time(8)
    assert timedelta(0) <= after - at <= timedelta(hours=11)


def test_dutch_holidays_are_those_of_the_library_and_bring_no_other_country() -> None:
    assert dutch_holidays(2026)
    for year in range(2020, 2041):
        assert dutch_holidays(year) == set(country_holidays("NL", years=year))
    alone = "import sys; from bot.domain.time import dutch_holidays; assert dutch_holidays(2026); print(*sys.modules)"
    command = [sys.executable, "-c", alone]
    read_in = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 our own arguments
    assert not [name for name in read_in.stdout.split() if name.startswith("holidays.countries")]


def test_dutch_holidays_are_no_working_days() -> None:
    assert date(2026, 4, 27) in dutch_holidays(2026)
    assert not is_working_day(date(2026, 12, 25))
    assert not is_working_day(date(2026, 12, 26))
    assert not is_working_day(date(2026, 5, 14))
    assert is_working_day(date(2026, 5, 15))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 23), 3, date(2026, 11, 26)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 28), 0, date(2026, 11, 30)),
    ],
)
def test_working_days_skip_weekends_and_holidays(day: date, count: int, expected: date) -> None:
    assert add_working_days(day, count) == expected


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 11, 23), -1)


@given(DAYS, st.integers(1, 40))
def test_counting_working_days_and_counting_them_back_agree(day: date, count: int) -> None:
    later = add_working_days(day, count)
    assert is_working_day(later)
    assert working_days_between(day, later) == count
    assert working_days_between(later, day) == 0
