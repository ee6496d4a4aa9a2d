"""Notices about what a resident does with a sent report, and about what is passed on for them."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class Withdrawn(Notice):
    """Who has a report hears in private that its resident took it back; `event` is the step in its history."""

    kind: ClassVar[str] = "withdrawn"
    priority: ClassVar[Priority] = Priority.CARD
    once: ClassVar[bool] = True
    report: int
    event: int
    person: int


@notice
@dataclass(frozen=True)
class PassOnList(Notice):
    """The desk's list "doorgeven": what residents asked to pass on to the municipality; `made` tells lists apart.

    The newest list of a desk stands for all; an older one only says so.
    """

    kind: ClassVar[str] = "pass_on_list"
    desk: int
    made: int


@notice
@dataclass(frozen=True)
class PassedOn(Notice):
    """A resident hears that their report was passed on to the municipality."""

    kind: ClassVar[str] = "passed_on"
    once: ClassVar[bool] = True
    report: int
    event: int


@notice
@dataclass(frozen=True)
class ReplyPhotoNote(Notice):
    """Under photos that a resident sent along later: who may not be on them, and *Foto weg*.

    `message` is the message of the report that they belong to, `below` the Telegram message of the first of them.
    """

    kind: ClassVar[str] = "reply_photo_note"
    priority: ClassVar[Priority] = Priority.ANSWER
    message: int
    below: int

    @property
    def key(self) -> str:
        """One row per message of the report."""
        return f"{self.kind}:{self.message}"
