"""When attendance can be set, and corrected."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities.attendance import STATES, may_become
from bot.domain.enums import SignupState

START = datetime(2026, 12, 5, 12, tzinfo=UTC)


@given(st.sampled_from(SignupState), st.sampled_from(SignupState))
def test_once_it_began_any_state_of_attendance_corrects_any_other(state: SignupState, to: SignupState) -> None:
    assert may_become(state, to, START, START) is (state in STATES and to in STATES and state is not to)


@pytest.mark.parametrize(
    ("to", "before", "may"),
    [
        (SignupState.PRESENT, timedelta(hours=3), True),
        (SignupState.PRESENT, timedelta(hours=3, seconds=1), False),
        (SignupState.DONE, timedelta(minutes=5), True),
        (SignupState.NO_SHOW, timedelta(minutes=5), False),
    ],
)
def test_nobody_stayed_away_before_it_began(to: SignupState, before: timedelta, may: bool) -> None:
    assert may_become(SignupState.SIGNED_UP, to, START, START - before) is may
