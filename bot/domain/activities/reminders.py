"""When people are reminded of what they signed up for.

Source: Activities, "Reminders", and the set-up file's leads: `1d`, `3h`, `1d@19:00`, `0d@08:00`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.enums import ActivityKind, ReminderChoice, RoleKey
from bot.domain.time import QUIET_UNTIL, after_quiet, at_wall, is_quiet, local_date, to_utc, to_wall

#: In quiet hours: to 08:00 when the start is at least this much later, else the evening before.
BEFORE_START = timedelta(hours=1)
EVENING_BEFORE = time(20)
#: A round that starts before this is arranged the evening before (Buurtpreventie, "Never alone").
EARLY_ROUND = time(11)
_LEAD = re.compile(r"(?P<amount>\d{1,3})(?P<unit>[dhm])(?:@(?P<hour>\d{1,2}):(?P<minute>\d{2}))?")


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before the start: days by the calendar, a stretch of time, or days before at a time."""

    days: int = 0
    before: timedelta = timedelta(0)
    at: time | None = None

    def __str__(self) -> str:
        """The lead as the set-up file writes it; the stable name of a reminder."""
        if self.at is not None:
            return f"{self.days}d@{self.at:%H:%M}"
        if self.days:
            return f"{self.days}d"
        minutes = int(self.before.total_seconds()) // 60
        return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"

    def due(self, starts_at: datetime, zone: ZoneInfo) -> datetime:
        """Return the instant (UTC) this lead means, before any rule about the night.

        A day before 10:00 is 10:00 the day before, also when the clock changes in between.
        """
        start = to_wall(starts_at, zone)
        if self.at is not None:
            return at_wall(start.date() - timedelta(days=self.days), self.at, zone)
        if self.days:
            return to_utc(start - timedelta(days=self.days), zone)
        return starts_at - self.before


def parse_lead(text: str) -> Lead:
    """Return the lead written as `1d`, `3h`, `90m` or `1d@19:00`; `ValueError` for anything else."""
    found = _LEAD.fullmatch(text.strip())
    if not found:
        raise ValueError(f"not a lead: {text!r}")
    amount, unit = int(found["amount"]), found["unit"]
    if found["hour"] is not None:
        if unit != "d":
            raise ValueError(f"a time of the day goes with days: {text!r}")
        return Lead(days=amount, at=time(int(found["hour"]), int(found["minute"])))
    if amount == 0:
        raise ValueError(f"a lead of nothing: {text!r}")
    if unit == "d":
        return Lead(days=amount)
    return Lead(before=timedelta(hours=amount) if unit == "h" else timedelta(minutes=amount))


@dataclass(frozen=True, slots=True)
class Leads:
    """The leads of one kind of activity: a default, and by role where it differs."""

    default: tuple[Lead, ...]
    by_role: Mapping[RoleKey, tuple[Lead, ...]]

    def of(self, role: RoleKey) -> tuple[Lead, ...]:
        """Return the leads for somebody who has *role*."""
        return self.by_role.get(role, self.default)


def parse_leads(default: Iterable[str], by_role: Mapping[RoleKey, Iterable[str]] | None = None) -> Leads:
    """Return the leads as the set-up file writes them; `ValueError` for one that can't be read."""
    return Leads(
        tuple(map(parse_lead, default)),
        MappingProxyType({role: tuple(map(parse_lead, leads)) for role, leads in (by_role or {}).items()}),
    )


#: Without a set-up file that says otherwise (Activities, "Reminders").
DEFAULT_LEADS: Mapping[ActivityKind, Leads] = MappingProxyType(
    {
        ActivityKind.REPAIR_CAFE: parse_leads(["7d", "1d"], {RoleKey.VISITOR: ["1d"]}),
        ActivityKind.ROMMELROUTE: parse_leads(["7d", "1d", "0d@08:00"]),
        ActivityKind.PATROL: parse_leads(["1d@19:00", "3h"]),
        ActivityKind.OTHER: parse_leads(["1d"]),
    }
)


@dataclass(frozen=True, slots=True)
class Due:
    """A planned reminder: its lead, when it is sent and until when it still makes sense (UTC)."""

    lead: Lead
    due_at: datetime
    valid_until: datetime


def plan(
    leads: Sequence[Lead],
    starts_at: datetime,
    since: datetime,
    zone: ZoneInfo,
    *,
    kind: ActivityKind = ActivityKind.OTHER,
    choice: ReminderChoice = ReminderChoice.ALL,
) -> list[Due]:
    """Return the reminders of one sign-up, first one first; all times are UTC.

    *since* is when somebody signed up or the meeting was moved: what is due by then is skipped,
    the confirmation was it. One holds until the next or the start. Two that fall together are
    one. On a patrol they are questions that keep people from walking alone: no choice leaves
    them out.
    """
    if kind is not ActivityKind.PATROL and choice is ReminderChoice.NONE:
        return []
    moments: dict[datetime, Lead] = {}
    for lead in sorted(leads, key=lambda lead: lead.due(starts_at, zone)):
        moments[send_at(lead, starts_at, zone, kind=kind)] = lead
    ordered = sorted(moment for moment in moments if since < moment < starts_at)
    if kind is not ActivityKind.PATROL and choice is ReminderChoice.LAST:
        ordered = ordered[-1:]
    ends = [*ordered[1:], starts_at] if ordered else []
    return [Due(moments[moment], moment, end) for moment, end in zip(ordered, ends, strict=True)]


def put_off(starts_at: datetime, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the 08:00 (UTC) that a reminder waits for which comes late, at night; None: it goes out now.

    So it is after a bot that was away in the evening. With less than an hour left at 08:00 it can't wait any more.
    """
    if not is_quiet(now, zone):
        return None
    morning = after_quiet(now, zone)
    return morning if starts_at - morning >= BEFORE_START else None


def send_at(lead: Lead, starts_at: datetime, zone: ZoneInfo, *, kind: ActivityKind) -> datetime:
    """Return when a reminder is sent (UTC), after the rules about the night.

    Due between 22:00 and 08:00, it moves to 08:00 if that is at least an hour before the start,
    else to 20:00 the evening before (Activities, "Reminders"). A round before 11:00 is asked
    about again at 20:00 the evening before instead of some hours before (Buurtpreventie).
    """
    due = lead.due(starts_at, zone)
    start = to_wall(starts_at, zone)
    if kind is ActivityKind.PATROL and start.time() < EARLY_ROUND and lead.before:
        return at_wall(start.date() - timedelta(days=1), EVENING_BEFORE, zone)
    if not is_quiet(due, zone):
        return due
    morning = after_quiet(due, zone)
    if starts_at - morning >= BEFORE_START:
        return morning
    evening = local_date(due, zone)
    if to_wall(due, zone).time() < QUIET_UNTIL:
        evening -= timedelta(days=1)
    return at_wall(evening, EVENING_BEFORE, zone)
