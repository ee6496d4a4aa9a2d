"""Notices about who is in a desk's group."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class StrangerInGroup(Notice):
    """To a beheerder: somebody (0: whoever it is) is in a desk's group whom nobody knows. Put again: a new message."""

    kind: ClassVar[str] = "stranger_in_group"
    priority: ClassVar[Priority] = Priority.ANSWER
    resend: ClassVar[bool] = True
    desk: int
    stranger: int
    person: int

    @property
    def key(self) -> str:
        """One message per group, stranger and beheerder, answered or not."""
        return f"stranger:{self.desk}:{self.stranger}:{self.person}"


@notice
@dataclass(frozen=True)
class StrangerSettled(StrangerInGroup):
    """The same message once it was confirmed, or the person left: edited in place."""

    kind: ClassVar[str] = "stranger_settled"
    resend: ClassVar[bool] = False


@notice
@dataclass(frozen=True)
class GroupIsHidden(Notice):
    """In the group: why no words stand here for a while, then that it is over; `since` (unix time) tells when."""

    kind: ClassVar[str] = "group_is_hidden"
    priority: ClassVar[Priority] = Priority.ANSWER
    desk: int
    since: int


@notice
@dataclass(frozen=True)
class PutOutOfGroup(Notice):
    """Somebody lost the role that brought them into a desk's group: they are put out of it."""

    kind: ClassVar[str] = "put_out_of_group"
    priority: ClassVar[Priority] = Priority.ANSWER
    desk: int
    person: int
