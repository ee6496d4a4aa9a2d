"""Migrations bring any database to what the models say, and say how far a database is."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.migrate import State, state, upgrade
from storage.models import Base


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


async def test_an_empty_database_becomes_what_the_models_say(database_url: str) -> None:
    assert await state(database_url) is State.EMPTY
    await upgrade(database_url)
    assert await state(database_url) is State.UP_TO_DATE
    engine = create_async_engine(database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


async def test_upgrading_again_does_nothing(migrated_url: str) -> None:
    await upgrade(migrated_url)
    assert await state(migrated_url) is State.UP_TO_DATE


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_database_of_somebody_else_is_not_touched(database_url: str) -> None:
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE songs (id INTEGER)"))
    await engine.dispose()
    assert await state(database_url) is State.UNKNOWN


async def test_a_newer_database_is_recognised(migrated_url: str) -> None:
    engine = create_async_engine(migrated_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()
    assert await state(migrated_url) is State.UNKNOWN
