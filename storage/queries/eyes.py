"""Who is in the groups of desks, and which messages of ours there say something about a report."""

from collections.abc import Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import OutboxState, RoleName
from storage.models import Desk, DeskWorker, GroupGuest, Outbox, RoleGrant
from storage.queries.listing import IN_GROUP


async def guests(session: AsyncSession, chat_id: int) -> Sequence[GroupGuest]:
    """Return everybody in this group who is no worker of it, confirmed or not."""
    query = select(GroupGuest).where(GroupGuest.chat_id == chat_id).order_by(GroupGuest.person_id)
    return (await session.scalars(query)).all()


async def is_colleague(session: AsyncSession, chat_id: int, person_id: int) -> bool:
    """Return whether somebody belongs in the group: a worker of a desk that lives there, or an admin or officer."""
    has_role = select(RoleGrant.role).where(RoleGrant.person_id == person_id, RoleGrant.taken_at.is_(None))
    found = frozenset((await session.scalars(has_role)).all())
    if found & {RoleName.ADMIN, RoleName.SAFETY}:
        return True
    works = exists().where(
        DeskWorker.desk_id == Desk.id,
        DeskWorker.person_id == person_id,
        DeskWorker.taken_at.is_(None),
        Desk.chat_id == chat_id,
        Desk.active,
    )
    return RoleName.WORKER in found and bool(await session.scalar(select(works)))


async def desk_chats(session: AsyncSession) -> Sequence[int]:
    """Return the groups that desks live in."""
    return (await session.scalars(select(Desk.chat_id).where(Desk.active).distinct().order_by(Desk.chat_id))).all()


async def colleagues_of(session: AsyncSession, chat_id: int) -> set[int]:
    """Return the ids of all who may be in this group as workers of it, admins or officers."""
    at_desk = select(DeskWorker.person_id).join(Desk, Desk.id == DeskWorker.desk_id).where(Desk.chat_id == chat_id)
    everywhere = select(RoleGrant.person_id).where(RoleGrant.role.in_((RoleName.ADMIN, RoleName.SAFETY)))
    found = {*(await session.scalars(at_desk)), *(await session.scalars(everywhere))}
    return {person_id for person_id in found if await is_colleague(session, chat_id, person_id)}


async def told_in(
    session: AsyncSession, chat_id: int, kinds: Sequence[str], *, limit: int, below: int | None = None
) -> Sequence[int]:
    """Return the reports (older than *below*) about which messages of these kinds stand in a chat, the newest first."""
    found = await session.scalars(told_in_query(chat_id, kinds, limit=limit, below=below))
    return [about for about in found if about is not None]


def told_in_query(chat_id: int, kinds: Sequence[str], *, limit: int, below: int | None = None) -> Select[int | None]:
    """Return the query of `told_in`."""
    query = (
        select(Outbox.about)
        .where(Outbox.chat_id == chat_id, Outbox.kind.in_(kinds), Outbox.about.is_not(None))
        .where(Outbox.state.in_((OutboxState.SENT, OutboxState.WAITING)))
        .distinct()
        .order_by(Outbox.about.desc())
        .limit(limit)
    )
    if below is not None:
        query = query.where(Outbox.about < below)
    return query.where(IN_GROUP) if chat_id < 0 else query


async def judging(session: AsyncSession) -> Sequence[Desk]:
    """Return the desks of which more is to be judged again."""
    return (await session.scalars(select(Desk).where(Desk.judged_id.is_not(None)).order_by(Desk.id))).all()


async def told_hidden(session: AsyncSession, desk_id: int, kind: str) -> Outbox | None:
    """Return the row of the newest message that told a desk's group why no words stand there."""
    query = select(Outbox).where(Outbox.about == desk_id, Outbox.kind == kind, Outbox.state == OutboxState.SENT)
    return (await session.scalars(query.order_by(Outbox.id.desc()).limit(1))).first()
