"""Notices of the Rommelroute: the deadline, numbers, the day itself, its map and its sheet."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class StallDeadline(Notice):
    """The day before the deadline, to who began to sign up and did not finish."""

    kind: ClassVar[str] = "stall_deadline"
    priority: ClassVar[Priority] = Priority.REMINDER
    resend: ClassVar[bool] = True
    occurrence: int
    person: int


@notice
@dataclass(frozen=True)
class StallNumber(Notice):
    """Its number, to a stall: sent once it is given, for it never changes."""

    kind: ClassVar[str] = "stall_number"
    priority: ClassVar[Priority] = Priority.REMINDER
    once: ClassVar[bool] = True
    signup: int


@notice
@dataclass(frozen=True)
class StallPanel(Notice):
    """On the day, to a stall: open, sold out or closed with one tap; put again, it shows what was set."""

    kind: ClassVar[str] = "stall_panel"
    priority: ClassVar[Priority] = Priority.REMINDER
    signup: int


@notice
@dataclass(frozen=True)
class StallThanks(Notice):
    """After the day, to a stall: one line of thanks."""

    kind: ClassVar[str] = "stall_thanks"
    priority: ClassVar[Priority] = Priority.REMINDER
    once: ClassVar[bool] = True
    signup: int


@notice
@dataclass(frozen=True)
class StallMap(Notice):
    """A map of the day for one person; put again, it is drawn anew where it stands.

    *asked* (seconds since 1970) tells one from the next.
    """

    kind: ClassVar[str] = "stall_map"
    priority: ClassVar[Priority] = Priority.ANSWER
    occurrence: int
    person: int
    asked: int


@notice
@dataclass(frozen=True)
class RouteSheet(Notice):
    """The A4 route sheet for the organiser; *asked* (seconds since 1970) tells one from the next."""

    kind: ClassVar[str] = "route_sheet"
    priority: ClassVar[Priority] = Priority.ANSWER
    occurrence: int
    person: int
    asked: int


@notice
@dataclass(frozen=True)
class StallPageGone(Notice):
    """A week after the day: a page with addresses that still stands in somebody's chat (`message`) is taken away."""

    kind: ClassVar[str] = "stall_page_gone"
    once: ClassVar[bool] = True
    occurrence: int
    person: int
    message: int


@notice
@dataclass(frozen=True)
class RouteReady(Notice):
    """To who organises it: signing up is closed, the numbers stand, the sheet can be printed."""

    kind: ClassVar[str] = "route_ready"
    priority: ClassVar[Priority] = Priority.REMINDER
    once: ClassVar[bool] = True
    occurrence: int
    person: int


@notice
@dataclass(frozen=True)
class RouteChanged(Notice):
    """To who has a route sheet: a stall moved, stopped or came since; the sheet in the chat is the new one."""

    kind: ClassVar[str] = "route_changed"
    priority: ClassVar[Priority] = Priority.REMINDER
    resend: ClassVar[bool] = True
    occurrence: int
    person: int
