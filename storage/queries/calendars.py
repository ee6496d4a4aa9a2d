"""Reading what stands in somebody's calendar, and the feeds by the hash of their secret."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Activity, ActivityRole, Area, CalendarFeed, Occurrence, Outbox, Person, Signup
from storage.queries.activities import is_public, may_see_shift

#: What is longer ago does not stand in a feed any more, though its sign-ups may still be kept.
_LOOK_BACK = timedelta(days=31)
_MOST = 1_000
Rows = Select[Signup, Occurrence, Activity, Area | None, int | None]


@dataclass(frozen=True, slots=True)
class Going:
    """A sign-up that is or was a place, with what its calendar entry needs."""

    signup: Signup
    occurrence: Occurrence
    activity: Activity
    area: Area | None
    slot_minutes: int | None


async def of_person(session: AsyncSession, person_id: int, *, now: datetime) -> Sequence[Going]:
    """Return what somebody goes to, went to lately, or gave back; no shift that they may not see (any more)."""
    return await _goings(session, of_person_query(person_id, now=now))


def of_person_query(person_id: int, *, now: datetime) -> Rows:
    """Return the query of `of_person`."""
    return _query(person_id).where(Occurrence.ends_at > now - _LOOK_BACK).limit(_MOST)


async def of_signup(session: AsyncSession, signup_id: int, person_id: int) -> Going | None:
    """Return one sign-up of a person, if it is for themselves and they may (still) know of its meeting."""
    found = await _goings(session, _query(person_id).where(Signup.id == signup_id))
    return found[0] if found else None


async def _goings(session: AsyncSession, query: Rows) -> list[Going]:
    return [Going(*row) for row in (await session.execute(query)).all()]


def _query(person_id: int) -> Rows:
    return (
        select(Signup, Occurrence, Activity, Area, ActivityRole.slot_minutes)
        .join(Occurrence, Occurrence.id == Signup.occurrence_id)
        .join(Activity, Activity.id == Occurrence.activity_id)
        .outerjoin(Area, Area.code == Occurrence.area_code)
        .outerjoin(ActivityRole, (ActivityRole.activity_id == Activity.id) & (ActivityRole.role == Signup.role))
        .where(Signup.person_id == person_id, Signup.for_name == "", Signup.placed_at.is_not(None))
        .where(or_(is_public(), may_see_shift(person_id)))
        .order_by(Occurrence.starts_at.desc(), Signup.id)
    )


async def feed(session: AsyncSession, person_id: int) -> CalendarFeed | None:
    """Return the feed of a person as it is in the database now."""
    query = select(CalendarFeed).where(CalendarFeed.person_id == person_id)
    return (await session.scalars(query.execution_options(populate_existing=True))).first()


async def by_secret(session: AsyncSession, secret_hash: str) -> tuple[CalendarFeed, Person] | None:
    """Return the feed with this hash, and whose it is."""
    found = (await session.execute(by_secret_query(secret_hash))).first()
    return None if found is None else (found[0], found[1])


def by_secret_query(secret_hash: str) -> Select[CalendarFeed, Person]:
    """Return the query of `by_secret`."""
    whose = select(CalendarFeed, Person).join(Person, Person.id == CalendarFeed.person_id)
    return whose.where(CalendarFeed.secret_hash == secret_hash)


async def note_fetch(
    session: AsyncSession, seen: CalendarFeed, *, etag: str, changed_at: datetime, now: datetime
) -> None:
    """Write that a feed was fetched, unless its secret was renewed meanwhile."""
    await session.execute(
        update(CalendarFeed)
        .where(CalendarFeed.person_id == seen.person_id, CalendarFeed.secret_hash == seen.secret_hash)
        .values(seen_at=now, first_fetched_at=seen.first_fetched_at or now, etag=etag, changed_at=changed_at)
    )


async def messages(session: AsyncSession, keys: Sequence[str]) -> Sequence[int]:
    """Return the ids of the messages that stand in a chat for these keys, the newest first."""
    query = select(Outbox.message_id).where(Outbox.key.in_(keys), Outbox.message_id.is_not(None))
    return [found for found in (await session.scalars(query.order_by(Outbox.message_id.desc()))).all() if found]
