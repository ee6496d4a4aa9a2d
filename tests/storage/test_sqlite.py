"""SQLite's connections: quick statements at once, what may wait in the thread, always in order."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.engine import Database
from storage.sqlite import SLOW_S, SqliteConnection, connector
from tests.town import START


class _Spy(SqliteConnection):
    """A connection that tells how often it went to its thread."""

    @property
    def trips(self) -> int:
        return self._asked


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[_Spy]:
    """A connection to a file with one table, in no transaction, for which no time passes."""

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(tmp_path / "town.db", check_same_thread=False, isolation_level=None)

    made = _Spy(connect, {}, timer=lambda: 0.0)
    opened = await made
    assert opened is made
    await made.cursor().execute("CREATE TABLE lamp (id INTEGER PRIMARY KEY)")
    yield made
    await made.close()


async def _runs(connection: _Spy, statement: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = await (await connection.cursor().execute(statement)).fetchall()
    return rows


async def test_a_transaction_goes_to_the_thread_to_commit_what_it_changed(connection: _Spy) -> None:
    before = connection.trips
    await _runs(connection, "BEGIN IMMEDIATE")
    cursor = await connection.cursor().executemany("INSERT INTO lamp VALUES (?)", [(1,), (2,)])
    assert cursor.rowcount == 2
    assert await _runs(connection, "SELECT id FROM lamp") == [(1,), (2,)]
    assert connection.trips == before
    await connection.commit()
    assert connection.trips - before == 1


async def test_a_lock_that_somebody_else_has_is_waited_for_in_the_thread(connection: _Spy, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "town.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = connection.trips
    waiting = asyncio.create_task(_runs(connection, "BEGIN IMMEDIATE"))
    await asyncio.sleep(0)
    assert connection.trips - before == 1
    other.execute("COMMIT")
    await waiting
    assert connection._conn.in_transaction
    with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
        await _runs(connection, "BEGIN IMMEDIATE")
    await connection.rollback()
    other.close()


async def test_a_transaction_that_changed_nothing_waits_for_no_disk(connection: _Spy) -> None:
    before = connection.trips
    await _runs(connection, "BEGIN")
    assert await _runs(connection, "SELECT id FROM lamp") == []
    await connection.commit()
    await _runs(connection, "BEGIN")
    await connection.rollback()
    assert connection.trips == before


async def test_what_was_slow_goes_to_the_thread_until_it_was_quick_a_hundred_times(connection: _Spy) -> None:
    clock, lasts = [0.0], [2 * SLOW_S]
    connection._timer = lambda: clock[0]

    def pause() -> int:
        clock[0] += lasts.pop() if lasts else SLOW_S / 2
        return 1

    connection._conn.create_function("pause", 0, pause)
    before = connection.trips
    trips = []
    for _ in range(103):
        await _runs(connection, "SELECT pause()")
        trips.append(connection.trips - before)
    assert trips == [0, *range(1, 101), 100, 100]


async def _stops_waiting(connection: _Spy) -> threading.Event:
    """Stop waiting for a statement that goes on in the thread until the returned event is set."""
    goes_on = threading.Event()
    connection._conn.create_function("pause", 0, lambda: goes_on.wait(60))
    connection._slow["SELECT pause()"] = 10
    task = asyncio.create_task(_runs(connection, "SELECT pause()"))
    await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    return goes_on


async def test_who_stops_waiting_for_a_slow_one_leaves_the_next_in_order(connection: _Spy) -> None:
    goes_on = await _stops_waiting(connection)
    quick = [connection.quick]
    before = connection.trips
    following = asyncio.create_task(_runs(connection, "SELECT 1"))
    await asyncio.sleep(0)
    assert connection.trips == before + 1
    assert not following.done()
    goes_on.set()
    assert await following == [(1,)]
    assert [*quick, connection.quick] == [False, True]
    await connection.rollback()
    assert connection.trips == before + 1


async def test_who_stops_waiting_can_roll_back_and_commit_behind_it(connection: _Spy) -> None:
    for end in (connection.rollback, connection.commit):
        await _runs(connection, "BEGIN")
        goes_on = await _stops_waiting(connection)
        ending = asyncio.create_task(end())
        await asyncio.sleep(0)
        assert connection._conn.in_transaction
        goes_on.set()
        await ending
        assert not connection._conn.in_transaction


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_file_that_somebody_else_writes_to_holds_up_nobody_else(database: Database) -> None:
    async with database.write(START) as work:
        await work.session.execute(text("DELETE FROM album"))
    other = sqlite3.connect(database.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def writes() -> None:
        async with database.write(START) as work:
            await work.session.execute(text("DELETE FROM album"))

    writing = asyncio.create_task(writes())
    for _ in range(20):
        async with database.read(START) as work:
            await work.session.execute(text("SELECT count(*) FROM album"))
        await asyncio.sleep(0.001)
    assert not writing.done()
    other.execute("COMMIT")
    await writing
    other.close()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_mistakes_keep_their_code(database: Database) -> None:
    async with database.write(START) as work:
        twice = text("INSERT INTO recurring (name, next_due_at) VALUES ('x', '2026-01-01')")
        await work.session.execute(twice)
        with pytest.raises(IntegrityError) as refused:
            await work.session.execute(twice)
    assert isinstance(refused.value.orig, sqlite3.IntegrityError)
    assert refused.value.orig.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CONSTRAINT
    async with database.read(START) as work:
        with pytest.raises(OperationalError):
            await work.session.execute(text("DELETE FROM album"))


async def test_options_of_the_url_are_kept(migrated_file: Path) -> None:
    opened = connector(make_url(f"sqlite+aiosqlite:///file:{migrated_file}?mode=ro&uri=true"))()
    _ = await opened
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await opened.cursor().execute("DELETE FROM album")
    await opened.close()


async def test_of_very_many_rows_more_come_as_they_are_asked_for(connection: _Spy) -> None:
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT i FROM n"
    wanted = [(number,) for number in range(1, 2501)]
    cursor = await connection.cursor().execute(numbers)
    assert [await cursor.fetchone(), *await cursor.fetchmany(1800)] == wanted[:1801]
    assert [*await cursor.fetchall(), await cursor.fetchone()] == [*wanted[1801:], None]
    assert await _runs(connection, numbers) == wanted
    left = await connection.cursor().execute(numbers)
    await left.close()
    assert await left.fetchmany(1800) == wanted[:1000], "what nobody fetched was let go of"


async def test_who_only_asks_lets_others_have_the_loop(connection: _Spy) -> None:
    connection._timer = time.perf_counter

    async def ask_for_ever() -> None:
        while True:
            await _runs(connection, "SELECT 1")

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(ask_for_ever(), 0.05)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_the_wal_is_small_again_after_a_long_reader(database: Database) -> None:
    assert database.url.database is not None
    wal = Path(f"{database.url.database}-wal")

    async def fill(megabytes: int) -> int:
        async with database.write(START) as work:
            statement = text("INSERT INTO process_mark (name, value, at) VALUES ('big', zeroblob(:size), '')")
            await work.session.execute(statement, {"size": megabytes * 1024**2 or 1})
            await work.session.execute(text("DELETE FROM process_mark"))
        return await asyncio.to_thread(lambda: wal.stat().st_size)

    await fill(0)
    async with database.read(START) as reader:
        await reader.session.execute(text("SELECT * FROM process_mark"))
        grown = await fill(40)
    await fill(0)  # brings all into the file; the next one begins the WAL anew
    left = await fill(0)
    assert grown > 40 * 1024**2
    assert left <= 32 * 1024**2
