"""The resident's yes: asked for each mail about a person, before anything goes, and withdrawable."""

from enum import StrEnum

from bot.domain.enums import PartnerMailState, ReportStatus
from bot.domain.notices.partners import PartnerNews
from bot.services.desk import cards
from bot.services.partners.outgoing import both, only_number, queue, reader_of, tell, unqueue
from bot.services.triage.history import step
from storage.models import Consent, PartnerMail, Person, Report
from storage.queries import partners as queries
from storage.work import Work

#: The purpose of the consent; `about` is the mail.
PURPOSE = "pass_on"


class Answer(StrEnum):
    """How the resident's tap ended."""

    DONE = "done"
    ALREADY = "already"
    GONE = "gone"


async def asked_of(work: Work, mail_id: int, resident: Person) -> tuple[PartnerMail, Report] | None:
    """Return a mail about this person's own report; None for anybody else's."""
    mail = await work.session.get(PartnerMail, mail_id)
    report = await work.session.get(Report, mail.report_id) if mail else None
    if mail is None or report is None or report.resident_id != resident.id or not mail.only_number:
        return None
    return mail, report


async def agree(work: Work, mail_id: int, resident: Person) -> Answer:
    """Let the mail go: the resident said yes to exactly this one. A closed report's goes nowhere."""
    found = await _own(work, mail_id, resident)
    if found is None:
        return Answer.GONE
    mail, report = found
    if mail.state is PartnerMailState.CANCELLED and report.status is ReportStatus.CLOSED:
        return Answer.GONE
    if mail.state is not PartnerMailState.ASKING:
        return Answer.ALREADY
    if report.status is ReportStatus.CLOSED or not only_number(report):
        mail.state = PartnerMailState.CANCELLED
        return Answer.GONE
    work.session.add(Consent(person_id=resident.id, purpose=PURPOSE, about=mail.id, given_at=work.now))
    await work.session.flush()
    await queue(work, mail, report, resident.id)
    await _tell(work, mail, report, resident, "yes_given")
    return Answer.DONE


async def decline(work: Work, mail_id: int, resident: Person) -> Answer:
    """Let nothing go: the resident said no."""
    found = await _own(work, mail_id, resident)
    if found is None:
        return Answer.GONE
    mail, report = found
    if mail.state is not PartnerMailState.ASKING:
        return Answer.ALREADY
    mail.state = PartnerMailState.DECLINED
    await _tell(work, mail, report, resident, "yes_refused")
    return Answer.DONE


async def take_back(work: Work, mail_id: int, resident: Person) -> Answer:
    """Take a yes back: what has not gone does not go, and nothing goes again."""
    found = await _own(work, mail_id, resident)
    if found is None:
        return Answer.GONE
    mail, report = found
    given = await queries.consent(work.session, resident.id, PURPOSE, mail.id)
    if given is None or given.withdrawn_at is not None:
        return Answer.ALREADY
    given.withdrawn_at = work.now
    mail.state = PartnerMailState.WITHDRAWN
    mail.nudge_at = None
    await unqueue(work, mail)
    await _tell(work, mail, report, resident, "yes_withdrawn")
    return Answer.DONE


async def stands(work: Work, mail: PartnerMail, report: Report) -> bool:
    """Tell whether the yes for this mail stands; without a resident in the chat, the worker stated it at sending."""
    given = await queries.consent(work.session, report.resident_id, PURPOSE, mail.id) if report.resident_id else None
    if given is not None:
        return given.withdrawn_at is None
    return report.resident_id is None


async def _own(work: Work, mail_id: int, resident: Person) -> tuple[PartnerMail, Report] | None:
    found = await both(work, mail_id)
    if found is None or found[1].resident_id != resident.id or not found[0].only_number:
        return None
    return found


async def _tell(work: Work, mail: PartnerMail, report: Report, resident: Person, action: str) -> None:
    event = await step(work, report, resident.id, action, after=str(mail.id))
    reader = await reader_of(work, report)
    if reader is not None:
        await tell(work, report, PartnerNews(report.id, mail.id, event.id, reader), event, reader)
    await cards.refresh(work, report)
