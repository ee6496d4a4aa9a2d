"""What a worker does with mails to partners: sending one, sending it again, calling it off, noting an answer.

Rights are those of writing to the resident: holder, substitute, the desk's contact; an admin on an open report.
"""

from dataclasses import dataclass

from bot.domain.enums import MediaKind, PartnerMailState, ReportStatus
from bot.domain.notices.partners import PartnerAsk
from bot.domain.partners import MAX_SUMMARY
from bot.domain.time import after_quiet
from bot.services.desk import cards
from bot.services.partners import consent
from bot.services.partners.outgoing import both, only_number, queue, unqueue
from bot.services.triage.answering import begin_writing
from bot.services.triage.gate import Outcome, Verdict, look
from bot.services.triage.history import move, step
from bot.services.triage.rights import Act
from storage.models import Partner, PartnerMail, Person, Report
from storage.queries import partners as queries
from storage.queries import staff, town
from storage.queries import triage as triage_queries
from storage.work import Work

_ON_ITS_WAY = (PartnerMailState.ASKING, PartnerMailState.WAITING)


@dataclass(frozen=True)
class Letter:
    """What a preview showed. `only_number`: it was a mail about a person, with nothing but number and `work_number`.

    `said_yes`: the worker states that the resident, who is not in the chat, said yes.
    """

    partner: int
    only_number: bool
    summary: str = ""
    photos: tuple[int, ...] = ()
    work_number: str | None = None
    said_yes: bool = False


async def begin(work: Work, report_id: int, person: Person, version: int | None) -> Outcome:
    """Judge whether *person* may pass this report on now. Somebody must have taken it."""
    return await begin_writing(work, report_id, person, version)


async def mails_of(work: Work, report_id: int) -> list[tuple[PartnerMail, Partner]]:
    """Return the mails about a report with their partners, oldest first."""
    return await queries.of_report(work.session, report_id)


async def send(work: Work, report_id: int, person: Person, letter: Letter, *, draft_id: int) -> Outcome:
    """Send what was previewed, exactly once per *draft_id* (SAME the second time); about a person: ask the resident.

    STALE: the report became one about a person since the preview. IMPOSSIBLE: no such partner any more, or the
    letter lacks what it needs.
    """
    found = await begin(work, report_id, person, None)
    report = found.report
    if not found.done or report is None:
        return found
    if await queries.of_draft(work.session, draft_id) is not None:
        return Outcome(Verdict.SAME, report)
    if letter.only_number is not only_number(report):
        return Outcome(Verdict.STALE, report)
    partner = await work.session.get(Partner, letter.partner)
    if partner is None or not partner.active or not partner.email or not _is_whole(letter, report):
        return Outcome(Verdict.IMPOSSIBLE, report)
    mail = PartnerMail(
        report_id=report.id,
        partner_id=partner.id,
        worker_id=person.id,
        draft_id=draft_id,
        only_number=letter.only_number,
        summary="" if letter.only_number else letter.summary,
        photos=[] if letter.only_number else await _there(work, report, letter.photos),
        work_number=letter.work_number if letter.only_number else None,
        state=PartnerMailState.ASKING,
        attempt=0,
        created_at=work.now,
    )
    work.session.add(mail)
    await work.session.flush()
    if mail.only_number and report.resident_id is not None:
        await _ask(work, mail, report, person)
    else:
        await queue(work, mail, report, person.id)
    return Outcome(Verdict.DONE, report)


def _is_whole(letter: Letter, report: Report) -> bool:
    if letter.only_number:
        return bool(letter.work_number) and (report.resident_id is not None or letter.said_yes)
    return bool(letter.summary.strip()) and len(letter.summary) <= MAX_SUMMARY


async def _there(work: Work, report: Report, wanted: tuple[int, ...]) -> list[int]:
    """Return those of the ticked photos that (still) belong to the report, in its order."""
    photos = await triage_queries.media_of(work.session, report.id, (MediaKind.PHOTO,))
    return [photo.id for photo in photos if photo.id in wanted]


async def _ask(work: Work, mail: PartnerMail, report: Report, person: Person) -> None:
    """Ask the resident first; who wants no messages finds the question on coming back."""
    await step(work, report, person.id, "yes_asked", after=str(mail.id))
    if report.may_write_back and report.resident_id is not None:
        morning = after_quiet(work.now, await town.zone(work.session))
        work.put(PartnerAsk(report.id, mail.id), chat=report.resident_id, due_at=morning)
    await cards.refresh(work, report)


async def resend(work: Work, mail_id: int, attempt: int, person: Person) -> Outcome:
    """Send a mail again that was sent or failed, signed by who sends it now.

    STALE: something happened to it since. IMPOSSIBLE: it may not go; about a person the resident said yes to the
    name and number of one worker, so nobody else sends that mail again.
    """
    found = await _mine(work, mail_id, attempt, person)
    if isinstance(found, Outcome):
        return found
    mail, report = found
    if mail.state not in (PartnerMailState.SENT, PartnerMailState.FAILED):
        return Outcome(Verdict.IMPOSSIBLE, report)
    partner = await work.session.get(Partner, mail.partner_id)
    if partner is None or not partner.active or not partner.email or not await may_go(work, mail, report):
        return Outcome(Verdict.IMPOSSIBLE, report)
    if mail.only_number and mail.worker_id != person.id:
        return Outcome(Verdict.IMPOSSIBLE, report)
    mail.worker_id, mail.answered_at = person.id, None
    await queue(work, mail, report, person.id)
    return Outcome(Verdict.DONE, report)


async def may_go(work: Work, mail: PartnerMail, report: Report) -> bool:
    """Tell whether what stands in *mail* may go out as the report, and the worker who signs it, are now."""
    if not await staff.roles(work.session, mail.worker_id):
        return False
    if not mail.only_number:
        return bool(mail.summary) and not only_number(report)
    return bool(mail.work_number) and await consent.stands(work, mail, report)


async def cancel(work: Work, mail_id: int, attempt: int, person: Person) -> Outcome:
    """Call off a mail that still waits, for the resident or for the mail server."""
    found = await _mine(work, mail_id, attempt, person)
    if isinstance(found, Outcome):
        return found
    mail, report = found
    if mail.state not in _ON_ITS_WAY:
        return Outcome(Verdict.STALE, report)
    mail.state = PartnerMailState.CANCELLED
    await unqueue(work, mail)
    await step(work, report, person.id, "mail_cancelled", after=str(mail.id))
    await cards.refresh(work, report)
    return Outcome(Verdict.DONE, report)


async def answered(work: Work, mail_id: int, attempt: int, person: Person) -> Outcome:
    """Note that the partner has answered: it is not silent, and the report is the worker's again."""
    found = await _mine(work, mail_id, attempt, person)
    if isinstance(found, Outcome):
        return found
    mail, report = found
    if mail.answered_at is not None or mail.state is not PartnerMailState.SENT:
        return Outcome(Verdict.SAME, report)
    mail.answered_at, mail.nudge_at = work.now, None
    if report.status is ReportStatus.FORWARDED:
        move(report, ReportStatus.TAKEN if report.holder_id is not None else ReportStatus.RECEIVED)
    await step(work, report, person.id, "partner_answered", after=str(mail.id))
    await cards.refresh(work, report)
    return Outcome(Verdict.DONE, report)


async def _mine(work: Work, mail_id: int, attempt: int, person: Person) -> tuple[PartnerMail, Report] | Outcome:
    """Return a mail with its report, both locked, when this person may act on this attempt of it."""
    found = await both(work, mail_id)
    if found is None:
        return Outcome(Verdict.GONE)
    mail, report = found
    judged = await look(work, report.id, person.id, None, Act.WRITE)
    if not judged.done:
        return judged
    return found if mail.attempt == attempt else Outcome(Verdict.STALE, report)
