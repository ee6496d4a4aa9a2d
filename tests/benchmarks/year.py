"""How large the database gets in a year of reports, with retention on.

A part of one day is real: residents tell their reports to the bot, a worker takes, answers and closes each, and all of
it is sent. All else is these rows once more, under other ids, of other people, at other times. The rules of retention
run at the end of each week; the bot's own job runs them every hour.
"""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Date, Integer, Table, func, select

from bot.domain.enums import CloseReason, MessageDirection, OutboxState
from bot.services import triage
from storage.engine import Database
from storage.ids import new_id
from storage.models import Outbox, Person, Report
from storage.models.base import Base
from storage.queries.retention import RULES
from storage.types import UtcDateTime
from tests.benchmarks.residents import check_reports, move_in, type_all
from tests.benchmarks.running import PATIENCE_S, Stage
from tests.databases import sqlite_url

#: Limits that hold nothing up: the day is made, not measured.
#: In a group the seconds stay, since the rounds of list messages follow from them.
_WIDE = {"limit_overall": "100000/1", "limit_private": "100000/1", "limit_group": "100000/5"}
#: An administrator, who may do anything with any report.
_WILMA = 9003
_ANSWER = "Dank je wel voor je bericht. Wij hebben het bekeken en komen donderdag langs. Je hoort daarna van ons."
#: Ids made by us are larger than anything else; the residents of the stand-in have ids of their own range.
_MADE, _RESIDENTS = 2**40, (200_000_000, 299_999_999)
_IDS, _PEOPLE, _UPDATES = 3_600_000 << 22, 10_000, 100_000
#: Rows are put into the middle of large indexes, which the copying keeps in memory.
_CACHE_KB = 256 * 1024
#: Tables with fewer new rows (who runs, what is planned) do not grow by the day.
_FEW = 20


async def live(stage: Stage, reports: int) -> None:
    """Have *reports* reports told, answered and closed, to the last message."""
    people = move_in(stage.world, reports)
    await type_all(people)
    await _deliver(stage)
    async with stage.database.read(stage.world.now()) as work:
        await check_reports(work, people)
        ids = (await work.session.scalars(select(Report.id))).all()
    for report_id in ids:
        async with stage.database.write(stage.world.now()) as work:
            wilma = await work.session.get(Person, _WILMA)
            report = await work.session.get(Report, report_id)
            assert wilma is not None
            assert report is not None
            taken = await triage.take(work, report_id, wilma, report.version)
            said = await triage.send(
                work, report_id, wilma, draft_id=new_id(), direction=MessageDirection.ANSWER, text=_ANSWER
            )
            closed = await triage.close(work, report_id, wilma, None, reason=CloseReason.SOLVED)
            assert taken.done
            assert said.outcome.done
            assert closed.done
    await _deliver(stage)


async def _deliver(stage: Stage) -> None:
    """Run the bot until it has taken in all there is and said all that is due."""
    process, until = stage.bot(**_WIDE), time.monotonic() + 2 * PATIENCE_S
    async with process:
        await process.start()
        while (due := await _due(stage)) or stage.world.updates.pending:
            assert time.monotonic() < until, f"not all is said: {due}"
            await asyncio.sleep(0.5)
        await process.stop()


async def _due(stage: Stage) -> list[tuple[str, int]]:
    """Return the kinds of what is due and not sent yet, and how many there are of each."""
    async with stage.database.read(datetime.now(UTC)) as work:
        rows = select(Outbox.kind, func.count()).where(Outbox.state == OutboxState.WAITING, Outbox.due_at <= work.now)
        return [(kind, count) for kind, count in await work.session.execute(rows.group_by(Outbox.kind))]


async def sizes_of(folder: Path, before: Path, *, reports: int, times: int, days: int) -> list[int]:
    """Return the size of `town.db` after each week (bytes).

    It holds *reports* reports that the file *before* did not. They are copied until there are *times* as many of each
    of *days* days.
    """
    file, template = folder / "town.db", folder / "day.db"
    database, began, sizes = Database(sqlite_url(file)), datetime.now(UTC), []
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(file, template)
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(f"PRAGMA cache_size=-{_CACHE_KB}")
        connection.execute("ATTACH ? AS day", (str(template),))
        connection.execute("ATTACH ? AS old", (str(before),))
        copies = [_copy(table, columns, reports, times) for table, columns in _grown(connection)]
        for week in range(0, days, 7):
            upto = min(week + 7, days)
            connection.execute("BEGIN IMMEDIATE")
            for copy in copies:
                connection.execute(copy, {"first": max(1, week * times), "last": upto * times - 1})
            connection.execute("COMMIT")
            await _erase(database, began + timedelta(days=upto))
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            sizes.append(file.stat().st_size)
    await database.close()
    return sizes


async def _erase(database: Database, now: datetime) -> None:
    """Erase what every rule of the retention job finds, to the last row; at once, for nobody waits here."""
    more = True
    async with database.write(now) as work:
        while more:
            more = False
            for rule in RULES.values():
                while await rule(work.session, now):
                    more = True


def _grown(connection: sqlite3.Connection) -> Iterator[tuple[Table, dict[str, str]]]:
    """Yield the tables that the day added rows to, and an expression for each column of a row of a later day."""
    kept: set[int] = set()
    for table in Base.metadata.sorted_tables:
        for column in table.primary_key:
            kept.update(value for (value,) in connection.execute(f'SELECT "{column.name}" FROM old."{table.name}"'))  # noqa: S608
    for table in Base.metadata.sorted_tables:
        (count,) = connection.execute(f'SELECT count(*) FROM day."{table.name}" WHERE {_is_new(table)}').fetchone()  # noqa: S608
        if count >= _FEW:
            yield table, {column.name: _later(connection, table, column, kept) for column in table.columns}


def _is_new(table: Table) -> str:
    key = ", ".join(f'"{column.name}"' for column in table.primary_key)
    return f'({key}) NOT IN (SELECT {key} FROM old."{table.name}")'  # noqa: S608 names of our own tables


def _later(connection: sqlite3.Connection, table: Table, column: Any, kept: set[int]) -> str:  # noqa: ANN401 a Column
    """Return the SQL of what stands in *column* in copy `nth`, `:times` of which make a day."""
    name = f'"{column.name}"'
    if isinstance(column.type, UtcDateTime):
        return f"strftime('%Y-%m-%d %H:%M:%f000', {name}, (nth / :times) || ' days')"
    if isinstance(column.type, Date):
        return f"date({name}, (nth / :times) || ' days')"
    if (table.name, column.name) == ("outbox", "key"):
        return f"{name} || '/' || nth"
    if (table.name, column.name) == ("report", "number"):
        return f"{name} + nth * :reports"
    if column.name == "update_id":
        return f"{name} + nth * {_UPDATES}"
    kind = getattr(column.type, "impl", column.type)
    if not isinstance(kind, BigInteger | Integer):
        return name
    rows = connection.execute(f'SELECT DISTINCT {name} FROM day."{table.name}" WHERE {_is_new(table)}')  # noqa: S608
    values = {value for (value,) in rows if value is not None}
    cases = ""
    if any(value >= _MADE and value not in kept for value in values):
        same = ", ".join(str(value) for value in sorted(values & kept) if value >= _MADE)
        cases += f"WHEN {name} >= {_MADE} AND {name} NOT IN ({same}) THEN {name} + nth * {_IDS} "
    if any(_RESIDENTS[0] <= value <= _RESIDENTS[1] for value in values):
        cases += f"WHEN {name} BETWEEN {_RESIDENTS[0]} AND {_RESIDENTS[1]} THEN {name} + nth * {_PEOPLE} "
    return f"CASE {cases}ELSE {name} END" if cases else name


def _copy(table: Table, columns: dict[str, str], reports: int, times: int) -> str:
    """Return the statement that writes the copies `:first` to `:last` of the rows that the day added to *table*."""
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(columns.values()).replace(":reports", str(reports)).replace(":times", str(times))
    return (
        "WITH RECURSIVE copies(nth) AS (VALUES (:first) UNION ALL SELECT nth + 1 FROM copies WHERE nth < :last) "  # noqa: S608
        f'INSERT INTO main."{table.name}" ({names}) '
        f'SELECT {values} FROM copies CROSS JOIN day."{table.name}" WHERE {_is_new(table)}'
    )
