"""The plan of an activity, as the chat asks for it: read from one that is there, and laid out as dates."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, time

from bot.domain.activities.plans import Places, Plan, repeats_of, rule_of
from bot.domain.activities.series import Planned, Series
from bot.domain.enums import RoleKey
from bot.domain.time import local_date, to_wall
from bot.domain.when import ends_of
from bot.services.activities import recurrence
from storage.models import Activity
from storage.queries import activities as activity_queries
from storage.queries import town
from storage.work import Work


async def plan_of(work: Work, activity: Activity, *, copy: bool) -> Plan:
    """Return the plan that an activity is: to change it, or (*copy*) to make another one like it."""
    starts, ends = datetime.fromisoformat(activity.starts), datetime.fromisoformat(activity.ends)
    here = await town.zone(work.session)
    ahead = Series(starts, ends, activity.repeats).expand(
        local_date(work.now, here), max(local_date(work.now, here), starts.date()) + recurrence.AHEAD, here
    )
    day = next((meeting.nominal for meeting in ahead if meeting.starts_at > work.now), starts.date())
    rows = await activity_queries.roles(work.session, [activity.id])
    plan = Plan(
        kind=activity.kind,
        team=activity.team_id,
        title=activity.title,
        place=activity.place,
        area=activity.area_code,
        roles={
            role: Places(minimum=row.minimum, maximum=row.maximum, slot_minutes=row.slot_minutes, plus_one=row.plus_one)
            for (_, role), row in rows.items()
        },
        changing=True,
    )
    if activity.deadline is not None:
        deadline = datetime.fromisoformat(activity.deadline)
        plan.deadline_days, plan.deadline_at = (starts.date() - deadline.date()).days, deadline.time()
    if not copy:
        plan.activity, plan.day, plan.was_day, plan.first_day = activity.id, day, day, starts.date()
        plan.begins, plan.ends, plan.rule = starts.time(), ends.time(), activity.repeats
        plan.repeats = repeats_of(activity.repeats, day)
        plan.seen = _stamp(activity, plan.roles)
    return plan


def _stamp(activity: Activity, roles: Mapping[RoleKey, Places]) -> str:
    """Return what stands for all that can be changed of an activity, to tell whether somebody did."""
    numbers = [f"{role.value} {roles[role].model_dump_json()}" for role in sorted(roles)]
    fixed = (activity.title, activity.place, activity.area_code, activity.repeats)
    whole = repr((*fixed, activity.starts, activity.ends, activity.deadline, numbers))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


async def wall_now(work: Work) -> datetime:
    """Return the local wall time of now."""
    return to_wall(work.now, await town.zone(work.session))


async def ahead_of(work: Work, plan: Plan) -> list[Planned]:
    """Return the dates that a whole plan has within the time that dates are made ahead."""
    starts, ends, rule, _deadline = schedule(plan)
    here = await town.zone(work.session)
    today = local_date(work.now, here)
    until = max(today + recurrence.AHEAD if rule else today, starts.date())
    return Series(starts, ends, rule).expand(today, until, here)


def schedule(plan: Plan) -> tuple[datetime, datetime, str | None, datetime | None]:
    """Return beginning, end, rule and deadline; the first date of a series stays while only its times change.

    What ends no later than it begins ends the next day.
    """
    rule, day = rule_of(plan), plan.day or date.min
    if plan.first_day is not None and plan.day == plan.was_day and rule == plan.rule:
        day = plan.first_day
    anchored = plan.model_copy(update={"day": day})
    starts = datetime.combine(day, plan.begins or time.min)
    return starts, ends_of(starts, plan.ends or time.max), rule, anchored.deadline
