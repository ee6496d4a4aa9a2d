"""An activity in the making: what was answered, what is asked next, and what it becomes in the database.

Source: Activities ("an occurrence has roles, each with a minimum and maximum"; "A series is keyed by ...").
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from bot.domain.activities.rounds import MIN_WALKERS
from bot.domain.activities.series import Series
from bot.domain.enums import ActivityKind, RoleKey

MAX_TITLE, MAX_PLACE, MAX_PLACES = 80, 200, 1000
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PAIR = re.compile(r"\D*(\d{1,9})(?:\D+(\d{1,9}))?\D*")


class Repeats(StrEnum):
    """How an activity repeats, as people choose it; KEEP is the rule that it has already."""

    NO = "no"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    MONTHLY_LAST = "monthly_last"
    KEEP = "keep"


class Places(BaseModel):
    """How many people a role has; `maximum` None is without limit. `plus_one`: they may bring somebody."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    minimum: int = 0
    maximum: int | None = None
    slot_minutes: int | None = None
    plus_one: bool = False

    def may_bring(self, role: RoleKey) -> bool:
        """Return whether people in *role* could bring somebody: no walker, no stall, not to a time slot for one."""
        roomy = self.maximum is None or self.maximum > 1
        return roomy and self.slot_minutes is None and role not in (RoleKey.WALKER, RoleKey.STALL)


class Step(StrEnum):
    """A question of the conversation."""

    KIND = "kind"
    TITLE = "title"
    PLACE = "place"
    AREA = "area"
    WHEN = "when"
    TIMES = "times"
    REPEATS = "repeats"
    ROLES = "roles"
    ROLE = "role"
    DEADLINE = "deadline"
    PREVIEW = "preview"


class Plan(BaseModel):
    """An activity as far as it was told; days and times are local wall times.

    `activity` is the one that is changed, None for a new one; `was_day` the date it had when changing began, `seen`
    stands for all that it was then. The deadline is so many days before each meeting at a time. `changing`: after this
    step the preview comes back.
    """

    model_config = ConfigDict(extra="forbid")

    kind: ActivityKind | None = None
    team: int | None = None
    title: str = ""
    place: str | None = None
    area: str | None = None
    region: str | None = None
    day: date | None = None
    begins: time | None = None
    ends: time | None = None
    repeats: Repeats | None = None
    rule: str | None = None
    roles: dict[RoleKey, Places] = {}
    role: RoleKey | None = None
    deadline_days: int | None = None
    deadline_at: time | None = None
    activity: int | None = None
    was_day: date | None = None
    first_day: date | None = None
    seen: str = ""
    changing: bool = False

    @property
    def starts(self) -> datetime | None:
        """The first meeting's beginning, once day and time are known."""
        return datetime.combine(self.day, self.begins) if self.day and self.begins else None

    @property
    def deadline(self) -> datetime | None:
        """Until when one signs up for the first meeting."""
        if self.day is None or self.deadline_days is None or self.deadline_at is None:
            return None
        return datetime.combine(self.day - timedelta(days=self.deadline_days), self.deadline_at)


#: The roles of each kind with what they begin with; the first ones are there, the others can be added.
DEFAULT_ROLES: Mapping[ActivityKind, Mapping[RoleKey, Places]] = MappingProxyType(
    {
        ActivityKind.REPAIR_CAFE: {
            RoleKey.VISITOR: Places(maximum=12, slot_minutes=30),
            RoleKey.REPAIRER: Places(minimum=2, maximum=4),
            RoleKey.HOST: Places(minimum=1, maximum=2),
        },
        ActivityKind.ROMMELROUTE: {RoleKey.STALL: Places(maximum=80)},
        ActivityKind.PATROL: {RoleKey.WALKER: Places(minimum=MIN_WALKERS, maximum=4)},
        ActivityKind.OTHER: {RoleKey.VISITOR: Places(maximum=20)},
    }
)
_MORE_ROLES: Mapping[ActivityKind, Mapping[RoleKey, Places]] = MappingProxyType(
    {
        ActivityKind.ROMMELROUTE: {RoleKey.HELPER: Places(maximum=4)},
        ActivityKind.OTHER: {RoleKey.HELPER: Places(maximum=4)},
    }
)


def roles_of(kind: ActivityKind) -> dict[RoleKey, Places]:
    """Return every role that a kind may have, with what it begins with."""
    return {**DEFAULT_ROLES[kind], **_MORE_ROLES.get(kind, {})}


def next_step(step: Step, plan: Plan) -> Step:
    """Return the question after *step*; while changing, the preview as soon as nothing is missing."""
    if step in (Step.WHEN, Step.TIMES) and (plan.begins is None or plan.ends is None):
        return Step.TIMES
    if step is Step.ROLE:
        return Step.ROLES
    if step in (Step.WHEN, Step.TIMES) and plan.repeats not in repeats_for(plan):
        return Step.REPEATS
    if plan.changing:
        return Step.PREVIEW
    order = _order(plan)
    following = {Step.TIMES: Step.REPEATS, Step.WHEN: Step.REPEATS}
    return following.get(step) or order[order.index(step) + 1]


def previous_step(step: Step, plan: Plan) -> Step | None:
    """Return the question before *step*; None before the first."""
    if step is Step.ROLE:
        return Step.ROLES
    if step is Step.TIMES:
        return Step.WHEN
    if step is Step.PREVIEW and plan.activity is not None:
        return None
    if plan.changing and step is not Step.PREVIEW:
        return Step.PREVIEW
    order = _order(plan)
    at = order.index(step)
    return order[at - 1] if at else None


def _order(plan: Plan) -> list[Step]:
    """Return the questions in their order; a patrol is in its team's wijk and has no deadline."""
    skipped = {Step.AREA, Step.DEADLINE} if plan.kind is ActivityKind.PATROL else set()
    skipped |= {Step.TIMES, Step.ROLE}
    return [step for step in Step if step not in skipped]


def is_whole(plan: Plan) -> bool:
    """Tell whether everything was told that an activity needs."""
    placed = plan.team is not None if plan.kind is ActivityKind.PATROL else plan.area is not None
    return bool(plan.kind and plan.title and placed and plan.starts and plan.ends and plan.repeats and plan.roles)


# -- repeating ------------------------------------------------------------------------------------------------------


def repeats_for(plan: Plan) -> list[Repeats]:
    """Return the ways in which an activity that begins on the plan's day may repeat."""
    if plan.day is None:
        return []
    found = [Repeats.NO, Repeats.WEEKLY, Repeats.FORTNIGHTLY]
    if nth(plan.day) <= 4:
        found.append(Repeats.MONTHLY)
    if is_last(plan.day):
        found.append(Repeats.MONTHLY_LAST)
    if plan.rule is not None and repeats_of(plan.rule, plan.day) is Repeats.KEEP and _fits(plan.day, plan.rule):
        found.append(Repeats.KEEP)
    return found


def _fits(day: date, rule: str) -> bool:
    starts = datetime.combine(day, time(0))
    try:
        Series(starts, starts + timedelta(minutes=1), rule)
    except ValueError:
        return False
    return True


def nth(day: date) -> int:
    """Return which one of its weekday *day* is in its month, from 1."""
    return (day.day - 1) // 7 + 1


def is_last(day: date) -> bool:
    """Tell whether *day* is the last one of its weekday in its month."""
    return (day + timedelta(days=7)).month != day.month


def rule_of(plan: Plan) -> str | None:
    """Return the RRULE of a plan; None for one that does not repeat."""
    if plan.day is None:
        return None
    name = _DAYS[plan.day.weekday()]
    match plan.repeats:
        case Repeats.WEEKLY:
            return f"FREQ=WEEKLY;BYDAY={name}"
        case Repeats.FORTNIGHTLY:
            return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={name}"
        case Repeats.MONTHLY:
            return f"FREQ=MONTHLY;BYDAY={nth(plan.day)}{name}"
        case Repeats.MONTHLY_LAST:
            return f"FREQ=MONTHLY;BYDAY=-1{name}"
        case Repeats.KEEP:
            return plan.rule
        case _:
            return None


def repeats_of(rule: str | None, day: date) -> Repeats:
    """Return the plain choice that a rule is, for a series with a date on *day*; KEEP for any other rule."""
    if rule is None:
        return Repeats.NO
    choices = (Repeats.WEEKLY, Repeats.FORTNIGHTLY, Repeats.MONTHLY, Repeats.MONTHLY_LAST)
    return next((one for one in choices if rule_of(Plan(day=day, repeats=one)) == rule), Repeats.KEEP)


# -- what was typed -------------------------------------------------------------------------------------------------


def one_line(text: str, *, most: int) -> str | None:
    """Return what was typed as one line that can be shown; None when it is empty or longer than *most*."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if line and len(line) <= most else None


def parse_places(text: str) -> Places | None:
    """Return the numbers that were typed as least and most: "2-4", "2 tot 4", or "12" (at most); None for others."""
    found = _PAIR.fullmatch(text.strip())
    if not found or "," in text or "." in text:
        return None
    first, second = int(found[1]), int(found[2]) if found[2] else None
    minimum, maximum = (0, first) if second is None else (first, second)
    if not 1 <= maximum <= MAX_PLACES or minimum > maximum:
        return None
    return Places(minimum=minimum, maximum=maximum)
