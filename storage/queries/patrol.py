"""Reading teams and their members, rosters by month, and how far rounds are made sure of."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import HOLDING, ActivityKind, SignupState, WalkCallState
from storage.models import Area, Occurrence, Person, RoundChain, Signup, Team, TeamMember, WalkCall
from storage.queries.activities import LONGEST, Place, may_see_shift

# -- teams ----------------------------------------------------------------------------------------------------------


async def teams(session: AsyncSession) -> Sequence[tuple[Team, Area | None]]:
    """Return the teams that there are with their wijken, by name."""
    query = select(Team, Area).outerjoin(Area, Area.code == Team.area_code).where(Team.active)
    return [(team, area) for team, area in await session.execute(query.order_by(Team.name, Team.id))]


async def own_teams(session: AsyncSession, person_id: int) -> frozenset[int]:
    """Return the ids of the teams of which somebody is a member, the coordinator or the worker."""
    member = select(TeamMember.team_id).where(
        TeamMember.person_id == person_id, TeamMember.accepted_at.is_not(None), TeamMember.left_at.is_(None)
    )
    leading = select(Team.id).where(or_(Team.coordinator_id == person_id, Team.worker_id == person_id))
    return frozenset((await session.scalars(member.union(leading))).all())


async def members(session: AsyncSession, team_id: int) -> Sequence[tuple[TeamMember, Person]]:
    """Return the members of a team by name; who only asked to join is none."""
    query = (
        select(TeamMember, Person)
        .join(Person, Person.id == TeamMember.person_id)
        .where(TeamMember.team_id == team_id, TeamMember.accepted_at.is_not(None), TeamMember.left_at.is_(None))
        .order_by(Person.name, Person.id)
    )
    return [(member, person) for member, person in await session.execute(query)]


async def requests(session: AsyncSession, team_id: int) -> Sequence[tuple[TeamMember, Person]]:
    """Return who asked to join a team and has no answer yet, first one first."""
    query = (
        select(TeamMember, Person)
        .join(Person, Person.id == TeamMember.person_id)
        .where(TeamMember.team_id == team_id, TeamMember.accepted_at.is_(None), TeamMember.left_at.is_(None))
        .order_by(TeamMember.asked_at, Person.id)
    )
    return [(member, person) for member, person in await session.execute(query)]


async def membership_anew(session: AsyncSession, team_id: int, person_id: int) -> TeamMember | None:
    """Return the membership of a person as it is in the database now; ask under the lock of the team."""
    return await session.get(TeamMember, (team_id, person_id), populate_existing=True)


# -- rosters --------------------------------------------------------------------------------------------------------


async def month(
    session: AsyncSession,
    team_id: int,
    person_id: int,
    *,
    first: datetime,
    until: datetime,
    after: Place | None,
    limit: int,
) -> Sequence[Occurrence]:
    """Return a page of the rounds of a team between two moments (UTC), for who may see them; else none."""
    query = select(Occurrence).where(
        Occurrence.team_id == team_id,
        Occurrence.starts_at >= first,
        Occurrence.starts_at < until,
        may_see_shift(person_id),
    )
    if after is not None:
        same = (Occurrence.starts_at == after.starts_at) & (Occurrence.id > after.id)
        query = query.where(or_(Occurrence.starts_at > after.starts_at, same))
    return (await session.scalars(query.order_by(Occurrence.starts_at, Occurrence.id).limit(limit))).all()


async def walkers(session: AsyncSession, occurrence_ids: Sequence[int]) -> Sequence[tuple[Signup, str | None]]:
    """Return who holds a place in these rounds with their names, in the order in which they signed up."""
    query = (
        select(Signup, Person.name)
        .join(Person, Person.id == Signup.person_id)
        .where(Signup.occurrence_id.in_(occurrence_ids), Signup.state.in_(HOLDING - {SignupState.OFFERED}))
        .order_by(Signup.queued_at, Signup.id)
    )
    return [(signup, name) for signup, name in await session.execute(query)]


# -- never alone ----------------------------------------------------------------------------------------------------


async def chain_of(session: AsyncSession, occurrence_id: int) -> RoundChain | None:
    """Return how far a round is made sure of, as it is in the database now; ask under the lock of the round."""
    return await session.get(RoundChain, occurrence_id, populate_existing=True)


async def unmarked(session: AsyncSession, *, now: datetime, limit: int) -> Sequence[int]:
    """Return the ids of rounds that have not ended and of which nothing is noted yet, ascending."""
    noted = exists().where(RoundChain.occurrence_id == Occurrence.id)
    query = select(Occurrence.id).where(
        Occurrence.kind == ActivityKind.PATROL,
        Occurrence.team_id.is_not(None),
        Occurrence.starts_at > now - LONGEST,
        Occurrence.ends_at > now,
        ~noted,
    )
    return sorted((await session.scalars(query.order_by(Occurrence.starts_at, Occurrence.id).limit(limit))).all())


async def unsettled(
    session: AsyncSession, *, now: datetime, until: datetime
) -> Sequence[tuple[Occurrence, RoundChain]]:
    """Return the rounds that start before *until*, have not ended, and may still be called off, ascending."""
    query = (
        select(Occurrence, RoundChain)
        .join(RoundChain, RoundChain.occurrence_id == Occurrence.id)
        .where(
            Occurrence.called_off_at.is_(None),
            Occurrence.ends_at > now,
            Occurrence.starts_at > now - LONGEST,
            Occurrence.starts_at < until,
            RoundChain.settled_at.is_(None),
        )
        .order_by(Occurrence.id)
    )
    return [(occurrence, mark) for occurrence, mark in await session.execute(query)]


async def said_no(session: AsyncSession, occurrence_id: int) -> Sequence[Signup]:
    """Return the sign-ups for a round that their own people gave back, or that somebody else took over."""
    by_oneself = (Signup.state == SignupState.CANCELLED) & (Signup.changed_by == Signup.person_id)
    query = select(Signup).where(
        Signup.occurrence_id == occurrence_id, or_(by_oneself, Signup.state == SignupState.REPLACED)
    )
    return (await session.scalars(query.execution_options(populate_existing=True).order_by(Signup.id))).all()


# -- "wie loopt mee?" -----------------------------------------------------------------------------------------------


async def open_calls(session: AsyncSession, team_id: int, *, now: datetime) -> Sequence[WalkCall]:
    """Return what is asked in a team and still can become a round, first one first."""
    query = select(WalkCall).where(
        WalkCall.team_id == team_id, WalkCall.state == WalkCallState.OPEN, WalkCall.starts_at > now
    )
    return (await session.scalars(query.order_by(WalkCall.starts_at, WalkCall.id))).all()


async def call_of(session: AsyncSession, occurrence_id: int) -> int | None:
    """Return the id of the question that a round began with; None for every other round."""
    return await session.scalar(select(WalkCall.id).where(WalkCall.occurrence_id == occurrence_id))


async def calls_over(session: AsyncSession, *, now: datetime, limit: int) -> Sequence[int]:
    """Return the ids of calls whose time has come without a second yes, ascending."""
    query = select(WalkCall.id).where(WalkCall.state == WalkCallState.OPEN, WalkCall.starts_at <= now)
    return (await session.scalars(query.order_by(WalkCall.id).limit(limit))).all()


async def next_call(session: AsyncSession) -> datetime | None:
    """Return when the first open call expires (UTC)."""
    query = select(WalkCall.starts_at).where(WalkCall.state == WalkCallState.OPEN).order_by(WalkCall.starts_at)
    return (await session.scalars(query.limit(1))).first()
