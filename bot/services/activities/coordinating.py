"""Who looks after a meeting: its coordinator, and who may call it off."""

from bot.domain.enums import RoleName
from storage.models import Activity, Occurrence
from storage.queries import activities as activity_queries
from storage.queries import staff
from storage.work import Work


async def coordinators(work: Work, occurrence: Occurrence) -> list[int]:
    """Return who looks after a meeting: the coordinator of its team, else its own, else the beheerders."""
    team = await activity_queries.team_of(work.session, occurrence)
    if team is not None:
        return [team.coordinator_id]
    activity = await work.session.get(Activity, occurrence.activity_id)
    if activity is not None and activity.coordinator_id is not None:
        return [activity.coordinator_id]
    return [person.id for person in await staff.with_role(work.session, RoleName.ADMIN)]


async def may_call_off(work: Work, occurrence: Occurrence, person_id: int) -> bool:
    """Return whether somebody may call a meeting off: its coordinator, the team's worker, or a beheerder."""
    if person_id in await coordinators(work, occurrence):
        return True
    team = await activity_queries.team_of(work.session, occurrence)
    held = await staff.roles(work.session, person_id)
    if team is not None:
        return team.worker_id == person_id and RoleName.WORKER in held
    return RoleName.ADMIN in held
