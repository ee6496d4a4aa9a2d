"""*Samenvoegen*: a report goes on in another open one of the same desk. It closes as "al gemeld (nummer)".

Danger is left out. A sealed report is only merged with a sealed one of the same resident, by who may open both: the
closing and the news that follows then tell that person nothing but their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.enums import CloseReason, ReportStatus
from bot.domain.geo import Point, metres_between
from bot.domain.reports import SHARED_FOR, SHARED_METRES, format_number
from bot.services.desk import cards
from bot.services.reporting import following
from bot.services.triage.closing import finish
from bot.services.triage.gate import Outcome, Verdict, look
from bot.services.triage.history import step
from bot.services.triage.rights import Act, may_open
from storage.models import Person, Report
from storage.queries import merging as queries
from storage.queries.locking import locked_all
from storage.work import Work

#: How many likely reports are offered.
MAX_LIKELY = 5


class Bar(StrEnum):
    """Why two reports can't be merged."""

    ITSELF = "itself"
    GONE = "gone"
    DANGER = "danger"
    DESK = "desk"
    CLOSED = "closed"
    SEALED = "sealed"


@dataclass(frozen=True)
class Merged:
    """What became of *Samenvoegen*: `into` is the report that it goes on in, `bar` what stands in the way."""

    outcome: Outcome
    into: Report | None = None
    bar: Bar | None = None


async def may_merge(work: Work, report: Report, into: Report | None, person_id: int) -> Bar | None:
    """Return what keeps *person_id* from merging *report* into the other one now; None: nothing."""
    if into is None:
        return Bar.GONE
    if into.id == report.id:
        return Bar.ITSELF
    if report.danger or into.danger:
        return Bar.DANGER
    if into.desk_id != report.desk_id:
        return Bar.DESK
    if into.status is ReportStatus.CLOSED:
        return Bar.CLOSED
    if report.sealed or into.sealed:
        same = report.sealed and into.sealed and report.resident_id == into.resident_id is not None
        if not same or not await may_open(work, report, person_id) or not await may_open(work, into, person_id):
            return Bar.SEALED
    return None


async def likely(work: Work, report: Report, person_id: int) -> Sequence[Report]:
    """Return the open reports that may be about the same: wijk and theme, within 250 m and 12 weeks, nearest first."""
    found = await queries.likely(work.session, report, work.now - SHARED_FOR)
    near = [(metres if (metres := metres_apart(report, each)) is not None else SHARED_METRES, each) for each in found]
    near.sort(key=lambda pair: pair[0])
    shown = [each for metres, each in near if metres <= SHARED_METRES]
    return [each for each in shown if await may_merge(work, report, each, person_id) is None][:MAX_LIKELY]


def metres_apart(one: Report, other: Report) -> float | None:
    """Return how far apart two reports are; None when one of them has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return metres_between(Point(one.lat, one.lon), Point(other.lat, other.lon))


async def merge(work: Work, report_id: int, person: Person, version: int | None, into_id: int) -> Merged:
    """Let a report go on in the other one, and close it; its resident and its followers follow the other from now on.

    Both are locked in ascending order before either is judged: of two workers who merge them into each other one is
    refused, and whoever closes the other at the same moment tells everybody, or this is refused.
    """
    rows = await locked_all(work.session, Report, sorted({report_id, into_id}))
    found = await look(work, report_id, person.id, version, Act.CLOSE)
    report, into = found.report, rows.get(into_id)
    if not found.done or report is None:
        return Merged(found, into)
    bar = await may_merge(work, report, into, person.id)
    if bar is not None or into is None:
        return Merged(Outcome(Verdict.IMPOSSIBLE, report), into, bar)
    await _go_on_in(work, report, into, person)
    return Merged(Outcome(Verdict.DONE, report), into)


async def _go_on_in(work: Work, report: Report, into: Report, person: Person) -> None:
    if report.resident_id == into.resident_id is not None and into.call_me is None:
        into.call_me = report.call_me
    if report.pass_on and report.passed_on_at is None and into.passed_on_at is None and not into.sealed:
        into.pass_on = True
    report.merged_into = into.id
    number = format_number(into.year, into.number)
    event = await finish(work, report, person.id, CloseReason.ALREADY_REPORTED, number)
    await following.hand_on(work, report, into, event)
    if report.resident_id is not None and report.may_write_back and not report.sealed:
        await following.follow(work, into, report.resident_id)
    await step(work, into, person.id, "merged", after=str(report.id))
    await cards.refresh(work, report)
    await cards.refresh(work, into)
