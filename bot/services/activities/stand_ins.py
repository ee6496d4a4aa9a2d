"""Stand-ins: who is asked when somebody can't come at the last moment, and taking the place over."""

from datetime import timedelta
from enum import StrEnum

from bot.domain.activities.reminders import Lead, put_off, send_at
from bot.domain.enums import HOLDING, ActivityKind, Attendance, OfferState, RoleKey, SignupState
from bot.domain.notices.activities import NoStandIn, StandInFound, StandInWanted
from bot.domain.time import after_quiet
from bot.services.activities import coordinating, offers, reminders, walking
from storage.models import Occurrence, Person, Signup
from storage.queries import activities as activity_queries
from storage.queries import offers as offer_queries
from storage.queries import patrol as patrol_queries
from storage.queries import signups as queries
from storage.queries import town
from storage.queries.locking import locked
from storage.work import Work

#: This long before the start the coordinator hears that nobody took the place.
COORDINATOR_LEAD = Lead(before=timedelta(hours=3))


class TakenOver(StrEnum):
    """How taking somebody's place went."""

    DONE = "done"
    ALREADY_COMES = "already_comes"
    TAKEN = "taken"
    STARTED = "started"
    NOT_THERE = "not_there"


async def seek(work: Work, signup: Signup, occurrence: Occurrence) -> None:
    """Ask who might take the place of *signup*; and have the coordinator hear of it if nobody does (or can)."""
    here = await town.zone(work.session)
    asked = await candidates(work, occurrence, signup.role)
    for person_id in asked:
        work.put(
            StandInWanted(signup.id, signup.version, person_id),
            chat=person_id,
            due_at=after_quiet(work.now, here),
            valid_until=occurrence.starts_at,
        )
    told_at = max(work.now, send_at(COORDINATOR_LEAD, occurrence.starts_at, here, kind=occurrence.kind))
    at_once = put_off(occurrence.starts_at, work.now, here) or work.now
    for person_id in await coordinating.coordinators(work, occurrence):
        work.put(
            NoStandIn(signup.id, signup.version, person_id),
            chat=person_id,
            due_at=max(told_at, at_once) if asked else at_once,
            valid_until=occurrence.starts_at,
        )


async def candidates(work: Work, occurrence: Occurrence, role: RoleKey) -> list[int]:
    """Return who may be asked to stand in: team members who may walk; else who waits, or had the role before.

    Of a team nobody is asked who said *Ik kan niet* to this round.
    """
    if occurrence.team_id is not None:
        refused = {row.person_id for row in await patrol_queries.said_no(work.session, occurrence.id)}
        cleared = await activity_queries.cleared_members(work.session, occurrence.team_id)
        people = [person_id for person_id in cleared if person_id not in refused]
    else:
        people = list(await queries.earlier_in_role(work.session, occurrence.activity_id, role))
    comes = {
        row.person_id
        for row in await queries.of_occurrence(work.session, occurrence.id)
        if row.role is role and row.state in HOLDING and not row.for_name
    }
    return [person_id for person_id in people if person_id not in comes]


async def take_over(
    work: Work, signup_id: int, person: Person, *, version: int
) -> tuple[TakenOver, Signup | None, Occurrence | None]:
    """Take the place of a sign-up that looks for a stand-in; its person is told, and needs to do nothing more."""
    seen = await work.session.get(Signup, signup_id)
    occurrence = None if seen is None else await locked(work.session, Occurrence, seen.occurrence_id)
    given = await queries.anew(work.session, signup_id)
    if occurrence is None or given is None or not await _may(work, occurrence, person):
        return TakenOver.NOT_THERE, None, None
    if occurrence.called_off_at is not None or occurrence.starts_at <= work.now:
        return TakenOver.STARTED, None, occurrence
    own = await queries.of_person(work.session, occurrence.id, person.id, given.role)
    if own is not None and own.state in HOLDING - {SignupState.OFFERED}:
        return TakenOver.ALREADY_COMES, own, occurrence
    if given.state is not SignupState.SEEKS_STAND_IN or given.version != version:
        return TakenOver.TAKEN, None, occurrence
    if own is not None and (offer := await offer_queries.pending_offer_of(work.session, own.id)) is not None:
        offers.close(work, offer, own, OfferState.WITHDRAWN, SignupState.WAITING)
    taken = own or Signup(occurrence_id=occurrence.id, person_id=person.id, role=given.role, version=0)
    taken.queued_at, taken.slot_at, taken.seats = work.now, None, 1
    taken.attendance = Attendance.COMING
    offers.change(work, taken, SignupState.SIGNED_UP, by=person.id)
    work.session.add(taken)
    await work.session.flush()
    work.put(StandInFound(given.id, given.version), chat=given.person_id, valid_until=occurrence.ends_at)
    offers.change(work, given, SignupState.REPLACED, by=person.id)
    await reminders.replan(work, taken)
    await offers.fill(work, occurrence)
    await walking.came_along(work, occurrence)
    return TakenOver.DONE, taken, occurrence


async def _may(work: Work, occurrence: Occurrence, person: Person) -> bool:
    if occurrence.kind is not ActivityKind.PATROL and occurrence.team_id is None:
        return True
    return await activity_queries.may_take_shift(work.session, occurrence.id, person.id)
