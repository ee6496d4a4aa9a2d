"""Joining and leaving a team: a resident asks, the coordinator answers; until the VOG is ticked there is news only.

Everything is judged under the lock of the team. Source: Buurtpreventie, "hard rules".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.enums import RoleName
from bot.domain.notices.patrol import MemberCame, MemberLeft, TeamAnswered, TeamRequest
from bot.domain.time import after_quiet
from bot.services.patrol import vog
from storage.models import AuditEntry, Person, Team, TeamMember
from storage.queries import patrol as queries
from storage.queries import staff, town
from storage.queries.locking import locked
from storage.work import Work

#: Who was refused may ask again after this.
ASK_AGAIN = timedelta(days=7)


class Standing(StrEnum):
    """How somebody stands to a team."""

    STRANGER = "stranger"
    ASKED = "asked"
    REFUSED = "refused"
    MEMBER = "member"
    CLEARED = "cleared"


class Asked(StrEnum):
    """What became of asking to join."""

    DONE = "done"
    ALREADY = "already"
    MEMBER = "member"
    REFUSED = "refused"
    TOO_YOUNG = "too_young"
    NO_NAME = "no_name"
    NOT_THERE = "not_there"


class Answer(StrEnum):
    """What became of an answer to who asked."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    ALREADY = "already"
    NOT_YOURS = "not_yours"


class Gone(StrEnum):
    """What became of leaving a team, or of taking a request back."""

    DONE = "done"
    NO_MEMBER = "no_member"
    COORDINATOR = "coordinator"


@dataclass(frozen=True)
class Seen:
    """A team as somebody may see it. `leads`: coordinator; `works`: the team's worker, with the role of one."""

    team: Team
    standing: Standing
    leads: bool
    works: bool

    @property
    def sees_roster(self) -> bool:
        """Whether times, names and rounds may be shown."""
        return self.standing is Standing.CLEARED or self.leads or self.works

    @property
    def sees_members(self) -> bool:
        """Whether the list of members may be shown, with ✓ or – for the VOG."""
        return self.leads or self.works


async def seen(work: Work, team_id: int, person: Person) -> Seen | None:
    """Return a team as *person* may see it; None when there is none."""
    team = await work.session.get(Team, team_id)
    if team is None or not team.active:
        return None
    member = await queries.membership_anew(work.session, team_id, person.id)
    works = team.worker_id == person.id and RoleName.WORKER in await staff.roles(work.session, person.id)
    return Seen(team, _standing(work, member, person), team.coordinator_id == person.id, works)


def _standing(work: Work, member: TeamMember | None, person: Person) -> Standing:
    if member is None:
        return Standing.STRANGER
    if member.left_at is not None:
        refused = member.accepted_at is None and work.now < member.left_at + ASK_AGAIN
        return Standing.REFUSED if refused else Standing.STRANGER
    if member.accepted_at is None:
        return Standing.ASKED
    return Standing.CLEARED if staff.is_cleared(member) and not person.under_16 else Standing.MEMBER


async def ask(work: Work, team_id: int, person: Person) -> Asked:
    """Ask to join a team: its coordinator is asked. A VOG that was ticked before has to be ticked again."""
    team = await locked(work.session, Team, team_id)
    if team is None or not team.active:
        return Asked.NOT_THERE
    member = await queries.membership_anew(work.session, team_id, person.id)
    match _standing(work, member, person):
        case Standing.MEMBER | Standing.CLEARED:
            return Asked.MEMBER
        case Standing.ASKED:
            return Asked.ALREADY
        case Standing.REFUSED:
            return Asked.REFUSED
        case Standing.STRANGER:
            pass
    if person.under_16:
        return Asked.TOO_YOUNG
    if not person.name:
        return Asked.NO_NAME
    member = member or TeamMember(team_id=team_id, person_id=person.id)
    member.asked_at, member.accepted_at, member.left_at = work.now, None, None
    member.vog_on = member.vog_by = None
    work.session.add(member)
    await work.session.flush()
    due_at = after_quiet(work.now, await town.zone(work.session))
    work.put(TeamRequest(team_id, person.id, _moment(member)), chat=team.coordinator_id, due_at=due_at)
    return Asked.DONE


async def answer(work: Work, team_id: int, person_id: int, *, asked: int, yes: bool, by: int) -> Answer:
    """Accept or refuse who asked at *asked*, as the coordinator; the resident hears it, the worker when it is a yes."""
    team = await locked(work.session, Team, team_id)
    if team is None or not team.active or team.coordinator_id != by:
        return Answer.NOT_YOURS
    member = await queries.membership_anew(work.session, team_id, person_id)
    if member is None or _moment(member) != asked or member.accepted_at is not None or member.left_at is not None:
        return Answer.ALREADY
    if yes:
        member.accepted_at = work.now
    else:
        member.left_at = work.now
    await work.session.flush()
    _note(work, by, "team_accepted" if yes else "team_refused", team_id, person_id)
    work.put(TeamAnswered(team_id, person_id, asked), chat=person_id)
    work.put(TeamRequest(team_id, person_id, asked), chat=team.coordinator_id)
    if yes:
        due_at = after_quiet(work.now, await town.zone(work.session))
        work.put(MemberCame(team_id, person_id, asked), chat=team.worker_id, due_at=due_at)
    return Answer.ACCEPTED if yes else Answer.DECLINED


def depart(work: Work, member: TeamMember) -> None:
    """Note that somebody is no member any more, and keep nothing of their VOG but that it was taken away, if it was."""
    member.left_at, member.vog_on, member.vog_by = work.now, None, None


async def leave(work: Work, team_id: int, person: Person) -> Gone:
    """Leave a team, or take the request back: future shifts are free at once, the coordinator hears who left."""
    team = await locked(work.session, Team, team_id)
    member = None if team is None else await queries.membership_anew(work.session, team_id, person.id)
    if team is None or member is None or member.left_at is not None:
        return Gone.NO_MEMBER
    if team.coordinator_id == person.id:
        return Gone.COORDINATOR
    depart(work, member)
    await work.session.flush()
    asked = _moment(member)
    if member.accepted_at is None:
        if member.vog_withdrawn_at is None:
            await work.session.delete(member)
        else:  # a VOG that was taken away is remembered; nobody refused, so asking again is possible at once
            member.asked_at = member.accepted_at = work.now
        await work.session.flush()
        work.put(TeamRequest(team_id, person.id, asked), chat=team.coordinator_id)
        return Gone.DONE
    await vog.free_shifts(work, team_id, person.id)
    _note(work, person.id, "team_left", team_id, person.id)
    due_at = after_quiet(work.now, await town.zone(work.session))
    for told in sorted({team.coordinator_id, team.worker_id}):
        work.put(MemberLeft(team_id, person.id, int(work.now.timestamp()), told), chat=told, due_at=due_at)
    return Gone.DONE


async def of_team(work: Work, team_id: int) -> Sequence[tuple[TeamMember, Person]]:
    """Return the members of a team by name."""
    return await queries.members(work.session, team_id)


def _moment(member: TeamMember) -> int:
    """Return which request of a person this is: when it was asked, in seconds."""
    return int(member.asked_at.timestamp())


def _note(work: Work, by: int, action: str, team_id: int, person_id: int) -> None:
    work.session.add(AuditEntry(at=work.now, actor_id=by, action=action, about=team_id, detail={"person": person_id}))
