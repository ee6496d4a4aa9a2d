"""What a transaction reads once: facts that hardly ever change, and that many updates of one batch ask for.

They belong to the session, so they never outlive the transaction that read them. Whoever writes such a fact flushes
it and calls `forget`; rows that are changed through the session need that not, since they are the same objects.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

T = TypeVar("T")
_KEY = "once"


def kept(session: AsyncSession) -> dict[str, Any]:
    """Return what this session keeps by name. A row among it stays known to the session, so `get` need not ask."""
    found: dict[str, Any] = session.sync_session.info.setdefault(_KEY, {})
    return found


async def once(session: AsyncSession, name: str, read: Callable[[], Awaitable[T]]) -> T:
    """Return what *read* found under this name, the first time that this session asked."""
    known = kept(session)
    if name not in known:
        # Nothing that waits to be written changes such a fact.
        with session.no_autoflush:
            known[name] = await read()
    found: T = known[name]
    return found


def forget(session: AsyncSession, *names: str) -> None:
    """Have these facts read again, since they were written."""
    for name in names:
        kept(session).pop(name, None)
