"""Taking shared rows: the one way to lock a row before it is judged and changed."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models.base import Base

Row = TypeVar("Row", bound=Base)


async def locked(session: AsyncSession, model: type[Row], row_id: int) -> Row | None:
    """Return the row with *row_id*, locked until the transaction ends and read anew from the database.

    Without `populate_existing` a row that was prefetched keeps its old values under the lock and the last
    place is sold twice. Lock in the order report, occurrence, sign-up, person; several of one kind by
    ascending id (`locked_all`).
    """
    return (await locked_all(session, model, [row_id])).get(row_id)


async def locked_all(session: AsyncSession, model: type[Row], row_ids: Sequence[int]) -> dict[int, Row]:
    """Return the rows with *row_ids* by id, locked in ascending order."""
    key = model.__mapper__.primary_key[0]
    rows = await session.scalars(
        select(model).where(key.in_(row_ids)).order_by(key).with_for_update().execution_options(populate_existing=True)
    )
    return {row.id: row for row in rows.all()}  # type: ignore[attr-defined]  # all lockable tables have an id
