"""Erasing a chunk of rows at a time, by statements whose plans are never a guess."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Delete,
    Update,
    bindparam,
    delete,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

CHUNK = 500


class Lost(NamedTuple):
    """How many rows a rule took something from, and of which reports or meetings: something may stand on screens."""

    rows: int
    about: Sequence[int]

    def __bool__(self) -> bool:
        """Tell whether anything was lost, as the number of rows does."""
        return self.rows > 0


async def due(session: AsyncSession, key: InstrumentedAttribute[int], *where: ColumnElement[bool]) -> Sequence[int]:
    """Return the keys of a chunk of rows, which a statement of its own changes: so its plan is never a guess."""
    return (await session.scalars(select(key).where(*where).limit(CHUNK))).all()


async def erase(session: AsyncSession, key: InstrumentedAttribute[int], *where: ColumnElement[bool]) -> int:
    """Delete a chunk of rows; return how many they were."""
    if ids := await due(session, key, *where):
        await bulk(session, delete(key.class_).where(key.in_(ids)))
    return len(ids)


async def erase_each(
    session: AsyncSession, key: Sequence[InstrumentedAttribute[Any]], rows: Sequence[Sequence[Any]]
) -> int:
    """Delete rows by a key of several columns: SQLite would look for a list of such keys in the whole table."""
    if rows:
        table = key[0].class_.__table__
        fits = [table.c[column.key] == bindparam(f"of_{column.key}") for column in key]
        values = [{f"of_{column.key}": value for column, value in zip(key, row, strict=True)} for row in rows]
        await (await session.connection()).execute(delete(table).where(*fits), values)
    return len(rows)


async def bulk(session: AsyncSession, statement: Update | Delete) -> None:
    """Run *statement* past the rows that the session holds."""
    await session.execute(statement, execution_options={"synchronize_session": False})
