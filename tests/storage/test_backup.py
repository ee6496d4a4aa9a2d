"""A copy of the SQLite file, whole, while somebody writes to it."""

import asyncio
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from storage import backup
from storage.engine import Database
from storage.models import ProcessMark
from storage.queries import intake
from tests.databases import sqlite_url
from tests.town import START


def marks(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM process_mark ORDER BY name")]


async def test_the_copy_holds_all_that_was_committed_and_nothing_half(migrated_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(migrated_file, tmp_path / "town.db")
    database = Database(sqlite_url(tmp_path / "town.db"))
    enough, stopping = asyncio.Event(), asyncio.Event()
    committed = 0

    async def write() -> None:
        nonlocal committed
        while not stopping.is_set():
            async with database.write(START) as work:  # each time two rows or none
                for half in ("a", "b"):
                    await intake.mark(work.session, f"{committed + 1:05}{half}", "x", now=START)
            committed += 1
            if committed == 5:
                enough.set()

    writing = asyncio.create_task(write())
    await enough.wait()
    async with database.write(START) as work:  # one that is not committed yet does not hold it up
        await intake.mark(work.session, "open", "x", now=START)
        await work.session.flush()
        before = committed
        await asyncio.to_thread(backup.copy, tmp_path / "town.db", tmp_path / "copy.db")
    stopping.set()
    await writing
    copied = marks(tmp_path / "copy.db")
    assert copied == [f"{number:05}{half}" for number in range(1, before + 1) for half in ("a", "b")]
    await database.close()


async def test_a_bot_goes_on_from_the_copy(migrated_file: Path, tmp_path: Path) -> None:
    assert backup.copy(migrated_file, tmp_path / "copy.db") > 100_000
    database = Database(sqlite_url(tmp_path / "copy.db"))
    async with database.write(START) as work:
        await intake.mark(work.session, "run", "running", now=START)
    async with database.read(START) as work:
        assert (await work.session.scalars(select(ProcessMark.name))).all() == ["run"]
    await database.close()


def test_the_copy_is_one_file_for_this_user_only(migrated_file: Path, tmp_path: Path) -> None:
    backup.copy(migrated_file, tmp_path / "copy.db")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["copy.db"]


def test_nothing_is_overwritten_and_nothing_half_is_left(migrated_file: Path, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("mine")
    with pytest.raises(FileExistsError):
        backup.copy(migrated_file, tmp_path / "there.db")
    assert (tmp_path / "there.db").read_text() == "mine"
    with pytest.raises(sqlite3.OperationalError):
        backup.copy(tmp_path / "no.db", tmp_path / "copy.db")
    with pytest.raises(FileNotFoundError):
        backup.copy(migrated_file, tmp_path / "no" / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["there.db"]


def test_a_damaged_database_is_not_called_a_copy(migrated_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(migrated_file, tmp_path / "town.db")
    with (tmp_path / "town.db").open("r+b") as file:
        page = 4096
        file.seek(5 * page)
        file.write(b"\xff" * 10 * page)
    with pytest.raises((backup.DamagedError, sqlite3.DatabaseError)):
        backup.copy(tmp_path / "town.db", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
