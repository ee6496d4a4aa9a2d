"""A round from its beginning to its end: when walkers may say that they are there, and what is looked at when.

Source: Buurtpreventie, "hard rules". Each look is a row with a due time; what is said is judged when its time comes.
"""

from datetime import datetime, timedelta

from bot.domain.activities.rounds import CLOSE_AFTER
from bot.domain.enums import RoundLook, RoundOutcome

#: From so long before its start on walkers may say "Ik ben er".
EARLY = timedelta(minutes=15)
#: After its start walkers are asked once about a round that nobody opened.
MISSING_AFTER = timedelta(minutes=30)
#: So long after the walkers the coordinator hears of a round that nobody closed.
COORDINATOR_AFTER = timedelta(minutes=15)
#: So long after its end something may be added to a round: a line, or that there was an incident after all.
ADD_UNTIL = timedelta(hours=12)
_ORDER = tuple(RoundLook)


def may_arrive(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Tell whether "Ik ben er" can be said now: from 15 minutes before the start until the end."""
    return starts_at - EARLY <= now < ends_at


def looks_at(look: RoundLook, starts_at: datetime, ends_at: datetime) -> datetime:
    """Return when *look* is due (UTC); all of it is elapsed time, so that a clock change moves nothing."""
    return {
        RoundLook.ARRIVING: starts_at - EARLY,
        RoundLook.STARTED: starts_at,
        RoundLook.MISSING: starts_at + MISSING_AFTER,
        RoundLook.UNCLOSED: ends_at + CLOSE_AFTER,
        RoundLook.COORDINATOR: ends_at + CLOSE_AFTER + COORDINATOR_AFTER,
    }[look]


def next_look(look: RoundLook) -> RoundLook | None:
    """Return the look after *look*, None after the last."""
    at = _ORDER.index(look) + 1
    return _ORDER[at] if at < len(_ORDER) else None


def next_due(look: RoundLook, starts_at: datetime, ends_at: datetime, now: datetime) -> datetime:
    """Return when *look* is due after the one before it was done at *now*: late asking leaves time to answer too."""
    due = looks_at(look, starts_at, ends_at)
    return max(due, now + COORDINATOR_AFTER) if look is RoundLook.COORDINATOR else due


def raises(earlier: RoundOutcome, later: RoundOutcome) -> bool:
    """Tell whether a second closing still counts: an incident that the other walker left out is never lost."""
    return later is RoundOutcome.INCIDENT and earlier is not RoundOutcome.INCIDENT


def walked(opened_at: datetime, closed_at: datetime | None, ends_at: datetime) -> timedelta:
    """Return how long a round was: until it was closed, but a late closing makes it no longer than planned."""
    return max(timedelta(0), min(closed_at or ends_at, max(ends_at, opened_at)) - opened_at)
