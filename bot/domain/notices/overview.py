"""The notice of a desk's morning overview."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class DeskOverview(Notice):
    """What waits at a desk this morning: late, due today, of nobody, at a partner. Each day's stands below the last."""

    kind: ClassVar[str] = "desk_overview"
    priority: ClassVar[Priority] = Priority.REMINDER
    resend: ClassVar[bool] = True
    desk: int

    @property
    def about(self) -> int | None:
        """A desk is no report: the message is about none."""
        return None
