"""The day of a Rommelroute: numbers at the deadline, stalls that say how they stand, the closing and the thanks."""

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.activities.reminders import Lead, send_at
from bot.domain.activities.stall_route import KEPT, Door, day_of, new_numbers, numbered_at
from bot.domain.enums import SignupState, StallState
from bot.domain.notices.stalls import (
    RouteReady,
    StallDeadline,
    StallNumber,
    StallPageGone,
    StallPanel,
    StallThanks,
)
from bot.domain.time import after_quiet
from bot.services.activities import coordinating, offers, signups
from bot.services.activities.signups import Mine
from bot.services.rommelroute import sent, stalls
from bot.services.rommelroute.stalls import StallDraft
from storage.models import Occurrence, Person, Stall, StallDay
from storage.queries import signups as signup_queries
from storage.queries import stalls as queries
from storage.queries import town
from storage.queries.locking import locked, locked_all
from storage.work import Work

#: Who began to sign up hears of the deadline so long before it.
DEADLINE_LEAD = Lead(days=1)
#: So long after the end a thank-you still makes sense.
_THANKS = timedelta(days=1)


class Done(StrEnum):
    """How changing one's own stall went."""

    DONE = "done"
    CHANGED = "changed"
    STARTED = "started"
    NOT_NOW = "not_now"
    NOT_THERE = "not_there"


async def remind_of_deadline(work: Work, occurrence: Occurrence, person: Person) -> None:
    """Plan the one reminder of the deadline for somebody who begins to sign up; none when that day has begun."""
    if occurrence.deadline_at is None:
        return
    due = send_at(DEADLINE_LEAD, occurrence.deadline_at, await town.zone(work.session), kind=occurrence.kind)
    if due > work.now:
        notice = StallDeadline(occurrence.id, person.id)
        work.put(notice, chat=person.id, due_at=due, valid_until=occurrence.deadline_at)


async def forget_deadline(work: Work, occurrence_id: int, person_id: int) -> None:
    """Plan no reminder of the deadline (any more): somebody signed up, or stopped."""
    await work.unsay([StallDeadline(occurrence_id, person_id)], reason="answered")


async def move(
    work: Work, signup_id: int, person_id: int, draft: StallDraft, *, version: int
) -> tuple[Done, Mine | None]:
    """Put one's own stall elsewhere, or let it sell something else, until the route begins; its number stays."""
    mine = await signups.own(work, signup_id, person_id)
    stall = None if mine is None else await signup_queries.stall(work.session, signup_id)
    if mine is None or stall is None:
        return Done.NOT_THERE, mine
    if mine.signup.state not in signup_queries.OPEN or mine.signup.version != version:
        return Done.CHANGED, mine
    if mine.occurrence.starts_at <= work.now or mine.occurrence.called_off_at is not None:
        return Done.STARTED, mine
    stalls.write(stall, draft)
    offers.change(work, mine.signup, mine.signup.state, by=person_id)
    await work.session.flush()
    await sent.changed(work, mine.occurrence)
    return Done.DONE, mine


async def set_state(work: Work, stall_id: int, person_id: int, state: StallState) -> tuple[Done, Stall | None]:
    """Say that one's own stall is open, sold out or closed: on the day, until the route ends."""
    found = await queries.standing(work.session, stall_id)
    if found is None or found[1].person_id != person_id:
        return Done.NOT_THERE, None
    occurrence = await work.session.get(Occurrence, found[1].occurrence_id)
    stall = await locked(work.session, Stall, stall_id)
    if occurrence is None or stall is None:
        return Done.NOT_THERE, None
    if not is_selling(occurrence, work.now, await town.zone(work.session)):
        return Done.NOT_NOW, stall
    stall.state = state.value
    day = await work.session.get(StallDay, occurrence.id)
    if day is not None and day.opened_at is not None:
        work.put(StallPanel(stall.signup_id), chat=person_id, valid_until=occurrence.ends_at)
    return Done.DONE, stall


async def selling_of(work: Work, person_id: int) -> Stall | None:
    """Return the stall of somebody that can say how it stands now; None when there is none."""
    zone = await town.zone(work.session)
    rows = await queries.of_person(work.session, person_id, now=work.now)
    return next((stall for stall, occurrence in rows if is_selling(occurrence, work.now, zone)), None)


def is_selling(occurrence: Occurrence, now: datetime, zone: ZoneInfo) -> bool:
    """Return whether stalls can say how they stand: on the day, until the end."""
    on_the_day = now in day_of(occurrence.starts_at, occurrence.ends_at, zone)
    return on_the_day and now < occurrence.ends_at and occurrence.called_off_at is None


# -- what happens by itself -------------------------------------------------------------------------------------------


async def run(work: Work) -> None:
    """Give numbers, open and close the days whose time has come (a job)."""
    days = await queries.days_to_come(work.session, now=work.now)
    if not days:
        return
    zone = await town.zone(work.session)
    numbered = [
        row.id
        for row, day in days
        if day is not None and day.numbered_at is not None and row.ends_at > work.now and row.called_off_at is None
    ]
    late = await queries.without_number(work.session, numbered)
    due = [row.id for row, day in days if _next(row, day, zone) <= work.now or row.id in late]
    for occurrence in (await locked_all(work.session, Occurrence, due)).values():
        day = await work.session.get(StallDay, occurrence.id, populate_existing=True)
        day = day or StallDay(occurrence_id=occurrence.id)
        work.session.add(day)
        if occurrence.called_off_at is None:
            await _live(work, occurrence, day, zone)
        if occurrence.ends_at + KEPT <= work.now:
            await _clear(work, occurrence, day)
        await work.session.flush()


async def _live(work: Work, occurrence: Occurrence, day: StallDay, zone: ZoneInfo) -> None:
    """Do what it is time for on a day that goes ahead."""
    if occurrence.ends_at > work.now:
        await _give_numbers(work, occurrence, day, zone)
    if occurrence.starts_at <= work.now < occurrence.ends_at and day.opened_at is None:
        await _open(work, occurrence, day, zone)
    if occurrence.ends_at <= work.now and day.closed_at is None:
        await _close(work, occurrence, day, zone)


async def next_due(work: Work) -> datetime | None:
    """Return when the next day has something to do (UTC), so that a moved clock stops there."""
    days = await queries.days_to_come(work.session, now=work.now)
    if not days:
        return None
    zone = await town.zone(work.session)
    return min(_next(occurrence, day, zone) for occurrence, day in days)


def _next(occurrence: Occurrence, day: StallDay | None, zone: ZoneInfo) -> datetime:
    """Return when a day has something to do (UTC); that is past while it waits to be done."""
    if occurrence.called_off_at is not None or (day is not None and day.closed_at is not None):
        return occurrence.ends_at + KEPT
    if day is None or day.numbered_at is None:
        return min(numbered_at(occurrence.starts_at, occurrence.deadline_at, zone), occurrence.ends_at)
    return occurrence.starts_at if day.opened_at is None else occurrence.ends_at


async def _give_numbers(work: Work, occurrence: Occurrence, day: StallDay, zone: ZoneInfo) -> None:
    """Give a number to each stall that has none; nobody's number ever changes."""
    if numbered_at(occurrence.starts_at, occurrence.deadline_at, zone) > work.now:
        return
    rows = await queries.of_occurrence(work.session, occurrence.id)
    fresh = new_numbers([door(stall) for stall, _ in rows], await queries.numbers(work.session, occurrence.id))
    for stall, signup in rows:
        if stall.id in fresh:
            stall.number = fresh[stall.id]
            due_at = after_quiet(work.now, zone)
            work.put(StallNumber(signup.id), chat=signup.person_id, due_at=due_at, valid_until=occurrence.ends_at)
    await work.session.flush()
    if day.numbered_at is not None:
        if fresh:
            await sent.changed(work, occurrence)
        return
    day.numbered_at = work.now
    await sent.redraw(work, occurrence)
    for person_id in await coordinating.coordinators(work, occurrence):
        due_at = after_quiet(work.now, zone)
        work.put(RouteReady(occurrence.id, person_id), chat=person_id, due_at=due_at, valid_until=occurrence.ends_at)


def door(stall: Stall) -> Door:
    """Return where a stall is, for the order in which one walks."""
    if stall.shared_field:
        return Door(stall.id)
    return Door(stall.id, stall.street, stall.house_number or "", stall.postcode)


async def _open(work: Work, occurrence: Occurrence, day: StallDay, zone: ZoneInfo) -> None:
    day.opened_at = work.now
    due_at = after_quiet(work.now, zone)
    for _stall, signup in await queries.of_occurrence(work.session, occurrence.id):
        work.put(StallPanel(signup.id), chat=signup.person_id, due_at=due_at, valid_until=occurrence.ends_at)


async def _close(work: Work, occurrence: Occurrence, day: StallDay, zone: ZoneInfo) -> None:
    """Set every stall to closed and thank its person."""
    day.closed_at = work.now
    until = occurrence.ends_at + _THANKS
    for stall, signup in await queries.of_occurrence(work.session, occurrence.id):
        stall.state = StallState.CLOSED.value
        work.put(StallPanel(signup.id), chat=signup.person_id, valid_until=until)
        if signup.state is SignupState.SIGNED_UP:
            due_at = after_quiet(work.now, zone)
            work.put(StallThanks(signup.id), chat=signup.person_id, due_at=due_at, valid_until=until)


async def _clear(work: Work, occurrence: Occurrence, day: StallDay) -> None:
    """Take away what the bot sent with the stalls on it: maps, sheets, and pages of their addresses."""
    day.cleared_at = work.now
    await sent.redraw(work, occurrence)
    for row in await queries.pages_of(work.session, occurrence.id):
        work.put(StallPageGone(occurrence.id, row.chat_id, row.message_id or 0), chat=row.chat_id)
        row.about = row.kept_until = None
