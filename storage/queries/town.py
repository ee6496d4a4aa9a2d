"""Reading the town: the organisation, its areas, desks and rules.

Only the set-up file makes and removes these rows, so most are read once for very many messages: see
`storage.queries.once`. Who changes the organisation, an area or a rule gets its row from the session.
"""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from storage.models import Area, Desk, Organisation, RoutingRule
from storage.queries.once import lasting, loose, once


async def organisation(session: AsyncSession) -> Organisation:
    """Return the organisation, to be read; LookupError until `buurtbode setup` has run."""

    async def read() -> Organisation:
        found = await session.get(Organisation, 1)
        if found is None:
            raise LookupError("no organisation yet: run `buurtbode setup FILE` first")
        return loose(found)

    return await lasting(session, "organisation", read)


async def zone(session: AsyncSession) -> ZoneInfo:
    """Return the town's wall time; LookupError until `buurtbode setup` has run."""
    return (await organisation(session)).zone


async def areas(session: AsyncSession) -> Sequence[Area]:
    """Return all areas by region and name, to be read, without their polygons (they are large)."""

    async def read() -> Sequence[Area]:
        return [loose(row) for row in await session.scalars(select(Area).order_by(Area.region, Area.name))]

    return await lasting(session, "areas", read)


async def area(session: AsyncSession, code: str | None) -> Area | None:
    """Return one area, to be read; None for "buiten Almere"."""

    async def read() -> Mapping[str, Area]:
        return {area.code: area for area in await areas(session)}

    return (await lasting(session, "areas by code", read)).get(code or "")


async def bordered_areas(session: AsyncSession) -> Sequence[Area]:
    """Return all areas by region and name, with their polygons."""
    query = select(Area).order_by(Area.region, Area.name).options(undefer(Area.polygon))
    return (await session.scalars(query.execution_options(populate_existing=True))).all()


async def bordered_area(session: AsyncSession, code: str | None) -> Area | None:
    """Return one area with its polygon."""
    query = select(Area).where(Area.code == code).options(undefer(Area.polygon))
    return (await session.scalars(query.execution_options(populate_existing=True))).first()


async def rules(session: AsyncSession) -> Sequence[RoutingRule]:
    """Return the routing rules in their order."""
    return (await session.scalars(select(RoutingRule).order_by(RoutingRule.position))).all()


async def desk(session: AsyncSession, desk_id: int) -> Desk | None:
    """Return one desk; what waits to be written waits on."""
    return await once(session, f"desk {desk_id}", lambda: session.get(Desk, desk_id))


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
