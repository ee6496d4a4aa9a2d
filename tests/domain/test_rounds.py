"""Nobody walks alone."""

from dataclasses import astuple
from datetime import UTC, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities.rounds import (
    Step,
    asks_along,
    chain,
    drop_out_leaves_alone,
    may_tick_vog,
    next_at,
    opens,
    parse_time,
    settles_at,
    signing_up_is_yes,
    step,
    times_ahead,
)
from bot.domain.time import to_utc, to_wall

ZONE = ZoneInfo("Europe/Amsterdam")
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def wall(text: str) -> datetime:
    return to_utc(datetime.fromisoformat(text), ZONE)


def test_the_team_s_worker_ticks_a_vog_but_never_the_own_one() -> None:
    assert may_tick_vog(team_worker=True, oneself=False)
    assert not may_tick_vog(team_worker=True, oneself=True)
    assert not may_tick_vog(team_worker=False, oneself=False)


@pytest.mark.parametrize(
    ("starts", "times"),
    [
        ("2026-12-05T20:00", ["04T19:00", "05T17:00", "05T18:00", "05T18:30", "05T19:00"]),
        ("2026-12-05T11:00", ["04T19:00", "05T08:00", "05T09:00", "05T09:30", "05T10:00"]),
        ("2026-12-05T10:59", ["04T19:00", "04T20:00", "04T20:30", "04T21:00", "04T21:30"]),
        ("2026-12-05T00:30", ["04T19:00", "04T20:00", "04T20:30", "04T21:00", "04T21:30"]),
    ],
)
def test_a_round_is_made_sure_of_before_it_starts(starts: str, times: list[str]) -> None:
    assert [f"{to_wall(at, ZONE):%dT%H:%M}" for at in astuple(chain(wall(starts), ZONE))] == times


@given(INSTANTS)
def test_the_chain_runs_in_order_and_ends_before_the_start(starts: datetime) -> None:
    times = [*astuple(chain(starts, ZONE)), starts]
    assert all(earlier < later for earlier, later in pairwise(times))


TIMES = chain(wall("2026-12-05T20:00"), ZONE)


@pytest.mark.parametrize(
    ("now", "yes", "silent", "expected"),
    [
        ("2026-12-04T18:59", 0, 4, Step.NOTHING),
        ("2026-12-04T19:00", 0, 4, Step.ASK),
        ("2026-12-04T19:00", 2, 0, Step.NOTHING),
        ("2026-12-05T17:00", 1, 1, Step.ASK_AGAIN),
        ("2026-12-05T17:00", 2, 1, Step.ASK_AGAIN),
        ("2026-12-05T18:00", 1, 1, Step.ASK_OTHERS),
        ("2026-12-05T18:00", 2, 0, Step.NOTHING),
        ("2026-12-05T18:30", 1, 0, Step.WARN_STAFF),
        ("2026-12-05T19:00", 1, 5, Step.CALL_OFF),
        ("2026-12-05T19:00", 2, 0, Step.NOTHING),
        ("2026-12-05T19:30", 0, 0, Step.CALL_OFF),
    ],
)
def test_each_moment_calls_for_its_step(now: str, yes: int, silent: int, expected: Step) -> None:
    assert step(TIMES, wall(now), yes=yes, silent=silent) is expected


@given(INSTANTS, st.integers(0, 5), st.integers(0, 5))
def test_a_round_of_two_is_never_called_off_and_one_of_one_always_is(starts: datetime, yes: int, silent: int) -> None:
    times = chain(starts, ZONE)
    called_off = step(times, times.call_off, yes=yes, silent=silent) is Step.CALL_OFF
    assert called_off is (yes < 2)


def test_a_round_that_is_planned_too_late_is_judged_when_it_starts() -> None:
    starts = wall("2026-12-05T20:00")
    assert settles_at(TIMES, starts, wall("2026-12-01T12:00")) == wall("2026-12-05T19:00")
    assert settles_at(TIMES, starts, wall("2026-12-05T19:20")) == starts


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("20:30", time(20, 30)),
        ("20.30", time(20, 30)),
        ("om 8 uur", time(8)),
        ("20u30", time(20, 30)),
        ("24:00", None),
        ("20:61", None),
        ("straks", None),
    ],
)
def test_times_are_typed_in_many_ways(typed: str, expected: time | None) -> None:
    assert parse_time(typed) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Ik ga om 20:30, wie loopt mee?", time(20, 30)),
        ("ik loop vanavond om 21 uur, wie gaat er mee", time(21)),
        ("I am going at 20:30, who comes along?", time(20, 30)),
        ("Ik ga om 25:30, wie loopt mee?", None),
        ("Ik ga om 20:30 naar huis", None),
        ("Wie loopt mee?", None),
        ("Ik ga om 20:30, wie loopt mee? " + "x" * 200, None),
    ],
)
def test_only_a_question_for_company_asks_along(said: str, expected: time | None) -> None:
    assert asks_along(said) == expected


@pytest.mark.parametrize(
    ("now", "clock", "expected"),
    [
        ("2026-12-05T18:00", time(20, 30), "2026-12-05T20:30"),
        ("2026-12-05T21:00", time(20, 30), "2026-12-06T20:30"),
        ("2026-12-05T20:30", time(20, 30), "2026-12-06T20:30"),
        ("2027-03-27T22:00", time(8, 0), "2027-03-28T08:00"),
    ],
)
def test_the_next_time_the_clock_shows_it(now: str, clock: time, expected: str) -> None:
    assert next_at(clock, wall(now), ZONE) == wall(expected)


def test_half_hours_are_offered_that_leave_time_to_answer() -> None:
    offered = times_ahead(wall("2026-12-05T19:50"), ZONE, count=3)
    assert [f"{to_wall(at, ZONE):%H:%M}" for at in offered] == ["20:30", "21:00", "21:30"]


@pytest.mark.parametrize(
    ("starts", "asked", "off"),
    [
        ("2027-03-28T09:00", "27T20:30", "27T21:30"),
        ("2027-03-28T11:30", "28T09:30", "28T10:30"),
        ("2026-10-25T04:00", "24T20:30", "24T21:30"),
        ("2026-10-25T12:00", "25T10:00", "25T11:00"),
    ],
)
def test_the_chain_in_both_nights_on_which_the_clock_changes(starts: str, asked: str, off: str) -> None:
    times = chain(wall(starts), ZONE)
    assert f"{to_wall(times.ask_others, ZONE):%dT%H:%M}" == asked
    assert f"{to_wall(times.call_off, ZONE):%dT%H:%M}" == off


def test_signing_up_after_the_question_is_a_yes() -> None:
    assert not signing_up_is_yes(TIMES, wall("2026-12-04T18:59"))
    assert signing_up_is_yes(TIMES, wall("2026-12-04T19:00"))


@pytest.mark.parametrize(
    ("now", "left", "told"), [("19:00", 1, True), ("18:59", 1, False), ("19:30", 2, False), ("19:30", 0, False)]
)
def test_who_is_left_alone_hears_it_at_once(now: str, left: int, told: bool) -> None:
    assert drop_out_leaves_alone(TIMES, wall(f"2026-12-05T{now}"), left=left) is told


@pytest.mark.parametrize(
    ("arrived", "named", "opened"), [(0, 0, False), (1, 0, False), (1, 1, True), (2, 0, True), (0, 2, False)]
)
def test_two_must_be_there_for_a_round_to_open(arrived: int, named: int, opened: bool) -> None:
    assert opens(arrived=arrived, named=named) is opened
