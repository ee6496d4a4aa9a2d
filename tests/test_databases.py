"""The databases of the tests are real, empty, and each test's own."""

import os
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.engine import Database
from storage.migrate import State, state
from storage.models.conversation import HandledUpdate
from tests.postgres import PostgresServer

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def _answer(url: str, question: str) -> str:
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            return str(await connection.scalar(text(question)))
    finally:
        await engine.dispose()


async def test_both_kinds_are_really_there(database_kind: str, database_url: str) -> None:
    question = "SELECT sqlite_version()" if database_kind == "sqlite" else "SELECT version()"
    assert (await _answer(database_url, question)).startswith("3." if database_kind == "sqlite" else "PostgreSQL ")


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_every_test_gets_an_empty_one(database_url: str, turn: str) -> None:
    assert await state(database_url) is State.EMPTY, turn
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE left_behind (id integer)"))
    await engine.dispose()


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_a_migrated_one_has_our_tables_and_no_rows(database: Database, migrated_url: str, turn: str) -> None:
    assert await state(migrated_url) is State.UP_TO_DATE, turn
    async with database.write(NOW) as work:
        assert await work.session.get(HandledUpdate, 1) is None
        work.session.add(HandledUpdate(update_id=1, at=NOW))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
async def test_root_runs_the_server_as_nobody(postgres_server: PostgresServer) -> None:
    assert postgres_server.folder.owner() == "nobody"
    assert await _answer(postgres_server.url(), "SELECT current_user") == "postgres"
