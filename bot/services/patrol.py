"""Buurtpreventie: ticking and withdrawing a VOG. Shifts themselves are meetings like all others.

The chain that keeps anybody from walking alone (`bot.domain.rounds`) begins with the reminders; what comes after
them hangs on `shifts_to_come` and on `Signup.attendance`.
"""

from enum import StrEnum

from bot.domain.enums import OfferState, RoleName, SignupState
from bot.domain.rounds import may_tick_vog
from bot.domain.time import local_date
from bot.services import activities, offers, reminders
from storage.models import AuditEntry, Occurrence, Team
from storage.queries import activities as activity_queries
from storage.queries import offers as offer_queries
from storage.queries import signups as queries
from storage.queries import staff
from storage.queries.locking import locked_all
from storage.work import Work


class Ticked(StrEnum):
    """What became of ticking or withdrawing a VOG."""

    DONE = "done"
    ALREADY = "already"
    NOT_YOURS = "not_yours"
    NO_MEMBER = "no_member"


async def tick_vog(work: Work, team_id: int, person_id: int, *, by: int) -> Ticked:
    """Note that a member has a VOG, with today's date: by the team's worker only, never for oneself."""
    refused = await _refused(work, team_id, person_id, by)
    if refused is not None:
        return refused
    member = await staff.membership(work.session, person_id, team_id)
    if member is None or member.accepted_at is None or member.left_at is not None:
        return Ticked.NO_MEMBER
    if staff.is_cleared(member):
        return Ticked.ALREADY
    member.vog_on = local_date(work.now, await activities.zone(work))
    member.vog_by, member.vog_withdrawn_at = by, None
    work.session.add(
        AuditEntry(at=work.now, actor_id=by, action="vog_ticked", about=team_id, detail={"person": person_id})
    )
    return Ticked.DONE


async def withdraw_vog(work: Work, team_id: int, person_id: int, *, by: int) -> Ticked:
    """Take a VOG back: the future shifts of that member are free at once, and nobody is told why."""
    refused = await _refused(work, team_id, person_id, by)
    if refused is not None:
        return refused
    member = await staff.membership(work.session, person_id, team_id)
    if member is None:
        return Ticked.NO_MEMBER
    if not staff.is_cleared(member):
        return Ticked.ALREADY
    member.vog_withdrawn_at = work.now
    await work.session.flush()
    await free_shifts(work, team_id, person_id)
    work.session.add(
        AuditEntry(at=work.now, actor_id=by, action="vog_withdrawn", about=team_id, detail={"person": person_id})
    )
    return Ticked.DONE


async def free_shifts(work: Work, team_id: int, person_id: int) -> None:
    """Free the future shifts that a person has or waits for in a team, and offer them to who waits."""
    coming = await activity_queries.shifts_to_come(work.session, team_id, person_id, now=work.now)
    for occurrence in (await locked_all(work.session, Occurrence, coming)).values():
        rows = [row for row in await queries.of_occurrence(work.session, occurrence.id) if row.person_id == person_id]
        for row in rows:
            offer = await offer_queries.pending_offer_of(work.session, row.id)
            if offer is not None:
                offers.close(work, offer, row, OfferState.WITHDRAWN, SignupState.CANCELLED)
            elif row.state in (SignupState.SIGNED_UP, SignupState.WAITING, SignupState.SEEKS_STAND_IN):
                offers.change(work, row, SignupState.CANCELLED)
        await reminders.drop(work, rows)
        await offers.fill(work, occurrence)


async def _refused(work: Work, team_id: int, person_id: int, by: int) -> Ticked | None:
    team = await work.session.get(Team, team_id)
    works = RoleName.WORKER in await staff.roles(work.session, by)
    is_worker = team is not None and team.worker_id == by and works
    return None if may_tick_vog(team_worker=is_worker, oneself=person_id == by) else Ticked.NOT_YOURS
