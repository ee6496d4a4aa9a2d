"""Faults on demand: what the next calls of a method meet instead of, or after, being done."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["error", "hang", "cut", "half", "slow"]
#: Fetching a file, which is no method; of the troubles it knows that it takes long.
DOWNLOAD = "file"


@dataclass
class Fault:
    """One kind of trouble for the next *count* calls.

    *done* tells whether the call still takes effect before the trouble (a message sent whose answer got lost).
    """

    method: str
    kind: Kind
    count: int = 1
    chat_id: int | None = None
    status: int = 500
    description: str = "Internal Server Error"
    parameters: dict[str, int] | None = None
    seconds: float = 0.0
    done: bool = False
    until: asyncio.Event | None = None


@dataclass
class Faults:
    """The troubles that wait; the method ``*`` is every method but getUpdates, `DOWNLOAD` a file."""

    waiting: list[Fault] = field(default_factory=list)

    def fail(
        self, method: str = "*", *, count: int = 1, status: int = 500, description: str = "Internal Server Error",
        chat_id: int | None = None,
    ) -> None:  # fmt: skip
        """Answer the next *count* calls with this error."""
        self.waiting.append(Fault(method, "error", count, chat_id, status, description))

    def flood(self, method: str = "*", *, retry_after: int, count: int = 1, chat_id: int | None = None) -> None:
        """Answer the next *count* calls with 429 and *retry_after* in seconds."""
        text = f"Too Many Requests: retry after {retry_after}"
        self.waiting.append(Fault(method, "error", count, chat_id, 429, text, {"retry_after": retry_after}))

    def hang(self, method: str = "*", *, count: int = 1, done: bool = False, chat_id: int | None = None) -> None:
        """Never answer the next *count* calls; the caller's time-out ends them."""
        self.waiting.append(Fault(method, "hang", count, chat_id, done=done))

    def cut(self, method: str = "*", *, count: int = 1, done: bool = False, chat_id: int | None = None) -> None:
        """Cut the connection of the next *count* calls without an answer."""
        self.waiting.append(Fault(method, "cut", count, chat_id, done=done))

    def half(self, method: str = "*", *, count: int = 1, chat_id: int | None = None) -> None:
        """Do the next *count* calls, and cut the connection in the middle of the answer."""
        self.waiting.append(Fault(method, "half", count, chat_id, done=True))

    def slow(self, method: str = "*", *, seconds: float, count: int = 1, chat_id: int | None = None) -> None:
        """Answer the next *count* calls *seconds* later than they were done."""
        self.waiting.append(Fault(method, "slow", count, chat_id, seconds=seconds, done=True))

    def hold(self, method: str = "*", *, until: asyncio.Event, count: int = 1, chat_id: int | None = None) -> None:
        """Do the next *count* calls, and answer them once *until* is set."""
        self.waiting.append(Fault(method, "slow", count, chat_id, done=True, until=until))

    def clear(self) -> None:
        """Forget the troubles that still wait."""
        self.waiting.clear()

    def next_for(self, method: str, chat_id: object) -> Fault | None:
        """Return the trouble this call meets, counting it off; None for a quiet call."""
        for fault in self.waiting:
            if fault.method not in ({method} if method in ("getUpdates", DOWNLOAD) else {method, "*"}):
                continue
            if fault.chat_id is not None and fault.chat_id != chat_id:
                continue
            fault.count -= 1
            if fault.count <= 0:
                self.waiting.remove(fault)
            return fault
        return None
