"""Reading a day of a Repair Café: its visitors, its repairers and what they can do, and what is exported of it.

What is judged under the lock of the meeting is read anew from the database (`populate_existing`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.activities.attendance import STATES
from bot.domain.enums import ActivityKind, RoleKey, SignupState
from storage.models import Activity, Occurrence, Person, PersonSkill, RepairItem, Signup
from storage.queries.attendance import was_held

#: States of volunteers who are (to be) there.
_THERE = (SignupState.SIGNED_UP, SignupState.PRESENT, SignupState.DONE)
#: States of visitors who came.
CAME = (SignupState.PRESENT, SignupState.DONE, SignupState.LEFT_EARLY)
Exported = tuple[int, str, str | None, str | None, str | None, str | None, str, datetime]


async def visits(session: AsyncSession, occurrence_id: int) -> Sequence[tuple[Signup, RepairItem | None]]:
    """Return the visitors of a meeting with what they bring: by their number, then by time slot and sign-up."""
    rows = await session.execute(
        select(Signup, RepairItem)
        .join(RepairItem, RepairItem.signup_id == Signup.id, isouter=True)
        .where(Signup.occurrence_id == occurrence_id, Signup.role == RoleKey.VISITOR, Signup.state.in_(STATES))
        .order_by(
            func.coalesce(RepairItem.queue_number, 1_000_000),
            Signup.slot_at.is_(None),
            Signup.slot_at,
            Signup.queued_at,
            Signup.id,
        )
        .execution_options(populate_existing=True)
    )
    return [(signup, item) for signup, item in rows]


async def item(session: AsyncSession, signup_id: int) -> RepairItem | None:
    """Return what a visitor brings, as it is in the database now."""
    query = select(RepairItem).where(RepairItem.signup_id == signup_id).execution_options(populate_existing=True)
    return (await session.scalars(query)).first()


async def last_number(session: AsyncSession, occurrence_id: int) -> int:
    """Return the highest number that was given at a meeting, 0 for none; ask under the lock of the meeting."""
    query = (
        select(func.max(RepairItem.queue_number))
        .join(Signup, Signup.id == RepairItem.signup_id)
        .where(Signup.occurrence_id == occurrence_id)
    )
    return await session.scalar(query) or 0


async def hosts(session: AsyncSession, occurrence_id: int) -> Sequence[int]:
    """Return the ids of the hosts of a meeting."""
    query = select(Signup.person_id).where(
        Signup.occurrence_id == occurrence_id,
        Signup.role == RoleKey.HOST,
        Signup.state.in_(_THERE),
        Signup.for_name == "",
    )
    return (await session.scalars(query.order_by(Signup.person_id))).all()


async def repairers(session: AsyncSession, occurrence_id: int) -> list[tuple[str | None, frozenset[str]]]:
    """Return the repairers of a meeting: the name that each told, and what each can repair."""
    rows = await session.execute(
        select(Signup.id, Signup.for_name, Person.name, PersonSkill.skill)
        .join(Person, Person.id == Signup.person_id)
        .join(PersonSkill, (PersonSkill.person_id == Signup.person_id) & (Signup.for_name == ""), isouter=True)
        .where(Signup.occurrence_id == occurrence_id, Signup.role == RoleKey.REPAIRER, Signup.state.in_(_THERE))
        .order_by(Signup.queued_at, Signup.id)
    )
    found: dict[int, tuple[str | None, set[str]]] = {}
    for signup_id, for_name, name, skill in rows:
        _name, skills = found.setdefault(signup_id, (for_name or name, set()))
        if skill is not None:
            skills.add(skill)
    return [(name, frozenset(skills)) for name, skills in found.values()]


async def skills(session: AsyncSession, person_id: int) -> frozenset[str]:
    """Return what a person can repair."""
    return frozenset((await session.scalars(select(PersonSkill.skill).where(PersonSkill.person_id == person_id))).all())


async def drop_skill(session: AsyncSession, person_id: int, skill: str) -> None:
    """Forget that a person can repair this."""
    await session.execute(delete(PersonSkill).where(PersonSkill.person_id == person_id, PersonSkill.skill == skill))


async def beginning(session: AsyncSession, *, after: datetime, before: datetime | None = None) -> Sequence[Occurrence]:
    """Return the Repair Cafés that begin after a moment and before another one (None: the first only)."""
    query = (
        select(Occurrence)
        .where(
            Occurrence.kind == ActivityKind.REPAIR_CAFE,
            Occurrence.called_off_at.is_(None),
            Occurrence.starts_at > after,
        )
        .order_by(Occurrence.starts_at)
    )
    query = query.limit(1) if before is None else query.where(Occurrence.starts_at <= before)
    return (await session.scalars(query)).all()


async def repairs(session: AsyncSession, *, after: int, limit: int) -> list[Exported]:
    """Return (id, type, category, brand, outcome, reason, title, start) of repairs, in the order of ids.

    A repair is what had its turn, or of which it was written down how it went; who went home before is none.
    """
    query = (
        select(
            RepairItem.id,
            RepairItem.item_type,
            RepairItem.category,
            RepairItem.brand,
            RepairItem.outcome,
            RepairItem.outcome_reason,
            Activity.title,
            Occurrence.starts_at,
        )
        .join(Signup, Signup.id == RepairItem.signup_id)
        .join(Occurrence, Occurrence.id == Signup.occurrence_id)
        .join(Activity, Activity.id == Occurrence.activity_id)
        .where(RepairItem.id > after, RepairItem.queue_number.is_not(None), Signup.state.in_(CAME))
        .where(was_held(), or_(RepairItem.outcome.is_not(None), RepairItem.called_at.is_not(None)))
        .order_by(RepairItem.id)
        .limit(limit)
    )
    return [cast("Exported", tuple(row)) for row in await session.execute(query)]
