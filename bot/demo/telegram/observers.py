"""Everybody who wants to know that something changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from bot.demo.telegram.calls import Call
from bot.demo.telegram.model import Chat, Message

T = TypeVar("T")
Kind = Literal[
    "message", "edited", "deleted", "answer", "action", "members", "reaction", "keyboard", "call", "updates", "chat"
]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: *kind*, the chat and the message it is about; an ``answer`` carries the tap's id in *query*.

    ``call``: a call of the bot ended; ``updates``: the bot begins to wait for
    updates, or its webhook took one.
    """

    kind: Kind
    chat: Chat | None = None
    message: Message | None = None
    query: str | None = None
    call: Call | None = None


class Observers:
    """Call-backs on every change, and waiting until something is true."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._callbacks: list[Callable[[Change], None]] = []
        self._waiters: list[asyncio.Event] = []

    def on_change(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call *callback* on every change, in the loop, at once; return what ends that."""
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    def changed(self, change: Change) -> None:
        """Tell everybody."""
        for callback in list(self._callbacks):
            callback(change)
        for waiter in self._waiters:
            waiter.set()

    async def until(self, condition: Callable[[], T], *, timeout: float = 120.0, what: str = "") -> T:  # noqa: ASYNC109
        """Wait until *condition* is true and return what it gave; raise TimeoutError after *timeout* real seconds."""
        waiter = asyncio.Event()
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout(timeout):
                while not (result := condition()):
                    await waiter.wait()
                    waiter.clear()
                return result
        except TimeoutError:
            raise TimeoutError(f"not true within {timeout} s: {what or condition}") from None
        finally:
            self._waiters.remove(waiter)
