"""Making activities in the chat, and changing or ending them: stored as the set-up file's are, under keys of their own.

The set-up file leaves alone what was made or changed here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.domain.activities.plans import Plan, is_whole, rule_of
from bot.services.activities import changes, offers, plans, recurrence, rescheduling, rights
from storage.ids import new_id
from storage.models import Activity, AuditEntry, Occurrence, Person, Team
from storage.queries import activities as activity_queries
from storage.queries import making as queries
from storage.queries import setup, town
from storage.queries.locking import locked, locked_all
from storage.work import Work

#: Keys of activities that were made in the chat; no key of a set-up file has a colon.
PREFIX = "chat:"


class Made(StrEnum):
    """What became of making, changing or ending an activity."""

    DONE = "done"
    STRANGER = "stranger"
    GONE = "gone"
    NOT_WHOLE = "not_whole"
    PAST = "past"
    DEADLINE = "deadline"
    USE_MOVE = "use_move"
    CHANGED = "changed"


@dataclass(frozen=True)
class Result:
    """How it went; `kept` are the dates that stay as they were, because people joined them; `told` counts people."""

    outcome: Made
    activity: Activity | None = None
    kept: Sequence[Occurrence] = field(default_factory=tuple)
    told: int = 0


async def _refuses(work: Work, person: Person, plan: Plan) -> Made | None:
    if not await rights.may_plan(work, plan, person.id):
        return Made.STRANGER
    if not is_whole(plan) or plan.starts is None:
        return Made.NOT_WHOLE
    now = await plans.wall_now(work)
    if plan.starts <= now and not (plan.activity is not None and plan.day == plan.was_day):
        return Made.PAST
    deadline = plan.deadline
    if deadline is not None and (deadline > plan.starts or (rule_of(plan) is None and deadline <= now)):
        return Made.DEADLINE
    return None


async def make(work: Work, person: Person, plan: Plan) -> Result:
    """Make the activity of a plan with the dates of the next two months; who makes it looks after it."""
    if (refusal := await _refuses(work, person, plan)) is not None:
        return Result(refusal)
    team = None if plan.team is None else await work.session.get(Team, plan.team)
    activity = Activity(
        id=new_id(),
        kind=plan.kind,
        team_id=plan.team,
        coordinator_id=team.coordinator_id if team else person.id,
        made_by=person.id,
        changed_by_hand=True,
        active=True,
        **await _columns(work, plan),
    )
    activity.key = f"{PREFIX}{activity.id}"
    work.session.add(activity)
    await work.session.flush()
    await _write_roles(work, activity, plan)
    await recurrence.extend(work, activity, await town.zone(work.session))
    audit(work, person, "activity_made", activity.id)
    return Result(Made.DONE, activity)


async def change(work: Work, person: Person, plan: Plan) -> Result:
    """Change an activity; its future dates that nobody joined follow, the others keep their time and place.

    USE_MOVE: the one date of an activity that does not repeat has people, who are to be told when it moves, or was
    moved before. CHANGED: somebody else changed the activity since this plan was begun.
    """
    activity = None if plan.activity is None else await locked(work.session, Activity, plan.activity)
    if activity is None or not activity.active:
        return Result(Made.GONE)
    if (refusal := await _refuses(work, person, plan)) is not None:
        return Result(refusal, activity)
    if plan.seen and plan.seen != (await plans.plan_of(work, activity, copy=False)).seen:
        return Result(Made.CHANGED, activity)
    values = await _columns(work, plan)
    moves = any(getattr(activity, name) != values[name] for name in ("starts", "ends"))
    renamed = activity.title != values["title"]
    kept = await _kept(work, activity)
    if moves and kept and activity.repeats is None:
        return Result(Made.USE_MOVE, activity)
    for name, value in values.items():
        setattr(activity, name, value)
    activity.changed_by_hand = True
    await work.session.flush()
    await _write_roles(work, activity, plan)
    kept = await follow(work, activity, renamed=renamed)
    audit(work, person, "activity_changed", activity.id)
    return Result(Made.DONE, activity, kept)


async def follow(work: Work, activity: Activity, *, renamed: bool) -> Sequence[Occurrence]:
    """Let the dates of an activity follow it after a change, and return those that stay as they were.

    Name and numbers are those of the whole series: who has a place on a date that stays hears of a new name; who waits
    is offered what came free; nobody loses a place.
    """
    await recurrence.reshape(work, activity)
    kept = await _kept(work, activity)
    rows = (await locked_all(work.session, Occurrence, [row.id for row in kept])).values()
    for row in rows:
        await offers.fill(work, row)
    if renamed:
        await changes.tell_renamed(work, list(rows))
    return kept


async def renamed_people(work: Work, plan: Plan) -> int:
    """Return how many people hear of a new name when this plan is kept; 0 when it has none."""
    activity = None if plan.activity is None else await work.session.get(Activity, plan.activity)
    if activity is None or activity.title == plan.title:
        return 0
    dates = await queries.dates_to_come(work.session, activity.id, now=work.now)
    return await queries.count_people(work.session, [row.id for row in dates])


async def _kept(work: Work, activity: Activity) -> Sequence[Occurrence]:
    """Return the future dates that somebody joined, or that were changed by hand."""
    free = {row.id for row in await activity_queries.free_dates(work.session, activity.id, now=work.now)}
    rows = await queries.dates_to_come(work.session, activity.id, now=work.now)
    return [row for row in rows if row.id not in free]


async def _columns(work: Work, plan: Plan) -> dict[str, Any]:
    starts, ends, rule, deadline = plans.schedule(plan)
    team = None if plan.team is None else await work.session.get(Team, plan.team)
    return {
        "title": plan.title,
        "place": plan.place,
        "area_code": team.area_code if team else plan.area,
        "starts": starts.isoformat(timespec="minutes"),
        "ends": ends.isoformat(timespec="minutes"),
        "deadline": deadline.isoformat(timespec="minutes") if deadline else None,
        "repeats": rule,
    }


async def _write_roles(work: Work, activity: Activity, plan: Plan) -> None:
    roles = {role: places.model_dump() for role, places in plan.roles.items()}
    await setup.write_activity_roles(work.session, activity.id, roles)
    await work.session.flush()


async def end(work: Work, person: Person, activity_id: int, why: str | None) -> Result:
    """Call off all that is to come of an activity and tell everybody at once; no dates are made any more.

    Dates of a series for which nobody signed up go without a trace.
    """
    activity = await locked(work.session, Activity, activity_id)
    if activity is None or not activity.active:
        return Result(Made.GONE)
    if not await rights.may_manage(work, activity, person.id):
        return Result(Made.STRANGER)
    activity.active, activity.changed_by_hand = False, True
    await work.session.flush()
    if activity.repeats is not None:
        await setup.forget_future(work.session, activity, now=work.now)
    rows = await queries.dates_to_come(work.session, activity.id, now=work.now)
    told = sum((await queries.people_at(work.session, [row.id for row in rows])).values())
    for row_id in sorted(row.id for row in rows):
        await rescheduling.call_off(work, row_id, why, by=person.id)
    audit(work, person, "activity_ended", activity.id)
    return Result(Made.DONE, activity, told=told)


def audit(work: Work, person: Person, action: str, about: int) -> None:
    """Write down who did what; never words."""
    work.session.add(AuditEntry(at=work.now, actor_id=person.id, action=action, about=about, detail=None))
