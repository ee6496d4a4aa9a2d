"""SQLite's connections for SQLAlchemy: what is quick is done at once, what may wait goes to the connection's thread.

The driver, aiosqlite, hands each call to a thread: for one SELECT four (cursor, execute, fetch, close), each of which
takes longer than SQLite needs for the answer. Here the calls of one statement are one, and most statements are not
handed over at all: they take 10 to 100 µs, with no disk to wait for, since writes reach it with the commit.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import Any, Self

import aiosqlite
from sqlalchemy.engine import URL

#: How long a statement waits for other processes' locks (milliseconds).
BUSY_MS = 10_000
#: What waits for such a lock: this one is tried at once first, as hardly ever anybody else has it.
_LOCKS = "BEGIN IMMEDIATE"
_WAITS = (_LOCKS, "PRAGMA")
#: A statement that took longer (seconds) would hold up everybody: so many times it goes to the thread.
SLOW_S = 0.005
_TIMES = 100
#: So often (seconds) the loop gets a turn between statements.
_YIELD_S = 0.005
#: So many rows are fetched with their statement; the rest when it is asked for.
_AT_ONCE = 1_000
#: Only slow statements are remembered; more of them than this are not our statements but lists of all lengths in them.
_MOST = 1_000


def connector(url: URL) -> "Callable[[], SqliteConnection]":
    """Return what opens connections to *url*, for `create_async_engine(async_creator=…)`."""
    [file], options = url.get_dialect()().create_connect_args(url)
    # Only one thread uses it at any moment: see `SqliteConnection.quick`.
    options["check_same_thread"] = False
    slow: dict[str, int] = {}

    def connect() -> SqliteConnection:
        return SqliteConnection(lambda: sqlite3.connect(file, **options), slow)

    return connect


class SqliteConnection(aiosqlite.Connection):
    """A connection whose statements run at once, unless they may wait, were slow, or the thread is at work.

    *slow* is shared by the connections of one engine: statements that go to the thread, and how often yet.
    """

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        slow: dict[str, int],
        *,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Prepare the thread; awaiting the connection opens it."""
        super().__init__(connect, iter_chunk_size=64)
        self._thread.daemon = True
        self._slow, self._timer = slow, timer
        self._asked = self._did = self._changes = 0
        self._yielded = timer()

    @property
    def quick(self) -> bool:
        """Whether nothing is in the thread's hands; something is when who waited for it was cancelled."""
        return self._asked == self._did

    def cursor(self) -> "SqliteCursor":  # type: ignore[override]  # all that SQLAlchemy uses of one
        """Return what runs one statement after the other."""
        return SqliteCursor(self)

    async def run(self, statement: str, act: Callable[[sqlite3.Connection], None]) -> None:
        """Do *act*, which runs *statement*: here, or in the thread."""
        if self._timer() - self._yielded > _YIELD_S:
            # Who only asks us would never let anybody else have the loop, nor a time-out end it.
            await asyncio.sleep(0)
            self._yielded = self._timer()
        if self.quick and statement == _LOCKS and self._locks_at_once(act):
            seconds = 0.0
        elif self.quick and statement not in self._slow and not statement.startswith(_WAITS):
            seconds = self._timed(act)
        else:
            seconds = await self._execute(self._timed, act)
        if statement.startswith("BEGIN"):
            self._changes = self._conn.total_changes
        self._remember(statement, seconds)

    async def commit(self) -> None:
        """Commit; only what changed something waits for the disk."""
        if self.quick and self._conn.total_changes == self._changes:
            self._conn.commit()
        else:
            await super().commit()

    async def rollback(self) -> None:
        """Roll back, which waits for nothing."""
        if self.quick:
            self._conn.rollback()
        else:
            await super().rollback()

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 the driver's own
        """Do *fn* in the thread."""

        def counted() -> Any:  # noqa: ANN401
            try:
                return fn(*args, **kwargs)
            finally:
                self._did += 1

        self._asked += 1
        return await super()._execute(counted)  # type: ignore[no-untyped-call]

    def _locks_at_once(self, act: Callable[[sqlite3.Connection], None]) -> bool:
        """Do *act*, which takes the lock, without waiting for it; return whether that did it."""
        self._conn.execute("PRAGMA busy_timeout=0")
        try:
            act(self._conn)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        finally:
            self._conn.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        return True

    def _timed(self, act: Callable[[sqlite3.Connection], None]) -> float:
        """Do *act* and return how long it took (seconds)."""
        started = self._timer()
        act(self._conn)
        return self._timer() - started

    def _remember(self, statement: str, seconds: float) -> None:
        if seconds > SLOW_S and len(self._slow) < _MOST:
            self._slow[statement] = _TIMES
        elif statement in self._slow:
            self._slow[statement] -= 1
            if not self._slow[statement]:
                del self._slow[statement]


class SqliteCursor:
    """A cursor as SQLAlchemy's adapter uses it: a statement and its rows in one go; then SQLite holds nothing.

    Of very many rows the first come with the statement, and more as they are asked for.
    """

    arraysize = 1

    def __init__(self, connection: SqliteConnection) -> None:
        """Nothing is asked of SQLite yet."""
        self._connection = connection
        self._statement = ""
        self._rows: list[Any] = []
        self._more: sqlite3.Cursor | None = None
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        """Run *statement* and fetch its first rows."""
        self._statement = statement
        await self._connection.run(statement, lambda raw: self._keep(raw.execute(statement, parameters)))
        return self

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> Self:
        """Run *statement* with each of *parameters*."""
        self._statement = statement
        await self._connection.run(statement, lambda raw: self._keep(raw.executemany(statement, parameters)))
        return self

    async def fetchone(self) -> Any:  # noqa: ANN401 a row
        """Return the next row, None when there is none."""
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return the next *size* rows."""
        size = size or self.arraysize
        if len(self._rows) < size and self._more is not None:
            await self._connection.run(self._statement, lambda _raw: self._fetch(max(size, _AT_ONCE)))
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        if self._more is not None:
            await self._connection.run(self._statement, lambda _raw: self._fetch(None))
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Let go of the rows that nobody fetched."""
        if self._more is not None:
            await self._connection.run(self._statement, lambda _raw: self._end())

    def _keep(self, cursor: sqlite3.Cursor) -> None:
        self._more, self._rows, self.description = cursor, [], cursor.description
        try:
            self._fetch(_AT_ONCE)
        except BaseException:
            self._end()
            raise
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid

    def _fetch(self, most: int | None) -> None:
        if self._more is None:
            return
        found = self._more.fetchall() if most is None else self._more.fetchmany(most)
        self._rows += found
        if most is None or len(found) < most:
            self._end()

    def _end(self) -> None:
        if self._more is not None:
            self._more.close()
            self._more = None
