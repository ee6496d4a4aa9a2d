"""Reading and ending absences."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import ReportStatus, RoleName
from storage.models import Absence, Report, RoleGrant


async def away(session: AsyncSession, today: date, now: datetime) -> dict[int, int | None]:
    """Return who is away on the local date *today*, with the substitute (None for nobody).

    Who lost the role replaces nobody.
    """
    works = exists().where(
        RoleGrant.person_id == Absence.substitute_id,
        RoleGrant.role.in_((RoleName.WORKER, RoleName.ADMIN)),
        RoleGrant.taken_at.is_(None),
    )
    query = select(Absence.person_id, case((works, Absence.substitute_id))).where(
        Absence.until >= today, Absence.since <= now
    )
    return {row[0]: row[1] for row in await session.execute(query.order_by(Absence.id))}


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Absence]:
    """Return all absences of a worker, the newest last."""
    return (await session.scalars(select(Absence).where(Absence.person_id == person_id).order_by(Absence.id))).all()


async def over(session: AsyncSession, today: date) -> Sequence[Absence]:
    """Return the absences that ended before the local date *today*."""
    return (await session.scalars(select(Absence).where(Absence.until < today).order_by(Absence.id))).all()


async def first_end(session: AsyncSession) -> date | None:
    """Return the last day of the absence that ends first."""
    return await session.scalar(select(func.min(Absence.until)))


async def held_by(session: AsyncSession, person_id: int) -> Sequence[Report]:
    """Return the open reports that a worker has."""
    query = select(Report).where(Report.holder_id == person_id, Report.status != ReportStatus.CLOSED)
    return (await session.scalars(query.order_by(Report.id))).all()
