"""Places: how full a meeting is, whom a free place is offered to and for how long, and late "no".

Source: Activities, "Places and waiting list", "Ik kan niet" and the states of an occurrence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from bot.domain.enums import ActivityKind, OccurrenceState, RoleKey
from bot.domain.time import QUIET_FROM, after_quiet, at_wall, to_wall

#: More than this remains -> so much time to answer; the last stretch is first-to-tap.
_ANSWER_TIMES = (
    (timedelta(days=3), timedelta(hours=24)),
    (timedelta(days=1), timedelta(hours=6)),
    (timedelta(hours=3), timedelta(hours=2)),
)
#: Within this before the start a walker, host or repairer who can't come is late.
LATE = timedelta(hours=24)
LATE_ROLES = frozenset({RoleKey.WALKER, RoleKey.HOST, RoleKey.REPAIRER})
#: At or below this share of free places a role is almost full; one free place always is.
ALMOST_FULL_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class OfferTimes:
    """When an offer goes out and until when it holds (UTC).

    First-to-tap goes to everyone who waits at once; else one person at a time is asked.
    """

    sends_at: datetime
    until: datetime
    first_to_tap: bool


def offer_times(starts_at: datetime, now: datetime, zone: ZoneInfo) -> OfferTimes | None:
    """Return when a place that is free at *now* is offered and until when; None if it is too late.

    24 h to answer when more than 3 days remain, 6 h between 1 and 3 days, 2 h between 3 h and 1
    day, first-to-tap in the last 3 h, never after the start. Only hours between 08:00 and 22:00
    count and offers go out only then, first-to-tap for the same morning excepted.
    """
    sends_at = now if _same_morning(starts_at, now, zone) else after_quiet(now, zone)
    if sends_at >= starts_at:
        return None
    remains = starts_at - sends_at
    for more_than, answer_time in _ANSWER_TIMES:
        if remains > more_than:
            until = min(add_loud_time(sends_at, answer_time, zone), starts_at)
            return OfferTimes(sends_at, until, first_to_tap=False)
    return OfferTimes(sends_at, starts_at, first_to_tap=True)


def _same_morning(starts_at: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the start is in the morning that *now* already is, within the last 3 hours."""
    here, start = to_wall(now, zone), to_wall(starts_at, zone)
    same = here.date() == start.date() and start.time() < time(12)
    return same and starts_at - now <= _ANSWER_TIMES[-1][0]


def add_loud_time(at: datetime, amount: timedelta, zone: ZoneInfo) -> datetime:
    """Return the instant (UTC) at which *amount* of time between 08:00 and 22:00 has passed."""
    while True:
        at = after_quiet(at, zone)
        evening = at_wall(to_wall(at, zone).date(), QUIET_FROM, zone)
        if evening - at >= amount:
            return at + amount
        amount -= evening - at
        at = evening


def is_late_cancel(role: RoleKey, starts_at: datetime, now: datetime) -> bool:
    """Tell whether "Ik kan niet" leaves the place filled and looking for a stand-in.

    Within 24 h for walkers, hosts and repairers; visitors and stalls are never late ("Ik kan
    niet").
    """
    return role in LATE_ROLES and starts_at - now <= LATE


@dataclass(frozen=True, slots=True)
class RoleCount:
    """A role at a meeting: how many are wanted at least, fit at most (None: any), and joined."""

    minimum: int
    maximum: int | None
    taken: int

    @property
    def free(self) -> int | None:
        """How many places are left; None when there is no limit."""
        return None if self.maximum is None else max(0, self.maximum - self.taken)

    @property
    def state(self) -> OccurrenceState:
        """How full this role is by itself."""
        if self.taken < self.minimum:
            return OccurrenceState.TOO_FEW
        if self.maximum is None or self.free is None:
            return OccurrenceState.GOES_AHEAD
        if self.free == 0:
            return OccurrenceState.FULL
        almost = max(1, ceil(self.maximum * ALMOST_FULL_SHARE))
        return OccurrenceState.ALMOST_FULL if self.free <= almost else OccurrenceState.GOES_AHEAD


def occurrence_state(kind: ActivityKind, roles: Mapping[RoleKey, RoleCount], *, called_off: bool) -> OccurrenceState:
    """Return how full a meeting is as a whole (Activities: "te weinig ... afgelast").

    Called off, else too few when any role lacks people, else full when every role is, else the
    least full of its roles. A Repair Cafe is never full for visitors: they may walk in.
    """
    if called_off:
        return OccurrenceState.CALLED_OFF
    states = {_role_state(kind, role, count) for role, count in roles.items()}
    if OccurrenceState.TOO_FEW in states:
        return OccurrenceState.TOO_FEW
    order = (OccurrenceState.GOES_AHEAD, OccurrenceState.ALMOST_FULL, OccurrenceState.FULL)
    return next((state for state in order if state in states), OccurrenceState.GOES_AHEAD)


def _role_state(kind: ActivityKind, role: RoleKey, count: RoleCount) -> OccurrenceState:
    if walks_in(kind, role) and count.state is not OccurrenceState.TOO_FEW:
        return OccurrenceState.GOES_AHEAD
    return count.state


def walks_in(kind: ActivityKind, role: RoleKey) -> bool:
    """Tell whether there is no waiting list, for who has no time slot walks in (Repair Cafe)."""
    return kind is ActivityKind.REPAIR_CAFE and role is RoleKey.VISITOR


def open_until(kind: ActivityKind, role: RoleKey, starts_at: datetime, ends_at: datetime) -> datetime:
    """Return until when (UTC) one signs up, or says *Ik kan niet*: until the start, who walks in until the end."""
    return ends_at if walks_in(kind, role) else starts_at
