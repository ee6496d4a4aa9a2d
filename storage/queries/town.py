"""Reading the town: the organisation, its areas, desks and rules."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from storage.models import Area, Desk, Organisation, RoutingRule


async def organisation(session: AsyncSession) -> Organisation:
    """Return the organisation; LookupError until `buurtbode setup` has run."""
    found = await session.get(Organisation, 1)
    if found is None:
        raise LookupError("no organisation yet: run `buurtbode setup FILE` first")
    return found


async def areas(session: AsyncSession, *, polygons: bool = False) -> Sequence[Area]:
    """Return all areas by region and name; their polygons only when asked for (they are large)."""
    query = select(Area).order_by(Area.region, Area.name)
    if polygons:
        query = query.options(undefer(Area.polygon)).execution_options(populate_existing=True)
    return (await session.scalars(query)).all()


async def area(session: AsyncSession, code: str | None) -> Area | None:
    """Return one area, None for "buiten Almere"."""
    return None if code is None else await session.get(Area, code)


async def bordered_area(session: AsyncSession, code: str | None) -> Area | None:
    """Return one area with its polygon."""
    query = select(Area).where(Area.code == code).options(undefer(Area.polygon))
    return (await session.scalars(query.execution_options(populate_existing=True))).first()


async def rules(session: AsyncSession) -> Sequence[RoutingRule]:
    """Return the routing rules in their order."""
    return (await session.scalars(select(RoutingRule).order_by(RoutingRule.position))).all()


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
