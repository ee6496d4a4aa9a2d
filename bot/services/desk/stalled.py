"""Reports in which nothing happens: after half a year a worker is asked, after nine months they close.

Source: "Privacy and safety", Retention.
"""

from datetime import datetime, timedelta

from bot.domain.hours import parse_hours
from bot.domain.notices.chasing import StandsStill
from bot.domain.reports import ASK_AFTER, CLOSE_AFTER
from bot.domain.time import local_date
from bot.services.delivery import Undeliverable, undeliverable
from bot.services.desk import presence
from bot.services.desk.presence import Presence
from bot.services.triage.closing import close_unmoved
from storage.models import Desk, Report, ReportEvent
from storage.queries import chasing as queries
from storage.queries import town
from storage.queries.chasing import Still
from storage.work import Work

_ASKED = "asked_whether_it_goes_on"
#: A report is looked at when its time has passed, not at the moment itself.
_JUST = timedelta(seconds=1)


async def run(work: Work) -> bool:
    """Close what stood still for nine months, and ask about the rest, by the page; return whether there is more."""
    desks = {desk.id: desk for desk in await queries.desks(work.session)}
    rows = await queries.still_due(work.session, work.now, asked=_ASKED) if desks else []
    again = {}
    for row in sorted(rows, key=lambda each: each.id):
        if (at := await _look(work, row, desks[row.desk_id])) is not None:
            again[row.id] = at
    await work.flush()
    await queries.look_again(work.session, again)
    return len(rows) == queries.STILL_PAGE


async def _look(work: Work, row: Still, desk: Desk) -> datetime | None:
    """Do what is to be done about a report; return when to look again if nothing happens until then (UTC)."""
    asks, closes = row.changed_at + ASK_AFTER + _JUST, row.changed_at + CLOSE_AFTER + _JUST
    if closes <= work.now:
        await close_unmoved(work, row.id, work.now - CLOSE_AFTER)
        return None
    if asks > work.now:
        return asks
    hours, zone = parse_hours(desk.hours), await town.zone(work.session)
    if row.asked:
        return closes
    if not hours.is_open(work.now, zone):
        return min(closes, hours.next_opening(work.now, zone))
    await _ask(work, desk, row)
    return closes


async def still(work: Work, desk_id: int, person_id: int) -> list[Report]:
    """Return what stands still at a desk and is asked of this worker; with 0 what is asked of the group."""
    here = await presence.read(work)
    holders = None
    if person_id:
        holders = [person_id, *(away for away in here.away if here.stand_in(away) == person_id)]
    found = await queries.still_since(work.session, work.now - ASK_AFTER, desk_id, holders)
    return [report for report in found if await _asked(work, report.holder_id, here) == person_id]


@undeliverable
async def asked_nobody(work: Work, failed: Undeliverable) -> None:
    """Ask the desk's group instead when a worker can't be reached in private."""
    notice = failed.notice
    if failed.reachable is None or not isinstance(notice, StandsStill):
        return
    desk = await work.session.get(Desk, notice.desk)
    if desk is not None:
        zone = await town.zone(work.session)
        opening = parse_hours(desk.hours).next_opening(work.now, zone)
        work.put(StandsStill(desk.id, 0, notice.day), chat=desk.chat_id, thread=desk.thread_id, due_at=opening)


async def _ask(work: Work, desk: Desk, row: Still) -> None:
    """Ask at an open desk who has a report, or is there for who has it; else the group."""
    zone = await town.zone(work.session)
    person = await _asked(work, row.holder_id, await presence.read(work))
    chat, thread = (person, None) if person else (desk.chat_id, desk.thread_id)
    notice = StandsStill(desk.id, person, local_date(work.now, zone).toordinal())
    work.put(notice, chat=chat, thread=thread, valid_until=parse_hours(desk.hours).closing(work.now, zone))
    # No step: a question is no movement, and buttons stay good.
    work.session.add(ReportEvent(report_id=row.id, at=work.now, actor_id=None, action=_ASKED))


async def _asked(work: Work, holder_id: int | None, here: Presence) -> int:
    """Return who is asked in private; 0 for the desk's group."""
    person = await presence.reachable(work, None if holder_id is None else here.stand_in(holder_id))
    return 0 if person is None else person.id
