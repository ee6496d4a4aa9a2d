"""The database goes away while people talk: nothing is lost, and few lines say so."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import Database
from storage.migrate import upgrade
from tests.chaos.crowd import REPEATED_PER_CRASH, crowd
from tests.chaos.sizes import sized
from tests.databases import sqlite_url
from tests.postgres import PostgresServer, run_apart
from tests.town import set_up

pytestmark = [pytest.mark.chaos, pytest.mark.slow]

AWAY_S, LOCKED_S, RESIDENTS = sized((6.0, 3.0, 40), (60.0, 12.0, 300))
#: So long our own connections wait for a lock before they complain.
BUSY_S = 10.0


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server of our own, that may go away; what it said is committed is there when it comes back."""
    with PostgresServer(synchronous_commit="on") as running:
        yield running


@pytest.fixture
def town_url(server: PostgresServer) -> Iterator[str]:
    """A database of that server with the example town in it."""
    name = server.create()
    run_apart(lambda: upgrade(server.url(name)))
    run_apart(lambda: set_up(Database(server.url(name))))
    yield server.url(name)
    server.drop(name)


async def test_a_database_that_goes_away_and_comes_back(server: PostgresServer, town_url: str, tmp_path: Path) -> None:
    async with crowd(tmp_path, town_url) as people:
        await people.bot.start()
        people.begin(RESIDENTS // 2)
        await people.says_something()
        await asyncio.sleep(people.chance.uniform(0.0, 1.0))
        server.go_away()
        people.begin(RESIDENTS - RESIDENTS // 2)
        await asyncio.sleep(AWAY_S)
        server.come_back()
        await people.finish()
        assert await people.bot.stop() == 0
        await people.check(repeated=REPEATED_PER_CRASH)
    told = [line for line in people.bot.lines if " error " in line or " warning " in line]
    assert any('database failed; trying on why="' in line for line in told)
    assert len(told) <= 8 * (1 + AWAY_S / 60), "\n".join(told)
    assert not any("Traceback" in line for line in people.bot.lines)


async def test_a_file_that_another_program_keeps_locked(town_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    async with crowd(tmp_path, sqlite_url(tmp_path / "town.db")) as people:
        await people.bot.start()
        people.begin(RESIDENTS // 4)
        await people.says_something()
        other = sqlite3.connect(tmp_path / "town.db", isolation_level=None, timeout=30)
        other.execute("BEGIN IMMEDIATE")
        people.begin(RESIDENTS // 4)
        await asyncio.sleep(LOCKED_S)
        other.execute("ROLLBACK")
        other.close()
        await people.finish()
        assert await people.bot.stop() == 0
        await people.check(repeated=REPEATED_PER_CRASH)
    told = [line for line in people.bot.lines if " error " in line or " warning " in line]
    assert len(told) <= 5, "\n".join(told)
    if LOCKED_S > BUSY_S:
        assert any('why="another program keeps it locked"' in line for line in told)
