"""Never alone: what a round needs at its times, down to calling it off by itself; and stepping in when it is short.

The questions of the evening before and 3 h before are reminders (`bot.services.activities.reminders`). Each step here
is done once. What the bot missed while it was away is done late as long as it makes sense: after the moment
of calling off nobody is asked any more. Source: Buurtpreventie, "Never alone".
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.activities.reminders import put_off
from bot.domain.activities.rounds import Step, chain, settles_at, step
from bot.domain.enums import HOLDING, RoleKey, SignupState
from bot.domain.notices.activities import CalledOff
from bot.domain.notices.patrol import RoundShort, WalkersWanted
from bot.services.activities import offers, rescheduling, signups, stand_ins, walking
from bot.services.activities.offers import Answered
from bot.services.activities.signups import Came, Joined
from bot.services.activities.stand_ins import TakenOver
from bot.services.activities.walking import Walkers
from storage.models import Occurrence, Person, RoundChain, Signup, Team
from storage.queries import activities as activity_queries
from storage.queries import offers as offer_queries
from storage.queries import patrol as queries
from storage.queries import rounds as round_queries
from storage.queries import signups as signup_queries
from storage.queries import town
from storage.queries.locking import locked, locked_all
from storage.work import Work

#: No step is further from the start: a round just before 11:00 is asked about at 19:00 the evening before.
_LOOK_AHEAD = timedelta(hours=36)
_CHUNK = 500


async def run(work: Work) -> bool:
    """Do for every round what its time calls for (a job); return whether there is more to note."""
    new = await queries.unmarked(work.session, now=work.now, limit=_CHUNK)
    work.session.add_all(RoundChain(occurrence_id=occurrence_id, planned_at=work.now) for occurrence_id in new)
    await work.session.flush()
    found = await queries.unsettled(work.session, now=work.now, until=work.now + _LOOK_AHEAD)
    if not found:  # nothing may be set up yet
        return len(new) == _CHUNK
    here = await town.zone(work.session)
    due = [occurrence.id for occurrence, mark in found if _is_due(occurrence, mark, work.now, here)]
    for occurrence in (await locked_all(work.session, Occurrence, due)).values():
        await _watch(work, occurrence, here)
    return len(new) == _CHUNK


async def next_due(work: Work) -> datetime | None:
    """Return when the next step of any round comes (UTC), so that a moved clock stops there."""
    found = await queries.unsettled(work.session, now=work.now, until=work.now + timedelta(days=60))
    if not found:
        return None
    here = await town.zone(work.session)
    moments = (moment for occurrence, mark in found for moment in _moments(occurrence, mark, here))
    return min((moment for moment in moments if moment > work.now), default=None)


def _is_due(occurrence: Occurrence, mark: RoundChain, now: datetime, here: ZoneInfo) -> bool:
    return any(moment <= now for moment in _moments(occurrence, mark, here))


def _moments(occurrence: Occurrence, mark: RoundChain, here: ZoneInfo) -> list[datetime]:
    """Return the moments (UTC) of the steps of a round that are not done."""
    times = chain(occurrence.starts_at, here)
    settling = settles_at(times, occurrence.starts_at, mark.planned_at)
    steps = ((times.ask_others, mark.others_at), (times.warn_staff, mark.staff_at), (settling, mark.settled_at))
    return [moment for moment, done_at in steps if done_at is None]


async def _watch(work: Work, occurrence: Occurrence, here: ZoneInfo) -> None:
    """Do what the moment calls for, under the lock of the round."""
    mark = await walking.mark_of(work, occurrence)
    if mark.settled_at is not None or occurrence.called_off_at is not None:
        return
    walked = await round_queries.of_time(work.session, occurrence)
    if walked is not None and walked.closed_at is not None:  # at home again before the time: nobody else need come
        mark.settled_at = work.now
        return
    times = chain(occurrence.starts_at, here)
    walkers = await walking.of_round(work, occurrence)
    settling = settles_at(times, occurrence.starts_at, mark.planned_at)
    if work.now >= settling:
        mark.settled_at = work.now
        if not walkers.enough and walked is None:
            await _call_off(work, occurrence, mark)
        return
    needed = step(times, work.now, yes=len(walkers.yes), silent=len(walkers.silent))
    if needed in (Step.ASK_OTHERS, Step.WARN_STAFF, Step.CALL_OFF) and mark.others_at is None:
        mark.others_at = work.now
        await _ask_others(work, occurrence, settling)
    if needed in (Step.WARN_STAFF, Step.CALL_OFF) and mark.staff_at is None:
        mark.staff_at = work.now
        await _warn_staff(work, occurrence, settling, here)


async def _ask_others(work: Work, occurrence: Occurrence, until: datetime) -> None:
    """Ask the members with a VOG who are free; a place that was offered and not taken is for the first who taps."""
    await offers.withdraw_all(work, occurrence)
    for person_id in await _free_members(work, occurrence):
        notice = WalkersWanted(occurrence.id, occurrence.sequence, person_id)
        work.put(notice, chat=person_id, valid_until=until)


async def _free_members(work: Work, occurrence: Occurrence) -> list[int]:
    """Return who may walk, and neither has a place nor said that it is impossible."""
    await work.session.flush()
    rows = [
        *await queries.said_no(work.session, occurrence.id),
        *await signup_queries.of_occurrence(work.session, occurrence.id),
    ]
    taken = {row.person_id for row in rows if row.state is not SignupState.WAITING}
    cleared = await activity_queries.cleared_members(work.session, occurrence.team_id or 0)
    return [person_id for person_id in cleared if person_id not in taken]


async def _warn_staff(work: Work, occurrence: Occurrence, until: datetime, here: ZoneInfo) -> None:
    """Warn coordinator and worker; of what happens at night in the morning, when that is early enough."""
    due_at = put_off(occurrence.starts_at, work.now, here) or work.now
    team = await work.session.get(Team, occurrence.team_id)
    for person_id in sorted(set() if team is None else {team.coordinator_id, team.worker_id}):
        notice = RoundShort(occurrence.id, occurrence.sequence, person_id)
        work.put(notice, chat=person_id, due_at=due_at, valid_until=until)


async def _call_off(work: Work, occurrence: Occurrence, mark: RoundChain) -> None:
    """Call the round off and tell everyone: who signed up, coordinator and worker, and who was asked to step in."""
    asked: Sequence[int] = [] if mark.others_at is None else await _free_members(work, occurrence)
    await rescheduling.call_off(work, occurrence.id, None)
    for person_id in asked:
        work.put(CalledOff(occurrence.id, person_id), chat=person_id, valid_until=occurrence.ends_at)


class StepIn(StrEnum):
    """What became of "Ik loop mee" of who was asked because a round is short of people."""

    COMING = "coming"
    FULL = "full"
    CALLED_OFF = "called_off"
    STARTED = "started"
    NOT_THERE = "not_there"


async def step_in(work: Work, occurrence_id: int, person: Person) -> StepIn:
    """Walk along in a round that is short: in a free place, or in that of somebody who can't come or says nothing."""
    occurrence = await locked(work.session, Occurrence, occurrence_id)
    if occurrence is None or not await activity_queries.may_take_shift(work.session, occurrence_id, person.id):
        return StepIn.NOT_THERE
    if occurrence.called_off_at is not None:
        return StepIn.CALLED_OFF
    if occurrence.starts_at <= work.now or await round_queries.is_over(work.session, occurrence):
        return StepIn.STARTED
    own = await signup_queries.of_person(work.session, occurrence_id, person.id, RoleKey.WALKER)
    if own is not None and own.state in HOLDING:
        return await _confirm(work, own, person)
    given = await _place_to_take(work, occurrence)
    if given is not None:
        how, _signup, _occurrence = await stand_ins.take_over(work, given.id, person, version=given.version)
        return StepIn.COMING if how in (TakenOver.DONE, TakenOver.ALREADY_COMES) else StepIn.FULL
    if await _is_full(work, occurrence):
        return StepIn.FULL
    if own is not None and own.state is SignupState.WAITING:
        answered, _signup = await offers.take_free(work, own.id, person.id, own.version)
        return StepIn.COMING if answered is Answered.PLACE else StepIn.FULL
    result = await signups.join(work, occurrence_id, person, RoleKey.WALKER)
    return StepIn.COMING if result.outcome is Joined.SIGNED_UP else StepIn.FULL


async def _confirm(work: Work, own: Signup, person: Person) -> StepIn:
    """Say yes with the place that one has, or that is offered to oneself."""
    offer = await offer_queries.pending_offer_of(work.session, own.id)
    if offer is not None:
        answered, _signup = await offers.accept(work, offer.id, person.id)
        return StepIn.COMING if answered is Answered.PLACE else StepIn.FULL
    came, _mine = await signups.confirm(work, own.id, person.id, version=own.version)
    return StepIn.COMING if came is Came.COMING else StepIn.FULL


async def _place_to_take(work: Work, occurrence: Occurrence) -> Signup | None:
    """Return the place of who looks for a stand-in; when all are held, of the last one who said nothing.

    Nobody's silence counts before others were asked. None: a place is free, or there is none to take.
    """
    seeking = await signup_queries.seeking(work.session, occurrence.id, RoleKey.WALKER)
    if seeking:
        return seeking[0]
    if not await _is_full(work, occurrence):
        return None
    mark = await walking.mark_of(work, occurrence)
    walkers: Walkers = await walking.of_round(work, occurrence)
    if mark.others_at is None or walkers.enough or not walkers.silent:
        return None
    silent = walkers.silent[-1]
    offers.change(work, silent, SignupState.SEEKS_STAND_IN)
    await work.session.flush()
    return silent


async def _is_full(work: Work, occurrence: Occurrence) -> bool:
    role = await signup_queries.role_of(work.session, occurrence, RoleKey.WALKER)
    held = await signup_queries.held(work.session, occurrence.id, RoleKey.WALKER)
    return role is not None and role.maximum is not None and held >= role.maximum
