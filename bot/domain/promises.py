"""By when a resident hears something, and when who is reminded of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.enums import Chase, Theme
from bot.domain.time import add_working_days, local_date, working_days_between

#: Working days, where the set-up file names no other number.
DEFAULT_DAYS = 3


@dataclass(frozen=True, slots=True)
class Promises:
    """In how many working days a resident hears something: a default, and per theme.

    `ValueError` for a promise of less than one working day.
    """

    default: int = DEFAULT_DAYS
    by_theme: Mapping[Theme, int] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        """Refuse a promise of less than a day (`ValueError`)."""
        if min(self.default, *self.by_theme.values(), self.default) < 1:
            raise ValueError("a promise is at least one working day")

    @classmethod
    def of(cls, days: Mapping[str, Any]) -> "Promises":
        """Return the promises of the set-up file: working days by theme, and a default."""
        by_theme = {Theme(theme): int(count) for theme, count in days.items() if theme != "default"}
        return cls(int(days.get("default", DEFAULT_DAYS)), by_theme)

    def working_days(self, theme: Theme) -> int:
        """Return the number of working days promised for *theme*."""
        return self.by_theme.get(theme, self.default)


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise as local dates.

    An answer on `last_day` keeps it; people are told "before" `before`, the day after it; on
    `thrice`, three times the days promised, the desk's named contact is asked.
    """

    last_day: date
    before: date
    thrice: date


def promise(
    theme: Theme,
    received: datetime,
    promises: Promises,
    zone: ZoneInfo,
    *,
    danger: bool = False,
) -> Promise | None:
    """Return what is promised for a report of *theme* received at *received* (UTC).

    A danger report gets no promise in days (Reporting, "Danger, without a gate"): None. Weekends
    and Dutch holidays do not count (Reporting, "Summary, then send"); nor does the day itself.
    """
    if danger:
        return None
    days = promises.working_days(theme)
    start = local_date(received, zone)
    last = add_working_days(start, days)
    return Promise(last, last + timedelta(days=1), add_working_days(start, 3 * days))


def three_times(received: date, last_day: date) -> date:
    """Return the local date at three times what was promised on *received*, when *last_day* keeps it."""
    return add_working_days(received, 3 * working_days_between(received, last_day))


def chase(received: date, last_day: date, today: date) -> Chase | None:
    """Return how far waiting for an answer has come on the local date *today*; None while there is time.

    The promise was made on *received*. On its last working day its holder hears so, after it the desk, at three
    times the named contact (Reporting, "Chasing").
    """
    if today < last_day:
        return None
    if today == last_day:
        return Chase.LAST_DAY
    return Chase.THRICE if today >= three_times(received, last_day) else Chase.LATE


def next_chase(received: date, last_day: date, done: Chase | None) -> date | None:
    """Return the local date from which somebody must hear more than *done*; None when all have."""
    match done:
        case None:
            return last_day
        case Chase.LAST_DAY:
            return last_day + timedelta(days=1)
        case Chase.LATE:
            return three_times(received, last_day)
        case Chase.THRICE:
            return None
