"""Reading the meetings to come and what their coordinators were told of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import OccurrenceState
from storage.models import Occurrence, ToldState
from storage.queries.activities import is_public


async def to_come(session: AsyncSession, now: datetime, limit: int) -> Sequence[Occurrence]:
    """Return the meetings that have not begun, the first one first; no shift, whose coordinator is called otherwise."""
    query = (
        select(Occurrence).where(Occurrence.starts_at > now, is_public()).order_by(Occurrence.starts_at, Occurrence.id)
    )
    return (await session.scalars(query.limit(limit))).all()


async def told(session: AsyncSession, occurrence_ids: Sequence[int]) -> dict[int, ToldState]:
    """Return what was last told of these meetings, by meeting."""
    rows = await session.scalars(select(ToldState).where(ToldState.occurrence_id.in_(occurrence_ids)))
    return {row.occurrence_id: row for row in rows}


async def knows(session: AsyncSession, occurrence_id: int, state: OccurrenceState) -> None:
    """Note that the coordinator of a meeting knows how it stands, without being told."""
    row = await session.get(ToldState, occurrence_id) or ToldState(occurrence_id=occurrence_id)
    row.state = state
    session.add(row)
