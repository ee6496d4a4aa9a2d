"""When attendance can be set, and corrected."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities.attendance import KEPT, STATES, choices, for_everybody, is_kept, may_become
from bot.domain.enums import ActivityKind, SignupState

START = datetime(2026, 12, 5, 12, tzinfo=UTC)
END = START + timedelta(hours=3)


@given(st.sampled_from(SignupState), st.sampled_from(SignupState))
def test_once_it_began_any_state_of_attendance_corrects_any_other(state: SignupState, to: SignupState) -> None:
    assert may_become(state, to, starts_at=START, now=START) is (state in STATES and to in STATES and state is not to)


@pytest.mark.parametrize(
    ("to", "before", "may"),
    [
        (SignupState.PRESENT, timedelta(hours=3), True),
        (SignupState.DONE, timedelta(minutes=5), True),
        (SignupState.NO_SHOW, timedelta(minutes=5), False),
    ],
)
def test_nobody_stayed_away_before_it_began(to: SignupState, before: timedelta, may: bool) -> None:
    assert may_become(SignupState.SIGNED_UP, to, starts_at=START, now=START - before) is may


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (ActivityKind.REPAIR_CAFE, START - timedelta(hours=3)),
        (ActivityKind.ROMMELROUTE, START - timedelta(hours=3)),
        (ActivityKind.OTHER, START - timedelta(hours=3)),
        (ActivityKind.PATROL, END),
    ],
)
def test_it_is_kept_until_it_is_erased_and_of_a_round_only_afterwards(kind: ActivityKind, first: datetime) -> None:
    second = timedelta(seconds=1)
    times = (first - second, first, END + KEPT - second, END + KEPT)
    assert [is_kept(kind, START, END, now) for now in times] == [False, True, True, False]


@given(st.sampled_from(SignupState), st.integers(-180, 600))
def test_only_what_can_be_is_offered_and_before_it_begins_only_who_is_there(state: SignupState, minutes: int) -> None:
    now = START + timedelta(minutes=minutes)
    offered = choices(state, starts_at=START, now=now)
    assert all(may_become(state, to, starts_at=START, now=now) for to in offered)
    assert minutes >= 0 or set(offered) <= {SignupState.SIGNED_UP, SignupState.PRESENT}
    assert bool(offered) is (state in STATES)


def test_everybody_is_there_until_the_end_and_was_there_after_it() -> None:
    assert for_everybody(END, END - timedelta(seconds=1)) is SignupState.PRESENT
    assert for_everybody(END, END) is SignupState.DONE
