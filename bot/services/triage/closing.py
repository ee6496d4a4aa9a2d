"""*Afronden* with a reason, and *Niet opgelost*, which opens a report again."""

from datetime import datetime

from bot.domain.enums import CloseReason, PartnerMailState, ReportStatus
from bot.domain.notices.partners import PartnerLetter
from bot.domain.notices.triage import ClosingToResident
from bot.domain.promises import Promises, promise
from bot.domain.reports import erases
from bot.domain.time import after_quiet
from bot.services.desk import cards, erasing
from bot.services.reporting import following
from bot.services.triage import after
from bot.services.triage.gate import Outcome, Verdict, look
from bot.services.triage.history import audit, move, step
from bot.services.triage.rights import Act
from storage.models import Person, Report, ReportEvent
from storage.queries import partners as partner_queries
from storage.queries import staff, town
from storage.queries import triage as queries
from storage.queries.chasing import REOPENED
from storage.queries.locking import locked
from storage.work import Work

#: Characters of what is added to a reason (which activity, whose it is, which number).
MAX_DETAIL = 200
#: Reasons that a worker chooses from, in the order of "Status".
REASONS = (
    CloseReason.SOLVED,
    CloseReason.PARTLY_SOLVED,
    CloseReason.TALKED,
    CloseReason.VISITED,
    CloseReason.JOINS_ACTIVITY,
    CloseReason.INITIATIVE,
    CloseReason.BELONGS_TO,
    CloseReason.COULD_NOT,
    CloseReason.ALREADY_REPORTED,
    CloseReason.OWN_FILE,
)
#: Reasons that need a word more.
WITH_DETAIL = frozenset({CloseReason.JOINS_ACTIVITY, CloseReason.BELONGS_TO, CloseReason.ALREADY_REPORTED})


async def close(
    work: Work, report_id: int, person: Person, version: int | None, *, reason: CloseReason, detail: str | None = None
) -> Outcome:
    """Close a report; its resident hears why (of a sealed one: that there is a message), unless they want none.

    IMPOSSIBLE: a reason that needs a detail has none. Asks for a phone call are erased; `OWN_FILE` erases text and
    media at once.
    """
    found = await look(work, report_id, person.id, version, Act.CLOSE)
    report = found.report
    if not found.done or report is None:
        return found
    if reason not in REASONS or (reason in WITH_DETAIL and not detail):
        return Outcome(Verdict.IMPOSSIBLE, report)
    event = await finish(work, report, person.id, reason, detail)
    await after.plan_question(work, report, event)
    await cards.refresh(work, report)
    return Outcome(Verdict.DONE, report)


async def finish(
    work: Work, report: Report, actor: int | None, reason: CloseReason, detail: str | None = None
) -> ReportEvent:
    """Close an open report that is locked and tell its resident; the caller has its cards drawn."""
    move(report, ReportStatus.CLOSED)
    report.close_reason, report.close_detail, report.closed_at = reason, (detail or None), work.now
    await forget_call(work, report)
    await call_off_mails(work, report, PartnerMailState.ASKING)
    event = await step(work, report, actor, "closed", after=reason.value)
    if erases(reason):
        await _erase(work, report)
        audit(work, actor, "erased", report)
        await cards.erased(work, report)
    if report.resident_id is not None and report.may_write_back:
        morning = after_quiet(work.now, await town.zone(work.session))
        work.put(ClosingToResident(report.id, event.id), chat=report.resident_id, due_at=morning)
    return event


async def forget_call(work: Work, report: Report) -> None:
    """Forget the number of who would rather be called, also where a worker read it before."""
    if report.call_me is not None:
        report.call_me = None
        await erasing.former_gone(work, report)


async def call_off_mails(work: Work, report: Report, *states: PartnerMailState) -> None:
    """Let the mails about a (locked) report that are in one of these states go nowhere."""
    for mail, _partner in await partner_queries.of_report(work.session, report.id):
        if mail.state in states:
            mail.state = PartnerMailState.CANCELLED
            await work.unsay([PartnerLetter(report.id, mail.id, mail.attempt)], reason=mail.state)


async def close_unmoved(work: Work, report_id: int, before: datetime) -> bool:
    """Close a report in which nothing happened after *before* (UTC); tell whether that is so."""
    report = await locked(work.session, Report, report_id)
    if report is None or report.changed_at >= before or report.status is ReportStatus.CLOSED:
        return False
    event = await finish(work, report, None, CloseReason.NO_MOVEMENT)
    await after.plan_question(work, report, event)
    await cards.refresh(work, report)
    return True


async def reopen(work: Work, report_id: int, resident: Person) -> Outcome:
    """Open a closed report again because its resident says that it is not solved.

    It goes back to who had it, if that is still a worker of the desk, else to the desk. Its promise is made anew, and
    chased from now on. STRANGER: not this
    person's report; SAME: it is open.
    """
    report, end = await following.locked_with_end(work, report_id)
    if report is None or end is None:
        return Outcome(Verdict.GONE)
    if report.resident_id != resident.id:
        return Outcome(Verdict.STRANGER, report)
    if report.status is not ReportStatus.CLOSED:
        return Outcome(Verdict.SAME, report)
    holder = report.holder_id
    stays = holder is not None and await staff.works_at(work.session, holder, report.desk_id)
    if not stays:
        report.holder_id = report.opened_at = None
        await step(work, report, None, "released", before=None if holder is None else str(holder))
    move(report, ReportStatus.TAKEN if stays else ReportStatus.RECEIVED)
    report.close_reason = report.close_detail = report.closed_at = None
    await _promise_anew(work, report)
    if end.id != report.id:
        await following.go_own_way(work, report, end)
    await step(work, report, resident.id, REOPENED)
    for each in {report.id: report, end.id: end}.values():
        await cards.refresh(work, each)
    return Outcome(Verdict.DONE, report)


async def _promise_anew(work: Work, report: Report) -> None:
    """Promise an answer as if the (locked) report had come in just now."""
    organisation = await town.organisation(work.session)
    zone = organisation.zone
    made = promise(report.theme, work.now, Promises.of(organisation.promises), zone, danger=report.danger)
    report.promise_on = made.last_day if made else None
    report.kept_at = report.chased = None


async def _erase(work: Work, report: Report) -> None:
    """Erase words and files of a report: its own, its talk's and its notes'. It keeps theme, wijk and month."""
    report.text, report.resident_name, report.lat, report.lon = "", None, None, None
    report.close_detail = None
    for file in await queries.media_of(work.session, report.id):
        file.file_id, file.file_unique_id, file.removed_at = "", "", work.now
    for message in await queries.messages_of(work.session, report.id):
        message.text, message.media = "", None
    for mail, _partner in await partner_queries.of_report(work.session, report.id):
        mail.summary, mail.photos, mail.work_number = "", [], None
    for note in await queries.notes_of(work.session, report.id):
        await work.session.delete(note)
    await work.session.flush()
