"""What a worker writes to a resident: begun on a card, sent by *Versturen*, once.

Source: "Triage" and "Chasing": only what was delivered keeps the promise (`delivered`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.enums import MessageDirection, ReportStatus
from bot.domain.notices.triage import NothingSent, ToResident
from bot.domain.time import after_quiet
from bot.services.desk import cards
from bot.services.triage.gate import Outcome, Verdict, look
from bot.services.triage.history import move, step
from bot.services.triage.rights import Act
from storage.models import Desk, Person, Report, ReportMessage
from storage.queries import town
from storage.queries import triage as queries
from storage.work import Work

#: Characters that a worker may write to a resident at once.
MAX_ANSWER = 3000
#: After this time without *Versturen* the worker is reminded.
REMIND_AFTER = timedelta(minutes=15)


class Reached(StrEnum):
    """How what a worker sent reaches the resident."""

    NOW = "now"
    LATER = "later"
    WAITS = "waits"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Sent:
    """What became of *Versturen*. `at` is when it goes out if `reached` is LATER."""

    outcome: Outcome
    reached: Reached = Reached.NOW
    at: datetime | None = None


async def begin_writing(work: Work, report_id: int, person: Person, version: int | None) -> Outcome:
    """Judge whether *person* may write to this resident now. The report must be held by somebody."""
    found = await look(work, report_id, person.id, version, Act.WRITE)
    if found.done and found.report is not None and found.report.holder_id is None:
        return Outcome(Verdict.NOBODY, found.report)
    return found


async def remind(work: Work, report: Report, person: Person, draft_id: int) -> None:
    """Have the worker reminded in 15 minutes, unless the draft was sent or stopped by then."""
    due, desk = work.now + REMIND_AFTER, await work.session.get(Desk, report.desk_id)
    silent = desk is not None and not await cards.is_open(work, desk, due)
    work.put(NothingSent(report.id, draft_id, person.id), chat=person.id, due_at=due, silent=silent)


async def when(work: Work, report: Report) -> Sent:
    """Return how a message sent now would reach the resident (the outcome says nothing yet)."""
    outcome = Outcome(Verdict.DONE, report)
    if report.resident_id is None:
        return Sent(outcome, Reached.NOBODY)
    if not report.may_write_back:
        return Sent(outcome, Reached.WAITS)
    zone = await town.zone(work.session)
    at = after_quiet(work.now, zone)
    return Sent(outcome, Reached.NOW) if at <= work.now else Sent(outcome, Reached.LATER, at)


async def send(
    work: Work,
    report_id: int,
    person: Person,
    *,
    draft_id: int,
    direction: MessageDirection,
    text: str,
    now: bool = False,
) -> Sent:
    """Send a worker's words to the resident: exactly once per *draft_id* (SAME the second time).

    Between 22:00 and 08:00 it waits for 08:00 unless *now*. A resident who wants no message back finds it when they
    come back by themselves.
    """
    found = await begin_writing(work, report_id, person, None)
    report = found.report
    if not found.done or report is None:
        return Sent(found)
    if await queries.message_of_draft(work.session, draft_id) is not None:
        return Sent(Outcome(Verdict.SAME, report))
    sent = await when(work, report)
    if sent.reached is Reached.NOBODY:
        return sent
    message = ReportMessage(
        report_id=report.id, direction=direction, author_id=person.id, text=text, draft_id=draft_id, created_at=work.now
    )
    work.session.add(message)
    await work.session.flush()
    question = direction is MessageDirection.QUESTION
    if question or report.status is not ReportStatus.FORWARDED:  # an answer does not take it back from a partner
        move(report, ReportStatus.ASKED if question else ReportStatus.TAKEN)
    await step(work, report, person.id, "asked" if question else "answered", after=str(message.id))
    if sent.reached is not Reached.WAITS and report.resident_id is not None:
        due = None if now else sent.at
        work.put(ToResident(report.id, message.id), chat=report.resident_id, due_at=due)
    await cards.refresh(work, report)
    return Sent(
        Outcome(Verdict.DONE, report), Reached.NOW if now and sent.at else sent.reached, None if now else sent.at
    )
