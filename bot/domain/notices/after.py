"""Notices of what comes after a closing: the resident's thumb, and the question four weeks later."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice
from bot.domain.notices.triage import ClosingToResident


@notice
@dataclass(frozen=True)
class ClosingRated(ClosingToResident):
    """The same closing once its reader gave a thumb: edited in place, with thanks instead of the question."""

    kind: ClassVar[str] = "closing_rated"
    priority: ClassVar[Priority] = Priority.ANSWER
    once: ClassVar[bool] = False

    @property
    def key(self) -> str:
        """The key of the closing that it changes."""
        return ClosingToResident(self.report, self.event).key


@notice
@dataclass(frozen=True)
class LaterQuestion(Notice):
    """Four weeks after closing an open report: is it still all right? Put again, it says what was answered."""

    kind: ClassVar[str] = "later_question"
    priority: ClassVar[Priority] = Priority.REMINDER
    report: int
    event: int
