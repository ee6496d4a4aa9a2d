"""Two rows in every table there is, for what must not forget any."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Column, Table, insert
from sqlalchemy import types as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import Base
from storage.types import ChatId, EnumText, UserId, UtcDateTime
from tests.town import START

_TRICKY = ("Zoë — “plein” 🎉 'x' \\ \n", "")


async def fill(connection: AsyncConnection) -> int:
    """Put them in, those of the same table pointing at each other; return how many rows there are."""
    made: dict[str, list[dict[str, Any]]] = {}
    for table in Base.metadata.sorted_tables:
        made[table.name] = [{c.name: _value(c, table, at, made) for c in table.columns} for at in (0, 1)]
        # The second of two that point at each other comes after it is pointed at.
        await connection.execute(insert(table), made[table.name][::-1])
    return sum(len(rows) for rows in made.values())


def _value(column: Column[Any], table: Table, at: int, made: dict[str, list[dict[str, Any]]]) -> Any:  # noqa: ANN401
    for key in column.foreign_keys:
        if key.column.table is not table:
            return made[key.column.table.name][at][key.column.name]
        return None if at else _number(key.column, 1)
    if at and column.nullable:
        return None
    return _of_type(column, at)


def _of_type(column: Column[Any], at: int) -> Any:  # noqa: ANN401 whatever the column takes
    match column.type:
        case EnumText():
            return list(column.type.enum)[at % len(list(column.type.enum))]
        case UtcDateTime():
            return START + timedelta(days=at, microseconds=123_456)
        case sa.Boolean():
            return not at
        case sa.Date():
            return date(2026, 3, 29) + timedelta(days=at)
        case sa.JSON():
            return {"b": [1, 2.5, None, _TRICKY[0]], "a": {"x": True}} if not at else []
        case sa.Double():
            return 52.370_216_123_456_78 + at / 3
        case sa.String():
            return f"{_TRICKY[0]}{column.name}{at}"[-(column.type.length or 200) :]
        case sa.Integer() | ChatId() | UserId():
            return _number(column, at)
    raise TypeError(f"what goes into {column}?")


def _number(column: Column[Any], at: int) -> int:
    """Return a number that only this column has, far beyond 32 bits; ids of groups are negative."""
    return (-1 if column.name == "chat_id" else 1) * (2**41 + 1_000 * hash_of(column.name) + at)


def hash_of(name: str) -> int:
    """Return a small number for a name, the same in every run."""
    return sum(ord(sign) for sign in name)
