"""What is to be passed on to the municipality, and where the lists of it stand."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import OutboxState, ReportStatus
from storage.models import Outbox, Report

#: The condition of the index `ix_report_pass_on`, and what a group may never see.
_WAITS = (
    Report.pass_on,
    Report.passed_on_at.is_(None),
    Report.sealed.is_(False),
    Report.status != ReportStatus.CLOSED,
)


async def waiting(session: AsyncSession, desk_id: int, *, limit: int) -> Sequence[Report]:
    """Return the open reports of a desk that are to be passed on, oldest first; never a sealed one."""
    query = select(Report).where(Report.desk_id == desk_id, *_WAITS).order_by(Report.id).limit(limit)
    return (await session.scalars(query)).all()


async def count(session: AsyncSession, desk_id: int) -> int:
    """Return how many these are."""
    return await session.scalar(select(func.count()).select_from(Report).where(Report.desk_id == desk_id, *_WAITS)) or 0


async def has_newer(session: AsyncSession, desk_id: int, than: datetime) -> bool:
    """Tell whether any of these was told after *than*."""
    query = select(Report.id).where(Report.desk_id == desk_id, Report.created_at > than, *_WAITS).limit(1)
    return (await session.scalars(query)).first() is not None


async def desks(session: AsyncSession) -> Sequence[int]:
    """Return the desks that have something to pass on."""
    return (await session.scalars(select(Report.desk_id).where(*_WAITS).distinct().order_by(Report.desk_id))).all()


# No change through the session makes or moves such a list, so what waits to be written may wait on.
_NEWEST_LIST = (
    select(Outbox)
    .where(
        Outbox.about == bindparam("desk"),
        Outbox.kind == bindparam("kind"),
        Outbox.state.in_([OutboxState.WAITING, OutboxState.SENT]),
    )
    .order_by(Outbox.id.desc())
    .limit(1)
    .execution_options(autoflush=False)
)


async def newest_list(session: AsyncSession, desk_id: int, kind: str) -> Outbox | None:
    """Return the row of the desk's newest list (rows are made in the order of time)."""
    return (await session.scalars(_NEWEST_LIST, {"desk": desk_id, "kind": kind})).first()
