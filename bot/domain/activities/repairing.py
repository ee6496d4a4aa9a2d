"""The day of a Repair Café: how far each visitor is, how a repair went, and what was kept in use.

Source: Repair Café, "On the day", "Outcome"; Activities, attendance.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bot.domain.enums import SignupState

#: What stands for a thing that nobody told of, or whose words are erased.
UNKNOWN_ITEM = "?"
#: From so long before the start until so long after the end the hosts keep the list of the day.
LIST_OPENS = timedelta(hours=3)
LIST_CLOSES = timedelta(hours=24)
#: So long before the start the hosts get the list in their chat.
LIST_SHOWN = timedelta(hours=1)
#: From so long before the end the hosts can send who still waits home.
STOPS_BEFORE = timedelta(minutes=30)
#: So long after the end the day is told.
TOLD_AFTER = timedelta(minutes=30)


class Skill(StrEnum):
    """What a repairer can do, and what a type of item asks for."""

    ELECTRICAL = "electrical"
    ELECTRONICS = "electronics"
    COMPUTER = "computer"
    TEXTILE = "textile"
    BICYCLE = "bicycle"
    WOOD = "wood"
    MECHANICAL = "mechanical"
    SHARPENING = "sharpening"
    CLOCK = "clock"
    JEWELLERY = "jewellery"


class RepairOutcome(StrEnum):
    """How a repair went."""

    FIXED = "gelukt"
    PARTLY = "deels"
    NOT_FIXED = "niet_gelukt"


class RepairReason(StrEnum):
    """Why it did not go (all the way); the first six are the barriers of the Open Repair Data Standard."""

    NO_PARTS = "geen_onderdeel"
    PARTS_DEAR = "onderdeel_te_duur"
    NOT_OPENED = "niet_open"
    NO_INFORMATION = "geen_uitleg"
    NO_TOOL = "geen_gereedschap"
    WORN_OUT = "versleten"
    NO_TIME = "geen_tijd"
    EXPERT = "naar_vakman"


class Stage(StrEnum):
    """How far a visitor is."""

    EXPECTED = "expected"
    WAITING = "waiting"
    TURN = "turn"
    DONE = "done"
    LEFT = "left"
    NO_SHOW = "no_show"
    AWAY = "away"


def stage_of(state: SignupState, called_at: datetime | None) -> Stage:
    """Return how far the visitor of a sign-up is; AWAY is somebody who does not come."""
    if state is SignupState.PRESENT:
        return Stage.WAITING if called_at is None else Stage.TURN
    return {
        SignupState.SIGNED_UP: Stage.EXPECTED,
        SignupState.DONE: Stage.DONE,
        SignupState.LEFT_EARLY: Stage.LEFT,
        SignupState.NO_SHOW: Stage.NO_SHOW,
    }.get(state, Stage.AWAY)


def list_is_open(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Tell whether hosts keep the list of a meeting now; all times UTC."""
    return starts_at - LIST_OPENS <= now < ends_at + LIST_CLOSES


@dataclass(frozen=True, slots=True)
class Came:
    """One who got a number: how the repair went (None: nobody wrote it down), the average weight (kg), and who left."""

    outcome: RepairOutcome | None
    kg: Decimal | None
    left: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a day: repairs of which it was written down how they went, and who came without one.

    `kg` is the weight of what works again, whole kilograms. `left` went before it was done; of `unnoted` is nothing
    written down: they are no repairs, since they may have gone as they came.
    """

    fixed: int
    partly: int
    not_fixed: int
    kg: int
    left: int
    unnoted: int

    @property
    def repairs(self) -> int:
        """How many things were looked at."""
        return self.fixed + self.partly + self.not_fixed

    @property
    def anybody(self) -> bool:
        """Whether anybody got a number."""
        return bool(self.repairs or self.left or self.unnoted)


def tally(came: Iterable[Came]) -> Tally:
    """Return the sums of a day; only what was fixed has its weight counted."""
    rows = list(came)
    outcomes = [row.outcome for row in rows]
    kept = sum((row.kg for row in rows if row.outcome is RepairOutcome.FIXED and row.kg is not None), Decimal(0))
    return Tally(
        fixed=outcomes.count(RepairOutcome.FIXED),
        partly=outcomes.count(RepairOutcome.PARTLY),
        not_fixed=outcomes.count(RepairOutcome.NOT_FIXED),
        kg=int(kept.quantize(Decimal(1), ROUND_HALF_UP)),
        left=sum(row.outcome is None and row.left for row in rows),
        unnoted=sum(row.outcome is None and not row.left for row in rows),
    )
