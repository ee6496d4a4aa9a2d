"""What services want to hear of the sender: a message arrived, or somebody can't be reached.

The sender calls these inside the transaction in which it marks the row, so that what they write stands together
with the mark. They may put new messages; they never commit.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.domain.enums import Reachable
from bot.domain.notices import Notice
from storage.work import Work


@dataclass(frozen=True)
class Undeliverable:
    """A message that can't reach its chat: a person (`reachable` says why) or a group that is gone (None).

    `notice` is None for what a handler said.
    """

    chat_id: int
    reachable: Reachable | None
    notice: Notice | None


OnDelivered = Callable[[Work, Any, int], Awaitable[None]]
OnUndeliverable = Callable[[Work, Undeliverable], Awaitable[None]]

DELIVERED: dict[str, OnDelivered] = {}
UNDELIVERABLE: list[OnUndeliverable] = []

D = TypeVar("D", bound=OnDelivered)
U = TypeVar("U", bound=OnUndeliverable)


def delivered(notice: type[Notice]) -> Callable[[D], D]:
    """Have a function called with (work, notice, message id) when a message of *notice* was first sent.

    After a crash it may be called again for the same notice. A second function for one notice is a programming error.
    """

    def enter(function: D) -> D:
        if notice.kind in DELIVERED:
            raise TypeError(f"{notice.__name__} has somebody who hears of its delivery already")
        DELIVERED[notice.kind] = function
        return function

    return enter


def undeliverable(function: U) -> U:
    """Have a function called with (work, `Undeliverable`) whenever a chat turns out to be out of reach."""
    UNDELIVERABLE.append(function)
    return function
