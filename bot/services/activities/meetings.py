"""Activities as people see them: lists and details, dates made ahead, moving and calling off a meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.activities.offers import RoleCount, occurrence_state
from bot.domain.activities.series import Planned, Series, beside_kept
from bot.domain.enums import WALKED_IN, ActivityKind, OccurrenceState, RoleKey, SignupState
from bot.domain.notices.activities import CalledOff
from bot.domain.notices.repair import RepairNumber
from bot.domain.time import at_wall, local_date, to_utc, to_wall
from bot.services.activities import calendars, changes, coordinating, offers, reminders, walking
from bot.services.rommelroute import sent
from storage.models import Activity, ActivityRole, Area, Occurrence, Signup
from storage.queries import activities as queries
from storage.queries import fullness as fullness_queries
from storage.queries import signups as signup_queries
from storage.queries import town
from storage.queries.activities import Place
from storage.queries.locking import locked
from storage.work import Work

#: Meetings of a series are made this far ahead.
AHEAD = timedelta(days=60)
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


async def extend_series(work: Work) -> None:
    """Make the meetings of the next 60 days that are not there yet, keyed by activity and nominal local date.

    A day on which a meeting of the series stands already, moved there or left from an older plan, gets no second one.
    Times are local wall times: a 10:00 series stays at 10:00 through the clock change. A single meeting is made
    however far ahead it lies; one that has ended is not made any more.
    """
    found = await queries.active(work.session)
    if not found:
        return
    here = await town.zone(work.session)
    for activity in found:
        await extend(work, activity, here)


async def extend(work: Work, activity: Activity, here: ZoneInfo) -> None:
    """Make the meetings of one activity that are not there yet."""
    today = local_date(work.now, here)
    known = await queries.nominal_dates(work.session, activity.id, since=today)
    known |= set((await _days(work, activity.id, since=today, here=here)).values())
    planned_ahead = _planned(activity, today, here)
    planned_ahead = beside_kept(planned_ahead, await queries.standing_dates(work.session, activity.id, since=today))
    rows = [
        {
            "activity_id": activity.id,
            "nominal_on": planned.nominal,
            **_as_planned(activity, planned, here),
        }
        for planned in planned_ahead
        if planned.nominal not in known and planned.ends_at > work.now
    ]
    await queries.add_occurrences(work.session, rows)


async def _days(work: Work, activity_id: int, *, since: date, here: ZoneInfo) -> dict[int, date]:
    """Return the local dates on which meetings of an activity really stand, by their id."""
    starts = await queries.standing_at(work.session, activity_id, since=at_wall(since, time.min, here))
    return {row_id: local_date(starts_at, here) for row_id, starts_at in starts.items()}


def _planned(activity: Activity, today: date, here: ZoneInfo) -> list[Planned]:
    """Return the meetings that an activity has from *today* on, as far ahead as they are made."""
    starts, ends = datetime.fromisoformat(activity.starts), datetime.fromisoformat(activity.ends)
    until = today + AHEAD if activity.repeats else max(today, starts.date())
    return Series(starts, ends, activity.repeats).expand(today, until, here)


def _as_planned(activity: Activity, planned: Planned, here: ZoneInfo) -> dict[str, Any]:
    shift = planned.nominal - datetime.fromisoformat(activity.starts).date()
    return {
        "kind": activity.kind,
        "team_id": activity.team_id,
        "area_code": activity.area_code,
        "starts_at": planned.starts_at,
        "ends_at": planned.ends_at,
        "deadline_at": _deadline(activity, shift, here),
        "place": activity.place,
    }


async def reshape(work: Work, activity: Activity) -> None:
    """Let the future dates that nobody counts on or changed by hand follow a changed activity, and make the new ones.

    A date that stays keeps its id, so that links to it go on working; the only date of what does not repeat always
    stays. One that goes and that people know of is called off.
    """
    here = await town.zone(work.session)
    planned = {meeting.nominal: meeting for meeting in _planned(activity, local_date(work.now, here), here)}
    free = await queries.free_dates(work.session, activity.id, now=work.now)
    known = await queries.with_traces(work.session, [row.id for row in free])
    if activity.repeats is None and len(free) == 1:
        await _take_along(work, activity, free[0], planned)
    for row in free:
        meeting = planned.get(row.nominal_on)
        if meeting is not None and meeting.ends_at > work.now:
            await _follow(work, row, _as_planned(activity, meeting, here), told=row.id in known)
        elif row.id in known:
            await call_off(work, row.id, None)
        else:
            await work.session.delete(row)
    await work.session.flush()
    await extend(work, activity, here)


async def _take_along(work: Work, activity: Activity, row: Occurrence, planned: Mapping[date, Planned]) -> None:
    """Let the one date of an activity stand for its new day, where no other one ever stood."""
    others = await queries.nominal_dates(work.session, activity.id, since=date.min)
    row.nominal_on = next((day for day in planned if day not in others), row.nominal_on)
    await work.session.flush()


async def _follow(work: Work, row: Occurrence, values: Mapping[str, Any], *, told: bool) -> None:
    """Give a date that nobody counts on new *values*; *told*: people read of the old ones."""
    other = {name for name, value in values.items() if getattr(row, name) != value}
    if not other:
        return
    for name in other:
        setattr(row, name, values[name])
    row.version += 1
    row.sequence += 1
    if told and other & {"starts_at", "ends_at", "place"}:
        await changes.tell_readers(work, row)


def _deadline(activity: Activity, shift: timedelta, here: ZoneInfo) -> datetime | None:
    """Return the deadline (UTC) of a meeting whose nominal date is *shift* after the first one."""
    return None if activity.deadline is None else to_utc(datetime.fromisoformat(activity.deadline) + shift, here)


class Changed(StrEnum):
    """What became of moving or calling off a meeting."""

    DONE = "done"
    ALREADY = "already"
    ENDED = "ended"
    SAME_DAY = "same_day"
    NOT_THERE = "not_there"


async def call_off(work: Work, occurrence_id: int, why: str | None, *, by: int | None = None) -> Changed:
    """Call a meeting off and tell all its people at once, at night too; whoever calls this checks the rights.

    Of a round its coordinator and the team's worker hear as well, except who did it (*by*); of anything else its
    coordinator hears by `fullness`, unless it was that one who did it. Who waits at a Repair Café reads in the message
    with their number that it stopped.
    """
    occurrence = await locked(work.session, Occurrence, occurrence_id)
    if occurrence is None:
        return Changed.NOT_THERE
    if occurrence.called_off_at is not None:
        return Changed.ALREADY
    if occurrence.ends_at <= work.now:
        return Changed.ENDED
    occurrence.called_off_at, occurrence.called_off_why = work.now, (why or "")[:200] or None
    occurrence.version += 1
    occurrence.sequence += 1
    await offers.withdraw_all(work, occurrence)
    rows = await signup_queries.of_occurrence(work.session, occurrence.id)
    await reminders.drop(work, rows)
    calendars.follow_all(work, rows)
    for row in rows:
        if row.state is SignupState.PRESENT and occurrence.kind is ActivityKind.REPAIR_CAFE and not row.for_name:
            work.put(RepairNumber(row.id), chat=row.person_id)
    team = await queries.team_of(work.session, occurrence)
    leading = set() if team is None else {team.coordinator_id, team.worker_id} - {by}
    for person_id in sorted(({row.person_id for row in rows} | leading) - {WALKED_IN}):
        work.put(CalledOff(occurrence.id, person_id), chat=person_id, valid_until=occurrence.ends_at)
    await walking.show_again(work, occurrence)
    heard = await sent.follow(work, occurrence)
    await changes.tell_readers(work, occurrence, but=heard)
    if team is None and await coordinating.coordinators(work, occurrence) == [by]:
        await fullness_queries.knows(work.session, occurrence.id, OccurrenceState.CALLED_OFF)
    return Changed.DONE


async def move(
    work: Work,
    occurrence_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    place: str | None = None,
    why: str | None = None,
) -> Changed:
    """Give a meeting other times (UTC), or another *place*: its nominal date stays, everyone is told and *why*.

    Reminders and offers follow its times, and so does a deadline that is not past. Not to a day on which another
    meeting of the series stands: people could not tell the two apart.
    """
    occurrence = await locked(work.session, Occurrence, occurrence_id)
    if occurrence is None:
        return Changed.NOT_THERE
    moves = (occurrence.starts_at, occurrence.ends_at) != (starts_at, ends_at)
    elsewhere = place is not None and place != occurrence.place
    if occurrence.called_off_at is not None or not (moves or elsewhere):
        return Changed.ALREADY
    if occurrence.starts_at <= work.now or starts_at <= work.now or ends_at <= starts_at:
        return Changed.ENDED
    here = await town.zone(work.session)
    day = local_date(starts_at, here)
    await locked(work.session, Activity, occurrence.activity_id)
    others = await _days(work, occurrence.activity_id, since=day, here=here)
    if any(stands == day for row_id, stands in others.items() if row_id != occurrence.id):
        return Changed.SAME_DAY
    shift = starts_at - occurrence.starts_at
    if occurrence.deadline_at is not None and occurrence.deadline_at > work.now:
        days = day - local_date(occurrence.starts_at, here)
        later = to_utc(to_wall(occurrence.deadline_at, here) + days, here)
        occurrence.deadline_at = later if later > work.now else min(occurrence.deadline_at, starts_at)
    occurrence.starts_at, occurrence.ends_at, occurrence.changed_by_hand = starts_at, ends_at, True
    occurrence.place, occurrence.moved_why = place or occurrence.place, (why or "")[:200] or None
    occurrence.version += 1
    occurrence.sequence += 1
    if moves:
        await offers.withdraw_all(work, occurrence)
    rows = await signup_queries.of_occurrence(work.session, occurrence.id)
    if moves:
        _shift_slots(rows, shift, ends_at)
        await walking.planned_anew(work, occurrence)
        await reminders.replan(work, *rows)
    calendars.follow_all(work, rows)
    await changes.tell_people(work, occurrence, time=moves, place=elsewhere)
    heard: set[int] = set()
    if moves:
        await offers.fill(work, occurrence)
        heard = await sent.follow(work, occurrence)
    await changes.tell_readers(work, occurrence, but=heard)
    return Changed.DONE


def _shift_slots(rows: Sequence[Signup], shift: timedelta, ends_at: datetime) -> None:
    """Let times of visitors move along; who had one after the end now walks in."""
    for row in rows:
        if row.slot_at is not None:
            moved = row.slot_at + shift
            row.slot_at = moved if moved < ends_at else None
