"""Reading who is who among staff: rights are read at each tap, never remembered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import Reachable, ReportStatus, RoleName
from storage.models import Desk, DeskWorker, Opening, Person, Report, RoleGrant, Team, TeamMember


async def roles(session: AsyncSession, person_id: int) -> frozenset[RoleName]:
    """Return the roles that a person has now."""
    rows = await session.scalars(
        select(RoleGrant.role).where(RoleGrant.person_id == person_id, RoleGrant.taken_at.is_(None))
    )
    return frozenset(rows.all())


async def works_at(session: AsyncSession, person_id: int, desk_id: int) -> bool:
    """Return whether a person is a worker of this desk now (the role itself is needed as well)."""
    query = select(
        exists().where(
            DeskWorker.desk_id == desk_id,
            DeskWorker.person_id == person_id,
            DeskWorker.taken_at.is_(None),
            RoleGrant.person_id == DeskWorker.person_id,
            RoleGrant.role == RoleName.WORKER,
            RoleGrant.taken_at.is_(None),
        )
    )
    return bool(await session.scalar(query))


async def desks_of(session: AsyncSession, person_id: int) -> Sequence[Desk]:
    """Return the desks that a person works at now."""
    query = (
        select(Desk)
        .join(DeskWorker, DeskWorker.desk_id == Desk.id)
        .where(DeskWorker.person_id == person_id, DeskWorker.taken_at.is_(None), Desk.active)
        .order_by(Desk.name)
    )
    return (await session.scalars(query)).all()


async def workers_of(session: AsyncSession, desk_id: int) -> Sequence[Person]:
    """Return the workers of a desk by name."""
    query = (
        select(Person)
        .join(DeskWorker, DeskWorker.person_id == Person.id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            DeskWorker.desk_id == desk_id,
            DeskWorker.taken_at.is_(None),
            RoleGrant.role == RoleName.WORKER,
            RoleGrant.taken_at.is_(None),
        )
        .order_by(Person.name)
    )
    return (await session.scalars(query)).all()


async def with_role(session: AsyncSession, role: RoleName) -> Sequence[Person]:
    """Return everybody who has *role* now."""
    query = (
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == role, RoleGrant.taken_at.is_(None))
        .order_by(RoleGrant.person_id)
    )
    return (await session.scalars(query)).all()


async def membership(session: AsyncSession, person_id: int, team_id: int) -> TeamMember | None:
    """Return the membership row of a person in a team."""
    return await session.get(TeamMember, (team_id, person_id))


def leads_team(person_id: int) -> ColumnElement[bool]:
    """Return the condition of teams that a person looks after: their coordinator, or (with that role) their worker."""
    works = exists().where(
        RoleGrant.person_id == person_id, RoleGrant.role == RoleName.WORKER, RoleGrant.taken_at.is_(None)
    )
    return or_(Team.coordinator_id == person_id, and_(Team.worker_id == person_id, works))


async def teams_led(session: AsyncSession, person_id: int) -> Sequence[Team]:
    """Return the teams that a person looks after, by name."""
    query = select(Team).where(Team.active, leads_team(person_id)).order_by(Team.name, Team.id)
    return (await session.scalars(query)).all()


async def may_see_roster(session: AsyncSession, person_id: int, team_id: int) -> bool:
    """Return whether a person may see times, names and rounds of a team.

    Only accepted members with a VOG that was not withdrawn, the team's coordinator and its worker.
    """
    team = await session.get(Team, team_id)
    if team is None:
        return False
    if person_id == team.worker_id and RoleName.WORKER in await roles(session, person_id):
        return True
    if person_id == team.coordinator_id:
        return True
    return is_cleared(await membership(session, person_id, team_id))


def is_cleared(member: TeamMember | None) -> bool:
    """Return whether this membership allows taking shifts."""
    return (
        member is not None
        and member.accepted_at is not None
        and member.left_at is None
        and member.vog_on is not None
        and member.vog_withdrawn_at is None
    )


async def is_named_by_organisation(session: AsyncSession, person_id: int) -> bool:
    """Return whether a person is staff or a team member, whose name the set-up file gave."""
    has_role = exists().where(RoleGrant.person_id == person_id, RoleGrant.taken_at.is_(None))
    is_member = exists().where(TeamMember.person_id == person_id, TeamMember.left_at.is_(None))
    return bool(await session.scalar(select(has_role | is_member)))


async def desk_rows(session: AsyncSession, person_id: int) -> Sequence[tuple[DeskWorker, Desk]]:
    """Return where a person works now, with the desks."""
    query = (
        select(DeskWorker, Desk)
        .join(Desk, Desk.id == DeskWorker.desk_id)
        .where(DeskWorker.person_id == person_id, DeskWorker.taken_at.is_(None))
        .order_by(Desk.id)
    )
    return [(row, desk) for row, desk in await session.execute(query)]


async def everybody(session: AsyncSession) -> Sequence[tuple[Person, RoleName]]:
    """Return all staff with each role that they have now, by name."""
    query = (
        select(Person, RoleGrant.role)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.taken_at.is_(None))
        .order_by(Person.name, Person.id, RoleGrant.role)
    )
    return [(person, role) for person, role in await session.execute(query)]


async def ever_staff(session: AsyncSession) -> dict[int, set[RoleName]]:
    """Return the roles now of everybody who has or had one and to whom the bot may write, by their id."""
    query = (
        select(RoleGrant.person_id, RoleGrant.role, RoleGrant.taken_at)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(Person.reachable == Reachable.YES)
    )
    found: dict[int, set[RoleName]] = {}
    for person_id, role, taken_at in await session.execute(query):
        found.setdefault(person_id, set()).update(() if taken_at else (role,))
    return found


async def standing(session: AsyncSession) -> dict[int, set[tuple[str, str]]]:
    """Return by person what their rights come from now: roles, desks where they work, desks whose contact they are."""
    grants = select(RoleGrant.person_id, RoleGrant.role).where(RoleGrant.taken_at.is_(None))
    works = select(DeskWorker.person_id, DeskWorker.desk_id).where(DeskWorker.taken_at.is_(None))
    found: dict[int, set[tuple[str, str]]] = {}
    for source, query in (("role", grants), ("works", works), ("contact", select(Desk.contact_id, Desk.id))):
        for person_id, of in await session.execute(query):
            found.setdefault(person_id, set()).add((source, str(of)))
    return found


async def held_by(session: AsyncSession, person_id: int) -> Sequence[int]:
    """Return the ids of the open reports that a person has."""
    query = select(Report.id).where(Report.holder_id == person_id, Report.status != ReportStatus.CLOSED)
    return (await session.scalars(query.order_by(Report.id))).all()


async def holders(session: AsyncSession) -> Sequence[int]:
    """Return everybody who has an open report."""
    query = select(Report.holder_id).where(Report.holder_id.is_not(None), Report.status != ReportStatus.CLOSED)
    return [holder for holder in await session.scalars(query.distinct()) if holder is not None]


async def use_up_links(session: AsyncSession, person_id: int, *, now: datetime) -> None:
    """Make the one-time links that were made for a person worth nothing."""
    unused = Opening.used_at.is_(None)
    await session.execute(update(Opening).where(Opening.worker_id == person_id, unused).values(used_at=now))


async def lock_role(session: AsyncSession, role: RoleName) -> dict[int, RoleGrant]:
    """Return who has *role* now, by person, locked until the transaction ends: of two admins one stays."""
    rows = await session.scalars(
        select(RoleGrant)
        .where(RoleGrant.role == role, RoleGrant.taken_at.is_(None))
        .order_by(RoleGrant.person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.person_id: row for row in rows.all()}
