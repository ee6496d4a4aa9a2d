"""Reading attendance: who was at a meeting, and which meetings somebody keeps it of."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.domain.activities.attendance import KEPT, STATES
from storage.models import Activity, Occurrence, Person, Signup, Stall, Team
from storage.queries.activities import LONGEST
from storage.queries.staff import leads_team


async def of_occurrence(session: AsyncSession, occurrence_id: int) -> Sequence[tuple[Signup, str | None, str | None]]:
    """Return everybody with attendance at a meeting, by role: their name, and the name of who set it last."""
    setter = aliased(Person)
    rows = await session.execute(
        select(Signup, Person.name, setter.name)
        .join(Person, Person.id == Signup.person_id, isouter=True)
        .join(setter, setter.id == Signup.changed_by, isouter=True)
        .where(Signup.occurrence_id == occurrence_id, Signup.state.in_(STATES))
        .order_by(Signup.role, Signup.queued_at, Signup.id)
        .execution_options(populate_existing=True)
    )
    return [(signup, signup.for_name or name, by) for signup, name, by in rows]


async def stalls(session: AsyncSession, occurrence_id: int) -> dict[int, Stall]:
    """Return the stalls of a meeting by their sign-up, also of who did not come."""
    query = select(Stall).join(Signup, Signup.id == Stall.signup_id).where(Signup.occurrence_id == occurrence_id)
    return {stall.signup_id: stall for stall in await session.scalars(query)}


async def begun(
    session: AsyncSession, person_id: int, *, admin: bool, now: datetime, before: Occurrence | None, limit: int
) -> Sequence[tuple[Occurrence, Activity]]:
    """Return what has begun, is kept still and had people, of what this person keeps attendance of; newest first.

    *admin*: also where nobody is named; *before* is the last one of the page before.
    """
    query = begun_query(person_id, admin=admin, now=now, before=before, limit=limit)
    return [(occurrence, activity) for occurrence, activity in await session.execute(query)]


def begun_query(
    person_id: int, *, admin: bool, now: datetime, before: Occurrence | None, limit: int
) -> Select[Occurrence, Activity]:
    """Return the query of `begun`."""
    people = exists().where(Signup.occurrence_id == Occurrence.id, Signup.state.in_(STATES))
    query = (
        select(Occurrence, Activity)
        .join(Activity, Activity.id == Occurrence.activity_id)
        .where(Occurrence.starts_at <= now, Occurrence.starts_at > now - KEPT - LONGEST)
        .where(Occurrence.ends_at > now - KEPT, was_held())
        .where(_keeps(person_id, admin=admin), people)
    )
    if before is not None:
        same = and_(Occurrence.starts_at == before.starts_at, Occurrence.id < before.id)
        query = query.where(or_(Occurrence.starts_at < before.starts_at, same))
    return query.order_by(Occurrence.starts_at.desc(), Occurrence.id.desc()).limit(limit)


def was_held() -> ColumnElement[bool]:
    """Return the condition of meetings that were not called off before they began."""
    return or_(Occurrence.called_off_at.is_(None), Occurrence.called_off_at > Occurrence.starts_at)


def _keeps(person_id: int, *, admin: bool) -> ColumnElement[bool]:
    leads = exists().where(Team.id == Occurrence.team_id, leads_team(person_id))
    own: ColumnElement[bool] = Activity.coordinator_id == person_id
    if admin:
        own = or_(own, Activity.coordinator_id.is_(None))
    return or_(leads, Occurrence.team_id.is_(None) & own)
