"""Free places: offering them along the waiting list, answering an offer, and passing it on in time.

Everything here is judged under the lock of the occurrence; who holds a place is counted by SQL under that lock.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from bot.domain.activities.attendance import STATES
from bot.domain.activities.offers import OfferTimes, offer_times, walks_in
from bot.domain.activities.rounds import chain
from bot.domain.enums import ActivityKind, OfferState, OutboxState, Reachable, RoleKey, SignupState
from bot.domain.notices.activities import FreePlace, PlaceOffered
from bot.services.activities import calendars, reminders, walking
from storage.ids import new_id
from storage.models import ActivityRole, Occurrence, Offer, Person, Signup
from storage.queries import offers as offer_queries
from storage.queries import outbox, town
from storage.queries import signups as queries
from storage.queries.activities import may_take_shift
from storage.queries.locking import locked, locked_all
from storage.work import Work

_CHUNK = 100


class Answered(StrEnum):
    """What became of an answer to an offer, or of a tap on a place that is free."""

    PLACE = "place"
    DECLINED = "declined"
    TOO_LATE = "too_late"
    TAKEN = "taken"
    NOT_THERE = "not_there"


async def accept(work: Work, offer_id: int, person_id: int) -> tuple[Answered, Signup | None]:
    """Take the place that was offered, if the offer still stands."""
    found = await _locked_offer(work, offer_id, person_id)
    if found is None:
        return Answered.NOT_THERE, None
    offer, signup, occurrence = found
    if offer.state is OfferState.ACCEPTED:
        return Answered.PLACE, signup
    if offer.state is not OfferState.PENDING or not _stands(offer, occurrence, work):
        return Answered.TOO_LATE, signup
    close(work, offer, signup, OfferState.ACCEPTED, SignupState.SIGNED_UP)
    await _has_place(work, signup, occurrence)
    return Answered.PLACE, signup


async def decline(work: Work, offer_id: int, person_id: int) -> tuple[Answered, Signup | None]:
    """Give an offered place back: it passes on, and the person leaves the waiting list."""
    found = await _locked_offer(work, offer_id, person_id)
    if found is None:
        return Answered.NOT_THERE, None
    offer, signup, occurrence = found
    if offer.state is OfferState.DECLINED:
        return Answered.DECLINED, signup
    if offer.state is not OfferState.PENDING:
        return Answered.TOO_LATE, signup
    close(work, offer, signup, OfferState.DECLINED, SignupState.CANCELLED)
    await fill(work, occurrence)
    return Answered.DECLINED, signup


async def take_free(work: Work, signup_id: int, person_id: int, version: int) -> tuple[Answered, Signup | None]:
    """Take a place in the last hours before the start: the first who taps has it; the others stay on the list."""
    seen = await work.session.get(Signup, signup_id)
    if seen is None or seen.person_id != person_id:
        return Answered.NOT_THERE, None
    occurrence = await locked(work.session, Occurrence, seen.occurrence_id)
    signup = await queries.anew(work.session, signup_id)
    if occurrence is None or signup is None or not await _may(work, occurrence, person_id):
        return Answered.NOT_THERE, None
    if signup.state is SignupState.SIGNED_UP:
        return Answered.PLACE, signup
    if signup.state is not SignupState.WAITING or signup.version != version:
        return Answered.TOO_LATE, signup
    if occurrence.called_off_at is not None or occurrence.starts_at <= work.now:
        return Answered.TOO_LATE, signup
    role = await queries.role_of(work.session, occurrence, signup.role)
    if role is None or not await may_take_now(work, occurrence, role, signup.seats):
        return Answered.TAKEN, signup
    change(work, signup, SignupState.SIGNED_UP)
    await _has_place(work, signup, occurrence)
    return Answered.PLACE, signup


async def _has_place(work: Work, signup: Signup, occurrence: Occurrence) -> None:
    """Go on after taking a place: reminders are planned, and late it says that one comes."""
    signup.attendance = await walking.said_by_signing_up(work, occurrence)
    await reminders.replan(work, signup)
    await walking.came_along(work, occurrence)


async def may_take_now(work: Work, occurrence: Occurrence, role: ActivityRole, seats: int = 1) -> bool:
    """Return whether who asks now gets *seats*: so many are free, and nobody waits for them or the first has them.

    Ask under the lock of *occurrence*. A Repair Café is never full for visitors. Who waits for more than is free
    holds nobody up.
    """
    if role.maximum is None or walks_in(occurrence.kind, role.role):
        return True
    free = role.maximum - await queries.held(work.session, occurrence.id, role.role)
    if free < seats:
        return False
    if not any(row.seats <= free for row in await queries.waiting(work.session, occurrence.id, role.role)):
        return True
    times = await _times(work, occurrence)
    return times is not None and times.first_to_tap and times.sends_at <= work.now


async def fill(work: Work, occurrence: Occurrence) -> None:
    """Offer every free place of *occurrence* (locked by the caller) along its waiting lists."""
    times = await _times(work, occurrence)
    if times is None or occurrence.called_off_at is not None:
        return
    await work.session.flush()
    for role in await queries.roles_of(work.session, occurrence.activity_id):
        if role.maximum is None:
            free = None
        else:
            free = role.maximum - await queries.held(work.session, occurrence.id, role.role)
        if free is None or free > 0:
            await _offer(work, occurrence, role.role, times, free)


async def _offer(work: Work, occurrence: Occurrence, role: RoleKey, times: OfferTimes, free: int | None) -> None:
    """Offer *free* places (None: one to each who waits): to the first in the queue, or to all, first-to-tap."""
    queue = await queries.waiting(work.session, occurrence.id, role)
    if not queue:
        return
    people = [signup.person_id for signup in queue]
    known = await locked_all(work.session, Person, people)
    away = {person.id for person in known.values() if person.reachable in (Reachable.BLOCKED, Reachable.GONE)}
    skipped = away | await offer_queries.with_pending_offer(work.session, people)
    asked = [
        signup for signup in queue if signup.person_id not in skipped and await _may(work, occurrence, signup.person_id)
    ]
    if times.first_to_tap:
        asked = [signup for signup in asked if free is None or signup.seats <= free]
        freed = await queries.last_freed(work.session, occurrence.id, role)
        for signup in asked:
            notice = FreePlace(signup.id, int(freed.timestamp()) if freed else 0)
            work.put(notice, chat=signup.person_id, due_at=times.sends_at, valid_until=times.until)
        return
    for signup in _who_fit(asked, free):
        offer = Offer(
            signup_id=signup.id,
            occurrence_id=occurrence.id,
            person_id=signup.person_id,
            made_at=times.sends_at,
            expires_at=times.until,
            state=OfferState.PENDING,
        )
        work.session.add(offer)
        change(work, signup, SignupState.OFFERED)
        await work.session.flush()
        work.put(PlaceOffered(offer.id), chat=signup.person_id, due_at=times.sends_at, valid_until=times.until)


def _who_fit(asked: Sequence[Signup], free: int | None) -> Iterator[Signup]:
    """Yield who gets the *free* places, in the order of the queue and one each: who needs more is passed over."""
    has_one: set[int] = set()
    for signup in asked:
        if signup.person_id in has_one or (free is not None and signup.seats > free):
            continue
        has_one.add(signup.person_id)
        free = None if free is None else free - signup.seats
        yield signup


async def run(work: Work) -> None:
    """Pass on what was not answered in time, and offer whatever place is free while somebody waits (a job)."""
    due = await offer_queries.with_expired_offers(work.session, work.now, _CHUNK)
    free = await offer_queries.with_free_places(work.session, work.now, _CHUNK)
    for occurrence in (await locked_all(work.session, Occurrence, sorted({*due, *free}))).values():
        await _expire(work, occurrence)
        await fill(work, occurrence)


async def _expire(work: Work, occurrence: Occurrence) -> None:
    """Close the offers of *occurrence* whose time is over; who never got the message keeps the place in the queue."""
    for offer in await offer_queries.pending_offers(work.session, occurrence.id):
        signup = await queries.anew(work.session, offer.signup_id)
        if offer.expires_at <= work.now and signup is not None:
            told = await _was_told(work, offer)
            close(work, offer, signup, OfferState.EXPIRED, SignupState.CANCELLED if told else SignupState.WAITING)
    await work.session.flush()


async def _was_told(work: Work, offer: Offer) -> bool:
    """Return whether the offer reached its person, as far as we can; a bot that was down has told nobody."""
    row = await outbox.by_key(work.session, PlaceOffered(offer.id).key)
    return row is None or row.message_id is not None or row.state is OutboxState.FAILED


async def withdraw_all(work: Work, occurrence: Occurrence) -> None:
    """Take back the open offers of *occurrence* (locked by the caller); their people wait again, in their old order."""
    for offer in await offer_queries.pending_offers(work.session, occurrence.id):
        signup = await queries.anew(work.session, offer.signup_id)
        if signup is not None:
            close(work, offer, signup, OfferState.WITHDRAWN, SignupState.WAITING)
    await work.session.flush()


def close(work: Work, offer: Offer, signup: Signup, became: OfferState, state: SignupState) -> None:
    """End an offer: its message tells what became of it, and the sign-up goes on in *state*."""
    offer.state = became
    if signup.state is SignupState.OFFERED:
        change(work, signup, state)
    work.put(PlaceOffered(offer.id), chat=offer.person_id)


def change(work: Work, signup: Signup, state: SignupState, *, by: int | None = None) -> None:
    """Put a sign-up in another state; older buttons of it are stale from now on.

    Nobody's calendar changes by who was there.
    """
    attended = signup.state in STATES and state in STATES
    signup.state, signup.changed_at, signup.changed_by = state, work.now, by
    signup.version += 1
    if state is SignupState.SIGNED_UP and signup.placed_at is None:
        signup.placed_at = work.now
    signup.id = signup.id or new_id()  # a new row gets it here already: its calendar file is named by it
    if not attended:
        calendars.follow(work, signup)


async def _locked_offer(work: Work, offer_id: int, person_id: int) -> tuple[Offer, Signup, Occurrence] | None:
    """Return an offer to this person with its sign-up, under the lock of the meeting."""
    seen = await work.session.get(Offer, offer_id)
    if seen is None or seen.person_id != person_id:
        return None
    occurrence = await locked(work.session, Occurrence, seen.occurrence_id)
    offer = await offer_queries.offer_anew(work.session, offer_id)
    signup = await queries.anew(work.session, seen.signup_id)
    if occurrence is None or offer is None or signup is None or not await _may(work, occurrence, person_id):
        return None
    return offer, signup, occurrence


def _stands(offer: Offer, occurrence: Occurrence, work: Work) -> bool:
    in_time = work.now < min(offer.expires_at, occurrence.starts_at)
    return in_time and occurrence.called_off_at is None


async def _may(work: Work, occurrence: Occurrence, person_id: int) -> bool:
    """Return whether this person may (still) have a place: of a patrol only who may walk."""
    return occurrence.team_id is None or await may_take_shift(work.session, occurrence.id, person_id)


async def _times(work: Work, occurrence: Occurrence) -> OfferTimes | None:
    """Return how a free place is offered now. In a round that looks for people the first who taps has it."""
    here = await town.zone(work.session)
    times = offer_times(occurrence.starts_at, work.now, here)
    if times is None or occurrence.kind is not ActivityKind.PATROL:
        return times
    if work.now < chain(occurrence.starts_at, here).ask_others:
        return times
    return OfferTimes(times.sends_at, occurrence.starts_at, first_to_tap=True)


async def next_due(work: Work) -> datetime | None:
    """Return when the next offer runs out (UTC), so that a moved clock stops there; None when none is open."""
    return await offer_queries.next_expiry(work.session)
