"""Reports in which nothing happens: after half a year a worker is asked, after nine months they close.

Source: "Privacy and safety", Retention.
"""

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
from storage.work import Work

_ASKED = "asked_whether_it_goes_on"
#: Reports closed in one go.
_AT_ONCE = 50


async def run(work: Work) -> bool:
    """Close what stood still for nine months, and ask about the rest; return whether there is more to close."""
    desks = {desk.id: desk for desk in await queries.desks(work.session)}
    if not desks:
        return False  # nothing was set up yet
    before = work.now - CLOSE_AFTER
    closing = [report.id for report in await queries.still_since(work.session, before)]
    for report_id in sorted(closing[:_AT_ONCE]):
        await close_unmoved(work, report_id, before)
    if closing:
        return len(closing) > _AT_ONCE
    await _ask(work, desks)
    return False


async def still(work: Work, desk_id: int, person_id: int) -> list[Report]:
    """Return what stands still at a desk and is asked of this worker; with 0 what is asked of the group."""
    here = await presence.read(work)
    found = await queries.still_since(work.session, work.now - ASK_AFTER, desk_id=desk_id)
    return [report for report in found if await _asked(work, report, here) == person_id]


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


async def _ask(work: Work, desks: dict[int, Desk]) -> None:
    """Ask about what was not asked yet, at the desks that are open now."""
    zone = await town.zone(work.session)
    here, day = await presence.read(work), local_date(work.now, zone).toordinal()
    for report in await queries.still_since(work.session, work.now - ASK_AFTER, unasked=_ASKED):
        desk = desks[report.desk_id]
        hours = parse_hours(desk.hours)
        if not hours.is_open(work.now, zone):
            continue
        person = await _asked(work, report, here)
        chat, thread = (person, None) if person else (desk.chat_id, desk.thread_id)
        until = hours.closing(work.now, zone)
        work.put(StandsStill(desk.id, person, day), chat=chat, thread=thread, valid_until=until)
        # No step: a question is no movement, and buttons stay good.
        work.session.add(ReportEvent(report_id=report.id, at=work.now, actor_id=None, action=_ASKED))


async def _asked(work: Work, report: Report, here: Presence) -> int:
    """Return who is asked in private; 0 for the desk's group."""
    holder = None if report.holder_id is None else here.stand_in(report.holder_id)
    person = await presence.reachable(work, holder)
    return 0 if person is None else person.id
