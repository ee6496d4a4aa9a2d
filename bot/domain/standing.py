"""Where a report stands in every list: ⚠ first, then the oldest promise; what is closed stands last, newest first.

Source: Reporting, "Danger, without a gate" ("stands first everywhere") and "Triage" ("oldest promise first in lists").
"""

from datetime import date

from bot.domain.enums import ReportStatus

#: Open and dangerous.
DANGER = 0
#: Open without a promise: behind every date there can be.
NO_PROMISE = 3_700_000
#: From here on reports are closed.
CLOSED = 4_000_000


def standing(*, status: ReportStatus, danger: bool, promise_on: date | None, ended_on: date) -> int:
    """Return a number by which lists are ordered, smallest first; *ended_on* counts for a closed report only."""
    if status is ReportStatus.CLOSED:
        return CLOSED + NO_PROMISE - ended_on.toordinal()
    if danger:
        return DANGER
    return NO_PROMISE if promise_on is None else promise_on.toordinal()


def promised_before(day: date) -> range:
    """Return the standings of open reports whose promise was for a day before *day*."""
    return range(DANGER + 1, day.toordinal())


def is_late(*, status: ReportStatus, promise_on: date | None, kept: bool, today: date) -> bool:
    """Tell whether somebody waits longer than was promised: only what reached the resident keeps a promise."""
    return status is not ReportStatus.CLOSED and promise_on is not None and not kept and promise_on < today
