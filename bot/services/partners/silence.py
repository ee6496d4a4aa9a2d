"""A partner that is silent for 14 days: the holder hears it, within the desk's hours, and again after 14 more."""

from datetime import datetime

from bot.domain.enums import PartnerMailState, Reachable
from bot.domain.hours import parse_hours
from bot.domain.notices.partners import PartnerSilent
from bot.domain.partners import SILENT_FOR
from bot.services.desk import cards
from bot.services.partners.outgoing import both, reader_of
from storage.models import Desk, PartnerMail, Person, Report, ReportEvent
from storage.queries import partners as queries
from storage.queries import town
from storage.work import Work

_CHUNK = 100


async def nudge_silent(work: Work) -> bool:
    """Nudge the holders of at most so many reports; return whether there is more to do."""
    due = await queries.silent(work.session, work.now, limit=_CHUNK)
    for mail_id in [mail.id for mail in due]:
        found = await both(work, mail_id)
        if found is not None and _is_silent(found[0], work.now):
            await _nudge(work, *found)
    return len(due) == _CHUNK


async def next_nudge(work: Work) -> datetime | None:
    """Return when the next nudge is due (UTC)."""
    return await queries.next_nudge(work.session)


def _is_silent(mail: PartnerMail, now: datetime) -> bool:
    waits = mail.state is PartnerMailState.SENT and mail.answered_at is None
    return waits and mail.nudge_at is not None and mail.nudge_at <= now


async def _nudge(work: Work, mail: PartnerMail, report: Report) -> None:
    mail.nudge_at = work.now + SILENT_FOR
    desk, reader_id = await work.session.get(Desk, report.desk_id), await reader_of(work, report)
    # No step: silence is no movement, and a report in which nothing else happens closes in the end.
    event = ReportEvent(report_id=report.id, at=work.now, actor_id=None, action="partner_silent", after=str(mail.id))
    work.session.add(event)
    await work.session.flush()
    reader = await work.session.get(Person, reader_id) if reader_id is not None else None
    if desk is None or reader is None:
        return
    if reader.reachable is not Reachable.YES:
        await cards.call_in_group(work, report, event.id, reader.id)
        return
    zone = await town.zone(work.session)
    opening = parse_hours(desk.hours).next_opening(work.now, zone)
    notice = PartnerSilent(report.id, mail.id, event.id, reader.id)
    work.put(notice, chat=reader.id, due_at=opening, valid_until=mail.nudge_at)
