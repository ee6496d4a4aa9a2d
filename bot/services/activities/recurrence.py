"""The dates of an activity, made ahead by its rule of recurrence; what nobody counts on follows when it changes."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.activities.series import Planned, Series, beside_kept
from bot.domain.time import local_date, to_utc
from bot.services.activities import changes, meetings, rescheduling
from storage.models import Activity, Occurrence
from storage.queries import activities as queries
from storage.queries import town
from storage.work import Work

#: Meetings of a series are made this far ahead.
AHEAD = timedelta(days=60)


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
    known |= set((await meetings.dates(work, activity.id, since=today, here=here)).values())
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
            await rescheduling.call_off(work, row.id, None)
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
