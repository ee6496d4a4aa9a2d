"""What hardly ever changes is not read for each message: `once` for a transaction, `lasting` for longer.

What `lasting` found serves the transactions of the same database until somebody, in whatever process, writes the town:
then the town's edition, one small value that each transaction reads, is another. A transaction that wrote the town
itself reads everything anew. What outlives a transaction belongs to no session and is only read: see `loose`.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, event, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapper, Session, object_session

from storage.connections import connection_of
from storage.ids import new_id
from storage.models import Area, LearnedThemes, Organisation, ProcessMark, RoutingRule
from storage.models.base import Base

T = TypeVar("T")
Row = TypeVar("Row", bound=Base)

_KEPT, _MEMORY, _CHANGED = "once", "memory", "town changed"
_EDITION = "town"
_MARKS = ProcessMark.metadata.tables[ProcessMark.__tablename__]
_READ_EDITION = select(_MARKS.c.value).where(_MARKS.c.name == _EDITION)


class Memory:
    """What the transactions of one database share of the town, for one edition of it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._edition: str | None = None
        self._facts: dict[str, Any] = {}

    def of(self, edition: str | None) -> dict[str, Any]:
        """Return what is known of this edition of the town, by name; what was known of another is forgotten."""
        if edition != self._edition:
            # Another dictionary, so that who still reads for the edition before does not write into this one.
            self._edition, self._facts = edition, {}
        return self._facts

    def info(self) -> dict[str, Any]:
        """Return what a session must be opened with to share it."""
        return {_MEMORY: self}


async def once(session: AsyncSession, name: str, read: Callable[[], Awaitable[T]]) -> T:
    """Return what *read* found under this name, the first time that this transaction asked."""
    known = _kept(session.sync_session)
    if name not in known:
        # Nothing that waits to be written changes such a fact.
        with session.no_autoflush:
            known[name] = await read()
    found: T = known[name]
    return found


async def lasting(session: AsyncSession, name: str, read: Callable[[], Awaitable[T]]) -> T:
    """Return what *read* found under this name, now or for a transaction before, in this edition of the town."""
    memory: Memory | None = session.sync_session.info.get(_MEMORY)
    if memory is None:
        return await once(session, name, read)
    facts = memory.of(await once(session, _EDITION, lambda: _edition(session)))
    if name not in facts:
        facts[name] = await once(session, name, read)
    found: T = facts[name]
    return found


def loose(row: Row) -> Row:
    """Return a copy of *row* that belongs to no session: to be read, since no change of it would be written."""
    loaded = row.__dict__
    return type(row)(
        **{column.key: loaded[column.key] for column in inspect(type(row)).column_attrs if column.key in loaded}
    )


async def town_changed(session: AsyncSession) -> None:
    """Begin another edition of the town; rows written through the session see to it themselves, statements do not."""
    _forget(session.sync_session)
    await (await session.connection()).run_sync(_begin_edition)


def _written(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    if (session := object_session(row)) is not None:
        session.info[_CHANGED] = True


for _model in (Area, LearnedThemes, Organisation, RoutingRule):
    for _change in ("after_insert", "after_update", "after_delete"):
        event.listen(_model, _change, _written)


@event.listens_for(Session, "after_flush")
def _flushed(session: Session, _context: object) -> None:
    if session.info.pop(_CHANGED, False):
        _forget(session)
        _begin_edition(session.connection())


def _kept(session: Session) -> dict[str, Any]:
    kept: dict[str, Any] = session.info.setdefault(_KEPT, {})
    return kept


def _forget(session: Session) -> None:
    """Have this transaction read the town itself from now on: nobody else sees what it wrote, until it is committed."""
    session.info.pop(_MEMORY, None)
    _kept(session).clear()


async def _edition(session: AsyncSession) -> str | None:
    found: str | None = await (await connection_of(session)).scalar(_READ_EDITION)
    return found


def _begin_edition(connection: Connection) -> None:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    values = {"value": str(new_id()), "at": datetime.now(UTC)}
    statement = insert(_MARKS).values(name=_EDITION, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))
