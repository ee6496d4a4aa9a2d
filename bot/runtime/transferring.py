"""`buurtbode move`: everything to another database, while no bot serves the old one."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.runtime.clock import Clock, SystemClock
from bot.runtime.lease import MOVE, Lease, TakenError, doors_served
from bot.runtime.preparing import RefusedError
from storage import migrate, transfer
from storage.backup import file_of
from storage.engine import Database
from storage.migrate import State
from storage.transfer import Sum

_SERVED = "a bot serves the old database: stop it first"


async def move(source_url: str, target_url: str, told: Callable[[Sum], None], clock: Clock | None = None) -> list[Sum]:
    """Copy the database at *source_url* to the one at *target_url*; return the sum of each table, the same in both.

    RefusedError, with nothing changed, when either is not fit for it. The old one stays as it is.
    """
    source, target = Database(source_url), Database(target_url)
    try:
        if source.url == target.url:
            raise RefusedError("this is the same database")
        await _check(source_url, target_url)
        clock = clock or SystemClock()
        # A process that begins to take updates in notes that first, and looks for us then: one of us sees the other.
        async with _holding(Lease(source, clock, name=MOVE), "another `buurtbode move` copies the old database"):
            async with source.read(clock.now()) as work:
                if await doors_served(work):
                    raise RefusedError(_SERVED)
            async with _holding(Lease(source, clock), _SERVED):
                return await _copy(source, target, told)
    finally:
        await source.close()
        await target.close()


async def _check(source_url: str, target_url: str) -> None:
    if (file := file_of(source_url)) is not None and not await asyncio.to_thread(file.exists):
        raise RefusedError(f"there is no file {file}")  # to look at it would make it
    if (state := await migrate.state(source_url)) is not State.UP_TO_DATE:
        raise RefusedError(f"the old database is {state.value}: run `buurtbode migrate` first")
    match state := await migrate.state(target_url):
        case State.EMPTY:
            await migrate.upgrade(target_url)
        case State.BEHIND | State.UNKNOWN:
            raise RefusedError(f"the new database is {state.value}; nothing was changed")


@asynccontextmanager
async def _holding(lease: Lease, otherwise: str) -> AsyncIterator[None]:
    """Hold *lease* meanwhile; RefusedError with the words *otherwise* when another process has it."""
    try:
        await lease.take()
    except TakenError:
        raise RefusedError(otherwise) from None
    keeping = asyncio.create_task(lease.keep())
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.wait({keeping})
        await lease.release()


async def _copy(source: Database, target: Database, told: Callable[[Sum], None]) -> list[Sum]:
    try:
        return await transfer.copy(source, target, told)
    except transfer.NotEmptyError as error:
        raise RefusedError(f"the new database has rows already, in {error}; nothing was changed") from None
    except transfer.UnlikeError as error:
        raise RefusedError(f"the new database keeps {error} in another way; nothing was changed") from None
