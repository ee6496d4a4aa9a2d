"""Taking somebody out of a team: by its coordinator or its worker, never the coordinator, never oneself."""

from enum import StrEnum

from bot.domain.notices.patrol import MemberLeft, MemberRemoved
from bot.domain.time import after_quiet
from bot.services.patrol import vog
from bot.services.patrol.members import Seen, depart, seen
from storage.models import AuditEntry, Person, Team
from storage.queries import patrol as queries
from storage.queries import town
from storage.queries.locking import locked
from storage.work import Work


class Removed(StrEnum):
    """What became of taking somebody out of a team."""

    DONE = "done"
    NO_MEMBER = "no_member"
    NOT_YOURS = "not_yours"


def may_remove(found: Seen, person_id: int, *, by: int) -> bool:
    """Return whether *by*, who sees the team so, may take a person out of it; leaving oneself is another button."""
    return found.sees_members and person_id not in (by, found.team.coordinator_id)


async def remove(work: Work, team_id: int, person_id: int, *, by: Person) -> Removed:
    """Take a member out: future shifts are free at once, and the member, coordinator and worker hear it."""
    team = await locked(work.session, Team, team_id)
    found = await seen(work, team_id, by)
    if team is None or found is None or not may_remove(found, person_id, by=by.id):
        return Removed.NOT_YOURS
    member = await queries.membership_anew(work.session, team_id, person_id)
    if member is None or member.accepted_at is None or member.left_at is not None:
        return Removed.NO_MEMBER
    depart(work, member)
    await work.session.flush()
    await vog.free_shifts(work, team_id, person_id)
    entry = AuditEntry(at=work.now, actor_id=by.id, action="team_removed", about=team_id, detail={"person": person_id})
    work.session.add(entry)
    at, due_at = int(work.now.timestamp()), after_quiet(work.now, await town.zone(work.session))
    work.put(MemberRemoved(team_id, person_id, at), chat=person_id, due_at=due_at)
    for told in sorted({team.coordinator_id, team.worker_id} - {by.id, person_id}):
        work.put(MemberLeft(team_id, person_id, at, told), chat=told, due_at=due_at)
    return Removed.DONE
