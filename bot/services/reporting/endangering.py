"""Danger that a resident tells of after sending: the report becomes one of danger, with all that belongs to it."""

from bot.domain.enums import MessageDirection, ReportStatus
from bot.services.desk import cards
from bot.services.reporting import sealing, signs
from bot.services.triage.closing import reopen
from bot.services.triage.history import step
from storage.models import Person, Report, ReportMessage
from storage.queries.locking import locked
from storage.work import Work


async def asks(work: Work, message_id: int) -> Report | None:
    """Return the report when what its resident said speaks of danger that is not known yet; None: nothing to ask."""
    message = await work.session.get(ReportMessage, message_id)
    report = await work.session.get(Report, message.report_id) if message else None
    if message is None or report is None or report.danger:
        return None
    return report if (await signs.read(work, message.text)).danger is not None else None


async def confirm(work: Work, resident: Person, message_id: int) -> Report | None:
    """Make a report one of danger, as its resident says that somebody is in danger; None when it is not theirs.

    It is sealed and has no promise in days; nobody has read of the danger yet, so everybody is called. A closed one
    opens again.
    """
    message = await work.session.get(ReportMessage, message_id)
    report = await locked(work.session, Report, message.report_id) if message else None
    if message is None or report is None or report.resident_id != resident.id:
        return None
    if message.direction is not MessageDirection.RESIDENT:
        return None
    if report.status is ReportStatus.CLOSED:
        await reopen(work, report.id, resident)
    if report.danger:
        return report
    report.danger, report.danger_words = True, (await signs.read(work, message.text)).danger
    report.promise_on = report.opened_at = report.chased = None
    await step(work, report, resident.id, "danger")
    if not report.sealed:
        await sealing.seal(work, report, resident.id)
        await cards.words_sealed(work, report, message)
        await cards.close_private(work, report)
    await cards.refresh(work, report)
    return report
