"""Ticking and withdrawing a VOG: by the team's worker only, never for oneself, never a copy or a number."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from bot.domain.activities.rounds import may_tick_vog
from bot.domain.enums import OfferState, RoleName, SignupState
from bot.domain.notices.patrol import VogChanged
from bot.domain.time import local_date
from bot.services.activities import offers, reminders, walking
from storage.models import AuditEntry, Occurrence, Signup, Team, TeamMember
from storage.queries import activities as activity_queries
from storage.queries import offers as offer_queries
from storage.queries import patrol as queries
from storage.queries import signups as signup_queries
from storage.queries import staff, town
from storage.queries.locking import locked, locked_all
from storage.work import Work


class Ticked(StrEnum):
    """What became of ticking or withdrawing a VOG."""

    DONE = "done"
    ALREADY = "already"
    NOT_YOURS = "not_yours"
    NO_MEMBER = "no_member"
    NO_DATE = "no_date"


async def tick_vog(work: Work, team_id: int, person_id: int, *, by: int, on: date | None = None) -> Ticked:
    """Note that a member has a VOG of the local date *on* (None: today): by the team's worker, never for oneself."""
    if (refused := await _refused(work, team_id, person_id, by)) is not None:
        return refused
    member = await _member(work, team_id, person_id)
    if member is None:
        return Ticked.NO_MEMBER
    if staff.is_cleared(member):
        return Ticked.ALREADY
    today = local_date(work.now, await town.zone(work.session))
    if on is not None and on > today:
        return Ticked.NO_DATE
    member.vog_on, member.vog_by, member.vog_withdrawn_at = on or today, by, None
    _tell(work, team_id, person_id, by, "vog_ticked")
    return Ticked.DONE


async def withdraw_vog(work: Work, team_id: int, person_id: int, *, by: int) -> Ticked:
    """Take a VOG back: the future shifts of that member are free at once, and the team is not told why."""
    if (refused := await _refused(work, team_id, person_id, by)) is not None:
        return refused
    member = await _member(work, team_id, person_id)
    if member is None:
        return Ticked.NO_MEMBER
    if not staff.is_cleared(member):
        return Ticked.ALREADY
    member.vog_withdrawn_at = work.now
    await work.session.flush()
    await free_shifts(work, team_id, person_id)
    _tell(work, team_id, person_id, by, "vog_withdrawn")
    return Ticked.DONE


async def free_shifts(work: Work, team_id: int, person_id: int) -> None:
    """Free the future shifts that a person has or waits for in a team, and offer them to who waits.

    All shifts of the team that have not ended are locked: who signs up in the same moment is seen here, or sees the
    change. Of a round that has begun the place stays as it is, but who is left alone hears it.
    """
    coming = await activity_queries.shifts_not_over(work.session, team_id, now=work.now)
    for occurrence in (await locked_all(work.session, Occurrence, coming)).values():
        found = await signup_queries.of_occurrence(work.session, occurrence.id)
        rows = [row for row in found if row.person_id == person_id]
        if rows and occurrence.starts_at > work.now:
            await _free(work, occurrence, rows)
        if rows:
            await walking.dropped_out(work, occurrence)


async def _free(work: Work, occurrence: Occurrence, rows: Sequence[Signup]) -> None:
    for row in rows:
        offer = await offer_queries.pending_offer_of(work.session, row.id)
        if offer is not None:
            offers.close(work, offer, row, OfferState.WITHDRAWN, SignupState.CANCELLED)
        elif row.state in (SignupState.SIGNED_UP, SignupState.WAITING, SignupState.SEEKS_STAND_IN):
            offers.change(work, row, SignupState.CANCELLED)
    await reminders.drop(work, rows)
    await offers.fill(work, occurrence)


async def _member(work: Work, team_id: int, person_id: int) -> TeamMember | None:
    """Return an accepted member, under the lock of the team."""
    await locked(work.session, Team, team_id)
    member = await queries.membership_anew(work.session, team_id, person_id)
    return None if member is None or member.accepted_at is None or member.left_at is not None else member


async def _refused(work: Work, team_id: int, person_id: int, by: int) -> Ticked | None:
    team = await work.session.get(Team, team_id)
    works = RoleName.WORKER in await staff.roles(work.session, by)
    is_worker = team is not None and team.worker_id == by and works
    return None if may_tick_vog(team_worker=is_worker, oneself=person_id == by) else Ticked.NOT_YOURS


def _tell(work: Work, team_id: int, person_id: int, by: int, action: str) -> None:
    """Note what was done, and let the member know; nobody else hears of it."""
    detail = {"person": person_id}
    work.session.add(AuditEntry(at=work.now, actor_id=by, action=action, about=team_id, detail=detail))
    work.put(VogChanged(team_id, person_id, int(work.now.timestamp())), chat=person_id)
