"""Reading reports for an export: a page at a time, and only the columns that may leave the organisation."""

from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import ReportStatus, Theme
from storage.models import Area, Report

Row = tuple[int, int, int, Theme, str | None, datetime, ReportStatus, str | None, bool]


async def page(session: AsyncSession, *, after: int, limit: int) -> list[Row]:
    """Return (id, year, number, theme, wijk, sent at, status, public line, sealed) of reports in the order of ids."""
    query = (
        select(
            Report.id,
            Report.year,
            Report.number,
            Report.theme,
            Area.name,
            Report.created_at,
            Report.status,
            Report.public_line,
            Report.sealed,
        )
        .join(Area, Area.code == Report.area_code, isouter=True)
        .where(Report.id > after)
        .order_by(Report.id)
        .limit(limit)
    )
    return [cast("Row", tuple(row)) for row in await session.execute(query)]
