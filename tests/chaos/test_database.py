"""The database goes away while people talk: nothing is lost, and few lines say so."""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import Database
from storage.migrate import upgrade
from tests.chaos.crowd import REPEATED_PER_CRASH, crowd
from tests.chaos.sizes import sized
from tests.databases import sqlite_url
from tests.patience import PATIENCE_S
from tests.postgres import PostgresServer, run_apart
from tests.town import set_up

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.lasts(60)]

AWAY_S, LOCKED_S, RESIDENTS = sized((6.0, 3.0, 40), (60.0, 12.0, 300))
FEW, SHORTLY_S = sized((6, 0.5), (200, 30.0))
#: A stop is promised within ten seconds, and one more is a busy machine's. In the short form it is enough that it ends
#: although the database does not come back; `test_service` does the sum.
STOP_S = sized(PATIENCE_S, 11.0)
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
        people.begin(RESIDENTS // 2, patience=AWAY_S + PATIENCE_S)
        await people.says_something()
        await asyncio.sleep(people.chance.uniform(0.0, 1.0))
        server.go_away()
        people.begin(RESIDENTS - RESIDENTS // 2, patience=AWAY_S + PATIENCE_S)
        await asyncio.sleep(AWAY_S)
        server.come_back()
        await people.finish()
        assert await people.bot.stop() == 0
        await people.check(repeated=REPEATED_PER_CRASH)
    told = [line for line in people.bot.lines if " error " in line or " warning " in line]
    assert any('database failed; trying on why="' in line for line in told)
    assert len(told) <= 8 * (1 + AWAY_S / 60), "\n".join(told)
    assert not any("Traceback" in line for line in people.bot.lines)


async def test_a_group_becomes_a_supergroup_while_the_database_is_away(
    server: PostgresServer, town_url: str, tmp_path: Path
) -> None:
    async with crowd(tmp_path, town_url) as people:
        group, samira = people.town.desk("stad-west").chat, people.town.worker("Samira").person
        group.type = "group"
        await people.bot.start()
        people.begin(FEW // 2)
        await people.says_something()
        server.go_away()
        people.begin(FEW - FEW // 2)
        people.town.meet_at("stad-west", await samira.upgrades(group))
        await asyncio.sleep(SHORTLY_S)
        server.come_back()
        await people.finish()
        assert await people.bot.stop() == 0
        await people.check(repeated=REPEATED_PER_CRASH)
    assert not any("Traceback" in line for line in people.bot.lines)


@pytest.mark.parametrize("how", sized(["away"], ["away", "silent"]))
async def test_a_stop_while_the_database_is_away(
    server: PostgresServer, town_url: str, tmp_path: Path, how: str
) -> None:
    async with crowd(tmp_path, town_url) as people:
        await people.bot.start()
        people.begin(FEW)
        await people.says_something()
        with server.gone() if how == "away" else server.standing_still():
            await asyncio.sleep(people.chance.uniform(0.0, SHORTLY_S))
            began = time.monotonic()
            assert await people.bot.stop() == 0
            assert time.monotonic() - began < STOP_S
        await people.bot.start()
        await people.finish()
        assert await people.bot.stop() == 0
        # Who taps both of two that came twice is asked the next question twice.
        refused = sum("tap refused" in line for line in people.bot.lines)
        await people.check(repeated=REPEATED_PER_CRASH + refused)
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
