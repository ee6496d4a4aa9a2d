"""Who may make activities, and who looks after which: read anew at each tap.

A worker or beheerder makes what is public, and so does who coordinates something public; rounds are made by the
coordinator and the worker of their team.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.activities.plans import Plan
from bot.domain.enums import ActivityKind, RoleName
from storage.models import Activity, Team
from storage.queries import making as queries
from storage.queries import staff
from storage.work import Work

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


async def held_by(work: Work, person_id: int) -> Rights:
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
    held = await held_by(work, person_id)
    if plan.kind is None:
        return held.any
    if plan.kind is ActivityKind.PATROL:
        return plan.team in {team.id for team in held.teams}
    return held.public


async def managed(work: Work, person_id: int, *, after: int | None = None) -> tuple[Sequence[Activity], int | None]:
    """Return a page of the activities that somebody looks after, and where the next one begins (None: nowhere)."""
    held = await held_by(work, person_id)
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
