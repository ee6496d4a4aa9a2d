"""Notices of a Repair Café's day: the list for its hosts, the number of a visitor, and what was repaired."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class RepairList(Notice):
    """To a host or coordinator: the list of the day is ready."""

    kind: ClassVar[str] = "repair_list"
    once: ClassVar[bool] = True
    occurrence: int
    person: int


@notice
@dataclass(frozen=True)
class RepairNumber(Notice):
    """A visitor's one message: their number, who is being helped now, and how it went; edited in place."""

    kind: ClassVar[str] = "repair_number"
    signup: int


@notice
@dataclass(frozen=True)
class RepairCall(Notice):
    """It is a visitor's turn: a new message, since an edited one makes no sound."""

    kind: ClassVar[str] = "repair_call"
    priority: ClassVar[Priority] = Priority.ANSWER
    resend: ClassVar[bool] = True
    signup: int

    @property
    def key(self) -> str:
        """One message per visitor, ringing or past."""
        return f"repair_call:{self.signup}"


@notice
@dataclass(frozen=True)
class RepairCallPast(RepairCall):
    """The same message once the turn is over, or was taken back: edited in place."""

    kind: ClassVar[str] = "repair_call_past"
    priority: ClassVar[Priority] = Priority.CARD
    resend: ClassVar[bool] = False


@notice
@dataclass(frozen=True)
class RepairPhoto(Notice):
    """To a host who asked: the photo of what somebody brings, once in a chat."""

    kind: ClassVar[str] = "repair_photo"
    priority: ClassVar[Priority] = Priority.ANSWER
    signup: int
    person: int


@notice
@dataclass(frozen=True)
class RepairDay(Notice):
    """After closing: what was repaired; to a coordinator (*to* is the person), or to a desk (*to* is its id)."""

    kind: ClassVar[str] = "repair_day"
    priority: ClassVar[Priority] = Priority.REMINDER
    occurrence: int
    to: int
    desk: bool
