"""Open place reports that a worker grouped or merged, near a point, and who told of them or follows them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.domain.enums import Kind, ReportStatus, Theme
from storage.models import Report, ReportFollower
from storage.queries.following import gone_on_in

#: Degrees that hold 250 m in the Netherlands, with room to spare; the distance itself is counted by the service.
_LAT, _LON = 0.0025, 0.004


async def grouped(session: AsyncSession, theme: Theme, since: datetime, lat: float, lon: float) -> Sequence[Report]:
    """Return the open place reports of *theme* around a point that are in a group, or that others were merged into."""
    merged = aliased(Report)
    query = select(Report).where(
        Report.closed_at.is_(None),
        Report.status != ReportStatus.CLOSED,
        Report.kind == Kind.PLACE,
        Report.theme == theme,
        Report.sealed.is_(False),
        Report.created_at >= since,
        Report.lat.between(lat - _LAT, lat + _LAT),
        Report.lon.between(lon - _LON, lon + _LON),
        or_(Report.group_id.is_not(None), exists().where(merged.merged_into == Report.id)),
    )
    return (await session.scalars(query.order_by(Report.id))).all()


async def people_of(session: AsyncSession, report_ids: Collection[int]) -> frozenset[int]:
    """Return who told of these reports, or of one that goes on in them, and who follows them."""
    told = select(Report.resident_id).where(
        or_(Report.id.in_(report_ids), Report.id.in_(gone_on_in(report_ids))), Report.resident_id.is_not(None)
    )
    follow = select(ReportFollower.person_id).where(ReportFollower.report_id.in_(report_ids))
    people = [*(await session.scalars(told)).all(), *(await session.scalars(follow)).all()]
    return frozenset(person for person in people if person is not None)


async def group_of(session: AsyncSession, report: Report) -> Sequence[Report]:
    """Return the other open reports of a report's group, oldest first."""
    if report.group_id is None:
        return []
    query = select(Report).where(
        Report.group_id == report.group_id, Report.id != report.id, Report.status != ReportStatus.CLOSED
    )
    return (await session.scalars(query.order_by(Report.id))).all()
