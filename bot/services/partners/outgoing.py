"""What the parts of this package share: putting a mail on its way, and telling whoever has the report."""

from bot.domain.enums import PartnerMailState, Reachable
from bot.domain.notices import Notice
from bot.domain.notices.partners import PartnerLetter
from bot.domain.partners import holds_only_number
from bot.services.desk import cards, presence
from bot.services.triage.history import step
from storage.models import Desk, PartnerMail, Person, Report, ReportEvent
from storage.queries.locking import locked
from storage.work import Work


def only_number(report: Report) -> bool:
    """Tell whether a mail about *report* may hold no content and needs the resident's yes first."""
    return holds_only_number(report.kind, sealed=report.sealed, about_people=report.about_people)


async def both(work: Work, mail_id: int) -> tuple[PartnerMail, Report] | None:
    """Return a mail and its report, both locked: the report first, as everywhere."""
    found = await work.session.get(PartnerMail, mail_id)
    report = await locked(work.session, Report, found.report_id) if found else None
    mail = await locked(work.session, PartnerMail, mail_id) if report else None
    return (mail, report) if mail is not None and report is not None else None


async def queue(work: Work, mail: PartnerMail, report: Report, actor: int) -> None:
    """Put *mail* on its way."""
    mail.attempt += 1
    mail.state, mail.reason, mail.nudge_at = PartnerMailState.WAITING, None, None
    await step(work, report, actor, "mail_queued", after=str(mail.id))
    work.mail(PartnerLetter(report.id, mail.id, mail.attempt))
    await cards.refresh(work, report)


async def unqueue(work: Work, mail: PartnerMail) -> None:
    """Make the mail not go out, if it has not gone yet."""
    await work.unsay([PartnerLetter(mail.report_id, mail.id, mail.attempt)], reason=mail.state)


async def reader_of(work: Work, report: Report) -> int | None:
    """Return who is told about *report*: who is there for its holder, else for the desk's contact, else the contact."""
    desk = await work.session.get(Desk, report.desk_id)
    if desk is None:
        return None
    return await cards.reader(work, report, desk, await presence.read(work)) or desk.contact_id


async def tell(work: Work, report: Report, notice: Notice, event: ReportEvent, reader_id: int) -> None:
    """Tell *reader_id* in private; whom the bot can't write to is called in the group, without content.

    Without sound outside the desk's hours.
    """
    desk = await work.session.get(Desk, report.desk_id)
    reader = await work.session.get(Person, reader_id)
    if desk is not None and reader is not None and reader.reachable is Reachable.YES:
        work.put(notice, chat=reader_id, silent=not await cards.is_open(work, desk))
    else:
        await cards.call_in_group(work, report, event.id, reader_id)
