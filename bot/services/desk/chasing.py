"""Chasing: who hears that a resident still waits for what was promised. And *Overnemen* from such a message.

Only what was delivered keeps a promise (`report.kept_at`). One message per desk and day, while the desk is open; each
report is named to the holder on its last day, to the desk after it, and to the named contact at three times.
Source: Reporting, "Chasing" and "Absence".
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain import promises
from bot.domain.enums import Chase
from bot.domain.hours import parse_hours
from bot.domain.notices import Notice
from bot.domain.notices.chasing import ChaseAdmin, ChaseContact, ChaseDesk, ChaseHolder
from bot.domain.time import at_wall, local_date
from bot.services.delivery import Undeliverable, undeliverable
from bot.services.desk import presence
from bot.services.desk.presence import Presence
from bot.services.triage.gate import Outcome, Verdict, holder_of, look
from bot.services.triage.holding import take_over
from bot.services.triage.rights import Act
from storage.models import Desk, Person
from storage.queries import chasing as queries
from storage.queries import town
from storage.queries.chasing import Chased, Waiting
from storage.work import Work


async def run(work: Work) -> bool:
    """Chase what is due at the desks that are open now, a page of each; return whether there is more."""
    desks = await queries.desks(work.session)
    if not desks:
        return False  # nothing was set up yet
    zone = await town.zone(work.session)
    more = False
    for desk in desks:
        if parse_hours(desk.hours).is_open(work.now, zone):
            rows = await queries.due(work.session, desk.id, local_date(work.now, zone))
            more = more or len(rows) == queries.PAGE
            await _chase_at(work, desk, rows, zone)
    return more


async def next_due(work: Work) -> datetime | None:
    """Return when somebody must hear of a promise next (UTC): at an opening of that desk."""
    desks = await queries.desks(work.session)
    if not desks:
        return None
    zone = await town.zone(work.session)
    due = []
    for desk in desks:
        first = await queries.next_chase(work.session, desk.id)
        if first is not None:
            due.append(parse_hours(desk.hours).next_opening(max(work.now, at_wall(first, time(), zone)), zone))
    return min(due, default=None)


async def of_person(work: Work, desk_id: int, person_id: int) -> list[Waiting]:
    """Return what must be answered today, as far as this worker has it or is there for who has it."""
    here, today = await presence.read(work), local_date(work.now, await town.zone(work.session))
    rows = await queries.waiting(work.session, desk_id=desk_id, until=today)
    return [row for row in rows if row.promise_on == today and _told(row, here) == person_id]


async def of_desk(work: Work, desk_id: int) -> list[Waiting]:
    """Return what the whole desk must hear of: what is late, and what is due today without anybody to tell."""
    here, today = await presence.read(work), local_date(work.now, await town.zone(work.session))
    rows = await queries.waiting(work.session, desk_id=desk_id, until=today)
    return [row for row in rows if row.promise_on < today or await _listener(work, row, here) is None]


async def of_contact(work: Work, desk_id: int) -> list[Waiting]:
    """Return what waits three times as long as was promised."""
    zone = await town.zone(work.session)
    today = local_date(work.now, zone)
    rows = await queries.waiting(work.session, desk_id=desk_id, until=today)
    return [row for row in rows if _chase(row, today, zone) is Chase.THRICE]


async def contact_to_call(work: Work, desk: Desk) -> int | None:
    """Return whom the group's message calls by name: who is there for the contact, when the bot can't write there."""
    there = (await presence.read(work)).stand_in(desk.contact_id)
    if there is None or await presence.reachable(work, there) is not None:
        return None
    return there if await of_contact(work, desk.id) else None


async def take_late(work: Work, report_id: int, person: Person, holder_id: int | None) -> Outcome:
    """Give a report that waits to *person*, as long as *holder_id* (None: nobody) still has it. HELD: somebody else.

    The old holder is told.
    """
    found = await look(work, report_id, person.id, None, Act.TAKE_OVER)
    report = found.report
    if not found.done or report is None:
        return found
    if report.holder_id not in (holder_id, person.id):
        holder = await holder_of(work, report)
        return Outcome(Verdict.HELD if holder else Verdict.STALE, report, holder)
    return await take_over(work, report_id, person, report.version)


@undeliverable
async def chase_found_nobody(work: Work, failed: Undeliverable) -> None:
    """Tell the desk's group instead when a worker or the contact can't be reached in private."""
    if failed.reachable is None or not isinstance(failed.notice, ChaseHolder | ChaseContact | ChaseAdmin):
        return
    desk = await work.session.get(Desk, failed.notice.desk)
    if desk is not None:
        zone = await town.zone(work.session)
        opening = parse_hours(desk.hours).next_opening(work.now, zone)
        _tell_group(work, desk, failed.notice.day, until=parse_hours(desk.hours).closing(opening, zone), due_at=opening)


async def _chase_at(work: Work, desk: Desk, rows: Sequence[Waiting], zone: ZoneInfo) -> None:
    """Tell everybody at one desk who must hear of *rows*, and remember how far they did and when to look again."""
    today = local_date(work.now, zone)
    reached = {row.id: _chase(row, today, zone) for row in rows}
    unheard = [row for row in rows if row.waits and reached[row.id] is not row.chased]
    if unheard:
        await _tell(work, desk, unheard, zone)
    await queries.mark_chased(
        work.session,
        [Chased(row.id, *_went_on(row, reached[row.id], zone)) for row in rows],
    )


def _went_on(row: Waiting, reached: Chase | None, zone: ZoneInfo) -> tuple[Chase | None, date | None]:
    """Return how far the chase of a report has come, and when it goes on; never for what nobody waits for."""
    if not row.waits:
        return row.chased, None
    return reached, promises.next_chase(local_date(row.promised_at, zone), row.promise_on, reached)


async def _tell(work: Work, desk: Desk, rows: Sequence[Waiting], zone: ZoneInfo) -> None:
    """Tell everybody at one desk who must hear of *rows*."""
    here = await presence.read(work)
    today, until = local_date(work.now, zone), parse_hours(desk.hours).closing(work.now, zone)
    contact = await presence.reachable(work, here.stand_in(desk.contact_id))
    told: dict[int, Notice] = {}
    for_desk = for_contact = False
    for row in rows:
        chase = _chase(row, today, zone)
        listener = await _listener(work, row, here) if chase is Chase.LAST_DAY else None
        for_contact = for_contact or chase is Chase.THRICE
        if listener is not None:
            told[listener.id] = ChaseHolder(desk.id, listener.id, today.toordinal())
        elif chase is not Chase.THRICE or contact is None:
            for_desk = True
    for chat, notice in told.items():
        work.put(notice, chat=chat, valid_until=until)
    if for_desk:
        await _tell_desk(work, desk, here, today.toordinal(), until)
    if for_contact and contact is not None:
        work.put(ChaseContact(desk.id, contact.id, today.toordinal()), chat=contact.id, valid_until=until)


async def _tell_desk(work: Work, desk: Desk, here: Presence, day: int, until: datetime) -> None:
    """Tell the group; when none of its workers is there, the beheerders in private."""
    admins = [] if await presence.workers_here(work, desk.id, here) else await presence.admins_here(work, here)
    if not admins:
        _tell_group(work, desk, day, until=until)
    for admin in admins:
        work.put(ChaseAdmin(desk.id, admin.id, day), chat=admin.id, valid_until=until)


def _tell_group(work: Work, desk: Desk, day: int, *, until: datetime, due_at: datetime | None = None) -> None:
    notice = ChaseDesk(desk.id, day)
    work.put(notice, chat=desk.chat_id, thread=desk.thread_id, due_at=due_at, valid_until=until)


def _told(row: Waiting, here: Presence) -> int | None:
    return None if row.holder_id is None else here.stand_in(row.holder_id)


async def _listener(work: Work, row: Waiting, here: Presence) -> Person | None:
    """Return who is told in private about a report: who is there for its holder, if the bot can write there."""
    return await presence.reachable(work, _told(row, here))


def _chase(row: Waiting, today: date, zone: ZoneInfo) -> Chase | None:
    return promises.chase(local_date(row.promised_at, zone), row.promise_on, today)
