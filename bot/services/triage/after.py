"""After a closing: the resident's thumb, and one question four weeks later ("Status").

Both stand in the report's history; neither is asked about a report that must be handled with discretion.
"""

from datetime import time, timedelta
from enum import StrEnum

from bot.domain.enums import CloseReason, ReportStatus
from bot.domain.notices.after import ClosingRated, LaterQuestion
from bot.domain.reports import discretion
from bot.domain.time import at_wall, local_date
from bot.services.delivery import delivered
from bot.services.desk import cards
from bot.services.triage.gate import Outcome, Verdict
from bot.services.triage.history import step
from storage.models import Person, Report, ReportEvent
from storage.queries import town
from storage.queries import triage as queries
from storage.queries.locking import locked
from storage.work import Work

#: How long after a closing the question comes, at which local time, and how late it may still come.
ASKED_AFTER = timedelta(weeks=4)
ASKED_AT = time(10, 0)
ASKED_WITHIN = timedelta(days=7)
#: Steps in a report's history.
RATED, ASKED, ANSWERED = "rated", "asked_later", "answered_later"
UP, DOWN = "up", "down"


class Later(StrEnum):
    """What a resident says four weeks later."""

    GOOD = "good"
    BAD = "bad"
    NEVER = "never"


async def rate(work: Work, report_id: int, event_id: int, resident: Person, *, good: bool) -> Outcome:
    """Keep the resident's thumb for the closing *event_id*; another thumb takes its place.

    STRANGER: not this person's report; STALE: it was opened again meanwhile; SAME: that thumb was given before.
    """
    found = await _closing_of(work, report_id, event_id, resident)
    report = found.report
    if not found.done or report is None:
        return found
    value = UP if good else DOWN
    if await thumb(work, report_id, event_id) == value:
        return Outcome(Verdict.SAME, report)
    await step(work, report, resident.id, RATED, before=str(event_id), after=value)
    if not report.sealed:
        work.put(ClosingRated(report.id, event_id), chat=resident.id)
    await cards.refresh(work, report)
    return Outcome(Verdict.DONE, report)


async def thumb(work: Work, report_id: int, event_id: int) -> str | None:
    """Return `UP` or `DOWN` as the resident gave it for this closing, None without one."""
    rated = await queries.last_event(work.session, report_id, RATED)
    return rated.after if rated is not None and rated.before == str(event_id) else None


async def plan_question(work: Work, report: Report, closing: ReportEvent) -> None:
    """Plan the question for a report that was closed just now; whether it is asked is judged when its time comes."""
    if report.resident_id is None or not await _may_be_asked(work, report, closing.id):
        return
    zone = await town.zone(work.session)
    due = at_wall(local_date(work.now + ASKED_AFTER, zone), ASKED_AT, zone)
    notice = LaterQuestion(report.id, closing.id)
    work.put(notice, chat=report.resident_id, due_at=due, valid_until=due + ASKED_WITHIN)


async def may_ask(work: Work, report: Report, closing_id: int, reader_id: int) -> bool:
    """Tell whether this resident is asked now: closed since then, never asked before, and not unwanted."""
    reader = await work.session.get(Person, reader_id)
    if reader is None or report.resident_id != reader_id or not reader.later_questions:
        return False
    return await _may_be_asked(work, report, closing_id)


async def answer_later(work: Work, report_id: int, event_id: int, resident: Person, said: Later) -> Outcome:
    """Keep the answer of a resident. NEVER: no more such questions, about no report. SAME: answered before.

    *BAD* only says so: opening the report again is a step of its own (`closing.reopen`).
    """
    found = await _closing_of(work, report_id, event_id, resident)
    report = found.report
    if not found.done or report is None:
        return found
    if said is Later.NEVER:
        resident.later_questions = False
    elif await said_later(work, report_id, event_id) is not None:
        return Outcome(Verdict.SAME, report)
    else:
        await step(work, report, resident.id, ANSWERED, before=str(event_id), after=said.value)
        await cards.refresh(work, report)
    await work.session.flush()
    show_answer(work, report_id, event_id, resident)
    return Outcome(Verdict.DONE, report)


def show_answer(work: Work, report_id: int, event_id: int, resident: Person) -> None:
    """Have the question on the resident's screen drawn again."""
    notice = LaterQuestion(report_id, event_id)
    work.put(notice, chat=resident.id, priority=ClosingRated.priority)


async def said_later(work: Work, report_id: int, event_id: int) -> Later | None:
    """Return what the resident answered to the question about this closing."""
    answered = await queries.last_event(work.session, report_id, ANSWERED)
    if answered is None or answered.after is None or answered.before != str(event_id):
        return None
    return Later(answered.after)


@delivered(LaterQuestion)
async def question_arrived(work: Work, notice: LaterQuestion, _message_id: int) -> None:
    """Write down that the resident was asked: never again about this report."""
    if await queries.last_event(work.session, notice.report, ASKED) is None:
        work.session.add(ReportEvent(report_id=notice.report, at=work.now, actor_id=None, action=ASKED))


async def _closing_of(work: Work, report_id: int, event_id: int, resident: Person) -> Outcome:
    """Return DONE with the locked report when *event_id* is the closing that it still has, of this resident."""
    report = await locked(work.session, Report, report_id)
    if report is None:
        return Outcome(Verdict.GONE)
    if report.resident_id != resident.id:
        return Outcome(Verdict.STRANGER, report)
    return Outcome(Verdict.DONE if await stands(work, report, event_id) else Verdict.STALE, report)


async def stands(work: Work, report: Report, event_id: int) -> bool:
    """Tell whether a report is still closed by *event_id*: not opened again since, nor withdrawn after that."""
    last = await queries.last_event(work.session, report.id, "closed")
    closed = report.status is ReportStatus.CLOSED and report.close_reason is not CloseReason.WITHDRAWN
    return closed and last is not None and last.id == event_id


async def _may_be_asked(work: Work, report: Report, closing_id: int) -> bool:
    careful = discretion(report.kind, danger=report.danger, under_16=report.under_16)
    if report.sealed or not careful.may_be_asked_later or not report.may_write_back:
        return False
    if report.close_reason is CloseReason.OWN_FILE or not await stands(work, report, closing_id):
        return False
    return await queries.last_event(work.session, report.id, ASKED) is None
