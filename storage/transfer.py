"""Carrying a whole database over to another one, of the same kind or the other: all rows, or none.

The source is only read, at one moment; the target is written in one transaction, read back, and committed when every
table has the same rows. A table's checksum does not depend on the order of its rows.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, RowMapping, Table, bindparam, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database
from storage.models import Base, Lease

#: Who serves the old database says nothing about the new one.
_TABLES = [table for table in Base.metadata.sorted_tables if table.name != Lease.__tablename__]
_CHUNK = 500


@dataclass(frozen=True)
class Sum:
    """How many rows a table has, and their checksum (32 bytes as hexadecimal digits)."""

    table: str
    rows: int
    checksum: str


class NotEmptyError(Exception):
    """The target has rows already; the text is the name of a table that has."""


class UnlikeError(Exception):
    """What stands in the target is not what was read; the text is the name of the table."""


async def copy(source: Database, target: Database, told: Callable[[Sum], None] = lambda _: None) -> list[Sum]:
    """Copy every row of *source* to *target*, both with the tables of this version; return a sum for each table.

    *told* hears of each table as it was copied. NotEmptyError or UnlikeError, or any failure of a database, leaves
    the target as it was.
    """
    async with source.reader.connect() as reading, target.writer.connect() as writing:
        if not source.is_sqlite:  # where a transaction of SQLite is, all of it sees one moment
            reading = await reading.execution_options(isolation_level="REPEATABLE READ")
        async with writing.begin():
            for connection in (reading, writing):
                if connection.dialect.name == "postgresql":  # each of them waits for the other as long as it takes
                    await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            for table in _TABLES:
                if (await writing.execute(select(table).limit(1))).first() is not None:
                    raise NotEmptyError(table.name)
            sums = []
            for table in _TABLES:
                sums.append(await _copy(reading, writing, table))
                told(sums[-1])
            for one, table in zip(sums, _TABLES, strict=True):
                if await _sum(writing, table) != one:
                    raise UnlikeError(one.table)
    return sums


async def _copy(reading: AsyncConnection, writing: AsyncConnection, table: Table) -> Sum:
    """Copy one table. What points at another row of the same table is filled in when all of them are there."""
    loops = [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
    counting, looped = _Counting(table), []
    async for chunk in _rows(reading, table):
        counting.add(chunk)
        looped += [dict(row) for row in chunk if any(row[column.name] is not None for column in loops)]
        empty = {column.name: None for column in loops}
        await writing.execute(insert(table), [{**row, **empty} for row in chunk])
    if looped:
        await writing.execute(_fill_in(table, loops), [_parameters(row) for row in looped])
    return counting.sum


def _fill_in(table: Table, loops: Sequence[Column[Any]]) -> Any:  # noqa: ANN401 sqlalchemy.Update
    keys = [key == bindparam(f"old_{key.name}", type_=key.type) for key in table.primary_key.columns]
    values = {column.name: bindparam(f"old_{column.name}", type_=column.type) for column in loops}
    return update(table).where(*keys).values(values)


def _parameters(row: Mapping[str, Any]) -> dict[str, Any]:
    return {f"old_{name}": value for name, value in row.items()}


async def _sum(connection: AsyncConnection, table: Table) -> Sum:
    counting = _Counting(table)
    async for chunk in _rows(connection, table):
        counting.add(chunk)
    return counting.sum


async def _rows(connection: AsyncConnection, table: Table) -> AsyncIterator[Sequence[RowMapping]]:
    """Yield the rows of a table, some at a time."""
    async with connection.stream(select(table).execution_options(yield_per=_CHUNK)) as result:
        async for chunk in result.mappings().partitions(_CHUNK):
            yield chunk


class _Counting:
    """Adds up the rows of a table."""

    def __init__(self, table: Table) -> None:
        self._name, self._names = table.name, [column.name for column in table.columns]
        self._rows = self._checksum = 0

    def add(self, rows: Sequence[Mapping[Any, Any]]) -> None:
        for row in rows:
            text = json.dumps([row[name] for name in self._names], default=str, sort_keys=True)
            self._checksum += int.from_bytes(hashlib.sha256(text.encode()).digest())
        self._rows += len(rows)

    @property
    def sum(self) -> Sum:
        return Sum(self._name, self._rows, f"{self._checksum % 2**256:064x}")
