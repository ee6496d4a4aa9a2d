"""Me too: a worker groups open place reports about the same thing, and neighbours may follow one of them.

Only leefbaarheid and duurzaamheid, within 250 m and 12 weeks, and only from 3 others on: so that nobody learns from it
what one neighbour told.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain.enums import Kind, ReportStatus, Theme
from bot.domain.geo import Point, metres_between
from bot.domain.reports import SHARED_FOR, may_be_joined
from bot.services.desk import cards
from bot.services.reporting import following
from bot.services.triage.gate import Outcome, Verdict, look
from bot.services.triage.history import step
from bot.services.triage.rights import Act
from storage.models import Person, Report, ReportGroup
from storage.queries import me_too as queries
from storage.queries.locking import locked, locked_all
from storage.work import Work

#: From so many others on residents see that more people reported it.
OTHERS = 3


def may_group(report: Report, other: Report, now: datetime) -> bool:
    """Tell whether a worker may group these two: both open to neighbours, near each other, at one desk."""
    here = point_of(report)
    apart = report.id != other.id and report.desk_id == other.desk_id and report.theme is other.theme
    return apart and here is not None and all(_is_joinable(each, here, now) for each in (report, other))


def groupable(report: Report, others: Sequence[Report], now: datetime) -> frozenset[int]:
    """Return which of *others* the report may be grouped with, by id."""
    return frozenset(other.id for other in others if may_group(report, other, now))


async def group(work: Work, report_id: int, person: Person, version: int, other_id: int) -> Outcome:
    """Put a report into the group of the other one, else the other into its group, else both into a new one.

    IMPOSSIBLE: they can't be grouped.
    """
    rows = await locked_all(work.session, Report, sorted({report_id, other_id}))
    found = await look(work, report_id, person.id, version, Act.CLOSE)
    report, other = found.report, rows.get(other_id)
    if not found.done or report is None:
        return found
    if other is None or not may_group(report, other, work.now):
        return Outcome(Verdict.IMPOSSIBLE, report)
    if other.group_id is not None and other.group_id == report.group_id:
        return Outcome(Verdict.SAME, report)
    group_id = other.group_id or report.group_id or await _new_group(work)
    for each in (other, report):
        if each.group_id != group_id:
            each.group_id = group_id
            await step(work, each, person.id, "grouped", after=str(group_id))
        await cards.refresh(work, each)
    return Outcome(Verdict.DONE, report)


async def _new_group(work: Work) -> int:
    made = ReportGroup(created_at=work.now)
    work.session.add(made)
    await work.session.flush()
    return made.id


async def ungroup(work: Work, report_id: int, person: Person, version: int) -> Outcome:
    """Take a report out of its group; who follows it goes on following it. SAME: it is in none."""
    found = await look(work, report_id, person.id, version, Act.CLOSE)
    report = found.report
    if not found.done or report is None:
        return found
    if report.group_id is None:
        return Outcome(Verdict.SAME, report)
    before, report.group_id = report.group_id, None
    await step(work, report, person.id, "ungrouped", before=str(before))
    await cards.refresh(work, report)
    return found


async def nearby(work: Work, person_id: int, *, theme: Theme, lat: float, lon: float) -> Report | None:
    """Return the nearest grouped report that at least `OTHERS` others told of or follow; None: nothing to show."""
    here = Point(lat, lon)
    found = await queries.grouped(work.session, theme, work.now - SHARED_FOR, lat, lon)
    near = [report for report in found if _is_joinable(report, here, work.now)]
    near.sort(key=lambda report: metres_between(here, point_of(report) or here))
    for report in near:
        if report.resident_id == person_id:
            continue
        together = {each.id for each in near if each.id == report.id or _are_together(each, report)}
        if len(await _others(work, together, person_id)) >= OTHERS:
            return report
    return None


async def join(work: Work, report_id: int, person: Person) -> bool:
    """Let a neighbour follow a report that `nearby` showed; False when it can't be joined any more."""
    report = await locked(work.session, Report, report_id)
    here = point_of(report) if report else None
    if report is None or here is None or person.under_16 or not _is_joinable(report, here, work.now):
        return False
    if await following.follow(work, report, person.id):
        await cards.refresh(work, report)
    return True


def point_of(report: Report) -> Point | None:
    """Return where a report is."""
    return None if report.lat is None or report.lon is None else Point(report.lat, report.lon)


async def _others(work: Work, report_ids: Collection[int], person_id: int) -> frozenset[int]:
    return await queries.people_of(work.session, report_ids) - {person_id}


def _are_together(one: Report, other: Report) -> bool:
    return one.group_id is not None and one.group_id == other.group_id


def _is_joinable(report: Report, here: Point, now: datetime) -> bool:
    point = point_of(report)
    return (
        point is not None
        and report.status is not ReportStatus.CLOSED
        and not report.danger
        and report.kind is Kind.PLACE
        and may_be_joined(
            report.kind,
            report.theme,
            sealed=report.sealed,
            sent=report.created_at,
            now=now,
            metres=metres_between(here, point),
        )
    )
