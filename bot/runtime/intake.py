"""Taking updates in: handled once, in batches, acknowledged only after the commit.

Two doors lead here, polling and the webhook: both call `Intake.take` and wait for its future. One consumer runs
what waits as a batch in one transaction. Four things can go wrong, and each has its own answer:

-   the database is away, locked or full: the same batch again, for as long as it takes; nothing is acknowledged;
-   it is no update as Telegram describes them: set aside at once, with no word to anybody;
-   a handler fails: again one by one; what fails three times is set aside for `buurtbode replay`;
-   the process dies: after an unclean start each attempt is counted before it begins.
"""

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

from bot.runtime.handling import DeadlyError, Handling
from bot.runtime.reading import Taken, UnreadableError, chat_of
from storage.failures import is_database_failure, why

log = logging.getLogger(__name__)
T = TypeVar("T")

#: At most so many updates in one transaction.
BATCH = 100
#: So often an update is tried before it is set aside, and begun before it counts as deadly.
TRIES = 3
_PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0)
_COMPLAIN_EVERY_S = 60.0


class _StoppedError(Exception):
    """The process stops while the database is away: the batch stays unacknowledged."""


class Intake:
    """The queue and its one consumer.

    `trouble_since` is the monotonic time since which the database fails, None while it does not.
    """

    def __init__(self, handling: Handling, *, careful: int = 0) -> None:
        """Begin with an empty queue; *careful* is how many updates run one by one, after an unclean start."""
        self._handling = handling
        self._careful = careful
        self._size = BATCH
        self._queue: deque[Taken] = deque()
        self._arrived = asyncio.Event()
        self._stopping = asyncio.Event()
        self._quiet = asyncio.Event()
        self._quiet.set()
        self.trouble_since: float | None = None

    def failing(self) -> float:
        """Return for how many seconds the database has failed; 0 while it works."""
        return 0.0 if self.trouble_since is None else time.monotonic() - self.trouble_since

    @property
    def waiting(self) -> int:
        """How many updates wait for the consumer."""
        return len(self._queue)

    def take(self, raw: object) -> "asyncio.Future[None]":
        """Queue a raw update; the future is resolved when it never has to be delivered again.

        It is cancelled when the process stops first: then it must be delivered once more.
        """
        taken = Taken(raw, asyncio.get_running_loop().create_future())
        if self._stopping.is_set():
            taken.done.cancel()
        else:
            self._queue.append(taken)
            self._quiet.clear()
            self._arrived.set()
        return taken.done

    @property
    def busy(self) -> bool:
        """Whether updates wait or are in hand."""
        return not self._quiet.is_set()

    async def idle(self) -> None:
        """Wait until nothing waits and no batch is in hand."""
        await self._quiet.wait()

    async def run(self) -> None:
        """Consume until `stop`."""
        batch: list[Taken] = []
        try:
            while not self._stopping.is_set():
                if not self._queue:
                    self._arrived.clear()
                    self._quiet.set()
                    await self._arrived.wait()
                    continue
                batch = self._next()
                await self._run(batch)
        except _StoppedError:
            log.warning("stopped while the database was away", extra={"unhandled": len(batch)})
        finally:
            for taken in [*batch, *self._queue]:
                taken.done.cancel()

    def stop(self) -> None:
        """Let `run` end after the batch in hand; what still waits is delivered again another time."""
        self._stopping.set()
        self._arrived.set()

    def _next(self) -> list[Taken]:
        """Take what comes next out of the queue: the first of each chat, then the second of each, and so on.

        So nobody waits for a busy group, and the updates of a chat stay in their order.
        """
        if len(self._queue) <= 1:
            batch = list(self._queue)
            self._queue.clear()
            return batch
        counts: Counter[object] = Counter()
        rounds: dict[int, list[Taken]] = {}
        for taken in self._queue:
            chat = chat_of(taken.raw)
            counts[chat] += 1
            rounds.setdefault(counts[chat], []).append(taken)
        fair = [taken for number in sorted(rounds) for taken in rounds[number]]
        self._queue = deque(fair[self._size :])
        return fair[: self._size]

    async def _run(self, batch: Sequence[Taken]) -> None:
        batch = [taken for taken in batch if await self._is_readable(taken)]
        if not batch:
            return
        if self._careful > 0:
            await self._carefully(batch)
            self._careful = max(0, self._careful - len(batch))
            return
        try:
            late = await self._despite_database(lambda: self._handling.together(batch))
            self._queue.extendleft(reversed(late))
            # What does not fit in the time of a batch is claimed and looked up in vain.
            fitted = len(batch) - len(late)
            self._size = min(BATCH, 2 * self._size) if not late else fitted + fitted // 4 + 1
        except _StoppedError:
            raise
        except Exception as error:
            log.warning("batch failed; one by one", extra={"updates": len(batch), "why": type(error).__name__})
            for taken in batch:
                await self._alone(taken)

    async def _is_readable(self, taken: Taken) -> bool:
        """Tell whether this is an update at all; what is none is set aside at once, without troubling the batch."""
        try:
            taken.facts()
        except UnreadableError as error:
            await self._set_aside(taken, error)
            return False
        return True

    async def _alone(self, taken: Taken) -> None:
        """Run one update by itself; the third failure sets it aside."""
        failure: Exception = DeadlyError()
        for attempt in range(1, TRIES + 1):
            taken.anew()
            try:
                await self._despite_database(lambda: self._handling.together([taken], counted=self._careful > 0))
            except _StoppedError:
                raise
            except Exception as error:
                log.exception("update failed", extra={"update": taken.id, "attempt": attempt})
                failure = error
            else:
                return
        await self._set_aside(taken, failure)

    async def _carefully(self, batch: Sequence[Taken]) -> None:
        """Run updates one by one, each attempt counted before it begins, since one of them may kill the process."""
        for taken in batch:
            before = await self._attempts_before(taken)
            if before is not None and before >= TRIES:
                await self._set_aside(taken, DeadlyError())
            else:
                await self._alone(taken)

    async def _attempts_before(self, taken: Taken) -> int | None:
        if not taken.named:
            return None
        return await self._despite_database(lambda: self._handling.begin_attempt(taken))

    async def _set_aside(self, taken: Taken, failure: BaseException) -> None:
        """Put an update away, assuming less of it each time that even this fails."""
        log.error("update set aside", extra={"update": taken.id, "why": type(failure).__name__})
        while True:
            for apology, raw in ((True, True), (False, True), (False, False)):
                aside = partial(self._handling.set_aside, taken, failure, with_apology=apology, with_raw=raw)
                try:
                    return await self._despite_database(aside)
                except _StoppedError:
                    raise
                except Exception:
                    log.exception("setting aside failed", extra={"update": taken.id, "apology": apology, "raw": raw})
            await self._pause(_PAUSES[-1])

    async def _despite_database(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Return what *attempt* returns, trying again while the database is the one that fails."""
        complained = -_COMPLAIN_EVERY_S
        tries = 0
        while True:
            try:
                result = await attempt()
            except Exception as error:
                if not is_database_failure(error) and not isinstance(error, OSError):
                    raise
                now = time.monotonic()
                self.trouble_since = self.trouble_since or now
                if now - complained >= _COMPLAIN_EVERY_S:
                    complained = now
                    log.error("database failed; trying on", extra={"why": why(error)})
                await self._pause(_PAUSES[min(tries, len(_PAUSES) - 1)])
                tries += 1
            else:
                if tries:
                    log.warning("database is back", extra={"tries": tries})
                self.trouble_since = None
                return result

    async def _pause(self, seconds: float) -> None:
        """Wait, unless the process stops."""
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return
        raise _StoppedError
