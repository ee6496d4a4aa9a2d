"""Reading and writing people by the dozen, as intake needs it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Person

#: Statements of each message are made once: building one takes longer than SQLite needs for the answer.
_FETCH = select(Person).where(Person.id.in_(bindparam("ids", expanding=True))).execution_options(autoflush=False)


async def fetch(session: AsyncSession, ids: Collection[int]) -> dict[int, Person]:
    """Return the people with these ids who are known, by id."""
    if not ids:
        return {}
    return {person.id: person for person in await session.scalars(_FETCH, {"ids": list(ids)})}


async def person(session: AsyncSession, person_id: int) -> Person | None:
    """Return one person."""
    return await session.get(Person, person_id)


def add(session: AsyncSession, person_id: int, *, now: datetime) -> Person:
    """Make a row for somebody who was never seen; everything else about them starts at its default."""
    row = Person(id=person_id, created_at=now)
    session.add(row)
    return row
