"""Changing one date of an activity, by who looks after it: moving it, another place, calling it off."""

from dataclasses import dataclass
from datetime import datetime

from bot.services.activities import rescheduling
from bot.services.activities.making import audit
from bot.services.activities.rescheduling import Changed
from bot.services.activities.rights import may_manage
from storage.models import Activity, Occurrence, Person
from storage.queries.locking import locked
from storage.work import Work


@dataclass(frozen=True)
class DateChange:
    """What changes about one date; times are UTC. `version` is that of the date as it was shown."""

    occurrence: int
    version: int
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str | None = None
    why: str | None = None


async def date_of(work: Work, occurrence_id: int, person_id: int) -> tuple[Occurrence, Activity] | None:
    """Return a date and its activity for who looks after it; for everybody else there is none."""
    occurrence = await work.session.get(Occurrence, occurrence_id)
    activity = None if occurrence is None else await work.session.get(Activity, occurrence.activity_id)
    if occurrence is None or activity is None or not await may_manage(work, activity, person_id):
        return None
    return occurrence, activity


async def change_date(work: Work, person: Person, change: DateChange) -> Changed:
    """Move one date, or give it another place, and tell its people at once. NOT_THERE: also for a stranger."""
    if await date_of(work, change.occurrence, person.id) is None:
        return Changed.NOT_THERE
    row = await locked(work.session, Occurrence, change.occurrence)
    if row is None:
        return Changed.NOT_THERE
    if row.version != change.version:
        return Changed.ALREADY
    starts_at, ends_at = change.starts_at or row.starts_at, change.ends_at or row.ends_at
    done = await rescheduling.move(work, row.id, starts_at, ends_at, place=change.place, why=change.why)
    if done is Changed.DONE:
        audit(work, person, "date_changed", row.id)
    return done


async def call_off_date(work: Work, person: Person, occurrence_id: int, why: str | None) -> Changed:
    """Call one date off and tell its people at once. NOT_THERE: also for a stranger."""
    if await date_of(work, occurrence_id, person.id) is None:
        return Changed.NOT_THERE
    done = await rescheduling.call_off(work, occurrence_id, why, by=person.id)
    if done is Changed.DONE:
        audit(work, person, "date_called_off", occurrence_id)
    return done
