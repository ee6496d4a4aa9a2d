"""Before anything runs: is the database there, are its tables those of this version, and does Telegram know us?"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import TelegramError

from bot.runtime.backoff import Backoff
from bot.runtime.health import Watch
from bot.runtime.polling import explain, retry_after
from storage import schema
from storage.engine import Database
from storage.failures import is_database_failure, why

log = logging.getLogger(__name__)
T = TypeVar("T")


class RefusedError(Exception):
    """The database can't be served; the text is for the operator."""


async def prepare(database: Database) -> None:
    """Bring an SQLite file to this version; RefusedError for a PostgreSQL that is behind, or a database not ours."""
    if await schema.is_current(database):
        return
    # Late, since this is needed once and Alembic is large.
    from storage import migrate

    url = database.url.render_as_string(hide_password=False)
    state = await migrate.state(url)
    if state is migrate.State.UNKNOWN:
        raise RefusedError(f"this database is {state.value}; nothing was changed")
    if not database.is_sqlite:
        raise RefusedError("this database has not the tables of this version: run `buurtbode migrate` first")
    await migrate.upgrade(url)
    log.info("database brought to this version", extra={"was": state.value})


async def despite_database(attempt: Callable[[], Awaitable[T]], stopping: asyncio.Event) -> T | None:
    """Return what *attempt* returns, pausing longer each time that the database can't be reached; one line a minute.

    None when the process stops first.
    """
    backoff = Backoff(stopping, log)
    while not stopping.is_set():
        try:
            return await attempt()
        except Exception as error:
            if not is_database_failure(error) and not isinstance(error, OSError):
                raise
            await backoff.wait(f"the database can't be reached ({why(error)})")
    return None


async def despite_telegram(
    attempt: Callable[[], Awaitable[object]], stopping: asyncio.Event, watch: Watch | None = None
) -> None:
    """Do *attempt*, pausing longer each time that Telegram does not let us; *watch* hears of it."""
    backoff, watch = Backoff(stopping, log), watch or Watch()
    while not stopping.is_set():
        try:
            with watch.attempt():
                await attempt()
        except TelegramError as error:
            await backoff.wait(explain(error), at_least=retry_after(error))
        else:
            return
