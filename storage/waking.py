"""Hearing at once of messages that other processes write: PostgreSQL's NOTIFY. Who misses one finds the rows anyway."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

_CHANNEL = "outbox"
_LOOK_EVERY_S = 60.0
_NOTIFY = text(f"SELECT pg_notify('{_CHANNEL}', '')")


async def call(session: AsyncSession) -> None:
    """Have every listener woken when this transaction is committed."""
    await session.execute(_NOTIFY)


async def listen(engine: AsyncEngine, heard: Callable[[], None]) -> None:
    """Call *heard* for each call of a process, until the connection breaks or this is cancelled.

    Raises a failure of the database when it can't connect.
    """
    raw = await engine.raw_connection()
    try:
        driver, broken = raw.driver_connection, asyncio.Event()
        assert driver is not None  # noqa: S101 it was just opened
        driver.add_termination_listener(lambda _connection: broken.set())
        await driver.add_listener(_CHANNEL, lambda *_: heard())
        heard()
        while not driver.is_closed():
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_EVERY_S):
                    await broken.wait()
                    return
            # Nobody tells of a machine that lost its power. Not the empty command: the driver trips over its answer.
            await driver.execute("SELECT")
    finally:
        # Not back into the pool: it would go on listening there.
        raw.invalidate()
