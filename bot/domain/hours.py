"""Opening hours of a desk: parsed once from the set-up file, asked in instants (UTC).

Source: Reporting, "Desk hours" (default working days 08:30-17:00) and "Danger, without a gate".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.domain.time import dutch_holidays, local_date, to_utc

DAY_MINUTES = 24 * 60
_DAYS = {
    "ma": 0, "maandag": 0, "di": 1, "dinsdag": 1, "wo": 2, "woensdag": 2, "do": 3,
    "donderdag": 3, "vr": 4, "vrijdag": 4, "za": 5, "zaterdag": 5, "zo": 6, "zondag": 6,
}  # fmt: skip
_DAY_GROUPS = {
    "werkdagen": frozenset(range(5)),
    "weekend": frozenset({5, 6}),
    "dagelijks": frozenset(range(7)),
}
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?"
_RANGE = re.compile(rf"{_CLOCK}-{_CLOCK}")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one day, in minutes from midnight by the clock on the wall."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a stretch that ends before it starts or leaves its day (`ValueError`)."""
        if not 0 <= self.start < self.end <= DAY_MINUTES:
            raise ValueError("opening hours must end after they start, on the same day")


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours by the week, Monday first; closed on Dutch public holidays.

    `ValueError` without any opening hour: nobody would ever read what comes in.
    """

    week: tuple[tuple[Span, ...], ...]

    def __post_init__(self) -> None:
        """Refuse a week without a single open hour (`ValueError`)."""
        if not any(self.week):
            raise ValueError("a desk must be open at some time")

    def is_open(self, at: datetime, zone: ZoneInfo) -> bool:
        """Tell whether the desk is open at *at*; the closing minute itself is closed."""
        spans = self._spans(local_date(at, zone), zone)
        return any(start <= at < end for start, end in spans)

    def opens_on(self, day: date) -> bool:
        """Tell whether the desk is open at some time on the local date *day*."""
        return bool(self.week[day.weekday()]) and day not in dutch_holidays(day.year)

    def next_opening(self, at: datetime, zone: ZoneInfo) -> datetime:
        """Return *at* when the desk is open then, else the instant at which it opens next."""
        return max(at, next(self._open_from(at, zone))[0])

    def closing(self, at: datetime, zone: ZoneInfo) -> datetime:
        """Return when the open stretch at *at*, else the next one, ends."""
        return next(self._open_from(at, zone))[1]

    def after_open_time(self, at: datetime, amount: timedelta, zone: ZoneInfo) -> datetime:
        """Return the instant at which the desk has been open for *amount* since *at*.

        For "not opened within one working hour": an hour from 16:30 on Friday ends on Monday.
        """
        left = amount
        spans = self._open_from(at, zone)
        while True:
            start, end = next(spans)
            start = max(start, at)
            if end - start >= left:
                return start + left
            left -= end - start

    def _open_from(self, at: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        """Yield the open stretches that have not ended at *at*, without end."""
        day = local_date(at, zone)
        while True:
            for start, end in self._spans(day, zone):
                if end > at:
                    yield start, end
            day += timedelta(days=1)

    def _spans(self, day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
        if not self.opens_on(day):
            return []
        midnight = datetime.combine(day, time.min)
        return [
            (
                to_utc(midnight + timedelta(minutes=span.start), zone),
                to_utc(midnight + timedelta(minutes=span.end), zone),
            )
            for span in self.week[day.weekday()]
        ]


@lru_cache(maxsize=1_000)  # a desk's hours are asked for with each of its reports
def parse_hours(text: str) -> Hours:
    """Return the hours written as "ma-vr 08:30-17:00", with more days and parts where needed.

    Days stand before their times: "ma, wo 9-12; do 09:00-12:00 13:00-17.00"; also full day
    names, "werkdagen", "weekend" and "dagelijks". `ValueError` for anything else.
    """
    week: list[set[Span]] = [set() for _ in range(7)]
    days: set[int] = set()
    used = True
    for word in re.sub(r"\s*[-\u2013]\s*", "-", text.casefold()).replace(" en ", " ").split():
        for token in filter(None, re.split(r"[,;+]", word)):
            if matched := _RANGE.fullmatch(token):
                if not days:
                    raise ValueError(f"times before any day: {text!r}")
                for day in days:
                    week[day].add(_span(matched))
                used = True
                continue
            if used:
                days, used = set(), False
            days |= _days(token, text)
    if not used:
        raise ValueError(f"days without times: {text!r}")
    return Hours(tuple(_without_overlap(spans, text) for spans in week))


def _span(matched: re.Match[str]) -> Span:
    hour, minute, end_hour, end_minute = (int(part or 0) for part in matched.groups())
    if minute > 59 or end_minute > 59:
        raise ValueError(f"no such time: {matched.group()!r}")
    return Span(hour * 60 + minute, end_hour * 60 + end_minute)


def _days(token: str, text: str) -> frozenset[int]:
    if token in _DAY_GROUPS:
        return _DAY_GROUPS[token]
    names = [part.rstrip(".:") for part in token.split("-")]
    if len(names) > 2 or not all(name in _DAYS for name in names):
        raise ValueError(f"not opening hours: {text!r}")
    first, last = _DAYS[names[0]], _DAYS[names[-1]]
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


def _without_overlap(spans: set[Span], text: str) -> tuple[Span, ...]:
    ordered = tuple(sorted(spans))
    if any(later.start < earlier.end for earlier, later in pairwise(ordered)):
        raise ValueError(f"opening hours that overlap: {text!r}")
    return ordered


#: The hours of a desk that names none (Reporting, "Desk hours").
DEFAULT_HOURS = parse_hours("ma-vr 08:30-17:00")
