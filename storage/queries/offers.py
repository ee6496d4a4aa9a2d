"""Reading offers of free places, and where there is something to offer."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import HOLDING, OfferState, SignupState
from storage.models import ActivityRole, Occurrence, Offer, Signup


async def pending_offers(session: AsyncSession, occurrence_id: int) -> Sequence[Offer]:
    """Return the offers of a meeting that nobody answered yet."""
    query = select(Offer).where(Offer.occurrence_id == occurrence_id, Offer.state == OfferState.PENDING)
    return (await session.scalars(query.execution_options(populate_existing=True).order_by(Offer.id))).all()


async def offer_anew(session: AsyncSession, offer_id: int) -> Offer | None:
    """Return an offer as it is in the database now."""
    return (
        await session.scalars(select(Offer).where(Offer.id == offer_id).execution_options(populate_existing=True))
    ).first()


async def pending_offer_of(session: AsyncSession, signup_id: int) -> Offer | None:
    """Return the open offer of a sign-up."""
    query = select(Offer).where(Offer.signup_id == signup_id, Offer.state == OfferState.PENDING)
    return (await session.scalars(query.execution_options(populate_existing=True))).first()


async def with_pending_offer(session: AsyncSession, person_ids: Sequence[int]) -> frozenset[int]:
    """Return which of these people have an open offer, of any meeting."""
    query = select(Offer.person_id).where(Offer.person_id.in_(person_ids), Offer.state == OfferState.PENDING)
    return frozenset((await session.scalars(query)).all())


async def with_expired_offers(session: AsyncSession, now: datetime, limit: int) -> Sequence[int]:
    """Return the ids of meetings with offers whose time is over, ascending."""
    query = (
        select(Offer.occurrence_id)
        .where(Offer.state == OfferState.PENDING, Offer.expires_at <= now)
        .distinct()
        .order_by(Offer.occurrence_id)
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def next_expiry(session: AsyncSession) -> datetime | None:
    """Return when the first of all open offers runs out (UTC)."""
    return await session.scalar(select(func.min(Offer.expires_at)).where(Offer.state == OfferState.PENDING))


async def with_free_places(session: AsyncSession, now: datetime, limit: int) -> Sequence[int]:
    """Return the ids of coming meetings where somebody waits for a role that has room for them, ascending."""
    held_now = (
        select(func.coalesce(func.sum(Signup.seats), 0))
        .where(Signup.occurrence_id == Occurrence.id, Signup.role == ActivityRole.role, Signup.state.in_(HOLDING))
        .correlate(Occurrence, ActivityRole)
        .scalar_subquery()
    )
    fewest_wanted = (
        select(func.min(Signup.seats))
        .where(
            Signup.occurrence_id == Occurrence.id,
            Signup.role == ActivityRole.role,
            Signup.state == SignupState.WAITING,
        )
        .correlate(Occurrence, ActivityRole)
        .scalar_subquery()
    )
    has_room = exists().where(
        ActivityRole.activity_id == Occurrence.activity_id,
        fewest_wanted.is_not(None),
        or_(ActivityRole.maximum.is_(None), held_now + fewest_wanted <= ActivityRole.maximum),
    )
    query = select(Occurrence.id).where(Occurrence.starts_at > now, Occurrence.called_off_at.is_(None), has_room)
    return sorted((await session.scalars(query.order_by(Occurrence.starts_at, Occurrence.id).limit(limit))).all())
