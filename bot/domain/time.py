"""UTC inside, local wall time at the edge; quiet hours, working days and desk hours.

Every instant is an aware datetime in UTC; a wall time is a naive datetime in the zone given.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from zoneinfo import ZoneInfo

import holidays

QUIET_FROM = time(22)
QUIET_UNTIL = time(8)
SATURDAY = 5


def to_utc(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant (UTC) of the naive *wall* time in *zone*.

    A time that the clock skips in spring moves forward by what was skipped (02:30 is 03:30); a
    time that happens twice in autumn is the first of the two. `ValueError` for an aware *wall*.
    """
    if wall.tzinfo is not None:
        raise ValueError("a wall time has no time zone of its own")
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def to_wall(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the naive wall time in *zone* of the instant *at*; `ValueError` for a naive *at*."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def local_date(at: datetime, zone: ZoneInfo) -> date:
    """Return the date that the calendar on the wall shows at the instant *at*."""
    return to_wall(at, zone).date()


def at_wall(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the instant (UTC) of *clock* on the local date *day*."""
    return to_utc(datetime.combine(day, clock), zone)


def is_quiet(at: datetime, zone: ZoneInfo) -> bool:
    """Tell whether *at* lies in the quiet hours, 22:00 until 08:00 (Activities, Reminders)."""
    clock = to_wall(at, zone).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def after_quiet(at: datetime, zone: ZoneInfo) -> datetime:
    """Return *at*, or the 08:00 that ends the quiet hours in which it lies."""
    if not is_quiet(at, zone):
        return at
    wall = to_wall(at, zone)
    morning = wall.date() + timedelta(days=1) if wall.time() >= QUIET_FROM else wall.date()
    return at_wall(morning, QUIET_UNTIL, zone)


@cache
def dutch_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of the Netherlands in *year*."""
    return frozenset(_netherlands()(years=year))


@cache
def _netherlands() -> Callable[..., holidays.HolidayBase]:
    """Return the library's calendar of the Netherlands, read in by its file.

    By its name it comes with those of 250 other countries (0.1 s, 8 MB), which nobody asks for.
    """
    file = f"{holidays.__path__[0]}/countries/netherlands.py"
    found = spec_from_file_location("holidays.countries.netherlands", file)
    if found is None or found.loader is None:
        raise ImportError(f"no calendar of the Netherlands: {file}")
    module = module_from_spec(found)
    found.loader.exec_module(module)
    calendar: Callable[..., holidays.HolidayBase] = module.Netherlands
    return calendar


def is_working_day(day: date) -> bool:
    """Tell whether *day* is a Monday to Friday that is no Dutch public holiday."""
    return day.weekday() < SATURDAY and day not in dutch_holidays(day.year)


@lru_cache(maxsize=1_000)  # most reports of a day are promised the same
def add_working_days(day: date, count: int) -> date:
    """Return the *count*-th working day after *day*; *day* itself is never counted.

    With 0 it is *day* itself when that is a working day, else the next one. `ValueError` below 0.
    """
    if count < 0:
        raise ValueError("working days are counted forward")
    if count == 0:
        return day if is_working_day(day) else add_working_days(day, 1)
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """Return how many working days lie after *first* up to and including *last* (0 if earlier)."""
    span = range(1, (last - first).days + 1)
    return sum(is_working_day(first + timedelta(days=step)) for step in span)
