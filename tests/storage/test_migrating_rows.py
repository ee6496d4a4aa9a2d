"""Every migration, up and down, with rows in every table."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    MetaData,
    String,
    Table,
    insert,
    select,
    text,
)
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.sql.type_api import TypeEngine

from storage.models import Base

FIRST = "0001"
#: What a migration reads, so that it must be of a sort that the bot writes.
_REAL = {("report", "status"): "opgepakt", ("report", "text"): "Lantaarnpaal kapot", ("report", "sealed"): False}
_PLAIN: list[tuple[type[TypeEngine[Any]], Any]] = [
    (JSON, {"a": 1}),
    (Boolean, True),
    (DateTime, datetime(2026, 11, 23, 9, tzinfo=UTC)),
    (Date, date(2026, 11, 23)),
    (Float, 52.5),
]


def _fill(connection: Connection, numbers: Iterator[int]) -> None:
    """Write two rows to every table, each column filled and each reference to a row that is there."""
    for table in _tables(connection):
        for turn in range(2):
            row = {column.name: _value(connection, column, turn, next(numbers)) for column in table.columns}
            connection.execute(insert(table).values(row))


def _value(connection: Connection, column: Column[Any], turn: int, number: int) -> Any:  # noqa: ANN401 any column's
    table, name = column.table, column.name
    for key in column.foreign_keys:
        if key.column.table is table:
            return None
        newest = connection.scalars(select(key.column).order_by(key.column.desc()).limit(2)).all()
        return newest[turn]
    if (str(table), name) in _REAL:
        return _REAL[str(table), name]
    for sort, value in _PLAIN:
        if isinstance(column.type, sort):
            return value.replace(tzinfo=None) if _is_naive(connection, value) else value
    return str(number) if isinstance(column.type, String) else number


def _is_naive(connection: Connection, value: object) -> bool:
    return isinstance(value, datetime) and connection.dialect.name == "sqlite"


def _tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all tables."""
    rows = {
        table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in _tables(connection)
    }
    return {name: sorted(found, key=str) for name, found in rows.items()}


def _go(connection: Connection, move: Callable[[Config, str], None], revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    move(config, revision)


def _broken(connection: Connection) -> list[object]:
    """Return the rows that refer to one that is not there; PostgreSQL can have none."""
    return list(connection.execute(text("PRAGMA foreign_key_check"))) if connection.dialect.name == "sqlite" else []


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def _kept(before: dict[str, list[dict[str, Any]]], after: dict[str, list[dict[str, Any]]]) -> dict[str, object]:
    """Return the tables of *before* whose rows read otherwise in *after*, as far as both have the columns."""
    changed: dict[str, object] = {}
    for name, rows in before.items():
        columns = set(rows[0]) & set(after[name][0]) if after.get(name) else set()
        then, now = (
            [{key: row[key] for key in sorted(columns)} for row in found] for found in (rows, after.get(name, []))
        )
        if sorted(then, key=str) != sorted(now, key=str) or len(rows) != len(after.get(name, [])):
            changed[name] = (then, now)
    return changed


def _there_and_back(connection: Connection) -> None:
    numbers = count(1)
    _go(connection, command.upgrade, FIRST)
    _fill(connection, numbers)
    old = _rows(connection)
    assert all(len(rows) == 2 for rows in old.values())
    _go(connection, command.upgrade, "head")
    new = _rows(connection)
    assert _kept(old, new) == {}
    assert "kapot" in {row["word"] for row in new["report_word"]}
    assert all(row["sweep_at"] == row["closed_at"] for row in new["report"])
    assert _broken(connection) == []
    assert _differences(connection) == []
    _fill(connection, numbers)
    full = _rows(connection)
    _go(connection, command.downgrade, FIRST)
    assert _kept({name: full[name] for name in old}, _rows(connection)) == {}
    assert _broken(connection) == []
    _go(connection, command.upgrade, "head")
    assert _differences(connection) == []
    _go(connection, command.downgrade, "base")
    assert _tables(connection) == []


async def test_rows_of_the_first_version_live_through_every_migration_up_and_down(database_url: str) -> None:
    engine = create_async_engine(database_url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_there_and_back)
    finally:
        await engine.dispose()
