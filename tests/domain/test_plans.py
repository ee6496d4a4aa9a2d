"""An activity in the making: its questions, its repeat rule, its numbers."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities.plans import (
    DEFAULT_ROLES,
    Places,
    Plan,
    Repeats,
    Step,
    is_whole,
    next_step,
    one_line,
    parse_places,
    previous_step,
    repeats_for,
    repeats_of,
    roles_of,
    rule_of,
)
from bot.domain.activities.series import Planned, Series, beside_kept
from bot.domain.enums import ActivityKind, RoleKey

SATURDAY = date(2026, 12, 5)
ZONE = ZoneInfo("Europe/Amsterdam")
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def cafe(**changes: object) -> Plan:
    """Return a whole plan, changed as asked."""
    plan = Plan(
        kind=ActivityKind.REPAIR_CAFE,
        title="Repair Café",
        area="WK003401",
        day=SATURDAY,
        begins=time(13),
        ends=time(16),
        repeats=Repeats.MONTHLY,
        roles=dict(DEFAULT_ROLES[ActivityKind.REPAIR_CAFE]),
    )
    return plan.model_copy(update=changes)


def walk(plan: Plan) -> list[Step]:
    """Return the questions in the order in which they are asked."""
    steps = [Step.KIND]
    while steps[-1] is not Step.PREVIEW:
        steps.append(next_step(steps[-1], plan))
    return steps


def test_the_questions_come_in_their_order_and_go_back_the_same_way() -> None:
    steps = walk(cafe())
    assert steps == [
        Step.KIND, Step.TITLE, Step.PLACE, Step.AREA, Step.WHEN, Step.REPEATS, Step.ROLES, Step.DEADLINE, Step.PREVIEW,
    ]  # fmt: skip
    for before, after in pairwise(steps):
        assert previous_step(after, cafe()) is before
    assert previous_step(Step.KIND, cafe()) is None


def test_a_round_is_asked_neither_for_its_wijk_nor_for_a_deadline() -> None:
    assert walk(cafe(kind=ActivityKind.PATROL, team=1)) == [
        Step.KIND, Step.TITLE, Step.PLACE, Step.WHEN, Step.REPEATS, Step.ROLES, Step.PREVIEW,
    ]  # fmt: skip


def test_missing_times_are_asked_for_before_anything_else() -> None:
    plan = cafe(begins=None, ends=None)
    assert next_step(Step.WHEN, plan) is Step.TIMES
    assert next_step(Step.TIMES, cafe(repeats=None)) is Step.REPEATS
    assert next_step(Step.TIMES, cafe()) is Step.REPEATS
    assert previous_step(Step.TIMES, plan) is Step.WHEN
    assert next_step(Step.ROLE, plan) is Step.ROLES
    assert previous_step(Step.ROLE, plan) is Step.ROLES


def test_while_changing_every_answer_leads_back_to_the_preview() -> None:
    plan = cafe(changing=True, activity=7)
    assert next_step(Step.TITLE, plan) is Step.PREVIEW
    assert next_step(Step.WHEN, plan) is Step.PREVIEW
    assert next_step(Step.WHEN, plan.model_copy(update={"day": date(2026, 12, 29)})) is Step.REPEATS
    assert previous_step(Step.WHEN, plan) is Step.PREVIEW
    assert previous_step(Step.PREVIEW, plan) is None


def test_a_plan_is_whole_when_nothing_is_missing() -> None:
    assert is_whole(cafe())
    assert not is_whole(Plan())
    assert not is_whole(cafe(area=None))
    assert not is_whole(cafe(kind=ActivityKind.PATROL))
    assert cafe().deadline is None
    assert cafe(deadline_days=3, deadline_at=time(20)).deadline == datetime(2026, 12, 2, 20)  # noqa: DTZ001 wall time


@pytest.mark.parametrize(
    ("repeats", "rule"),
    [
        (Repeats.NO, None),
        (Repeats.WEEKLY, "FREQ=WEEKLY;BYDAY=SA"),
        (Repeats.FORTNIGHTLY, "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"),
        (Repeats.MONTHLY, "FREQ=MONTHLY;BYDAY=1SA"),
        (Repeats.MONTHLY_LAST, "FREQ=MONTHLY;BYDAY=-1SA"),
    ],
)
def test_a_plain_choice_becomes_a_rule(repeats: Repeats, rule: str | None) -> None:
    assert rule_of(cafe(repeats=repeats)) == rule
    assert repeats_of(rule, SATURDAY) is repeats


def test_another_rule_is_kept_as_it_is() -> None:
    rule = "FREQ=WEEKLY;BYDAY=TU,SA"
    assert repeats_of(rule, SATURDAY) is Repeats.KEEP
    plan = cafe(rule=rule, repeats=Repeats.KEEP)
    assert rule_of(plan) == rule
    assert Repeats.KEEP in repeats_for(plan)
    assert Repeats.KEEP not in repeats_for(plan.model_copy(update={"day": date(2026, 12, 6)}))
    assert Repeats.KEEP not in repeats_for(cafe(rule="FREQ=MONTHLY;BYDAY=1SA"))
    assert rule_of(Plan()) is None
    assert repeats_for(Plan()) == []


@given(DAYS, st.sampled_from(list(Repeats)))
def test_every_choice_that_is_offered_begins_on_its_day_and_comes_back_as_named(day: date, repeats: Repeats) -> None:
    plan = cafe(day=day, repeats=repeats)
    if repeats not in repeats_for(plan):
        return
    starts = datetime.combine(day, time(10))
    rule = rule_of(plan)
    found = Series(starts, starts + timedelta(hours=2), rule).expand(day, day + timedelta(days=400), ZONE)
    assert found[0].nominal == day
    assert {meeting.nominal.weekday() for meeting in found} == {day.weekday()}
    assert {meeting.starts_at.astimezone(ZONE).hour for meeting in found} == {10}
    if repeats is Repeats.MONTHLY_LAST:
        assert all((meeting.nominal + timedelta(days=7)).month != meeting.nominal.month for meeting in found)
    assert repeats_of(rule, day) in repeats_for(plan)


def _planned(*days: int) -> list[Planned]:
    noon = datetime(2026, 12, 1, 12, tzinfo=ZONE)
    return [
        Planned(date(2026, 12, day), noon + timedelta(days=day - 1), noon + timedelta(days=day - 1, hours=1))
        for day in days
    ]


def test_a_date_that_people_kept_stands_for_the_new_one_of_its_week() -> None:
    sundays = _planned(6, 13, 20)
    assert [meeting.nominal.day for meeting in beside_kept(sundays, [SATURDAY])] == [13, 20]
    assert beside_kept(sundays, [date(2026, 12, 13)]) == sundays
    assert beside_kept(sundays, [date(2026, 12, 24)]) == sundays
    twice_a_week = _planned(1, 3, 8)
    assert beside_kept(twice_a_week, [date(2026, 12, 2)]) == twice_a_week


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("2-4", Places(minimum=2, maximum=4)),
        ("2 tot 4", Places(minimum=2, maximum=4)),
        ("min 2 max 4", Places(minimum=2, maximum=4)),
        ("12", Places(maximum=12)),
        ("0-12", Places(maximum=12)),
        ("4-2", None),
        ("0", None),
        ("1001", None),
        ("999999999999999999999999", None),
        ("2,5", None),
        ("twee", None),
        ("1 2 3", None),
    ],
)
def test_numbers_of_people(text: str, places: Places | None) -> None:
    assert parse_places(text) == places


def test_a_line_is_one_line_that_can_be_shown() -> None:
    assert one_line(" Repair\n Café\x00 ", most=20) == "Repair Café"
    assert one_line("x" * 21, most=20) is None
    assert one_line(" \n", most=20) is None


def test_every_kind_has_roles_and_a_round_only_walkers() -> None:
    for kind in ActivityKind:
        assert set(DEFAULT_ROLES[kind]) <= set(roles_of(kind))
    assert set(roles_of(ActivityKind.PATROL)) == {RoleKey.WALKER}


def test_who_has_a_place_for_two_may_bring_somebody() -> None:
    assert Places(maximum=2).may_bring(RoleKey.VISITOR)
    assert Places().may_bring(RoleKey.HELPER)
    assert not Places(maximum=1).may_bring(RoleKey.VISITOR)
    assert not Places(maximum=12, slot_minutes=30).may_bring(RoleKey.VISITOR)
    assert not Places(maximum=4).may_bring(RoleKey.WALKER)
    assert not Places(maximum=80).may_bring(RoleKey.STALL)
