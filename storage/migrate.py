"""Bringing a database to the version of the code: `upgrade`, and `state` to ask how far it is."""

from enum import Enum

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import create_async_engine


class State(Enum):
    """How a database stands against the code."""

    EMPTY = "empty"
    BEHIND = "behind"
    UP_TO_DATE = "up to date"
    UNKNOWN = "newer than this version of Buurtbode, or not ours"


async def state(url: str) -> State:
    """Return how the database at *url* stands; OSError or SQLAlchemyError when it can't be reached."""
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_state)
    finally:
        await engine.dispose()


async def upgrade(url: str) -> None:
    """Run every migration that the database at *url* does not have yet, all in one transaction."""
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _state(connection: Connection) -> State:
    script = ScriptDirectory.from_config(_config())
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        return State.EMPTY if not inspect(connection).get_table_names() else State.UNKNOWN
    if current == script.get_current_head():
        return State.UP_TO_DATE
    known = {revision.revision for revision in script.walk_revisions()}
    return State.BEHIND if current in known else State.UNKNOWN


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
