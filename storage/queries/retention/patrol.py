"""Buurtpreventie: who walked and what they wrote, who asked for company, and the news of teams."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    delete,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import (
    Round,
    RoundArrival,
    TeamMember,
    TeamNews,
    WalkCall,
)
from storage.queries.retention.chunks import Lost, bulk, due, erase


async def forget_rounds(session: AsyncSession, now: datetime) -> Lost:
    """Erase who walked and what they wrote 90 days after a round."""
    ids = await due(session, Round.id, Round.opened_at < now - timedelta(days=90), Round.opened_by.is_not(None))
    walked: Sequence[int] = ()
    if ids:
        walked = (await session.scalars(select(Round.occurrence_id).where(Round.id.in_(ids)))).all()
        await bulk(session, update(Round).where(Round.id.in_(ids)).values(walkers=[], line=None, opened_by=None))
    there = delete(RoundArrival).where(RoundArrival.starts_at < now - timedelta(days=90))
    arrived = (await session.scalars(there.returning(RoundArrival.person_id))).all()
    return Lost(len(ids) + len(arrived), walked)


async def forget_calls(session: AsyncSession, now: datetime) -> int:
    """Erase who asked "wie loopt mee?", and requests to join a team that were refused, after 7 days."""
    gone = await erase(session, WalkCall.id, WalkCall.starts_at < now - timedelta(days=7))
    refused = delete(TeamMember).where(
        TeamMember.accepted_at.is_(None),
        TeamMember.left_at < now - timedelta(days=7),
        TeamMember.vog_withdrawn_at.is_(None),
    )
    return gone + len((await session.scalars(refused.returning(TeamMember.person_id))).all())


async def forget_team_news(session: AsyncSession, now: datetime) -> int:
    """Erase the news of teams after 90 days."""
    return await erase(session, TeamNews.id, TeamNews.at < now - timedelta(days=90))
