"""The clock changes of a time zone as calendar files tell them: VTIMEZONE (RFC 5545, 3.6.5).

A change is told by the wall time at which it comes on the clock that runs until then: in spring 02:00, in autumn 03:00.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_NONE = timedelta(0)


@lru_cache(maxsize=32)
def clock_rules(zone: ZoneInfo, first_year: int, last_year: int) -> Timezone:
    """Return the rules of *zone* from the first day of one year to the last day of another; leave them as they are."""
    begin, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    rules = Timezone()
    rules.add("tzid", zone.key)
    offset = _offset(begin, zone)
    rules.add_component(_part(zone, begin, offset, [(begin + offset).replace(tzinfo=None)]))
    alike: dict[tuple[timedelta, timedelta, str | None], list[datetime]] = defaultdict(list)
    for at in _changes(zone, begin, end):
        alike[_offset(at - _MINUTE, zone), _offset(at, zone), at.astimezone(zone).tzname()].append(at)
    for (before, _after, _name), moments in alike.items():
        rules.add_component(_part(zone, moments[0], before, [(at + before).replace(tzinfo=None) for at in moments]))
    return rules


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the moments (UTC) at which the clocks of *zone* are set."""
    day = begin
    while day < end:
        low, high = day, day + _DAY
        if _offset(low, zone) != _offset(high, zone):
            while high - low > _MINUTE:
                middle = low + (high - low) // 2 // _MINUTE * _MINUTE
                low, high = (middle, high) if _offset(middle, zone) == _offset(low, zone) else (low, middle)
            yield high
        day += _DAY


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or _NONE


def _part(
    zone: ZoneInfo, at: datetime, before: timedelta, walls: list[datetime]
) -> TimezoneStandard | TimezoneDaylight:
    """Return what holds from *at* on (UTC), and again from each other of *walls*; *before* is the offset until then."""
    local = at.astimezone(zone)
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("dtstart", walls[0])
    if walls[1:]:
        part.add("rdate", walls[1:])
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", _offset(at, zone))
    part.add("tzname", local.tzname())
    return part
