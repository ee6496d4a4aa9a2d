"""Free places: who hears of them when, and how full a meeting is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities.offers import (
    RoleCount,
    add_loud_time,
    is_late_cancel,
    occurrence_state,
    offer_times,
    open_until,
    walks_in,
)
from bot.domain.enums import ActivityKind, OccurrenceState, RoleKey
from bot.domain.time import is_quiet, to_utc, to_wall

ZONE = ZoneInfo("Europe/Amsterdam")
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def wall(text: str) -> datetime:
    return to_utc(datetime.fromisoformat(text), ZONE)


def shown(at: datetime) -> str:
    return f"{to_wall(at, ZONE):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("starts", "now", "sends", "until"),
    [
        # more than three days: 24 hours of which only 08-22 count
        ("2026-12-05T13:00", "2026-12-01T10:00", "2026-12-01T10:00", "2026-12-02T20:00"),
        ("2026-12-05T13:00", "2026-12-01T23:00", "2026-12-02T08:00", "2026-12-03T18:00"),
        # between one and three days: six hours
        ("2026-12-05T13:00", "2026-12-02T13:00", "2026-12-02T13:00", "2026-12-02T19:00"),
        ("2026-12-05T13:00", "2026-12-03T20:00", "2026-12-03T20:00", "2026-12-04T12:00"),
        # between three hours and a day: two hours
        ("2026-12-05T13:00", "2026-12-04T13:00", "2026-12-04T13:00", "2026-12-04T15:00"),
        ("2026-12-05T13:00", "2026-12-04T21:30", "2026-12-04T21:30", "2026-12-05T09:30"),
        ("2026-12-05T13:00", "2026-12-04T23:00", "2026-12-05T08:00", "2026-12-05T10:00"),
        # never after the start
        ("2026-12-05T08:15", "2026-12-04T21:30", "2026-12-04T21:30", "2026-12-05T08:15"),
        # through the night in which the clock goes back
        ("2026-10-28T13:00", "2026-10-24T21:00", "2026-10-24T21:00", "2026-10-26T17:00"),
        ("2026-10-25T13:00", "2026-10-24T21:00", "2026-10-24T21:00", "2026-10-25T09:00"),
        # and through the one in which it goes forward
        ("2027-03-31T13:00", "2027-03-27T21:00", "2027-03-27T21:00", "2027-03-29T17:00"),
        ("2027-03-28T13:00", "2027-03-27T23:00", "2027-03-28T08:00", "2027-03-28T10:00"),
    ],
)
def test_one_person_at_a_time_has_hours_by_day_to_answer(starts: str, now: str, sends: str, until: str) -> None:
    found = offer_times(wall(starts), wall(now), ZONE)
    assert found is not None
    assert (shown(found.sends_at), shown(found.until), found.first_to_tap) == (sends, until, False)


@pytest.mark.parametrize(
    ("starts", "now", "sends"),
    [
        ("2026-12-05T13:00", "2026-12-05T10:00", "2026-12-05T10:00"),
        ("2026-12-05T13:00", "2026-12-05T12:59", "2026-12-05T12:59"),
        # the same morning, although it is still night
        ("2026-12-05T10:00", "2026-12-05T07:00", "2026-12-05T07:00"),
        ("2026-12-05T08:30", "2026-12-05T07:00", "2026-12-05T07:00"),
        # more than three hours before: it waits for 08:00
        ("2026-12-05T10:00", "2026-12-05T06:59", "2026-12-05T08:00"),
        ("2026-12-05T10:00", "2026-12-04T22:00", "2026-12-05T08:00"),
    ],
)
def test_in_the_last_three_hours_the_first_to_tap_gets_it(starts: str, now: str, sends: str) -> None:
    found = offer_times(wall(starts), wall(now), ZONE)
    assert found is not None
    assert (shown(found.sends_at), found.until, found.first_to_tap) == (sends, wall(starts), True)


@pytest.mark.parametrize(
    ("starts", "now"),
    [
        ("2026-12-05T13:00", "2026-12-05T13:00"),
        ("2026-12-05T13:00", "2026-12-05T14:00"),
        ("2026-12-05T23:30", "2026-12-05T22:30"),
        ("2026-12-06T07:30", "2026-12-05T23:00"),
    ],
)
def test_nothing_is_offered_when_it_would_be_too_late(starts: str, now: str) -> None:
    assert offer_times(wall(starts), wall(now), ZONE) is None


@given(INSTANTS, st.timedeltas(timedelta(minutes=-5), timedelta(days=10)))
def test_an_offer_always_ends_after_it_began_and_by_the_start(starts: datetime, remains: timedelta) -> None:
    now = starts - remains
    found = offer_times(starts, now, ZONE)
    if found is None:
        assert remains <= timedelta(hours=10)
        return
    assert now <= found.sends_at < found.until <= starts
    if is_quiet(found.sends_at, ZONE):
        assert found.first_to_tap
        assert to_wall(starts, ZONE).date() == to_wall(now, ZONE).date()


@given(INSTANTS, st.timedeltas(timedelta(minutes=1), timedelta(hours=60)))
def test_loud_time_ends_by_day_and_is_never_shorter_than_time(at: datetime, amount: timedelta) -> None:
    ends = add_loud_time(at, amount, ZONE)
    assert ends >= at + amount
    assert not is_quiet(ends - timedelta(microseconds=1), ZONE)


@pytest.mark.parametrize(
    ("role", "hours", "late"),
    [
        (RoleKey.WALKER, 24, True),
        (RoleKey.HOST, 1, True),
        (RoleKey.REPAIRER, 0, True),
        (RoleKey.REPAIRER, 25, False),
        (RoleKey.VISITOR, 1, False),
        (RoleKey.STALL, 1, False),
        (RoleKey.HELPER, 1, False),
    ],
)
def test_only_walkers_hosts_and_repairers_can_be_late(role: RoleKey, hours: int, late: bool) -> None:
    now = wall("2026-12-05T13:00")
    assert is_late_cancel(role, now + timedelta(hours=hours), now) is late


@pytest.mark.parametrize(
    ("count", "state", "free"),
    [
        (RoleCount(2, 4, 1), OccurrenceState.TOO_FEW, 3),
        (RoleCount(2, 4, 2), OccurrenceState.GOES_AHEAD, 2),
        (RoleCount(2, 4, 3), OccurrenceState.ALMOST_FULL, 1),
        (RoleCount(2, 4, 4), OccurrenceState.FULL, 0),
        (RoleCount(0, 80, 63), OccurrenceState.GOES_AHEAD, 17),
        (RoleCount(0, 80, 64), OccurrenceState.ALMOST_FULL, 16),
        (RoleCount(0, None, 500), OccurrenceState.GOES_AHEAD, None),
        (RoleCount(0, 4, 6), OccurrenceState.FULL, 0),
    ],
)
def test_how_full_a_role_is(count: RoleCount, state: OccurrenceState, free: int | None) -> None:
    assert (count.state, count.free) == (state, free)


FULL, SOME, FEW = RoleCount(0, 2, 2), RoleCount(0, 9, 2), RoleCount(2, 9, 1)


@pytest.mark.parametrize(
    ("kind", "roles", "state"),
    [
        (ActivityKind.OTHER, {}, OccurrenceState.GOES_AHEAD),
        (ActivityKind.OTHER, {RoleKey.VISITOR: FULL}, OccurrenceState.FULL),
        (ActivityKind.OTHER, {RoleKey.VISITOR: FULL, RoleKey.HOST: SOME}, OccurrenceState.GOES_AHEAD),
        (ActivityKind.OTHER, {RoleKey.VISITOR: FULL, RoleKey.HOST: FEW}, OccurrenceState.TOO_FEW),
        (ActivityKind.OTHER, {RoleKey.HOST: RoleCount(0, 3, 2), RoleKey.VISITOR: FULL}, OccurrenceState.ALMOST_FULL),
        (ActivityKind.REPAIR_CAFE, {RoleKey.VISITOR: FULL, RoleKey.HOST: FULL}, OccurrenceState.GOES_AHEAD),
        (ActivityKind.REPAIR_CAFE, {RoleKey.VISITOR: FEW, RoleKey.HOST: FULL}, OccurrenceState.TOO_FEW),
    ],
)
def test_how_full_a_meeting_is(kind: ActivityKind, roles: dict[RoleKey, RoleCount], state: OccurrenceState) -> None:
    assert occurrence_state(kind, roles, called_off=False) is state
    assert occurrence_state(kind, roles, called_off=True) is OccurrenceState.CALLED_OFF


def test_visitors_of_a_repair_cafe_walk_in() -> None:
    assert walks_in(ActivityKind.REPAIR_CAFE, RoleKey.VISITOR)
    assert not walks_in(ActivityKind.REPAIR_CAFE, RoleKey.HOST)
    assert not walks_in(ActivityKind.ROMMELROUTE, RoleKey.VISITOR)


def test_signing_up_ends_with_the_start_but_for_who_walks_in() -> None:
    starts, ends = datetime(2026, 12, 5, 12, tzinfo=UTC), datetime(2026, 12, 5, 15, tzinfo=UTC)
    assert open_until(ActivityKind.REPAIR_CAFE, RoleKey.VISITOR, starts, ends) == ends
    assert open_until(ActivityKind.REPAIR_CAFE, RoleKey.HOST, starts, ends) == starts
    assert open_until(ActivityKind.OTHER, RoleKey.VISITOR, starts, ends) == starts
