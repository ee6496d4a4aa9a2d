"""Who follows which report, and which closed reports go on in another one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Report, ReportFollower


async def follower(session: AsyncSession, report_id: int, person_id: int) -> ReportFollower | None:
    """Return whether (and since when) somebody follows a report."""
    return await session.get(ReportFollower, (report_id, person_id))


async def followers(session: AsyncSession, report_id: int) -> Sequence[ReportFollower]:
    """Return who follows a report."""
    query = select(ReportFollower).where(ReportFollower.report_id == report_id).order_by(ReportFollower.person_id)
    return (await session.scalars(query)).all()


async def count_of(session: AsyncSession, report_id: int) -> int:
    """Return how many people follow a report."""
    query = select(func.count()).select_from(ReportFollower).where(ReportFollower.report_id == report_id)
    return int(await session.scalar(query) or 0)


@dataclass(frozen=True)
class Followed:
    """A report that somebody follows: its id, and what its number is made of."""

    id: int
    year: int
    number: int


async def followed_by(
    session: AsyncSession, person_id: int, *, limit: int, beside: int | None = None, back: bool = False
) -> Sequence[Followed]:
    """Return at most *limit* reports that somebody follows, the newest first; none that was sealed.

    Those that come after the report *beside*, or (*back*) the last ones before it.
    """
    at = ReportFollower.report_id
    query = (
        select(Report.id, Report.year, Report.number)
        .join(ReportFollower, at == Report.id)
        .where(ReportFollower.person_id == person_id, Report.sealed.is_(False))
        .order_by(at if back else at.desc())
        .limit(limit)
    )
    if beside is not None:
        query = query.where(at > beside if back else at < beside)
    found = [Followed(*row) for row in await session.execute(query)]
    return found[::-1] if back else found


async def one_followed_by(session: AsyncSession, report_id: int, person_id: int) -> Report | None:
    """Return a report that somebody follows, unless it was sealed."""
    query = (
        select(Report)
        .join(ReportFollower, ReportFollower.report_id == Report.id)
        .where(ReportFollower.report_id == report_id, ReportFollower.person_id == person_id, Report.sealed.is_(False))
    )
    return (await session.scalars(query)).first()


async def merged_of(session: AsyncSession, into_id: int, person_id: int) -> Report | None:
    """Return the newest report of this person that goes on in the other one, by whatever reports between."""
    query = (
        select(Report)
        .where(Report.id.in_(gone_on_in([into_id])), Report.resident_id == person_id)
        .order_by(Report.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def residents_of_merged(session: AsyncSession, into_id: int) -> frozenset[int]:
    """Return who told of the reports that go on in this one."""
    query = select(Report.resident_id).where(Report.id.in_(gone_on_in([into_id])))
    return frozenset(person for person in await session.scalars(query) if person is not None)


async def end_of(session: AsyncSession, report_id: int) -> int:
    """Return the report that this one goes on in in the end; itself when it was not merged."""
    seen = {report_id}
    while (into := await session.scalar(select(Report.merged_into).where(Report.id == report_id))) is not None:
        if into in seen:
            break
        report_id = into
        seen.add(into)
    return report_id


def gone_on_in(report_ids: Collection[int]) -> Select[tuple[int]]:
    """Select the ids of the reports that go on in one of these, directly or by others between."""
    merged = select(Report.id).where(Report.merged_into.in_(report_ids)).cte(recursive=True)
    return select(merged.union(select(Report.id).join(merged, Report.merged_into == merged.c.id)).c.id)
