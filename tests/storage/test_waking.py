"""Hearing of what another process wrote, on PostgreSQL; SQLite has no other process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text

from storage import waking
from storage.engine import Database
from storage.postgres import PatientConnection
from tests.patience import PATIENCE_S
from tests.runtime.doors import NOW

on_postgresql = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


@asynccontextmanager
async def listening(database: Database) -> AsyncIterator[asyncio.Event]:
    """Another process that listens; the event is set whenever it hears something."""
    other, heard, begun = Database(database.url.render_as_string(hide_password=False)), asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(other.hear(lambda: (heard if begun.is_set() else begun).set()))
    await asyncio.wait_for(begun.wait(), PATIENCE_S)
    try:
        yield heard
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await other.close()


async def _write_and_fail(database: Database) -> None:
    async with database.write(NOW) as work:
        work.say({"text": "Hoi"}, chat=1)
        await work.flush()
        raise RuntimeError


@on_postgresql
async def test_a_listener_hears_of_messages_after_their_commit_and_of_nothing_else(database: Database) -> None:
    async with listening(database) as heard:
        async with database.write(NOW) as work:
            await work.session.execute(text("SELECT 1"))
        with pytest.raises(RuntimeError):
            await _write_and_fail(database)
        await asyncio.sleep(0.2)
        assert not heard.is_set()
        async with database.write(NOW) as work:
            work.say({"text": "Hoi"}, chat=1)
        await asyncio.wait_for(heard.wait(), PATIENCE_S)


@on_postgresql
async def test_who_has_a_sender_of_its_own_wakes_that_one_only(database: Database) -> None:
    written: list[object] = []
    database.on_outbox = written.extend
    async with listening(database) as heard:
        async with database.write(NOW) as work:
            work.say({"text": "Hoi"}, chat=1)
        await asyncio.sleep(0.2)
        assert (len(written), heard.is_set()) == (1, False)


@on_postgresql
async def test_a_listener_notices_that_its_connection_broke(database: Database) -> None:
    other, begun = Database(database.url.render_as_string(hide_password=False)), asyncio.Event()
    hearing = asyncio.create_task(other.hear(begun.set))
    await asyncio.wait_for(begun.wait(), PATIENCE_S)
    async with database.write(NOW) as work:
        others = text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
        await work.session.execute(others)
    await asyncio.wait_for(hearing, PATIENCE_S)
    await other.close()


@on_postgresql
async def test_a_listener_looks_whether_its_connection_lives_and_goes_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waking, "_LOOK_EVERY_S", 0.01)
    looks = asyncio.Semaphore(0)
    execute = PatientConnection.execute

    async def count(self: PatientConnection, query: str, *args: object, **options: Any) -> str:  # noqa: ANN401 the driver's own
        looks.release()
        return await execute(self, query, *args, **options)

    async with listening(database) as heard:
        monkeypatch.setattr(PatientConnection, "execute", count)
        for _ in range(5):
            await asyncio.wait_for(looks.acquire(), PATIENCE_S)
        async with database.write(NOW) as work:
            work.say({"text": "Hoi"}, chat=1)
        await asyncio.wait_for(heard.wait(), PATIENCE_S)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_on_sqlite_there_is_nothing_to_hear(database: Database) -> None:
    await database.hear(lambda: pytest.fail("heard something"))
