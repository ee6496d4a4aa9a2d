"""Reading the stalls of a Rommelroute: those of a day, stars, and which days have something to do."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import HOLDING, ActivityKind, RoleKey, SignupState
from storage.models import Dialogue, Occurrence, Outbox, Signup, Stall, StallDay, StallFavourite
from storage.queries.outbox import SAID

#: Sign-ups that have a stall on the day.
STANDING = HOLDING - {SignupState.OFFERED, SignupState.NO_SHOW}
#: So long after it a day is still closed and cleared by a bot that was away.
LOOK_BACK = timedelta(days=60)


def _standing(occurrence_id: int) -> Select[Stall, Signup]:
    return (
        select(Stall, Signup)
        .join(Signup, Signup.id == Stall.signup_id)
        .where(Signup.occurrence_id == occurrence_id, Signup.role == RoleKey.STALL, Signup.state.in_(STANDING))
    )


async def of_occurrence(session: AsyncSession, occurrence_id: int) -> Sequence[tuple[Stall, Signup]]:
    """Return the stalls that have a place, with their sign-ups, as they are in the database now."""
    query = _standing(occurrence_id).order_by(Stall.id).execution_options(populate_existing=True)
    return [(stall, signup) for stall, signup in await session.execute(query)]


async def numbers(session: AsyncSession, occurrence_id: int) -> dict[int, int]:
    """Return every number that was given on a day by stall, also those of who withdrew."""
    query = (
        select(Stall.id, Stall.number)
        .join(Signup, Signup.id == Stall.signup_id)
        .where(Signup.occurrence_id == occurrence_id, Stall.number.is_not(None))
    )
    return {stall_id: number for stall_id, number in await session.execute(query) if number is not None}


async def days_to_come(session: AsyncSession, *, now: datetime) -> Sequence[tuple[Occurrence, StallDay | None]]:
    """Return the days that have something to do yet, and how far each has come; what was called off is cleared too."""
    query = (
        select(Occurrence, StallDay)
        .outerjoin(StallDay, StallDay.occurrence_id == Occurrence.id)
        .where(
            Occurrence.starts_at > now - LOOK_BACK,
            Occurrence.kind == ActivityKind.ROMMELROUTE,
            or_(StallDay.occurrence_id.is_(None), StallDay.cleared_at.is_(None)),
        )
        .order_by(Occurrence.starts_at, Occurrence.id)
    )
    return [(occurrence, day) for occurrence, day in await session.execute(query)]


async def without_number(session: AsyncSession, occurrence_ids: Collection[int]) -> frozenset[int]:
    """Return on which of these days a stall with a place still has no number."""
    if not occurrence_ids:
        return frozenset()
    query = (
        select(Signup.occurrence_id)
        .join(Stall, Stall.signup_id == Signup.id)
        .where(Signup.occurrence_id.in_(occurrence_ids), Signup.role == RoleKey.STALL, Signup.state.in_(STANDING))
        .where(Stall.number.is_(None))
        .distinct()
    )
    return frozenset((await session.scalars(query)).all())


async def standing(session: AsyncSession, stall_id: int) -> tuple[Stall, Signup] | None:
    """Return a stall that has a place, with its sign-up."""
    query = (
        select(Stall, Signup)
        .join(Signup, Signup.id == Stall.signup_id)
        .where(Stall.id == stall_id, Signup.state.in_(STANDING))
    )
    found = (await session.execute(query)).first()
    return None if found is None else (found[0], found[1])


async def of_person(session: AsyncSession, person_id: int, *, now: datetime) -> Sequence[tuple[Stall, Occurrence]]:
    """Return the stalls of a person on days around now, the first day first."""
    query = (
        select(Stall, Occurrence)
        .join(Signup, Signup.id == Stall.signup_id)
        .join(Occurrence, Occurrence.id == Signup.occurrence_id)
        .where(
            Signup.person_id == person_id,
            Signup.state.in_(STANDING),
            Occurrence.ends_at > now,
            Occurrence.starts_at < now + timedelta(days=1),
        )
        .order_by(Occurrence.starts_at, Stall.id)
    )
    return [(stall, occurrence) for stall, occurrence in await session.execute(query)]


async def favourites(session: AsyncSession, person_id: int, occurrence_id: int) -> frozenset[int]:
    """Return which stalls of a day somebody marked with a star."""
    query = (
        select(StallFavourite.stall_id)
        .join(Stall, Stall.id == StallFavourite.stall_id)
        .join(Signup, Signup.id == Stall.signup_id)
        .where(StallFavourite.person_id == person_id, Signup.occurrence_id == occurrence_id)
    )
    return frozenset((await session.scalars(query)).all())


async def starred_by(session: AsyncSession, occurrence_id: int) -> Sequence[int]:
    """Return who marked any stall of a day with a star."""
    query = (
        select(StallFavourite.person_id)
        .join(Stall, Stall.id == StallFavourite.stall_id)
        .join(Signup, Signup.id == Stall.signup_id)
        .where(Signup.occurrence_id == occurrence_id)
        .distinct()
    )
    return (await session.scalars(query)).all()


async def drop_favourite(session: AsyncSession, person_id: int, stall_id: int) -> None:
    """Take a star away."""
    await session.execute(
        delete(StallFavourite).where(StallFavourite.person_id == person_id, StallFavourite.stall_id == stall_id)
    )


async def draft_of(session: AsyncSession, person_id: int, about: str) -> Dialogue | None:
    """Return the unfinished sign-up of a person in private, open or resting."""
    query = select(Dialogue).where(
        Dialogue.chat_id == person_id, Dialogue.user_id == person_id, Dialogue.about == about
    )
    return (await session.scalars(query)).first()


async def files_of(session: AsyncSession, occurrence_id: int, kinds: Collection[str]) -> Sequence[tuple[str, str, int]]:
    """Return kind, key and chat of the messages of these kinds about a day that still stand somewhere."""
    query = select(Outbox.kind, Outbox.key, Outbox.chat_id).where(
        Outbox.about == occurrence_id, Outbox.kind.in_(kinds), Outbox.message_id.is_not(None)
    )
    return [(kind, key, chat_id) for kind, key, chat_id in await session.execute(query.order_by(Outbox.id))]


async def pages_of(session: AsyncSession, occurrence_id: int) -> Sequence[Outbox]:
    """Return the rows of what was said in private that shows addresses of a day and still stands there."""
    query = select(Outbox).where(
        Outbox.about == occurrence_id, Outbox.kind == SAID, Outbox.chat_id > 0, Outbox.message_id.is_not(None)
    )
    return (await session.scalars(query.order_by(Outbox.id))).all()
