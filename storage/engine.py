"""The database behind one door: `Database.write()` and `Database.read()` open a `Work`.

SQLite: one writing connection (`BEGIN IMMEDIATE`, WAL, `synchronous=FULL`, `secure_delete=ON`) behind a fair
lock, and a small pool of connections that can only read. PostgreSQL: one pool for both, no lock.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from storage import waking
from storage.documents import read, written
from storage.queries.once import Memory
from storage.queries.outbox import OutboxItem
from storage.sqlite import BUSY_MS, connector
from storage.work import Work

_READERS = 4
#: While somebody reads long (a copy, an export) the WAL grows; without a limit the file would stay as large.
_WAL_BYTES = 32 * 1024**2


class Database:
    """A database by its SQLAlchemy URL (`sqlite+aiosqlite:///file` or `postgresql+asyncpg://…`).

    `on_outbox` is called after each commit with the messages that the work wrote (it wakes the sender).
    """

    def __init__(self, url: str, *, on_outbox: Callable[[Sequence[OutboxItem]], None] | None = None) -> None:
        """Prepare the engines; nothing is opened yet."""
        self.url = make_url(url)
        self.on_outbox = on_outbox
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._lock = asyncio.Lock() if self.is_sqlite else None
        self._memory = Memory()
        self.writer, self.reader = _sqlite_engines(self.url) if self.is_sqlite else _postgres_engines(self.url)

    @asynccontextmanager
    async def write(self, now: datetime) -> AsyncIterator[Work]:
        """Open a work that is committed at the end, or rolled back on any exception."""
        if self._lock is None:
            async with self._writing(now) as work:
                yield work
            return
        async with self._lock, self._writing(now) as work:
            yield work

    @asynccontextmanager
    async def read(self, now: datetime) -> AsyncIterator[Work]:
        """Open a work that can only read (SQLite refuses writes; elsewhere it is rolled back)."""
        async with AsyncSession(self.reader, expire_on_commit=False, info=self._memory.info()) as session:
            yield Work(session, now)

    @asynccontextmanager
    async def _writing(self, now: datetime) -> AsyncIterator[Work]:
        async with AsyncSession(self.writer, expire_on_commit=False, info=self._memory.info()) as session:
            work = Work(session, now)
            async with session.begin():
                yield work
                await work.flush()
                if work.written and self.on_outbox is None and not self.is_sqlite:
                    await waking.call(session)
        if self.on_outbox is not None and work.written:
            self.on_outbox(work.written)

    async def hear(self, heard: Callable[[], None]) -> None:
        """Call *heard* whenever another process wrote messages, as long as the connection lasts; on SQLite, never."""
        if not self.is_sqlite:
            await waking.listen(self.reader, heard)

    async def ping(self) -> None:
        """Ask the database for nothing; raises SQLAlchemyError or OSError when it is away."""
        async with self.reader.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close all connections."""
        await self.writer.dispose()
        if self.reader is not self.writer:
            await self.reader.dispose()


async def threads_ended() -> None:
    """Wait until the threads of SQLite connections have ended; call it when all databases of the process are closed.

    After a connection that could not be opened, its thread still has a word to say to the loop.
    """
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join, 1.0)


def _sqlite_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    connect = connector(url)
    options: dict[str, Any] = {"async_creator": connect, "max_overflow": 0, "pool_timeout": 60}
    options |= {"json_serializer": written, "json_deserializer": read}
    writer = create_async_engine(url, pool_size=1, **options)
    reader = create_async_engine(url, pool_size=_READERS, **options)
    _prepare(writer, "BEGIN IMMEDIATE", query_only=False)
    _prepare(reader, "BEGIN", query_only=True)
    return writer, reader


def _prepare(engine: AsyncEngine, begin: str, *, query_only: bool) -> None:
    """Set the pragmas of every new connection and let transactions start with *begin*."""

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401 the driver's own
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        cursor.execute("PRAGMA foreign_keys=ON")
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        else:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute(f"PRAGMA journal_size_limit={_WAL_BYTES}")
            cursor.execute("PRAGMA secure_delete=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _postgres_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    # Late, since who has an SQLite file needs no driver of PostgreSQL's.
    from storage.postgres import postgres_engine

    engine = postgres_engine(url)
    return engine, engine
