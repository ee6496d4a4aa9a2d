"""Reading activities and their dated meetings; who may see which of them is decided here, in SQL, for every list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, cast, exists, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import COUNTED_ON, HOLDING, ActivityKind, RoleKey
from bot.domain.notices.activities import Announced
from storage.ids import new_id
from storage.models import Activity, ActivityRole, Occurrence, Outbox, Person, Signup, Team, TeamMember
from storage.queries.staff import leads_team

#: No meeting lasts longer; bounds the look back for meetings that are still going on.
LONGEST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list begins: after this meeting, in the order of start and id."""

    starts_at: datetime
    id: int


def is_public() -> ColumnElement[bool]:
    """Return the condition of meetings that everybody may see: none of a team.

    Written so that no index on the team can serve it: lists are walked by time, and almost no meeting has a team.
    """
    return (Occurrence.kind != ActivityKind.PATROL) & (func.coalesce(Occurrence.team_id, 0) == 0)


def may_walk(person_id: int) -> ColumnElement[bool]:
    """Return the condition of shifts that a person may take: accepted, a VOG not withdrawn, not under 16."""
    return exists().where(
        TeamMember.team_id == Occurrence.team_id,
        TeamMember.person_id == person_id,
        *_cleared(),
        Person.id == TeamMember.person_id,
        Person.under_16.is_(False),
    )


def _cleared() -> tuple[ColumnElement[bool], ...]:
    return (
        TeamMember.accepted_at.is_not(None),
        TeamMember.left_at.is_(None),
        TeamMember.vog_on.is_not(None),
        TeamMember.vog_withdrawn_at.is_(None),
    )


def may_see_shift(person_id: int) -> ColumnElement[bool]:
    """Return the condition of shifts that a person may see: who may walk, the coordinator, the team's worker."""
    leads = exists().where(Team.id == Occurrence.team_id, leads_team(person_id))
    return (Occurrence.kind == ActivityKind.PATROL) & or_(may_walk(person_id), leads)


async def visible(session: AsyncSession, occurrence_id: int, person_id: int) -> Occurrence | None:
    """Return a meeting if this person may see it; a shift of somebody else's team is as if it did not exist."""
    query = select(Occurrence).where(Occurrence.id == occurrence_id, or_(is_public(), may_see_shift(person_id)))
    return (await session.scalars(query)).first()


async def may_take_shift(session: AsyncSession, occurrence_id: int, person_id: int) -> bool:
    """Return whether this person may walk this shift."""
    return bool(await session.scalar(select(exists().where(Occurrence.id == occurrence_id, may_walk(person_id)))))


async def upcoming(
    session: AsyncSession, *, now: datetime, area_code: str | None, after: Place | None, limit: int
) -> Sequence[Occurrence]:
    """Return public meetings that have not ended, first one first; *area_code* None is the whole town."""
    query = upcoming_query(now=now, area_code=area_code, after=after, limit=limit)
    return (await session.scalars(query)).all()


def upcoming_query(*, now: datetime, area_code: str | None, after: Place | None, limit: int) -> Select[Occurrence]:
    """Return the query of `upcoming`."""
    query = select(Occurrence).where(is_public())
    if area_code is not None:
        query = query.where(Occurrence.area_code == area_code)
    return _page(query, now, after, limit)


async def shifts(
    session: AsyncSession, person_id: int, *, now: datetime, after: Place | None, limit: int
) -> Sequence[Occurrence]:
    """Return the shifts that this person may see and that have not ended, first one first."""
    query = shifts_query(person_id, now=now, after=after, limit=limit)
    return (await session.scalars(query)).all()


def shifts_query(person_id: int, *, now: datetime, after: Place | None, limit: int) -> Select[Occurrence]:
    """Return the query of `shifts`."""
    return _page(select(Occurrence).where(may_see_shift(person_id)), now, after, limit)


async def sees_shifts(session: AsyncSession, person_id: int) -> bool:
    """Return whether this person may see the shifts of any team, planned or not."""
    walks = exists().where(
        TeamMember.person_id == person_id,
        *_cleared(),
        Person.id == TeamMember.person_id,
        Person.under_16.is_(False),
    )
    return bool(await session.scalar(select(or_(walks, exists().where(leads_team(person_id))))))


async def has_teams(session: AsyncSession) -> bool:
    """Return whether there is any team of buurtpreventie that people may ask to join."""
    return bool(await session.scalar(select(exists().where(Team.active))))


def _page(query: Select[Occurrence], now: datetime, after: Place | None, limit: int) -> Select[Occurrence]:
    query = query.where(Occurrence.ends_at > now, Occurrence.starts_at > now - LONGEST)
    if after is not None:
        same = and_(Occurrence.starts_at == after.starts_at, Occurrence.id > after.id)
        query = query.where(or_(Occurrence.starts_at > after.starts_at, same))
    return query.order_by(Occurrence.starts_at, Occurrence.id).limit(limit)


async def activities(session: AsyncSession, ids: Sequence[int]) -> dict[int, Activity]:
    """Return activities by id."""
    rows = await session.scalars(select(Activity).where(Activity.id.in_(ids)))
    return {row.id: row for row in rows}


async def roles(session: AsyncSession, activity_ids: Sequence[int]) -> dict[tuple[int, RoleKey], ActivityRole]:
    """Return the roles of activities by (activity, role)."""
    rows = await session.scalars(select(ActivityRole).where(ActivityRole.activity_id.in_(activity_ids)))
    return {(row.activity_id, row.role): row for row in rows}


async def taken(session: AsyncSession, occurrence_ids: Sequence[int]) -> dict[tuple[int, RoleKey], int]:
    """Return how many places are held by (meeting, role); offered places and who comes along count."""
    rows = await session.execute(
        select(Signup.occurrence_id, Signup.role, cast(func.sum(Signup.seats), BigInteger))
        .where(Signup.occurrence_id.in_(occurrence_ids), Signup.state.in_(HOLDING))
        .group_by(Signup.occurrence_id, Signup.role)
    )
    return {(occurrence_id, role): count for occurrence_id, role, count in rows}


async def active(session: AsyncSession) -> Sequence[Activity]:
    """Return the activities of which meetings are made ahead."""
    return (await session.scalars(select(Activity).where(Activity.active).order_by(Activity.id))).all()


async def nominal_dates(session: AsyncSession, activity_id: int, *, since: date) -> frozenset[date]:
    """Return the nominal dates of an activity that have their meeting already."""
    query = select(Occurrence.nominal_on).where(Occurrence.activity_id == activity_id, Occurrence.nominal_on >= since)
    return frozenset((await session.scalars(query)).all())


async def standing_at(session: AsyncSession, activity_id: int, *, since: datetime) -> dict[int, datetime]:
    """Return when the meetings of an activity start (UTC) that were not called off, by their id, from *since* on."""
    rows = await session.execute(
        select(Occurrence.id, Occurrence.starts_at).where(
            Occurrence.activity_id == activity_id, Occurrence.called_off_at.is_(None), Occurrence.starts_at >= since
        )
    )
    return dict(rows.all())


async def free_dates(session: AsyncSession, activity_id: int, *, now: datetime) -> Sequence[Occurrence]:
    """Return the future dates that nobody counts on and nobody changed by hand, locked: who joins now comes first."""
    future = (
        Occurrence.activity_id == activity_id,
        Occurrence.starts_at > now,
        Occurrence.changed_by_hand.is_(False),
        Occurrence.called_off_at.is_(None),
    )
    ids = (await session.scalars(select(Occurrence.id).where(*future).order_by(Occurrence.id).with_for_update())).all()
    joined = exists().where(Signup.occurrence_id == Occurrence.id, Signup.state.in_(COUNTED_ON))
    query = select(Occurrence).where(Occurrence.id.in_(ids), ~joined).order_by(Occurrence.id)
    return (await session.scalars(query.execution_options(populate_existing=True))).all()


async def with_traces(session: AsyncSession, occurrence_ids: Collection[int]) -> frozenset[int]:
    """Return those of these dates that people know of: somebody signed up once, or read news of it."""
    joined = select(Signup.occurrence_id).where(Signup.occurrence_id.in_(occurrence_ids))
    told = select(Outbox.about).where(Outbox.about.in_(occurrence_ids), Outbox.kind == Announced.kind)
    return frozenset((await session.scalars(joined.union(told))).all())


async def standing_dates(session: AsyncSession, activity_id: int, *, since: date) -> frozenset[date]:
    """Return the nominal dates of an activity whose meeting goes ahead."""
    query = select(Occurrence.nominal_on).where(
        Occurrence.activity_id == activity_id, Occurrence.nominal_on >= since, Occurrence.called_off_at.is_(None)
    )
    return frozenset((await session.scalars(query)).all())


async def add_occurrences(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Insert meetings; one whose (activity, nominal date) is there already stays as it is."""
    if not rows:
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    defaults = {"changed_by_hand": False, "sequence": 0, "version": 1}
    statement = dialect.insert(Occurrence).values([{"id": new_id(), **defaults, **row} for row in rows])
    await session.execute(statement.on_conflict_do_nothing(index_elements=["activity_id", "nominal_on"]))


async def team_of(session: AsyncSession, occurrence: Occurrence) -> Team | None:
    """Return the team of a shift; None for everything else."""
    return None if occurrence.team_id is None else await session.get(Team, occurrence.team_id)


async def cleared_members(session: AsyncSession, team_id: int) -> Sequence[int]:
    """Return the ids of the members of a team who may walk."""
    query = (
        select(TeamMember.person_id)
        .join(Person, Person.id == TeamMember.person_id)
        .where(TeamMember.team_id == team_id, *_cleared(), Person.under_16.is_(False))
        .order_by(TeamMember.person_id)
    )
    return (await session.scalars(query)).all()


async def shifts_not_over(session: AsyncSession, team_id: int, *, now: datetime) -> Sequence[int]:
    """Return the ids of the shifts of a team that have not ended, ascending."""
    query = select(Occurrence.id).where(
        Occurrence.team_id == team_id, Occurrence.ends_at > now, Occurrence.starts_at > now - LONGEST
    )
    return (await session.scalars(query.order_by(Occurrence.id))).all()
