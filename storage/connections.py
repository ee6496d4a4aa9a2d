"""The connection of a session's transaction, for statements that need no rows of the session's."""

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

_KNOWN = "connection"


async def connection_of(session: AsyncSession) -> AsyncConnection:
    """Return it; asked of the session once per transaction, as each time costs it a greenlet, like a statement."""
    info = session.sync_session.info
    known: AsyncConnection | None = info.get(_KNOWN)
    if known is None or known.closed:
        known = info[_KNOWN] = await session.connection()
    return known
