"""The day of a Repair Café: stages, when the list is kept, and the sums."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import data
from bot.domain.activities.repairing import Came, RepairOutcome, Skill, Stage, Tally, list_is_open, stage_of, tally
from bot.domain.enums import SignupState

START = datetime(2026, 12, 5, 12, tzinfo=UTC)
END = START + timedelta(hours=3)


@pytest.mark.parametrize(
    ("state", "called", "stage"),
    [
        (SignupState.SIGNED_UP, False, Stage.EXPECTED),
        (SignupState.PRESENT, False, Stage.WAITING),
        (SignupState.PRESENT, True, Stage.TURN),
        (SignupState.DONE, True, Stage.DONE),
        (SignupState.LEFT_EARLY, False, Stage.LEFT),
        (SignupState.NO_SHOW, False, Stage.NO_SHOW),
        (SignupState.CANCELLED, True, Stage.AWAY),
    ],
)
def test_how_far_a_visitor_is_follows_from_attendance_and_the_call(
    state: SignupState, called: bool, stage: Stage
) -> None:
    assert stage_of(state, START if called else None) is stage


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        (START - timedelta(hours=3, seconds=1), False),
        (START - timedelta(hours=3), True),
        (END + timedelta(hours=23), True),
        (END + timedelta(hours=24), False),
    ],
)
def test_hosts_keep_the_list_from_three_hours_before_until_a_day_after(now: datetime, is_open: bool) -> None:
    assert list_is_open(START, END, now) is is_open


def test_only_what_was_fixed_weighs_in_whole_kilograms() -> None:
    fixed, partly, broken = RepairOutcome.FIXED, RepairOutcome.PARTLY, RepairOutcome.NOT_FIXED
    known = [(fixed, Decimal("2.25")), (fixed, Decimal("0.25")), (partly, Decimal(99)), (None, Decimal(7))]
    of = tally([*(Came(*each) for each in known), Came(fixed, None), Came(broken, None), Came(None, None, left=True)])
    assert of == Tally(fixed=3, partly=1, not_fixed=1, kg=3, left=1, unnoted=1)
    assert of.repairs == 5, "who was not helped is no repair"


@given(
    st.lists(
        st.builds(
            Came,
            st.none() | st.sampled_from(RepairOutcome),
            st.none() | st.decimals(0, 30, places=2),
            st.booleans(),
        )
    )
)
def test_everybody_is_counted_once_and_the_rounding_is_by_half_a_kilogram(came: list[Came]) -> None:
    of = tally(came)
    assert of.repairs + of.left + of.unnoted == len(came)
    assert of.anybody is bool(came)
    exact = sum((each.kg for each in came if each.outcome is RepairOutcome.FIXED and each.kg), Decimal(0))
    assert abs(of.kg - exact) <= Decimal("0.5")


def test_every_item_asks_for_a_skill_that_can_be_picked() -> None:
    assert {item.skill for item in data.items()} == set(Skill)
