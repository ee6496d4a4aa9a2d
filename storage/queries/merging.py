"""Which open reports may be about the same thing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import ReportStatus
from storage.models import Report

#: How many to look at before the distance is counted.
_MOST = 60


async def likely(session: AsyncSession, report: Report, since: datetime) -> Sequence[Report]:
    """Return the open reports of the same desk, wijk and theme that came in after *since*, newest first.

    Never danger; of a sealed report the other sealed ones of the same resident.
    """
    query = select(Report).where(
        Report.desk_id == report.desk_id,
        Report.closed_at.is_(None),
        Report.status != ReportStatus.CLOSED,
        Report.id != report.id,
        Report.sealed == report.sealed,
        Report.danger.is_(False),
        Report.created_at >= since,
    )
    if report.sealed:
        query = query.where(Report.resident_id == report.resident_id)
    else:
        query = query.where(Report.area_code == report.area_code, Report.theme == report.theme)
    return (await session.scalars(query.order_by(Report.created_at.desc(), Report.id.desc()).limit(_MOST))).all()
