"""Making activities in the chat, and changing or ending them: stored as the set-up file's are, under keys of their own.

A worker or beheerder makes what is public, and so does who coordinates something public; rounds are made by the
coordinator and the worker of their team. The set-up file leaves alone what was made or changed here.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from bot.domain.activities.plans import Places, Plan, is_whole, repeats_of, rule_of
from bot.domain.activities.series import Planned, Series
from bot.domain.enums import ActivityKind, RoleKey, RoleName
from bot.domain.time import local_date, to_wall
from bot.domain.when import ends_of
from bot.services.activities import changes, offers, recurrence, rescheduling
from storage.ids import new_id
from storage.models import Activity, AuditEntry, Occurrence, Person, Team
from storage.queries import activities as activity_queries
from storage.queries import making as queries
from storage.queries import setup, staff, town
from storage.queries.locking import locked, locked_all
from storage.work import Work

#: Keys of activities that were made in the chat; no key of a set-up file has a colon.
PREFIX = "chat:"
PAGE = 8


@dataclass(frozen=True)
class Rights:
    """What somebody may make now: public activities, and rounds of these teams; `everything` public is theirs."""

    public: bool
    everything: bool
    teams: Sequence[Team]

    @property
    def any(self) -> bool:
        """Whether there is anything that they may make."""
        return self.public or bool(self.teams)


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


async def rights(work: Work, person_id: int) -> Rights:
    """Return what somebody may make, read anew."""
    held = await staff.roles(work.session, person_id)
    teams = await staff.teams_led(work.session, person_id)
    is_staff = bool(held & {RoleName.WORKER, RoleName.ADMIN})
    public = is_staff or await queries.coordinates_any(work.session, person_id)
    return Rights(public, RoleName.ADMIN in held, teams)


async def may_manage(work: Work, activity: Activity, person_id: int) -> bool:
    """Return whether somebody looks after an activity: its coordinator or a beheerder; of rounds, their team's two."""
    if activity.team_id is not None or activity.kind is ActivityKind.PATROL:
        teams = await staff.teams_led(work.session, person_id)
        return activity.team_id in {team.id for team in teams}
    return activity.coordinator_id == person_id or RoleName.ADMIN in await staff.roles(work.session, person_id)


async def may_plan(work: Work, plan: Plan, person_id: int) -> bool:
    """Return whether somebody may make, or change, what this plan is about."""
    if plan.activity is not None:
        activity = await work.session.get(Activity, plan.activity)
        return activity is not None and activity.active and await may_manage(work, activity, person_id)
    held = await rights(work, person_id)
    if plan.kind is None:
        return held.any
    if plan.kind is ActivityKind.PATROL:
        return plan.team in {team.id for team in held.teams}
    return held.public


async def managed(work: Work, person_id: int, *, after: int | None = None) -> tuple[Sequence[Activity], int | None]:
    """Return a page of the activities that somebody looks after, and where the next one begins (None: nowhere)."""
    held = await rights(work, person_id)
    rows = await queries.managed(
        work.session,
        person_id,
        everything=held.everything,
        teams=[team.id for team in held.teams],
        now=work.now,
        after=after,
        limit=PAGE + 1,
    )
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


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
    starts, ends, rule, _deadline = _schedule(plan)
    here = await town.zone(work.session)
    today = local_date(work.now, here)
    until = max(today + recurrence.AHEAD if rule else today, starts.date())
    return Series(starts, ends, rule).expand(today, until, here)


def _schedule(plan: Plan) -> tuple[datetime, datetime, str | None, datetime | None]:
    """Return beginning, end, rule and deadline; the first date of a series stays while only its times change.

    What ends no later than it begins ends the next day.
    """
    rule, day = rule_of(plan), plan.day or date.min
    if plan.first_day is not None and plan.day == plan.was_day and rule == plan.rule:
        day = plan.first_day
    anchored = plan.model_copy(update={"day": day})
    starts = datetime.combine(day, plan.begins or time.min)
    return starts, ends_of(starts, plan.ends or time.max), rule, anchored.deadline


async def _refuses(work: Work, person: Person, plan: Plan) -> Made | None:
    if not await may_plan(work, plan, person.id):
        return Made.STRANGER
    if not is_whole(plan) or plan.starts is None:
        return Made.NOT_WHOLE
    now = await wall_now(work)
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
    if plan.seen and plan.seen != (await plan_of(work, activity, copy=False)).seen:
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
    starts, ends, rule, deadline = _schedule(plan)
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
    if not await may_manage(work, activity, person.id):
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
