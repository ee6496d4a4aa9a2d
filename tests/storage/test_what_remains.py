"""Every column with personal data is erased by the rule that it names: not earlier, and in every table."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, String, insert, select

from bot.domain.enums import OutboxState, ReportStatus
from bot.services import retention
from storage.engine import Database
from storage.models import Base
from storage.models.base import LOST
from storage.types import ChatId, EnumText, UserId, UtcDateTime

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SOMEBODY = 777
#: When a column that names this rule is empty, in days after the day, the closing, or the last message.
GONE_AFTER = {
    "7 days": 7,
    "7 days after the time": 7,
    "7 days after they last wrote": 7,
    "a week after the day": 7,
    "14 days": 14,
    "90 days": 90,
    "90 days after the day": 90,
    "90 days after closing": 90,
    "contact 90 days after closing": 90,
    "90 days after closing of a resident's, 1 year of a worker's": 90,  # here it is the resident's
    "90 days after its last day": 90,
    "half a year after the last look at it": 182,
    "1 year after closing": 365,
    "1 year after closing; rounded to 25 m": 365,
    "with the report": 365,
    "with the text: 1 year after closing, and when it is sealed or erased": 365,
    "2 years": 730,
}
#: What something else than the clock erases: who asks for it, a delivery, the set-up file, leaving.
BY_OTHERS = {
    "until erased on request",
    "when it closes",
    "once delivered",
    "while the partner is in the set-up",
    "until they leave the group",
    "until they leave the team",
    "until they are back",
    "while the set-up file names them",
    LOST,
    "every night, from reports that are still kept",
}
_DECIDED: dict[tuple[str, str], Any] = {
    ("person", "id"): SOMEBODY,
    ("report", "id"): 5000,
    ("report", "status"): ReportStatus.CLOSED,
    ("report", "sweep_at"): NOW + timedelta(days=90),
    ("consent", "about"): 5000,
    ("outbox", "state"): OutboxState.SENT,
}


def _value(column: Column[Any], made: dict[str, dict[str, Any]], numbers: Iterator[int]) -> Any:  # noqa: ANN401 any column's
    for key in column.foreign_keys:
        return None if key.column.table is column.table else made[key.column.table.name][key.column.name]
    if (column.table.key, column.name) in _DECIDED:
        return _DECIDED[column.table.key, column.name]
    sort = column.type
    if isinstance(sort, EnumText):
        return next(iter(sort.enum))
    if isinstance(sort, String):
        return f"{column.table.key}.{column.name}"[: sort.length]
    plain: list[tuple[type | tuple[type, ...], Any]] = [
        ((UserId, ChatId), SOMEBODY),
        (JSON, ["told"]),
        (Boolean, False),
        (UtcDateTime, NOW),
        (Date, NOW.date()),
        (Float, 52.5),
    ]
    return next((value for kind, value in plain if isinstance(sort, kind)), next(numbers))


async def _fill(database: Database) -> None:
    """Write a row to every table, each column filled, of a report that closes now and a day that is now."""
    made: dict[str, dict[str, Any]] = {}
    numbers = count(1000)
    async with database.write(NOW) as work:
        for table in Base.metadata.sorted_tables:
            made[table.name] = {column.name: _value(column, made, numbers) for column in table.columns}
            await work.session.execute(insert(table).values(made[table.name]))


async def _told(database: Database) -> set[str]:
    """Return the columns with personal data that still tell something."""
    async with database.read(NOW) as work:
        return {
            str(column)
            for table in Base.metadata.sorted_tables
            for row in (await work.session.execute(select(table))).mappings()
            for column in table.columns
            if column.info.get("personal") and row[column.name] and not str(row[column.name]).startswith("gewist-")
        }


async def _erase(database: Database, at: datetime) -> None:
    more = True
    while more:
        async with database.write(at) as work:
            more = any((await retention.erase_some(work)).values())


async def test_each_column_with_personal_data_is_erased_when_its_rule_says(database: Database) -> None:
    rules = {
        str(column): column.info["personal"]
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.info.get("personal")
    }
    assert set(rules.values()) <= BY_OTHERS | set(GONE_AFTER)
    await _fill(database)
    for day in sorted(set(GONE_AFTER.values())):
        there = {name for name, rule in rules.items() if GONE_AFTER.get(rule, 0) >= day}
        await _erase(database, NOW + timedelta(days=day, hours=-1))
        assert there - await _told(database) == set(), f"erased before day {day}"
        await _erase(database, NOW + timedelta(days=day, hours=1))
        gone = {name for name, rule in rules.items() if GONE_AFTER.get(rule, 731) <= day}
        assert gone & await _told(database) == set(), f"still there after day {day}"
