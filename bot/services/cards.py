"""The cards of a report: in its desk's group, and in private for who has it. What they say is drawn when sent."""

from bot.domain.enums import Priority
from bot.domain.notices.triage import ReportCard, ResidentWords
from storage.models import Desk, Report, ReportMessage
from storage.work import Work


async def refresh(work: Work, report: Report) -> None:
    """Have the card of *report* drawn (again) in its desk's group; call it after every change, and for a new report."""
    desk = await work.session.get(Desk, report.desk_id)
    if desk is None:
        return
    priority = Priority.ANSWER if report.danger else None
    work.put(ReportCard(report.id, desk.id), chat=desk.chat_id, thread=desk.thread_id, priority=priority)


async def resident_said(work: Work, report: Report, message: ReportMessage) -> None:
    """Bring what the resident said about *report* to its desk: below the card, or to the holder when it is sealed."""
    desk = await work.session.get(Desk, report.desk_id)
    if desk is not None and not report.sealed:
        work.put(ResidentWords(report.id, message.id, desk.id), chat=desk.chat_id, thread=desk.thread_id)
    await refresh(work, report)
