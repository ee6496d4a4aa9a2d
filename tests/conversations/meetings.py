"""Helpers for conversations about activities: other times, full meetings, and the ids behind what is seen."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.domain.enums import RoleKey
from bot.domain.time import to_utc
from bot.services.activities import signups
from storage.models import Activity, Occurrence, Person, Signup
from tests.town import Town
from tests.town_people import Someone

ZONE = ZoneInfo("Europe/Amsterdam")


def wall(text: str) -> datetime:
    """Return the moment (UTC) of a local wall time like "2026-12-05T13:00"."""
    return to_utc(datetime.fromisoformat(text), ZONE)


async def jump(town: Town, to: str) -> None:
    """Let the town sleep until a local wall time: what was planned meanwhile is done late, if it still makes sense."""
    town.sleep(wall(to))
    await town.settle()


async def wait_until(town: Town, to: str) -> None:
    """Sleep until an hour before a local wall time, then live through that hour."""
    before = wall(to) - timedelta(minutes=50)
    if before > town.now:
        await jump(town, before.astimezone(ZONE).replace(tzinfo=None).isoformat())
    await town.advance(wall(to) + timedelta(seconds=1))


async def occurrence(town: Town, key: str, on: str) -> Occurrence:
    """Return the meeting of an activity of the set-up file on a local date."""
    async with town.reading() as work:
        query = select(Occurrence).join(Activity).where(Activity.key == key)
        rows = (await work.session.scalars(query)).all()
    return next(row for row in rows if row.nominal_on.isoformat() == on)


async def signup_of(town: Town, someone: Someone, occurrence_id: int) -> Signup:
    """Return somebody's sign-up for a meeting."""
    async with town.reading() as work:
        query = select(Signup).where(Signup.person_id == someone.id, Signup.occurrence_id == occurrence_id)
        return (await work.session.scalars(query)).one()


async def fill(town: Town, meeting: Occurrence, role: RoleKey, people: list[Someone]) -> None:
    """Give these people a place, as if they had tapped."""
    async with town.writing() as work:
        for someone in people:
            person = await work.session.get(Person, someone.id)
            assert person is not None
            await signups.join(work, meeting.id, person, role)


async def told(town: Town, *names: str) -> list[Someone]:
    """Return residents who pressed Start."""
    people = [town.resident(name) for name in names]
    for someone in people:
        await someone.starts()
    return people
