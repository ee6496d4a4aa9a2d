"""*Geef het door voor mij*: the desk's list for the municipality, which a worker sends in one go."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.enums import RoleName
from bot.domain.notices.conversation import PassedOn, PassOnList
from bot.domain.time import after_quiet
from bot.services.desk import cards, pass_lists
from bot.services.triage.gate import Verdict
from bot.services.triage.history import audit, step
from storage.models import Desk, Person, Report
from storage.queries import pass_on as queries
from storage.queries import staff, town
from storage.queries.locking import locked_all
from storage.work import Work

#: Reports on one list; the rest comes after them.
MOST = 10


@dataclass(frozen=True)
class Listed:
    """What stands on a desk's list, how many more wait, and a number that tells this list from any other."""

    reports: Sequence[Report]
    more: int

    @property
    def mark(self) -> int:
        """A number that only this choice of reports has."""
        return zlib.crc32(",".join(str(report.id) for report in self.reports).encode())


async def listed(work: Work, desk_id: int) -> Listed:
    """Return what stands on the list of a desk now."""
    reports = await queries.waiting(work.session, desk_id, limit=MOST)
    return Listed(reports, await queries.count(work.session, desk_id) - len(reports))


async def ask(work: Work, desk: Desk, person: Person) -> Verdict:
    """Show the list of *desk* because a worker asks for it. SAME: there is nothing to pass on."""
    if not await _may(work, desk.id, person.id):
        return Verdict.STRANGER
    if desk.sealed_cards_only or not await queries.waiting(work.session, desk.id, limit=1):
        return Verdict.SAME
    await pass_lists.make(work, desk, silent=not await cards.is_open(work, desk))
    return Verdict.DONE


async def every_morning(work: Work) -> None:
    """Show each desk what is to be passed on, when something came since its last list was made."""
    for desk_id in await queries.desks(work.session):
        desk = await work.session.get(Desk, desk_id)
        last = await queries.newest_list(work.session, desk_id, PassOnList.kind)
        new = last is None or await queries.has_newer(work.session, desk_id, last.created_at)
        if desk is not None and new and not desk.sealed_cards_only:
            await pass_lists.make(work, desk, silent=not await cards.is_open(work, desk))


async def done(work: Work, desk_id: int, person: Person, mark: int) -> tuple[Verdict, int]:
    """Mark what stands on the list as passed on and tell the residents; return how many reports that were.

    STALE: the list reads otherwise by now. SAME: there is nothing on it.
    """
    desk = await work.session.get(Desk, desk_id)
    if desk is None:
        return Verdict.GONE, 0
    if not await _may(work, desk_id, person.id):
        return Verdict.STRANGER, 0
    ids = [report.id for report in (await listed(work, desk_id)).reports]
    await locked_all(work.session, Report, ids)
    shown = await listed(work, desk_id)
    if not shown.reports or shown.mark != mark:
        await pass_lists.redraw(work, desk_id)
        return (Verdict.STALE if shown.reports else Verdict.SAME), 0
    morning = after_quiet(work.now, await town.zone(work.session))
    for report in shown.reports:
        report.passed_on_at = work.now
        audit(work, person.id, "passed_on", report)
        event = await step(work, report, person.id, "passed_on")
        if report.resident_id is not None and report.may_write_back:
            work.put(PassedOn(report.id, event.id), chat=report.resident_id, due_at=morning)
        await cards.refresh(work, report)
    return Verdict.DONE, len(shown.reports)


async def _may(work: Work, desk_id: int, person_id: int) -> bool:
    if RoleName.ADMIN in await staff.roles(work.session, person_id):
        return True
    return await staff.works_at(work.session, person_id, desk_id)
