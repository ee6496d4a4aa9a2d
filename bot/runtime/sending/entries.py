"""What stands in the sender's queue: rows, and bundles of new cards."""

import math
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from bot.domain.notices import REGISTRY
from bot.domain.notices.system import CardList, OpenList
from bot.runtime.limits import Sort

LIST_KINDS = frozenset({CardList.kind, OpenList.kind})


class Lane(IntEnum):
    """The lanes of one chat's line, in the order in which they are looked at."""

    LIST = 0
    ANSWER = 1
    CARD = 2
    OTHER = 3
    PACED = 4


_SORTS = {
    Lane.LIST: Sort.LIST,
    Lane.ANSWER: Sort.ANSWER,
    Lane.CARD: Sort.OTHER,
    Lane.OTHER: Sort.OTHER,
    Lane.PACED: Sort.PACED,
}


@dataclass(slots=True)
class Entry:
    """A row that waits.

    `new`: it will be sent, not edited, as far as is known. `after`: not before (monotonic); `since`: when it came
    into the queue (monotonic). `urgent`: a list message that shows cards which nobody has seen yet. `alone`: how often
    it met no Telegram although others did; `answers`: how many answers there had been when it last met none.
    """

    id: int
    chat_id: int
    kind: str
    priority: int
    due_at: datetime
    new: bool = True
    urgent: bool = False
    weight: int = 1
    attempts: int = 0
    alone: int = 0
    answers: int = -1
    after: float = -math.inf
    since: float = -math.inf
    stamp: int = 0

    @property
    def lane(self) -> Lane:
        """Where it stands in the line of its chat."""
        if self.is_card:
            return Lane.CARD
        if self.kind in LIST_KINDS and (self.new or self.urgent):
            return Lane.LIST
        return (Lane.ANSWER, Lane.OTHER, Lane.PACED)[min(self.priority, 2)]

    @property
    def sort(self) -> Sort:
        """What it is to the limits."""
        return _SORTS[self.lane]

    @property
    def is_card(self) -> bool:
        """Whether it is one of those that a list message may show instead."""
        found = REGISTRY.get(self.kind)
        return self.new and self.priority > 0 and self.chat_id < 0 and found is not None and found.burst

    @property
    def order(self) -> tuple[int, datetime, int]:
        """Its place among others of its lane: priority, due time, then age."""
        return (self.priority, self.due_at, self.id)


@dataclass(frozen=True, slots=True)
class Bundle:
    """New cards of one group that one or more list messages shall show: the ids of their rows."""

    chat_id: int
    row_ids: list[int]
