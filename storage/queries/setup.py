"""Writing what the set-up file says: by key, never removing what people did."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import RoleKey, RoleName
from storage.models import (
    Activity,
    ActivityRole,
    Area,
    ChatMove,
    DeskWorker,
    Occurrence,
    Partner,
    Person,
    RoleGrant,
    RoutingRule,
    Signup,
    TeamMember,
    TopicMove,
)
from storage.models.base import Base
from storage.queries.activities import free_dates, with_traces
from storage.queries.once import town_changed

Row = TypeVar("Row", bound=Base)


async def by_key(session: AsyncSession, model: type[Row], key: str) -> Row | None:
    """Return the row of a table with a `key` column."""
    return (await session.scalars(select(model).where(model.key == key))).first()  # type: ignore[attr-defined]


async def upsert(session: AsyncSession, model: type[Row], key: str, values: Mapping[str, Any]) -> tuple[Row, bool]:
    """Insert or update the row with *key*; return it and whether anything of it changed."""
    row = await by_key(session, model, key)
    if row is None:
        row = model(key=key, **values)
        session.add(row)
        await session.flush()
        return row, True
    changed = any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)
    return row, changed


async def write_areas(session: AsyncSession, areas: Sequence[Mapping[str, Any]]) -> None:
    """Insert or update areas by code; a missing polygon leaves the one that is there."""
    known = {area.code: area for area in (await session.scalars(select(Area))).all()}
    for values in areas:
        row = known.get(values["code"])
        if row is None:
            session.add(Area(**values))
            continue
        for name, value in values.items():
            if value is not None:
                setattr(row, name, value)
    await session.flush()


async def write_person(session: AsyncSession, person_id: int, name: str, *, now: datetime, rename: bool) -> None:
    """Make sure that somebody exists; *rename* gives them the name, else only who has none gets it."""
    row = await session.get(Person, person_id)
    if row is None:
        session.add(Person(id=person_id, name=name, created_at=now))
    elif rename or row.name is None:
        row.name = name
    await session.flush()


async def write_roles(session: AsyncSession, person_id: int, roles: Sequence[RoleName], *, now: datetime) -> None:
    """Give and take roles as the file says; one that was taken away in the chat stays away."""
    held = {row.role: row for row in await session.scalars(select(RoleGrant).where(RoleGrant.person_id == person_id))}
    for role in roles:
        row = held.get(role)
        if row is None:
            session.add(RoleGrant(person_id=person_id, role=role, given_at=now))
        elif row.taken_at is not None and row.taken_by is None:
            row.taken_at = None
    for role, row in held.items():
        if role not in roles and row.taken_at is None and row.given_by is None:
            row.taken_at = now


async def write_desk_workers(session: AsyncSession, desk_id: int, workers: Sequence[int]) -> None:
    """Make *workers* the desk's workers, but for those who were taken away in the chat."""
    held = {
        row.person_id: row for row in await session.scalars(select(DeskWorker).where(DeskWorker.desk_id == desk_id))
    }
    for person_id in workers:
        if person_id not in held:
            session.add(DeskWorker(desk_id=desk_id, person_id=person_id))
    for person_id, row in held.items():
        if person_id not in workers and row.taken_at is None:
            await session.delete(row)


async def retire_partners(session: AsyncSession, keys: Sequence[str]) -> None:
    """Let the partners that the file no longer names (*keys* are those that it does) be written to no more."""
    named = or_(Partner.active, Partner.email.is_not(None))
    for row in await session.scalars(select(Partner).where(Partner.key.not_in(keys), named)):
        row.active, row.email = False, None


async def write_rules(session: AsyncSession, rules: Sequence[Mapping[str, Any]]) -> None:
    """Replace all routing rules."""
    await session.execute(delete(RoutingRule))
    session.add_all(RoutingRule(position=position, **rule) for position, rule in enumerate(rules))
    await session.flush()
    await town_changed(session)


async def add_member(
    session: AsyncSession, team_id: int, person_id: int, *, vog_on: date | None, now: datetime
) -> None:
    """Make somebody a member who was none yet; who is known, or has left, stays as the chat left it.

    A VOG is a person's: who lost it in one team does not get it back by being named in another.
    """
    if await session.get(TeamMember, (team_id, person_id)) is not None:
        return
    withdrawn = exists().where(TeamMember.person_id == person_id, TeamMember.vog_withdrawn_at.is_not(None))
    if vog_on is not None and await session.scalar(select(withdrawn)):
        vog_on = None
    session.add(TeamMember(team_id=team_id, person_id=person_id, asked_at=now, accepted_at=now, vog_on=vog_on))


async def write_activity_roles(
    session: AsyncSession, activity_id: int, roles: Mapping[RoleKey, Mapping[str, Any]]
) -> None:
    """Set the roles of an activity; a role that the file no longer names goes when nobody has it."""
    held = {
        row.role: row
        for row in await session.scalars(select(ActivityRole).where(ActivityRole.activity_id == activity_id))
    }
    for role, values in roles.items():
        row = held.get(role)
        if row is None:
            session.add(ActivityRole(activity_id=activity_id, role=role, **values))
            continue
        for name, value in values.items():
            setattr(row, name, value)
    for role, row in held.items():
        taken = exists().where(Signup.occurrence_id == Occurrence.id, Signup.role == role)
        used = await session.scalar(select(exists().where(Occurrence.activity_id == activity_id, taken)))
        if role not in roles and not used:
            await session.delete(row)


async def forget_future(session: AsyncSession, activity: Activity, *, now: datetime) -> None:
    """Remove the future dates of a series that nobody knows of and nobody changed by hand.

    They are locked first: whoever joins one in this moment keeps it.
    """
    ids = {row.id for row in await free_dates(session, activity.id, now=now)}
    ids -= await with_traces(session, ids)
    await session.execute(delete(Occurrence).where(Occurrence.id.in_(ids)))


async def forget_lost(session: AsyncSession, named: Collection[int], *, before: datetime) -> None:
    """Forget who lost a role, a desk or a team before then, unless the file still names them (*named*: its people).

    Until that they are remembered, so that a file of before their loss gives nothing back.
    """
    for person, lost in (
        (RoleGrant.person_id, RoleGrant.taken_at),
        (DeskWorker.person_id, DeskWorker.taken_at),
        (TeamMember.person_id, TeamMember.left_at),
    ):
        await session.execute(delete(person.class_).where(lost < before, person.not_in(named)))


async def topic_now(session: AsyncSession, chat_id: int, thread_id: int | None) -> int | None:
    """Return the id that a topic of this chat has today: those that were deleted and made again got a new one."""
    seen = {thread_id}
    while thread_id is not None and (move := await session.get(TopicMove, (chat_id, thread_id))) is not None:
        if move.new_id in seen:
            break
        thread_id = move.new_id
        seen.add(thread_id)
    return thread_id


async def chat_now(session: AsyncSession, chat_id: int) -> int:
    """Return the id that a chat has today: groups that became supergroups got a new one."""
    seen = {chat_id}
    while (move := await session.get(ChatMove, chat_id)) is not None and move.new_id not in seen:
        chat_id = move.new_id
        seen.add(chat_id)
    return chat_id
