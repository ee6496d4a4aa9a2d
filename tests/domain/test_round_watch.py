"""What is looked at about a round, and when."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities.round_watch import looks_at, may_arrive, next_due, next_look, raises, walked
from bot.domain.enums import RoundLook, RoundOutcome

STARTS = datetime(2026, 12, 1, 19, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=1)


@pytest.mark.parametrize(("minutes", "may"), [(-16, False), (-15, True), (0, True), (59, True), (60, False)])
def test_walkers_are_there_from_15_minutes_before_the_start(minutes: int, may: bool) -> None:
    assert may_arrive(STARTS, ENDS, STARTS + timedelta(minutes=minutes)) is may


def test_the_looks_follow_each_other() -> None:
    minutes = {look: (looks_at(look, STARTS, ENDS) - STARTS) / timedelta(minutes=1) for look in RoundLook}
    assert list(minutes.values()) == [-15, 0, 30, 90, 105]
    assert [next_look(look) for look in RoundLook] == [*list(RoundLook)[1:], None]


@given(st.timedeltas(timedelta(minutes=31), timedelta(hours=12)), st.timedeltas(timedelta(0), timedelta(days=2)))
def test_the_coordinator_is_never_called_before_the_walkers_could_answer(long: timedelta, late: timedelta) -> None:
    ends = STARTS + long
    times = [looks_at(look, STARTS, ends) for look in RoundLook]
    assert all(earlier <= later for earlier, later in pairwise(times))
    asked = looks_at(RoundLook.UNCLOSED, STARTS, ends) + late
    assert next_due(RoundLook.COORDINATOR, STARTS, ends, asked) - asked >= timedelta(minutes=15)
    assert next_due(RoundLook.MISSING, STARTS, ends, asked) == looks_at(RoundLook.MISSING, STARTS, ends)


def test_only_an_incident_is_added_to_a_closing() -> None:
    raised = [(a, b) for a in RoundOutcome for b in RoundOutcome if raises(a, b)]
    assert raised == [(RoundOutcome.NOTHING, RoundOutcome.INCIDENT), (RoundOutcome.SOMETHING, RoundOutcome.INCIDENT)]


@pytest.mark.parametrize(("closed", "minutes"), [(None, 60), (45, 45), (60, 60), (200, 60), (-5, 0)])
def test_how_long_a_round_was(closed: int | None, minutes: int) -> None:
    at = None if closed is None else STARTS + timedelta(minutes=closed)
    assert walked(STARTS, at, ENDS) == timedelta(minutes=minutes)
