"""Answering taps: each query exactly once, after the commit, in the background."""

import asyncio
import logging
from collections.abc import Iterable
from typing import Any

from telegram.error import TelegramError
from telegram.ext import ExtBot

from handlers.context import Toast

log = logging.getLogger(__name__)

#: While Telegram takes long, nobody's answer waits for those of so many others. There are connections for all of them.
AT_ONCE = 80
_LONGEST = 200


class Answers:
    """Calls answerCallbackQuery; what fails is logged and forgotten, since an answer is never all that was said."""

    def __init__(self, bot: ExtBot[Any]) -> None:
        """Use *bot*."""
        self._bot = bot
        self._room = asyncio.Semaphore(AT_ONCE)
        self._running: set[asyncio.Task[None]] = set()

    def give(self, toasts: Iterable[Toast]) -> None:
        """Begin to answer."""
        for toast in toasts:
            task = asyncio.create_task(self._give(toast))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def stop(self, grace: float) -> None:
        """Wait *grace* seconds for what is under way, then give up on it."""
        if self._running:
            _, late = await asyncio.wait(set(self._running), timeout=grace)
            for task in late:
                task.cancel()

    async def _give(self, toast: Toast) -> None:
        async with self._room:
            try:
                await self._bot.answer_callback_query(
                    toast.query_id,
                    text=_short(toast.text) if toast.text else None,
                    show_alert=toast.alert or None,
                    url=toast.url,
                )
            except TelegramError as error:
                log.info("tap not answered", extra={"why": type(error).__name__})


def _short(text: str) -> str:
    """Return *text* within the 200 UTF-16 units that Telegram takes."""
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * _LONGEST else units[: 2 * (_LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
