"""Who asked for news of activities, and who would read an announcement."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import ActivityKind, OutboxState, Reachable
from bot.domain.notices.activities import Announced
from storage.models import Area, NewsWish, Occurrence, Outbox, Person


async def wishes(session: AsyncSession, person_id: int) -> Sequence[tuple[NewsWish, Area]]:
    """Return what news somebody wants, oldest first."""
    query = (
        select(NewsWish, Area)
        .join(Area, Area.code == NewsWish.area_code)
        .where(NewsWish.person_id == person_id)
        .order_by(NewsWish.given_at, NewsWish.area_code, NewsWish.kind)
    )
    return [(wish, area) for wish, area in await session.execute(query)]


async def wants(session: AsyncSession, person_id: int, kind: ActivityKind) -> bool:
    """Return whether somebody wants news of a kind, in any wijk."""
    found = exists().where(NewsWish.person_id == person_id, NewsWish.kind == kind)
    return bool(await session.scalar(select(found)))


async def count(session: AsyncSession, person_id: int) -> int:
    """Return how many wishes somebody has."""
    return await session.scalar(select(func.count()).where(NewsWish.person_id == person_id)) or 0


async def withdraw(session: AsyncSession, person_id: int) -> None:
    """Forget all news that somebody wanted."""
    await session.execute(delete(NewsWish).where(NewsWish.person_id == person_id))


async def told(session: AsyncSession, occurrence_id: int) -> Sequence[int]:
    """Return who got the news of a meeting."""
    query = select(Outbox.chat_id).where(
        Outbox.about == occurrence_id, Outbox.kind == Announced.kind, Outbox.state == OutboxState.SENT
    )
    return (await session.scalars(query.order_by(Outbox.chat_id))).all()


async def readers(session: AsyncSession, occurrence: Occurrence, areas: Collection[str]) -> Sequence[int]:
    """Return who wants news like this in one of *areas*, can be reached, and was not told of this meeting yet."""
    told = exists().where(
        Outbox.about == occurrence.id, Outbox.kind == Announced.kind, Outbox.chat_id == NewsWish.person_id
    )
    query = (
        select(NewsWish.person_id)
        .join(Person, Person.id == NewsWish.person_id)
        .where(
            NewsWish.area_code.in_(areas),
            NewsWish.kind == occurrence.kind,
            Person.reachable == Reachable.YES,
            Person.blocked_at.is_(None),
            ~told,
        )
        .distinct()
        .order_by(NewsWish.person_id)
    )
    return (await session.scalars(query)).all()
