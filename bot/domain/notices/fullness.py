"""What the coordinator of a meeting hears of how full it is."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class MeetingState(Notice):
    """A meeting became fuller or emptier, or was called off; a message of its own each time."""

    kind: ClassVar[str] = "meeting_state"
    priority: ClassVar[Priority] = Priority.ANNOUNCEMENT
    resend: ClassVar[bool] = True
    occurrence: int
    person: int
