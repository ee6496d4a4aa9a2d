"""Notices of the bot's own housekeeping: list messages for many cards at once, and stray doubles."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class CardList(Notice):
    """New cards of one group that came too many at once: one message with a button for each.

    `list` is the id of its own row; the rows of its cards name it in `listed_in`.
    """

    kind: ClassVar[str] = "card_list"
    list: int


@notice
@dataclass(frozen=True)
class OpenList(CardList):
    """The open reports of a group that became a supergroup, where no card stands any more."""

    kind: ClassVar[str] = "open_list"


@notice
@dataclass(frozen=True)
class StrayCard(Notice):
    """A message that was sent twice (a crash): the one that no row knows says where the other one stands."""

    kind: ClassVar[str] = "stray_card"
    priority: ClassVar[Priority] = Priority.CARD
    chat: int
    message: int
