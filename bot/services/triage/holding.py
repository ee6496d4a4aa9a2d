"""Who has a report: taking it, taking it over, handing it over."""

from bot.domain.enums import ReportStatus
from bot.domain.notices.triage import TakenOver
from bot.services.desk import cards
from bot.services.triage.gate import Outcome, Verdict, holder_of, look
from bot.services.triage.history import move, step
from bot.services.triage.rights import Act
from storage.models import Desk, Person, Report
from storage.work import Work


async def take(work: Work, report_id: int, person: Person, version: int) -> Outcome:
    """Give a waiting report to *person*. HELD: somebody was first (`other`); MINE: *person* has it already."""
    found = await look(work, report_id, person.id, None, Act.TAKE)
    report = found.report
    if not found.done or report is None:
        return found
    if report.holder_id == person.id:
        return Outcome(Verdict.MINE, report, person)
    if report.holder_id is not None:
        return Outcome(Verdict.HELD, report, await holder_of(work, report))
    if version != report.version:
        return Outcome(Verdict.STALE, report)
    if not move(report, ReportStatus.TAKEN):
        return Outcome(Verdict.IMPOSSIBLE, report)
    report.holder_id, report.taken_at = person.id, work.now
    await step(work, report, person.id, "taken", after=str(person.id))
    await cards.refresh(work, report)
    return Outcome(Verdict.DONE, report, person)


async def take_over(work: Work, report_id: int, person: Person, version: int) -> Outcome:
    """Give a report that a colleague has to *person*; the old holder is told."""
    found = await look(work, report_id, person.id, version, Act.TAKE_OVER)
    report = found.report
    if not found.done or report is None:
        return found
    if report.holder_id == person.id:
        return Outcome(Verdict.MINE, report, person)
    if report.holder_id is None:
        return await take(work, report_id, person, version)
    await _give(work, report, person.id, "taken_over", by=person.id)
    return Outcome(Verdict.DONE, report, person)


async def hand_over(work: Work, report_id: int, person: Person, to: int, version: int) -> Outcome:
    """Give a report to a colleague of the desk, who is told. IMPOSSIBLE: that is no worker of the desk."""
    found = await look(work, report_id, person.id, version, Act.HAND_OVER)
    report = found.report
    if not found.done or report is None:
        return found
    colleague = await work.session.get(Person, to)
    if colleague is None or report.holder_id is None or not await _can_hold(work, report, to):
        return Outcome(Verdict.IMPOSSIBLE, report)
    if report.holder_id == to:
        return Outcome(Verdict.SAME, report, colleague)
    await _give(work, report, to, "handed_over", by=person.id)
    return Outcome(Verdict.DONE, report, colleague)


async def _can_hold(work: Work, report: Report, person_id: int) -> bool:
    found = await look(work, report.id, person_id, None, Act.TAKE)
    return found.done


async def _give(work: Work, report: Report, to: int, action: str, *, by: int) -> None:
    """Change the holder, tell both, and draw every card anew (a private one closes for who may not see it now)."""
    old = report.holder_id
    report.holder_id, report.taken_at = to, work.now
    event = await step(work, report, by, action, before=str(old), after=str(to))
    desk = await work.session.get(Desk, report.desk_id)
    silent = desk is not None and not await cards.is_open(work, desk)
    for person in (old, to):
        if person is not None and person != by:
            work.put(TakenOver(report.id, event.id, person, by), chat=person, silent=silent)
    await cards.refresh(work, report)
    await cards.close_private(work, report)
