"""PostgreSQL's connections for SQLAlchemy: who asks waits for an answer, but not for ever.

A machine that lost its power, a server that stands still, a network that swallows bytes: none of them closes a
connection. What is not answered in time becomes a broken connection, which everybody who asks knows to try again.
"""

from typing import Any

import asyncpg
from sqlalchemy import event
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.documents import read, written

#: A command may take so long (seconds). Longer than a handler may think: whose statement is slow is set aside by then,
#: and only a server that answers nobody gets here.
ANSWER_S = 30.0
#: So long a new connection may take (seconds).
OPEN_S = 10.0
#: PostgreSQL ends the transaction of a process that says nothing for so long: else one that is frozen, or a machine
#: that lost its power, would hold its locks for hours. Longer than a handler may think.
_SILENT_MS = 20_000


class PatientConnection(asyncpg.Connection):  # type: ignore[misc]
    """A connection that breaks when a ping, or the begin or end of a transaction, is not answered in time."""

    async def execute(self, query: str, *args: Any, timeout: float | None = None) -> str:  # noqa: ANN401, ASYNC109
        """Execute a command without results, as BEGIN, COMMIT and ROLLBACK are."""
        try:
            return str(await super().execute(query, *args, timeout=timeout))
        except TimeoutError as error:
            self.terminate()
            raise asyncpg.ConnectionDoesNotExistError("no answer in time") from error


async def _connect(*args: Any, **options: Any) -> asyncpg.Connection:  # noqa: ANN401 the driver's own
    """Open a connection; that nobody is there, or answers in time, is a failure of the database like any other."""
    try:
        return await asyncpg.connect(*args, **options)
    except OSError as error:
        raise asyncpg.ClientCannotConnectError("nothing answers there") from error


def postgres_engine(url: URL) -> AsyncEngine:
    """Return an engine whose connections are looked at before they are used, and break when nobody answers."""
    engine = create_async_engine(
        url,
        pool_size=10,
        max_overflow=5,
        pool_timeout=30,
        pool_pre_ping=True,
        json_serializer=written,
        json_deserializer=read,
        connect_args={
            "async_creator_fn": _connect,
            "server_settings": {"idle_in_transaction_session_timeout": str(_SILENT_MS)},
            "connection_class": PatientConnection,
            "command_timeout": ANSWER_S,
            "timeout": OPEN_S,
        },
    )
    event.listen(engine.sync_engine, "handle_error", _break)
    return engine


def _break(context: ExceptionContext) -> OperationalError | None:
    """Make a connection on which a statement was not answered in time one that broke, and leave it."""
    error = context.original_exception
    if not isinstance(error, TimeoutError):
        return None
    context.is_disconnect = True
    return OperationalError(None, None, error, connection_invalidated=True)
