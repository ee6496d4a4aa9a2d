"""Reading rounds that are walked: who is there, what is due, what was found, and the figures of a month.

What is judged under the lock of its occurrence is read anew from the database (`populate_existing`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.activities.round_watch import EARLY
from bot.domain.enums import ActivityKind, Theme
from storage.models import (
    Area,
    Occurrence,
    Person,
    Report,
    Round,
    RoundArrival,
    RoundFinding,
    RoundWatch,
    Team,
)

#: No round lasts longer; bounds the look back for those that are still going on.
LONGEST = timedelta(days=2)


async def of_occurrence(session: AsyncSession, occurrence_id: int) -> Round | None:
    """Return the round that was made of a shift, as it is now; None while nobody opened it."""
    query = select(Round).where(Round.occurrence_id == occurrence_id).execution_options(populate_existing=True)
    return (await session.scalars(query)).first()


async def of_time(session: AsyncSession, occurrence: Occurrence) -> Round | None:
    """Return the round that was made of a shift at the time that it has now; none from before it was moved."""
    walked = await of_occurrence(session, occurrence.id)
    return walked if walked is not None and walked.opened_at >= occurrence.starts_at - EARLY else None


async def is_over(session: AsyncSession, occurrence: Occurrence) -> bool:
    """Return whether a shift was walked and closed, maybe before its time."""
    walked = await of_time(session, occurrence)
    return walked is not None and walked.closed_at is not None


async def arrivals(session: AsyncSession, occurrence_id: int) -> Sequence[RoundArrival]:
    """Return who said (or of whom was said) that they are there, first one first, those who denied it too."""
    query = select(RoundArrival).where(RoundArrival.occurrence_id == occurrence_id)
    query = query.order_by(RoundArrival.at, RoundArrival.person_id).execution_options(populate_existing=True)
    return (await session.scalars(query)).all()


async def denied(session: AsyncSession, occurrence: Occurrence) -> set[int]:
    """Return who said, for the time at which a shift is now, not to be there."""
    query = select(RoundArrival.person_id).where(
        RoundArrival.occurrence_id == occurrence.id,
        RoundArrival.starts_at == occurrence.starts_at,
        RoundArrival.denied_at.is_not(None),
    )
    return set((await session.scalars(query)).all())


async def names(session: AsyncSession, person_ids: Sequence[int]) -> dict[int, str | None]:
    """Return the names of people by id; for members of their own team only."""
    rows = await session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    return {row.id: row.name for row in rows}


async def forget_round(session: AsyncSession, occurrence_id: int) -> None:
    """Take back that a shift was opened."""
    await session.execute(delete(Round).where(Round.occurrence_id == occurrence_id))


async def forget_opening(session: AsyncSession, occurrence_id: int) -> None:
    """Take back that a shift was opened, and who was there for it."""
    await forget_round(session, occurrence_id)
    await session.execute(delete(RoundArrival).where(RoundArrival.occurrence_id == occurrence_id))


# -- what is due ----------------------------------------------------------------------------------------------------


async def unwatched(session: AsyncSession, *, now: datetime, until: datetime, limit: int) -> Sequence[int]:
    """Return the ids of shifts that start before *until* and have not ended, planned anew or for the first time."""
    query = select(Occurrence.id).where(*_not_planned(now), Occurrence.starts_at < until)
    return (await session.scalars(query.order_by(Occurrence.id).limit(limit))).all()


async def next_unwatched(session: AsyncSession, *, now: datetime) -> datetime | None:
    """Return the first start (UTC) of a shift to come that is not planned yet."""
    query = select(Occurrence.starts_at).where(*_not_planned(now), Occurrence.called_off_at.is_(None))
    return (await session.scalars(query.order_by(Occurrence.starts_at).limit(1))).first()


def _not_planned(now: datetime) -> tuple[ColumnElement[bool], ...]:
    planned = exists().where(RoundWatch.occurrence_id == Occurrence.id, RoundWatch.starts_at == Occurrence.starts_at)
    return (
        Occurrence.kind == ActivityKind.PATROL,
        Occurrence.team_id.is_not(None),
        Occurrence.starts_at > now - LONGEST,
        Occurrence.ends_at > now,
        ~planned,
    )


async def due(session: AsyncSession, *, now: datetime, limit: int) -> Sequence[int]:
    """Return the ids of the shifts at which something is looked at now, ascending."""
    query = select(RoundWatch.occurrence_id).where(RoundWatch.due_at <= now)
    query = query.order_by(RoundWatch.due_at, RoundWatch.occurrence_id).limit(limit)
    return sorted((await session.scalars(query)).all())


async def next_due(session: AsyncSession) -> datetime | None:
    """Return when the next look is due (UTC)."""
    return await session.scalar(select(func.min(RoundWatch.due_at)))


async def watch_of(session: AsyncSession, occurrence_id: int) -> RoundWatch | None:
    """Return what is looked at next, as it is now."""
    return await session.get(RoundWatch, occurrence_id, populate_existing=True)


# -- months ---------------------------------------------------------------------------------------------------------


async def teams(session: AsyncSession) -> Sequence[Team]:
    """Return the teams that there are."""
    return (await session.scalars(select(Team).where(Team.active).order_by(Team.id))).all()


async def area_of(session: AsyncSession, occurrence: Occurrence) -> Area | None:
    """Return the wijk of the team of a shift."""
    query = select(Area).join(Team, Team.area_code == Area.code).where(Team.id == occurrence.team_id)
    return (await session.scalars(query)).first()


async def month(
    session: AsyncSession, team_id: int, *, first: datetime, until: datetime
) -> Sequence[tuple[Occurrence, Round | None]]:
    """Return the shifts of a team that begin between two moments (UTC), with their rounds; first one first."""
    query = (
        select(Occurrence, Round)
        .outerjoin(Round, Round.occurrence_id == Occurrence.id)
        .where(Occurrence.team_id == team_id, Occurrence.starts_at >= first, Occurrence.starts_at < until)
        .order_by(Occurrence.starts_at, Occurrence.id)
    )
    return [(occurrence, walked) for occurrence, walked in await session.execute(query)]


async def findings(session: AsyncSession, round_ids: Sequence[int]) -> dict[Theme, int]:
    """Return how many open reports were made during these rounds, by theme; of a sealed one not even the theme."""
    query = (
        select(Report.theme, func.count())
        .join(RoundFinding, RoundFinding.report_id == Report.id)
        .where(RoundFinding.round_id.in_(round_ids), Report.sealed.is_(False))
        .group_by(Report.theme)
    )
    rows = (await session.execute(query)).all()
    return {theme: count for theme, count in rows if count}


async def found_on(session: AsyncSession, round_id: int) -> int:
    """Return how many reports were made during a round."""
    query = select(func.count()).where(RoundFinding.round_id == round_id)
    return await session.scalar(query) or 0


async def finding(session: AsyncSession, report_id: int) -> RoundFinding | None:
    """Return the round of a report, None for every other report."""
    return await session.get(RoundFinding, report_id)
