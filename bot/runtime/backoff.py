"""Waiting longer each time that something fails, and saying so in one line, once a minute."""

import asyncio
import logging

from bot.runtime.complaints import Complaint

#: Who writes to the bot while Telegram or the database is away waits for so long once it is back: not longer than
#: somebody keeps the chat open. Six calls a minute are no burden for either.
_FIRST_S, _LONGEST_S = 1.0, 10.0


class Backoff:
    """Pauses of 1, 2, 4, 8, 10, 10 … seconds that end early when the process stops."""

    def __init__(self, stopping: asyncio.Event, log: logging.Logger) -> None:
        """Watch *stopping* while waiting, and write to *log*."""
        self._stopping = stopping
        self._complaint = Complaint(log, "")
        self._next = _FIRST_S

    async def wait(self, why: str, *, at_least: float = 0.0) -> None:
        """Say *why* and pause; the next pause is twice as long."""
        pause = max(self._next, at_least)
        self._next = min(2 * self._next, _LONGEST_S)
        self._complaint.about(words=why, again_in_s=pause)
        try:
            async with asyncio.timeout(pause):
                await self._stopping.wait()
        except TimeoutError:
            return

    def reset(self) -> None:
        """Begin small again after a success."""
        self._complaint.end()
        self._next = _FIRST_S
