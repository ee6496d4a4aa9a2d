"""What became of a mail: a server took it, or nobody will. Called in the transaction that marks its row."""

from bot.domain.enums import PartnerMailState, ReportStatus
from bot.domain.notices.partners import PartnerLetter, PartnerNews
from bot.domain.partners import SILENT_FOR
from bot.services.desk import cards
from bot.services.partners.outgoing import both, reader_of, tell
from bot.services.triage.history import move, step
from storage.work import Work


async def accepted(work: Work, letter: PartnerLetter) -> None:
    """Write down that the partner has it: only now the report is passed on. A second call changes nothing."""
    found = await both(work, letter.mail)
    if found is None or found[0].attempt != letter.attempt or found[0].state is PartnerMailState.SENT:
        return
    mail, report = found
    mail.sent_at = work.now
    if mail.state is PartnerMailState.WITHDRAWN:
        return
    mail.state, mail.reason, mail.nudge_at = PartnerMailState.SENT, None, work.now + SILENT_FOR
    report.partner_id = mail.partner_id
    if report.status is not ReportStatus.CLOSED:
        move(report, ReportStatus.FORWARDED)
    await step(work, report, None, "forwarded", after=str(mail.partner_id))
    await cards.refresh(work, report)


async def failed(work: Work, letter: PartnerLetter, reason: str) -> None:
    """Write down that it will not arrive, and tell who has the report; *reason* is a code."""
    found = await both(work, letter.mail)
    if found is None or found[0].attempt != letter.attempt or found[0].state is not PartnerMailState.WAITING:
        return
    mail, report = found
    mail.state, mail.reason = PartnerMailState.FAILED, reason[:40]
    event = await step(work, report, None, "mail_failed", after=str(mail.id))
    reader = await reader_of(work, report)
    if reader is not None:
        await tell(work, report, PartnerNews(report.id, mail.id, event.id, reader), event, reader)
    await cards.refresh(work, report)
