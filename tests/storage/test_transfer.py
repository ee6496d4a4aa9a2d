"""Everything goes over to another database, whole or not at all."""

import asyncio
import hashlib
import shutil
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import Table, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.runtime.clock import SystemClock
from bot.runtime.lease import Lease
from bot.runtime.preparing import RefusedError
from bot.runtime.transferring import move
from storage import transfer
from storage.engine import Database
from storage.migrate import State, state
from storage.models import Base, Report
from storage.transfer import NotEmptyError, Sum, UnlikeError, copy
from tests.benchmarks import many_reports
from tests.databases import sqlite_url
from tests.patience import PATIENCE_S
from tests.postgres import PostgresServer
from tests.runtime.processes import BotProcess
from tests.storage import everything

NewUrl = Callable[[str], str]


@pytest.fixture
def new(request: pytest.FixtureRequest, tmp_path: Path, postgres_server: PostgresServer) -> Iterator[NewUrl]:
    """Make another database of a kind, with our tables and nothing in them."""
    names: list[str] = []

    def make(kind: str) -> str:
        if kind == "sqlite":
            path = tmp_path / f"other{len(list(tmp_path.iterdir()))}.db"
            shutil.copyfile(request.getfixturevalue("migrated_file"), path)
            return sqlite_url(path)
        names.append(postgres_server.create(template=request.getfixturevalue("migrated_template")))
        return postgres_server.url(names[-1])

    yield make
    for name in names:
        postgres_server.drop(name)


@asynccontextmanager
async def opened(*urls: str) -> AsyncIterator[list[Database]]:
    databases = [Database(url) for url in urls]
    try:
        yield databases
    finally:
        for database in databases:
            await database.close()


async def fill(database: Database) -> int:
    async with database.writer.begin() as connection:
        return await everything.fill(connection)


async def rows(database: Database) -> dict[str, int]:
    """Return how many rows each table has that has any."""
    async with database.reader.connect() as connection:
        counts = {
            table.name: len((await connection.execute(select(table))).all()) for table in Base.metadata.sorted_tables
        }
    return {name: count for name, count in counts.items() if count}


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
async def test_every_row_of_every_table_goes_both_ways(migrated_url: str, new: NewUrl, to: str) -> None:
    target_url, back_url = new(to), new("sqlite")
    async with opened(migrated_url, target_url, back_url) as (source, target, back):
        assert await fill(source) == 2 * len(Base.metadata.sorted_tables)
        before = await rows(source)
        there = await copy(source, target)
        assert {one.table: one.rows for one in there} == {name: n for name, n in before.items() if name != "lease"}
        assert len({one.checksum for one in there}) == len(there)
        assert await copy(target, back) == there
        for table in (table for table in Base.metadata.sorted_tables if table.name != "lease"):
            async with source.reader.connect() as one, back.reader.connect() as other:
                kept = [sorted(map(repr, (await c.execute(select(table))).all())) for c in (one, other)]
                assert kept[0] == kept[1], table.name
        assert await rows(source) == before


async def test_a_target_with_rows_is_refused(migrated_url: str, new: NewUrl) -> None:
    async with opened(migrated_url, new("postgresql")) as (source, target):
        await fill(source)
        await copy(source, target)
        before = await rows(target)
        with pytest.raises(NotEmptyError):
            await copy(source, target)
        assert await rows(target) == before


async def test_what_is_broken_off_leaves_nothing_behind_and_can_be_done_again(migrated_url: str, new: NewUrl) -> None:
    async with opened(migrated_url, new("postgresql"), new("sqlite")) as (source, *targets):
        await fill(source)
        before = await rows(source)
        for target in targets:
            seen: list[Sum] = []

            def break_off(one: Sum, seen: list[Sum] = seen) -> None:
                seen.append(one)
                if len(seen) == 40:
                    raise asyncio.CancelledError

            with pytest.raises(asyncio.CancelledError):
                await copy(source, target, break_off)
            assert (await rows(target), await rows(source)) == ({}, before)
            assert len(await copy(source, target)) == len(Base.metadata.sorted_tables) - 1


async def test_what_reads_otherwise_in_the_target_is_not_kept(
    migrated_url: str, new: NewUrl, monkeypatch: pytest.MonkeyPatch
) -> None:
    summed = transfer._sum

    async def changed(connection: AsyncConnection, table: Table) -> Sum:
        if table is Report.__table__:
            await connection.execute(update(Report).values(text="x"))
        return await summed(connection, table)

    monkeypatch.setattr(transfer, "_sum", changed)
    async with opened(migrated_url, new("sqlite")) as (source, target):
        await fill(source)
        with pytest.raises(UnlikeError, match=r"^report$"):
            await copy(source, target)
        assert await rows(target) == {}


async def test_the_command_makes_the_tables_and_leaves_the_old_one_as_it_was(
    migrated_file: Path, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    old = tmp_path / "old.db"
    shutil.copyfile(migrated_file, old)
    name = postgres_server.create()
    async with opened(sqlite_url(old), postgres_server.url(name)) as (source, target):
        await fill(source)
        before = await rows(source)
        sums = await move(sqlite_url(old), postgres_server.url(name), lambda _: None)
        assert sum(one.rows for one in sums) == sum(before.values()) - before["lease"]
        assert await state(postgres_server.url(name)) is State.UP_TO_DATE
        assert await rows(source) == before
        assert "lease" not in await rows(target)
        with pytest.raises(RefusedError, match="has rows already"):
            await move(sqlite_url(old), postgres_server.url(name), lambda _: None)
    postgres_server.drop(name)


async def test_a_bot_that_serves_is_not_moved_away_under(migrated_url: str, new: NewUrl) -> None:
    async with opened(migrated_url) as (source,):
        lease = Lease(source, SystemClock())
        await lease.take()
        with pytest.raises(RefusedError, match="a bot serves the old database: stop it first"):
            await move(migrated_url, new("sqlite"), lambda _: None)
        await lease.release()
        assert await move(migrated_url, new("sqlite"), lambda _: None)
        assert await rows(source) == {}, "nor does the move leave its own lease"


async def has_copied(command: BotProcess, table: str) -> None:
    """Return when the command has told of this table."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if any(line.startswith(f"{table} ") for line in command.lines):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(command.lines)


async def test_a_kill_in_the_middle_loses_nothing(town_file: Path, tmp_path: Path, new: NewUrl) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    target_url = new("postgresql")
    async with (
        opened(sqlite_url(tmp_path / "town.db"), target_url) as (source, target),
        BotProcess(tmp_path, api_url="http://127.0.0.1:9", database_url=sqlite_url(tmp_path / "town.db")) as command,
    ):
        await many_reports.fill(source, 1_500)
        before = await rows(source)
        await command.start("move", "--to", target_url)
        await has_copied(command, "report")
        await command.kill()
        assert (await command.wait(), await rows(target)) == (-signal.SIGKILL, {})
        await command.start("move", "--to", target_url)
        assert await command.wait() == 0, command.lines
        assert await rows(target) == {name: count for name, count in before.items() if name != "lease"}


async def test_what_is_not_fit_for_it_is_refused(migrated_file: Path, tmp_path: Path) -> None:
    url, other = sqlite_url(tmp_path / "a.db"), sqlite_url(tmp_path / "b.db")
    with pytest.raises(RefusedError, match="there is no file"):
        await move(url, other, lambda _: None)
    assert not await asyncio.to_thread((tmp_path / "a.db").exists)
    shutil.copyfile(migrated_file, tmp_path / "a.db")
    with pytest.raises(RefusedError, match="the same database"):
        await move(url, url, lambda _: None)
    with sqlite3.connect(tmp_path / "b.db") as foreign:
        foreign.execute("CREATE TABLE recipes (id)")
    foreign.close()
    with pytest.raises(RefusedError, match="the new database is newer than this version of Buurtbode, or not ours"):
        await move(url, other, lambda _: None)
    with pytest.raises(RefusedError, match="the old database is newer"):
        await move(other, url, lambda _: None)


def test_a_checksum_is_of_the_rows_whatever_their_order() -> None:
    table = Report.__table__
    empty = dict.fromkeys(column.name for column in table.columns)
    counted = [transfer._Counting(table) for _ in range(3)]  # type: ignore[arg-type]  # a FromClause to SQLAlchemy's types
    counted[0].add([empty | {"text": "a"}, empty | {"text": "b"}])
    counted[1].add([empty | {"text": "b"}])
    counted[1].add([empty | {"text": "a"}])
    counted[2].add([empty | {"text": "a"}, empty | {"text": "a"}])
    assert counted[0].sum == counted[1].sum != counted[2].sum
    assert len(bytes.fromhex(counted[0].sum.checksum)) == hashlib.sha256().digest_size
