"""Writing down what went out: what was sent while one marking ran is marked by the next."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain.enums import Reachable
from bot.domain.notices import Notice
from bot.runtime.clock import Clock
from bot.runtime.complaints import Complaint
from bot.runtime.sending.pauses import database_is_away
from bot.runtime.sending.whole import whole
from bot.services.delivery import DELIVERED, UNDELIVERABLE, Undeliverable
from storage.engine import Database
from storage.failures import why
from storage.queries import sending
from storage.queries.sending import Mark
from storage.work import Work

log = logging.getLogger(__name__)

_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 10.0


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a row, and who wants to hear of it.

    `first`: it was sent as a new message. `out_of_reach`: its chat can't be reached (and why, for a person).
    `list_id`: the list that shows this card and is to be drawn again.
    """

    mark: Mark
    chat_id: int
    notice: Notice | None = None
    first: bool = False
    out_of_reach: bool = False
    reachable: Reachable | None = None
    list_id: int | None = None


class Marker:
    """Marks rows in the order in which they were sent, many in one transaction; never gives up on the database."""

    def __init__(self, database: Database, clock: Clock, on_marked: Callable[[], None]) -> None:
        """Mark in *database*; *on_marked* is called after each commit."""
        self._database, self._clock, self._on_marked = database, clock, on_marked
        self._complaint = Complaint(log, "can't mark what was sent", over="what was sent is marked")
        self._waiting: list[Result] = []
        self._writing = 0
        self._wake = asyncio.Event()

    @property
    def unmarked(self) -> int:
        """How many rows went out and are not marked yet: what a crash would repeat."""
        return len(self._waiting) + self._writing

    def add(self, result: Result) -> None:
        """Have *result* marked soon."""
        self._waiting.append(result)
        self._wake.set()

    def give_up(self) -> None:
        """Forget what could not be marked; it will be sent again by the next run."""
        self._waiting.clear()
        self._writing = 0

    async def run(self) -> None:
        """Mark until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                batch, self._waiting = self._waiting, []
                self._writing = len(batch)
                try:
                    await self._mark(batch)
                finally:
                    self._writing = 0
                self._on_marked()

    async def _mark(self, batch: Sequence[Result]) -> None:
        pause = _FIRST_PAUSE_S
        while True:
            try:
                await whole(self._write(batch))
            except Exception as error:
                if not database_is_away(error):
                    log.exception("marking together failed; marking one by one")
                    break
                self._complaint.about(why=why(error), rows=len(batch))
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)
            else:
                self._complaint.end()
                return
        for result in batch:
            await self._mark_alone(result)

    async def _mark_alone(self, result: Result) -> None:
        """Mark one row; when those who want to hear of it fail, without them."""
        alone = replace(result, notice=None, first=False, out_of_reach=False, list_id=None)
        for attempt in (result, alone):
            try:
                await self._mark_surely(attempt)
            except Exception:
                log.exception("somebody who hears of deliveries failed", extra={"row": result.mark.id})
            else:
                return

    async def _mark_surely(self, result: Result) -> None:
        pause = _FIRST_PAUSE_S
        while True:
            try:
                return await whole(self._write([result]))
            except Exception as error:
                if not database_is_away(error):
                    raise
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)

    async def _write(self, batch: Sequence[Result]) -> None:
        async with self._database.write(self._clock.now()) as work:
            await sending.mark(work.session, [result.mark for result in batch])
            lists = {result.list_id for result in batch if result.list_id is not None}
            if lists:
                work.written += await sending.again(work.session, lists)
            for result in batch:
                await _tell(work, result)


async def _tell(work: Work, result: Result) -> None:
    """Tell whoever wants to know that a message arrived, or can't."""
    notice = result.notice
    if result.first and notice is not None and notice.kind in DELIVERED and result.mark.message_id is not None:
        await DELIVERED[notice.kind](work, notice, result.mark.message_id)
    if result.out_of_reach:
        if result.reachable is not None:
            work.written += await sending.out_of_reach(work.session, result.chat_id, result.reachable)
        for hook in UNDELIVERABLE:
            await hook(work, Undeliverable(result.chat_id, result.reachable, notice))
