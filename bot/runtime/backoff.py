"""Waiting longer each time that something fails, and saying so in one line."""

import asyncio
import logging

#: Who writes to the bot while Telegram or the database is away waits for so long once it is back: not longer than
#: somebody keeps the chat open. Six calls a minute are no burden for either.
_FIRST_S, _LONGEST_S = 1.0, 10.0


class Backoff:
    """Pauses of 1, 2, 4, 8, 10, 10 … seconds that end early when the process stops."""

    def __init__(self, stopping: asyncio.Event) -> None:
        """Watch *stopping* while waiting."""
        self._stopping = stopping
        self._next = _FIRST_S

    async def wait(self, log: logging.Logger, why: str, *, at_least: float = 0.0) -> None:
        """Log *why* and pause; the next pause is twice as long."""
        pause = max(self._next, at_least)
        self._next = min(2 * self._next, _LONGEST_S)
        log.warning(why, extra={"again_in_s": pause})
        try:
            async with asyncio.timeout(pause):
                await self._stopping.wait()
        except TimeoutError:
            return

    def reset(self, log: logging.Logger) -> None:
        """Begin small again after a success."""
        if self._next > _FIRST_S:
            log.info("it works again")
        self._next = _FIRST_S
