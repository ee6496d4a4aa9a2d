"""The dates of an activity that repeats, in local wall time.

Source: Activities: "Times are local wall time ... A series is keyed by (series, nominal local date)".
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from bot.domain.time import to_utc, to_wall

#: Rules that repeat within a day, those that never get on, and what is no part of RFC 5545.
_REFUSED = re.compile(r"FREQ=(HOUR|MINUTE|SECOND)LY|BY(HOUR|MINUTE|SECOND|EASTER)=|INTERVAL=(?!0*[1-9])", re.IGNORECASE)
_UNTIL_UTC = re.compile(r"UNTIL=(\d{8}T\d{6})Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Planned:
    """One dated meeting: its nominal local date, which is its key, and its times (UTC)."""

    nominal: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Series:
    """An activity's first meeting in naive wall times, and its RRULE if it repeats.

    `ValueError` when it ends before it starts, for a rule that can't be read or repeats within a
    day, and for a first date that the rule itself would not give.
    """

    starts: datetime
    ends: datetime
    rule: str | None = None

    def __post_init__(self) -> None:
        """Refuse times and rules that make no series (`ValueError`)."""
        if self.starts.tzinfo is not None or self.ends.tzinfo is not None:
            raise ValueError("a series is written in wall time, without a time zone")
        if self.ends <= self.starts:
            raise ValueError("a meeting ends after it starts")
        if self.rule is not None and next(iter(parse_rule(self.rule, self.starts)), None) != self.starts:
            raise ValueError("the first date is none of the dates of the rule")

    def expand(self, after: date, until: date, zone: ZoneInfo) -> list[Planned]:
        """Return the meetings whose nominal date is from *after* up to and including *until*.

        A 10:00 series stays at 10:00 through the clock change; a time that the clock skips moves
        forward, and the meeting still ends after it starts.
        """
        length = self.ends - self.starts
        return [self._planned(start, length, zone) for start in self._starts(after, until, zone)]

    def _starts(self, after: date, until: date, zone: ZoneInfo) -> list[datetime]:
        first, last = datetime.combine(after, time.min), datetime.combine(until, time.max)
        if self.rule is None:
            return [self.starts] if first <= self.starts <= last else []
        dates = parse_rule(self.rule, self.starts, zone).xafter(first, inc=True)
        return list(takewhile(lambda start: start <= last, dates))

    @staticmethod
    def _planned(start: datetime, length: timedelta, zone: ZoneInfo) -> Planned:
        starts_at, ends_at = to_utc(start, zone), to_utc(start + length, zone)
        return Planned(start.date(), starts_at, ends_at if ends_at > starts_at else starts_at + length)


#: A date that stayed where a series used to be stands for the new one that is no further away than this.
_STANDS_FOR = timedelta(days=3)


def beside_kept(planned: Sequence[Planned], kept: Collection[date]) -> list[Planned]:
    """Return the meetings of a changed series that no date which people kept (*kept*, nominal) stands for.

    A weekly series that goes from Saturday to Sunday has no second meeting in the week whose Saturday people joined.
    Meetings less than a week apart are all there.
    """
    days = [meeting.nominal for meeting in planned]
    if any(later - earlier < timedelta(days=7) for earlier, later in pairwise(days)):
        return list(planned)
    old = [day for day in kept if day not in days]
    return [meeting for meeting in planned if not any(abs(meeting.nominal - day) <= _STANDS_FOR for day in old)]


def parse_rule(rule: str, starts: datetime, zone: ZoneInfo | None = None) -> rrule:
    """Return the dates of an RFC 5545 RRULE from the naive wall time *starts* on.

    An UNTIL in UTC is read as a wall time of *zone* (unchanged without one). `ValueError` for a
    rule that can't be read, that repeats within a day, or that is more than one rule.
    """
    text = rule.strip().removeprefix("RRULE:")
    if "\n" in text or _REFUSED.search(text):
        raise ValueError("an activity repeats by days, weeks, months or years")
    until = _UNTIL_UTC.search(text)
    if until:
        at = datetime.strptime(until[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        wall = to_wall(at, zone) if zone else at.replace(tzinfo=None)
        text = _UNTIL_UTC.sub(f"UNTIL={wall:%Y%m%dT%H%M%S}", text)
    try:
        dates = rrulestr(text, dtstart=starts)
    except (ValueError, KeyError, AttributeError, IndexError, TypeError) as error:
        raise ValueError(f"not a rule for repeating: {rule!r}") from error
    if not isinstance(dates, rrule):
        raise ValueError(f"more than one rule: {rule!r}")
    return dates
