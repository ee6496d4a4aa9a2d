"""Reading sign-ups, offers and what a kind adds to them.

What is judged under the lock of its occurrence is read anew from the database (`populate_existing`): a row that was
prefetched before the lock may be older than the last change.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, cast, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import COUNTED_ON, HOLDING, OutboxState, RoleKey, SignupState
from bot.domain.notices.activities import Moved
from storage.models import Activity, ActivityRole, Occurrence, Outbox, Person, RepairItem, Signup, Stall
from storage.queries.activities import Place, is_public, may_see_shift

OPEN = COUNTED_ON
#: States of who really goes: not of who waits, or looks for somebody else.
_GOES = frozenset({SignupState.SIGNED_UP, SignupState.OFFERED, SignupState.PRESENT})
Row = TypeVar("Row")


def _seats() -> ColumnElement[int]:
    """Return how many places these sign-ups take together, as a whole number on every database."""
    return cast(func.coalesce(func.sum(Signup.seats), 0), BigInteger)


def _anew(query: Select[Row]) -> Select[Row]:
    return query.execution_options(populate_existing=True)


async def of_person(
    session: AsyncSession, occurrence_id: int, person_id: int, role: RoleKey, for_name: str = ""
) -> Signup | None:
    """Return the sign-up of a person in a role, whatever its state; one each is all there can be.

    *for_name* names somebody without Telegram whom that person signed up.
    """
    query = select(Signup).where(
        Signup.occurrence_id == occurrence_id,
        Signup.person_id == person_id,
        Signup.role == role,
        Signup.for_name == for_name,
    )
    return (await session.scalars(_anew(query))).first()


async def anew(session: AsyncSession, signup_id: int) -> Signup | None:
    """Return a sign-up as it is in the database now."""
    return (await session.scalars(_anew(select(Signup).where(Signup.id == signup_id)))).first()


async def of_occurrence(session: AsyncSession, occurrence_id: int) -> Sequence[Signup]:
    """Return the sign-ups of a meeting that are still counted on, in the order of the queue."""
    query = select(Signup).where(Signup.occurrence_id == occurrence_id, Signup.state.in_(OPEN))
    return (await session.scalars(_anew(query).order_by(Signup.queued_at, Signup.id))).all()


async def waiting(session: AsyncSession, occurrence_id: int, role: RoleKey) -> Sequence[Signup]:
    """Return the waiting list of a role, first one first."""
    query = select(Signup).where(
        Signup.occurrence_id == occurrence_id, Signup.role == role, Signup.state == SignupState.WAITING
    )
    return (await session.scalars(_anew(query).order_by(Signup.queued_at, Signup.id))).all()


async def position(session: AsyncSession, signup: Signup) -> int:
    """Return the place of a waiting sign-up on its list, counted from 1; who was offered a place is not counted."""
    ahead = or_(Signup.queued_at < signup.queued_at, and_(Signup.queued_at == signup.queued_at, Signup.id < signup.id))
    query = select(func.count()).where(
        Signup.occurrence_id == signup.occurrence_id,
        Signup.role == signup.role,
        Signup.state == SignupState.WAITING,
        ahead,
    )
    return 1 + (await session.scalar(query) or 0)


async def held(session: AsyncSession, occurrence_id: int, role: RoleKey) -> int:
    """Return how many places of a role are held, offered ones and who comes along counted; ask under the lock."""
    query = select(_seats()).where(
        Signup.occurrence_id == occurrence_id, Signup.role == role, Signup.state.in_(HOLDING)
    )
    return await session.scalar(query) or 0


async def held_by_slot(session: AsyncSession, occurrence_id: int, role: RoleKey) -> dict[datetime, int]:
    """Return how many places are held per time slot (UTC); who walks in has none."""
    rows = await session.execute(
        select(Signup.slot_at, _seats())
        .where(Signup.occurrence_id == occurrence_id, Signup.role == role, Signup.state.in_(HOLDING))
        .where(Signup.slot_at.is_not(None))
        .group_by(Signup.slot_at)
    )
    return {slot: count for slot, count in rows if slot is not None}


async def seeking(session: AsyncSession, occurrence_id: int, role: RoleKey | None = None) -> Sequence[Signup]:
    """Return the sign-ups of a meeting that look for a stand-in, oldest first."""
    query = select(Signup).where(Signup.occurrence_id == occurrence_id, Signup.state == SignupState.SEEKS_STAND_IN)
    if role is not None:
        query = query.where(Signup.role == role)
    return (await session.scalars(_anew(query).order_by(Signup.changed_at, Signup.id))).all()


async def mine(
    session: AsyncSession, person_id: int, *, now: datetime, after: Place | None = None, limit: int
) -> Sequence[tuple[Signup, Occurrence]]:
    """Return a person's open sign-ups for what has not ended, first one first; no shift that they may not see."""
    rows = await session.execute(mine_query(person_id, now=now, after=after, limit=limit))
    return [(signup, occurrence) for signup, occurrence in rows]


def mine_query(person_id: int, *, now: datetime, after: Place | None, limit: int) -> Select[Signup, Occurrence]:
    """Return the query of `mine`."""
    query = (
        select(Signup, Occurrence)
        .join(Occurrence, Occurrence.id == Signup.occurrence_id)
        .where(Signup.person_id == person_id, Signup.state.in_(OPEN), Occurrence.ends_at > now)
        .where(or_(is_public(), may_see_shift(person_id)))
    )
    if after is not None:
        same = and_(Occurrence.starts_at == after.starts_at, Signup.id > after.id)
        query = query.where(or_(Occurrence.starts_at > after.starts_at, same))
    return query.order_by(Occurrence.starts_at, Signup.id).limit(limit)


async def mine_at(session: AsyncSession, occurrence_id: int, person_id: int) -> Sequence[Signup]:
    """Return a person's open sign-ups for one meeting: one's own first, then those for others."""
    query = select(Signup).where(
        Signup.occurrence_id == occurrence_id, Signup.person_id == person_id, Signup.state.in_(OPEN)
    )
    return (await session.scalars(query.order_by(Signup.for_name != "", Signup.id))).all()


async def own_roles(session: AsyncSession, occurrence_id: int, person_id: int) -> frozenset[RoleKey]:
    """Return the roles in which somebody has a place at a meeting, had one on the day, or waits for one."""
    query = select(Signup.role).where(
        Signup.occurrence_id == occurrence_id,
        Signup.person_id == person_id,
        Signup.for_name == "",
        Signup.state.in_(HOLDING | {SignupState.WAITING}),
    )
    return frozenset((await session.scalars(query)).all())


async def at_that_time(session: AsyncSession, occurrence: Occurrence, person_id: int) -> Activity | None:
    """Return what this person goes to while *occurrence* lasts, the first of it; no shift that they may not see."""
    query = (
        select(Activity)
        .join(Occurrence, Occurrence.activity_id == Activity.id)
        .join(Signup, Signup.occurrence_id == Occurrence.id)
        .where(Signup.person_id == person_id, Signup.for_name == "", Signup.state.in_(_GOES))
        .where(Occurrence.id != occurrence.id, Occurrence.called_off_at.is_(None))
        .where(Occurrence.starts_at < occurrence.ends_at, Occurrence.ends_at > occurrence.starts_at)
        .where(or_(is_public(), may_see_shift(person_id)))
        .order_by(Occurrence.starts_at, Occurrence.id)
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def names(session: AsyncSession, occurrence_id: int) -> Sequence[str | None]:
    """Return the names of who comes, for a roster; None for who has told no name. Who looks for a stand-in is none."""
    comes = HOLDING - {SignupState.OFFERED, SignupState.SEEKS_STAND_IN}
    query = (
        select(Person.name)
        .join(Signup, Signup.person_id == Person.id)
        .where(Signup.occurrence_id == occurrence_id, Signup.state.in_(comes))
        .order_by(Signup.queued_at, Signup.id)
    )
    return (await session.scalars(query)).all()


async def last_freed(session: AsyncSession, occurrence_id: int, role: RoleKey) -> datetime | None:
    """Return when somebody last gave a place or a spot in the queue of this role back, or comes without a companion."""
    freed = case((Signup.state == SignupState.CANCELLED, Signup.changed_at), else_=Signup.gave_back_at)
    query = select(func.max(freed)).where(Signup.occurrence_id == occurrence_id, Signup.role == role)
    found: datetime | None = await session.scalar(query)
    return found


async def role_of(session: AsyncSession, occurrence: Occurrence, role: RoleKey) -> ActivityRole | None:
    """Return the role as the activity has it."""
    return await session.get(ActivityRole, (occurrence.activity_id, role))


async def roles_of(session: AsyncSession, activity_id: int) -> Sequence[ActivityRole]:
    """Return all roles of an activity."""
    query = select(ActivityRole).where(ActivityRole.activity_id == activity_id).order_by(ActivityRole.role)
    return (await session.scalars(query)).all()


async def earlier_in_role(session: AsyncSession, activity_id: int, role: RoleKey) -> Sequence[int]:
    """Return who has or had this role at any meeting of the series: people who may stand in."""
    query = (
        select(Signup.person_id)
        .join(Occurrence, Occurrence.id == Signup.occurrence_id)
        .where(Occurrence.activity_id == activity_id, Signup.role == role, Signup.state.in_(OPEN | HOLDING))
        .where(Signup.for_name == "")
        .distinct()
        .order_by(Signup.person_id)
    )
    return (await session.scalars(query)).all()


# -- what a kind adds -----------------------------------------------------------------------------------------------


async def repair_item(session: AsyncSession, signup_id: int) -> RepairItem | None:
    """Return what a visitor of a Repair Café brings."""
    return (await session.scalars(select(RepairItem).where(RepairItem.signup_id == signup_id))).first()


async def stall(session: AsyncSession, signup_id: int) -> Stall | None:
    """Return the stall of a sign-up for a Rommelroute."""
    return (await session.scalars(select(Stall).where(Stall.signup_id == signup_id))).first()


# -- reminders --------------------------------------------------------------------------------------------------------


async def with_meeting(session: AsyncSession, signup_id: int) -> tuple[Signup, Occurrence, Activity] | None:
    """Return a sign-up with its meeting and activity."""
    query = (
        select(Signup, Occurrence, Activity)
        .join(Occurrence, Occurrence.id == Signup.occurrence_id)
        .join(Activity, Activity.id == Occurrence.activity_id)
        .where(Signup.id == signup_id)
    )
    found = (await session.execute(query)).first()
    return None if found is None else (found[0], found[1], found[2])


async def to_remind(
    session: AsyncSession, *, now: datetime, person_id: int | None = None
) -> Sequence[tuple[Signup, Occurrence]]:
    """Return the sign-ups with a place at a coming meeting, of one person or of everybody."""
    query = (
        select(Signup, Occurrence)
        .join(Occurrence, Occurrence.id == Signup.occurrence_id)
        .where(Signup.state == SignupState.SIGNED_UP, Occurrence.starts_at > now, Occurrence.called_off_at.is_(None))
        .where(Signup.for_name == "")
        .order_by(Occurrence.starts_at, Signup.id)
    )
    if person_id is not None:
        query = query.where(Signup.person_id == person_id)
    return [(signup, occurrence) for signup, occurrence in await session.execute(query)]


async def shown(session: AsyncSession, kinds: Sequence[str], signup_id: int) -> Sequence[str]:
    """Return the keys of the messages of these kinds about a sign-up that stand in a chat."""
    query = select(Outbox.key).where(
        Outbox.about == signup_id, Outbox.kind.in_(kinds), Outbox.state == OutboxState.SENT
    )
    return (await session.scalars(query.where(Outbox.message_id.is_not(None)))).all()


async def drop_waiting(
    session: AsyncSession, kind: str, about: Sequence[int], *, reason: str, after: datetime | None = None
) -> None:
    """Make the messages of a kind about these ids that have not gone out yet never go out; *after*: those due later."""
    waits = update(Outbox).where(Outbox.about.in_(about), Outbox.kind == kind, Outbox.state == OutboxState.WAITING)
    if after is not None:
        waits = waits.where(Outbox.due_at > after)
    await session.execute(
        waits.values(state=OutboxState.DROPPED, reason=reason, payload=None, version=Outbox.version + 1)
    )


async def unsaid_changes(session: AsyncSession, occurrence_id: int) -> dict[int, Moved]:
    """Return what people were to hear of changes of a meeting and did not yet, by person; the last of each."""
    query = select(Outbox.chat_id, Outbox.payload).where(
        Outbox.about == occurrence_id, Outbox.kind == Moved.kind, Outbox.state == OutboxState.WAITING
    )
    rows = await session.execute(query.order_by(Outbox.id))
    return {person_id: Moved.from_payload(payload) for person_id, payload in rows if payload is not None}
