"""Activities as people see them: lists and details."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from bot.domain.activities.offers import RoleCount, occurrence_state
from bot.domain.enums import OccurrenceState, RoleKey
from bot.domain.time import at_wall, local_date
from storage.models import Activity, ActivityRole, Area, Occurrence
from storage.queries import activities as queries
from storage.queries import town
from storage.queries.activities import Place
from storage.work import Work

PAGE = 6


@dataclass(frozen=True)
class Meeting:
    """One dated meeting with what people want to know of it; `roles` in the order of `RoleKey`."""

    occurrence: Occurrence
    activity: Activity
    area: Area | None
    roles: Mapping[RoleKey, RoleCount]
    settings: Mapping[RoleKey, ActivityRole]
    state: OccurrenceState

    @property
    def place(self) -> str | None:
        """Where it is: the place of this date, or that of the series."""
        return self.occurrence.place or self.activity.place


@dataclass(frozen=True)
class Page:
    """Some meetings, and where the next page begins (None: this was the last)."""

    meetings: Sequence[Meeting]
    following: Place | None


async def upcoming(work: Work, *, area_code: str | None, after: Place | None = None) -> Page:
    """Return the next meetings that everybody may see, in one wijk or (None) in the whole town; never a patrol."""
    rows = await queries.upcoming(work.session, now=work.now, area_code=area_code, after=after, limit=PAGE + 1)
    return await _page(work, rows)


async def shifts(work: Work, person_id: int, *, after: Place | None = None) -> Page:
    """Return the next patrol shifts that this person may see."""
    rows = await queries.shifts(work.session, person_id, now=work.now, after=after, limit=PAGE + 1)
    return await _page(work, rows)


async def detail(work: Work, occurrence_id: int, person_id: int) -> Meeting | None:
    """Return a meeting; None when there is none, or when this person may not know of it."""
    row = await queries.visible(work.session, occurrence_id, person_id)
    return None if row is None else (await of(work, [row]))[0]


async def _page(work: Work, rows: Sequence[Occurrence]) -> Page:
    shown = rows[:PAGE]
    following = Place(shown[-1].starts_at, shown[-1].id) if len(rows) > PAGE else None
    return Page(await of(work, shown), following)


async def of(work: Work, rows: Sequence[Occurrence]) -> list[Meeting]:
    """Return what people want to know of these meetings; four queries however many there are."""
    if not rows:
        return []
    activity_ids = [row.activity_id for row in rows]
    activities = await queries.activities(work.session, activity_ids)
    roles = await queries.roles(work.session, activity_ids)
    taken = await queries.taken(work.session, [row.id for row in rows])
    areas = {area.code: area for area in await town.areas(work.session)}
    return [_meeting(row, activities[row.activity_id], areas.get(row.area_code or ""), roles, taken) for row in rows]


def _meeting(
    row: Occurrence,
    activity: Activity,
    area: Area | None,
    roles: Mapping[tuple[int, RoleKey], ActivityRole],
    taken: Mapping[tuple[int, RoleKey], int],
) -> Meeting:
    settings = {role: found for role in RoleKey if (found := roles.get((activity.id, role))) is not None}
    counts = {
        role: RoleCount(found.minimum, found.maximum, taken.get((row.id, role), 0)) for role, found in settings.items()
    }
    state = occurrence_state(row.kind, counts, called_off=row.called_off_at is not None)
    return Meeting(row, activity, area, counts, settings, state)


async def dates(work: Work, activity_id: int, *, since: date, here: ZoneInfo) -> dict[int, date]:
    """Return the local dates on which meetings of an activity really stand since then, by their id."""
    starts = await queries.standing_at(work.session, activity_id, since=at_wall(since, time.min, here))
    return {row_id: local_date(starts_at, here) for row_id, starts_at in starts.items()}
