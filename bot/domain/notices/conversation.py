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
