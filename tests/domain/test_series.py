"""Meetings that repeat, in wall time, through both clock changes."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities.series import Planned, Series, parse_rule
from bot.domain.time import to_wall

ZONE = ZoneInfo("Europe/Amsterdam")


def series(starts: str, ends: str, rule: str | None = None) -> Series:
    return Series(datetime.fromisoformat(starts), datetime.fromisoformat(ends), rule)


REPAIR = series("2026-12-05T13:00", "2026-12-05T16:00", "FREQ=MONTHLY;BYDAY=1SA")
ROUNDS = series("2026-12-01T20:00", "2026-12-01T21:00", "FREQ=WEEKLY;BYDAY=TU,TH")


def dates(found: list[Planned]) -> list[date]:
    return [planned.nominal for planned in found]


def test_the_first_saturdays_of_the_month() -> None:
    found = REPAIR.expand(date(2026, 11, 23), date(2027, 2, 28), ZONE)
    assert dates(found) == [date(2026, 12, 5), date(2027, 1, 2), date(2027, 2, 6)]
    assert found[0] == Planned(
        date(2026, 12, 5), datetime(2026, 12, 5, 12, tzinfo=UTC), datetime(2026, 12, 5, 15, tzinfo=UTC)
    )


def test_both_ends_of_the_span_belong_to_it() -> None:
    found = ROUNDS.expand(date(2026, 12, 1), date(2026, 12, 8), ZONE)
    assert dates(found) == [date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 8)]
    assert dates(ROUNDS.expand(date(2026, 12, 2), date(2026, 12, 2), ZONE)) == []


def test_what_does_not_repeat_happens_once() -> None:
    once = series("2026-12-12T10:00", "2026-12-12T15:00")
    assert dates(once.expand(date(2026, 12, 12), date(2026, 12, 12), ZONE)) == [date(2026, 12, 12)]
    assert once.expand(date(2026, 12, 13), date(2027, 1, 1), ZONE) == []
    assert once.expand(date(2026, 1, 1), date(2026, 12, 11), ZONE) == []


@pytest.mark.parametrize("clock", [time(0), time(1, 30), time(10), time(23, 59)])
def test_a_series_stays_at_its_hour_through_both_clock_changes(clock: time) -> None:
    starts = datetime.combine(date(2026, 10, 1), clock)
    daily = Series(starts, starts.replace(day=2), "FREQ=DAILY")
    for planned in daily.expand(date(2026, 10, 1), date(2027, 4, 30), ZONE):
        assert to_wall(planned.starts_at, ZONE) == datetime.combine(planned.nominal, clock)


def test_a_start_that_the_clock_skips_moves_forward_and_still_ends_later() -> None:
    night = series("2027-03-27T02:30", "2027-03-27T03:00", "FREQ=DAILY")
    (planned,) = night.expand(date(2027, 3, 28), date(2027, 3, 28), ZONE)
    assert to_wall(planned.starts_at, ZONE).time() == time(3, 30)
    assert to_wall(planned.ends_at, ZONE).time() == time(4)


def test_an_end_may_be_given_in_utc() -> None:
    until = series("2026-12-01T20:00", "2026-12-01T21:00", "RRULE:FREQ=DAILY;UNTIL=20261203T190000Z")
    assert len(until.expand(date(2026, 1, 1), date(2027, 1, 1), ZONE)) == 3
    plain = series("2026-12-01T20:00", "2026-12-01T21:00", "FREQ=DAILY;UNTIL=20261203")
    assert len(plain.expand(date(2026, 1, 1), date(2027, 1, 1), ZONE)) == 2
    assert parse_rule("FREQ=DAILY;UNTIL=20261203T190000Z", until.starts).count() == 2


@pytest.mark.parametrize(
    "rule",
    [
        "", "nonsense", "FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=DAILY;BYHOUR=9,10", "FREQ=SOMETIMES",
        "FREQ=DAILY;COUNT=x",
        "BYDAY=MO", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY\nFREQ=WEEKLY", "FREQ=DAILY;UNTIL=20269999T000000Z",
        "EXDATE:20261201T200000", "FREQ=WEEKLY;BYDAY=MO", "FREQ=DAILY;UNTIL=20251201", "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
    ],
)  # fmt: skip
def test_a_rule_that_makes_no_series_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=r"rule|repeat|date|time"):
        series("2026-12-01T20:00", "2026-12-01T21:00", rule)


def test_a_meeting_ends_after_it_starts_and_has_no_zone() -> None:
    with pytest.raises(ValueError, match="ends after"):
        series("2026-12-01T20:00", "2026-12-01T20:00")
    with pytest.raises(ValueError, match="time zone"):
        series("2026-12-01T20:00+01:00", "2026-12-01T21:00+01:00")


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.times(), st.integers(1, 3))
def test_a_date_is_the_key_of_one_meeting_only(first: date, clock: time, interval: int) -> None:
    starts = datetime.combine(first, clock.replace(tzinfo=None, microsecond=0))
    weekly = Series(starts, starts.replace(year=starts.year + 1, day=1), f"FREQ=WEEKLY;INTERVAL={interval}")
    found = weekly.expand(first, first.replace(year=first.year + 1, day=1), ZONE)
    assert found[0].nominal == first
    assert len(set(dates(found))) == len(found)
    assert all(planned.starts_at < planned.ends_at for planned in found)
