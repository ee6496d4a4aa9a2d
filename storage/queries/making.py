"""Reading and writing activities for who looks after them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import WALKED_IN, ActivityKind, RoleName
from storage.models import Activity, Occurrence, RoleGrant, Signup
from storage.queries.signups import OPEN


async def coordinates_any(session: AsyncSession, person_id: int) -> bool:
    """Return whether somebody coordinates an activity that is no team's."""
    found = exists().where(Activity.coordinator_id == person_id, Activity.active, Activity.team_id.is_(None))
    return bool(await session.scalar(select(found)))


async def managed(
    session: AsyncSession,
    person_id: int,
    *,
    everything: bool,
    teams: Collection[int],
    now: datetime,
    after: int | None,
    limit: int,
) -> Sequence[Activity]:
    """Return the activities with dates to come that somebody looks after, newest first, from before the id *after* on.

    *everything*: all that are no team's; *teams*: those whose rounds one looks after.
    """
    own = true() if everything else Activity.coordinator_id == person_id
    public = and_(Activity.team_id.is_(None), Activity.kind != ActivityKind.PATROL, own)
    to_come = exists().where(Occurrence.activity_id == Activity.id, Occurrence.ends_at > now)
    query = select(Activity).where(Activity.active, or_(public, Activity.team_id.in_(teams)))
    query = query.where(or_(Activity.repeats.is_not(None), to_come))
    if after is not None:
        query = query.where(Activity.id < after)
    return (await session.scalars(query.order_by(Activity.id.desc()).limit(limit))).all()


async def dates_to_come(session: AsyncSession, activity_id: int, *, now: datetime) -> Sequence[Occurrence]:
    """Return the dates of an activity that have not begun and go ahead, first one first."""
    query = select(Occurrence).where(
        Occurrence.activity_id == activity_id, Occurrence.starts_at > now, Occurrence.called_off_at.is_(None)
    )
    return (await session.scalars(query.order_by(Occurrence.starts_at, Occurrence.id))).all()


async def people_at(session: AsyncSession, occurrence_ids: Collection[int]) -> dict[int, int]:
    """Return how many people count on each of these dates; none for a date without."""
    rows = await session.execute(
        select(Signup.occurrence_id, func.count(Signup.person_id.distinct()))
        .where(Signup.occurrence_id.in_(occurrence_ids), Signup.state.in_(OPEN))
        .group_by(Signup.occurrence_id)
    )
    return {row[0]: row[1] for row in rows}


async def count_people(session: AsyncSession, occurrence_ids: Collection[int]) -> int:
    """Return how many people count on any of these dates."""
    query = select(func.count(Signup.person_id.distinct())).where(
        Signup.occurrence_id.in_(occurrence_ids), Signup.state.in_(OPEN), Signup.person_id != WALKED_IN
    )
    return await session.scalar(query) or 0


async def hand_over(session: AsyncSession) -> None:
    """Leave to the beheerders what people made in the chat who were staff then and are no more."""
    staff = (RoleGrant.person_id == Activity.made_by, RoleGrant.role.in_((RoleName.WORKER, RoleName.ADMIN)))
    was = exists().where(*staff, RoleGrant.taken_at.is_not(None))
    still = exists().where(*staff, RoleGrant.taken_at.is_(None))
    await session.execute(
        update(Activity)
        .where(Activity.coordinator_id == Activity.made_by, Activity.team_id.is_(None), was, ~still)
        .values(coordinator_id=None)
        .execution_options(synchronize_session="fetch")
    )
