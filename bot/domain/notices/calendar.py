"""Notices of calendars: the file that goes with a confirmed place."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class CalendarFile(Notice):
    """The calendar file of one sign-up, as it should read now; put again, the file in that message is replaced."""

    kind: ClassVar[str] = "calendar_file"
    priority: ClassVar[Priority] = Priority.REMINDER
    signup: int
