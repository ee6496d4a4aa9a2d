"""The first door of intake: getUpdates, whose offset moves only after everything before it was handled."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any

from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.runtime.backoff import Backoff
from bot.runtime.health import Watch
from bot.runtime.intake import Intake
from bot.runtime.reading import ALLOWED_UPDATES

log = logging.getLogger(__name__)

_LIMIT = 100
#: How long to wait (seconds) before asking again whether this process may poll.
_DOUBT_S = 0.2


class Polling:
    """Asks for updates until stopped. `offset` is the first update id that is not known to be handled."""

    def __init__(
        self,
        bot: ExtBot[Any],
        intake: Intake,
        *,
        timeout: float = 30.0,
        patience: float = 30.0,
        may_ask: Callable[[], bool] = lambda: True,
        watch: Watch | None = None,
    ) -> None:
        """Ask with *bot* while *may_ask* says so, and hand all to *intake*.

        Telegram waits up to *timeout* seconds for somebody to write, and may take *patience* more to say so.
        *watch* hears whether it answers.
        """
        self._watch = watch or Watch()
        self._bot, self._intake, self._may_ask = bot, intake, may_ask
        self._timeout, self._patience = timeout, patience
        self.offset = 0
        self._moved = asyncio.Condition()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Poll until `stop`. Errors of Telegram and the network are one line a minute, and waited out."""
        backoff = Backoff(self._stopping, log)
        while not self._stopping.is_set():
            if not self._may_ask():
                await asyncio.sleep(_DOUBT_S)
                continue
            try:
                with self._watch.attempt():
                    updates = await self._ask()
            except TelegramError as error:
                await backoff.wait(explain(error), at_least=retry_after(error))
                continue
            backoff.reset()
            if updates:
                await self._hand_over(updates)

    def stop(self) -> None:
        """End the poll that runs; updates in hand are still finished by intake."""
        self._stopping.set()

    async def reached(self, update_id: int) -> None:
        """Wait until everything up to and including *update_id* was handled."""
        async with self._moved:
            await self._moved.wait_for(lambda: self.offset > update_id)

    async def _ask(self) -> list[object]:
        """Return what waits; nothing when the process stops first.

        After a failure we ask for an answer at once: whether it works again must not wait for somebody to write.
        """
        timeout = 0.0 if self._watch.failing() else self._timeout
        call = asyncio.create_task(
            # In lower case, since PTB would parse the answer of "getUpdates" as a whole.
            self._bot.do_api_request(
                "getupdates",
                api_kwargs={
                    "offset": self.offset,
                    "limit": _LIMIT,
                    "timeout": round(timeout),
                    "allowed_updates": list(ALLOWED_UPDATES),
                },
                read_timeout=timeout + self._patience,
            )
        )
        stop = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({call, stop}, return_when=asyncio.FIRST_COMPLETED)
            return list(call.result()) if call.done() else []
        finally:
            for task in (call, stop):
                task.cancel()
            await asyncio.wait({call, stop})

    async def _hand_over(self, updates: Sequence[object]) -> None:
        futures = [self._intake.take(raw) for raw in updates]
        await asyncio.wait(futures)
        if any(future.cancelled() for future in futures):
            return
        async with self._moved:
            # One without an id, if there ever is one, goes with the others that came with it.
            self.offset = max([_id_of(raw) + 1 for raw in updates] + [self.offset + 1])
            self._moved.notify_all()


def _id_of(raw: object) -> int:
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if isinstance(found, int) else -1


def retry_after(error: TelegramError) -> float:
    """Return how many seconds Telegram wants us to wait, 0 when it did not say."""
    if not isinstance(error, RetryAfter):
        return 0.0
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()


def explain(error: TelegramError) -> str:
    """Return one clear line about an error of Telegram's; never its words, which may hold the token."""
    # Of a call with `do_api_request` PTB takes a wrong token for a missing method.
    if isinstance(error, InvalidToken | EndPointNotFound):
        return "Telegram does not know this token: check BUURTBODE_TELEGRAM_TOKEN and BUURTBODE_TELEGRAM_API_URL"
    if isinstance(error, Conflict):
        return "somebody else asks for this bot's updates: another `buurtbode run`, or a webhook that is set"
    if isinstance(error, RetryAfter):
        return "Telegram asks to wait"
    return f"Telegram can't be reached ({type(error).__name__})"
