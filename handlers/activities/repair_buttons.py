"""The buttons of a Repair Café's day: ids, and the version as shown, so that a stale tap does nothing."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.activities.repairing import RepairOutcome, RepairReason, Skill
from handlers.buttons import Button, button


class Part(StrEnum):
    """A part of the list that has pages of its own."""

    EXPECTED = "exp"
    WAITING = "wait"
    DONE = "done"


class Act(StrEnum):
    """What a host does with a visitor by one tap."""

    ARRIVE = "arr"
    NOT_HERE = "not"
    CALL = "call"
    WAIT = "wait"
    LEAVE = "left"
    NO_SHOW = "gone"


@button("qd")
@dataclass(frozen=True)
class DayList(Button):
    """The list of the day."""

    occurrence: int


@button("qe")
@dataclass(frozen=True)
class OpenPart(Button):
    """A page (from 0) of a part of the list."""

    occurrence: int
    part: Part
    page: int


@button("qv")
@dataclass(frozen=True)
class OpenVisit(Button):
    """One visitor."""

    signup: int


@button("qa")
@dataclass(frozen=True)
class DoAct(Button):
    """Do this with a visitor as shown."""

    signup: int
    version: int
    act: Act


@button("qc")
@dataclass(frozen=True)
class StopDay(Button):
    """Send who still waits home: ask first, then (*sure*) do it."""

    occurrence: int
    sure: bool


@button("qf")
@dataclass(frozen=True)
class Finish(Button):
    """Done, with how it went."""

    signup: int
    version: int
    outcome: RepairOutcome


@button("qw")
@dataclass(frozen=True)
class Why(Button):
    """Why it did not go (all the way); None: no reason."""

    signup: int
    version: int
    reason: RepairReason | None


@button("qi")
@dataclass(frozen=True)
class AskItem(Button):
    """Ask what is brought: by somebody who is not on the list (*signup* None), or really by this visitor."""

    occurrence: int
    signup: int | None
    version: int | None


@button("qp")
@dataclass(frozen=True)
class PickItem(Button):
    """This type of item, by its place among those that were found; None: as it was typed."""

    draft: int
    at: int | None


@button("qo")
@dataclass(frozen=True)
class ShowPhoto(Button):
    """The photo of what a visitor brings."""

    signup: int


@button("qs")
@dataclass(frozen=True)
class OpenSkills(Button):
    """What one can repair."""

    occurrence: int


@button("qt")
@dataclass(frozen=True)
class SetSkill(Button):
    """I can repair this, or not any more."""

    occurrence: int
    skill: Skill
    can: bool


@button("qn")
@dataclass(frozen=True)
class AskName(Button):
    """Tell one's first name."""

    occurrence: int
