"""Reading the town: the organisation, its areas, desks and rules.

Only the set-up file makes and removes these rows, so a transaction reads them once (`storage.queries.once`), however
many updates it handles. The next transaction reads them again.
"""

from collections.abc import Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from storage.models import Area, Desk, Organisation, RoutingRule
from storage.models.base import Base
from storage.queries.once import kept, once

Table = TypeVar("Table", bound=Base)


async def organisation(session: AsyncSession) -> Organisation:
    """Return the organisation; LookupError until `buurtbode setup` has run."""
    with session.no_autoflush:
        found = await session.get(Organisation, 1)
    if found is None:
        raise LookupError("no organisation yet: run `buurtbode setup FILE` first")
    kept(session)["organisation"] = found
    return found


async def zone(session: AsyncSession) -> ZoneInfo:
    """Return the town's wall time; LookupError until `buurtbode setup` has run."""
    return (await organisation(session)).zone


async def areas(session: AsyncSession, *, polygons: bool = False) -> Sequence[Area]:
    """Return all areas by region and name; their polygons only when asked for (they are large)."""
    query = select(Area).order_by(Area.region, Area.name)
    if polygons:
        query = query.options(undefer(Area.polygon)).execution_options(populate_existing=True)
        return (await session.scalars(query)).all()
    return await once(session, "areas", lambda: _all(session, query))


async def area_facts(session: AsyncSession) -> Sequence[Row[str, str, str, float, float]]:
    """Return code, name, region, lat and lon of all areas by region and name: a tenth of the work of whole rows."""

    async def read() -> Sequence[Row[str, str, str, float, float]]:
        query = select(Area.code, Area.name, Area.region, Area.lat, Area.lon).order_by(Area.region, Area.name)
        return (await session.execute(query)).all()

    return await once(session, "area facts", read)


async def area(session: AsyncSession, code: str | None) -> Area | None:
    """Return one area, None for "buiten Almere"."""
    if code is None:
        return None
    return await once(session, f"area {code}", lambda: session.get(Area, code))


async def bordered_area(session: AsyncSession, code: str | None) -> Area | None:
    """Return one area with its polygon."""
    query = select(Area).where(Area.code == code).options(undefer(Area.polygon))
    return (await session.scalars(query.execution_options(populate_existing=True))).first()


async def rules(session: AsyncSession) -> Sequence[RoutingRule]:
    """Return the routing rules in their order; the desks that they name are at hand then."""
    await once(session, "all desks", lambda: _all(session, select(Desk)))
    return await once(session, "rules", lambda: _all(session, select(RoutingRule).order_by(RoutingRule.position)))


async def desks(session: AsyncSession) -> Sequence[Desk]:
    """Return the desks of the set-up file by key."""
    return (await session.scalars(select(Desk).where(Desk.active).order_by(Desk.key))).all()


async def desk_of_topic(session: AsyncSession, chat_id: int, thread_id: int) -> Desk | None:
    """Return the desk that lives in this topic."""
    return (await session.scalars(select(Desk).where(Desk.chat_id == chat_id, Desk.thread_id == thread_id))).first()


async def desk_of_chat(session: AsyncSession, chat_id: int, thread_id: int | None = None) -> Sequence[Desk]:
    """Return the desks that live in this chat (several when each has its own topic)."""
    query = select(Desk).where(Desk.chat_id == chat_id).order_by(Desk.id)
    if thread_id is not None:
        query = query.where((Desk.thread_id == thread_id) | Desk.thread_id.is_(None))
    return (await session.scalars(query)).all()


async def _all(session: AsyncSession, query: Select[Table]) -> Sequence[Table]:
    return (await session.scalars(query)).all()
