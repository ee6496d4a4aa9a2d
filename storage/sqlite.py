"""SQLite's connections for SQLAlchemy: what is quick is done at once, what may wait goes to the connection's thread.

The driver, aiosqlite, hands each call to a thread: for one SELECT four (cursor, execute, fetch, close), each of which
takes longer than SQLite needs for the answer. Here the calls of one statement are one, and most statements are not
handed over at all: they take 10 to 100 µs, with no disk to wait for, since writes reach it with the commit.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import Any, Self

import aiosqlite
from sqlalchemy.engine import URL

#: What waits for other processes' locks.
_WAITS = ("BEGIN IMMEDIATE", "PRAGMA")
#: A statement that took longer (seconds) would hold up everybody: so many times it goes to the thread.
SLOW_S = 0.005
_TIMES = 100
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

    @property
    def quick(self) -> bool:
        """Whether nothing is in the thread's hands; something is when who waited for it was cancelled."""
        return self._asked == self._did

    def cursor(self) -> "SqliteCursor":  # type: ignore[override]  # all that SQLAlchemy uses of one
        """Return what runs one statement after the other."""
        return SqliteCursor(self)

    async def run(self, statement: str, act: Callable[[sqlite3.Connection], None]) -> None:
        """Do *act*, which runs *statement*: here, or in the thread."""
        if self.quick and statement not in self._slow and not statement.startswith(_WAITS):
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
    """A cursor as SQLAlchemy's adapter uses it: a statement and its rows in one go; then SQLite holds nothing."""

    arraysize = 1

    def __init__(self, connection: SqliteConnection) -> None:
        """Nothing is asked of SQLite yet."""
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        """Run *statement* and fetch its rows."""
        await self._connection.run(statement, lambda raw: self._keep(raw.execute(statement, parameters)))
        return self

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> Self:
        """Run *statement* with each of *parameters*."""
        await self._connection.run(statement, lambda raw: self._keep(raw.executemany(statement, parameters)))
        return self

    async def fetchall(self) -> list[Any]:
        """Return the rows that were fetched."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Do nothing: SQLite's own cursor was closed when the rows were there."""

    def _keep(self, cursor: sqlite3.Cursor) -> None:
        try:
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()
