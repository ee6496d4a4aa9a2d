"""The sender: the only one that says anything. Rows of the outbox become messages, one at a time per chat.

After each commit it is handed the rows in memory (`push`); the table is read at the start and for rows whose time
has come. No transaction is open while Telegram is called. At most `MOST_UNMARKED` rows are on the wire or not yet
marked: that is what a crash may repeat.
"""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from telegram.ext import ExtBot

from bot.domain.enums import OutboxState
from bot.runtime.clock import Clock
from bot.runtime.complaints import Complaint
from bot.runtime.limits import Limits
from bot.runtime.metrics import Metrics
from bot.runtime.sending import bursts
from bot.runtime.sending.carrier import Carrier, Taken
from bot.runtime.sending.delivering import Delivery
from bot.runtime.sending.drawing import Closed, Drawer, Listed, Outcome, PutOff, Ready, Translators
from bot.runtime.sending.entrance import Entrance
from bot.runtime.sending.entries import Bundle, Entry
from bot.runtime.sending.looking import Lookout
from bot.runtime.sending.marking import Marker, Result
from bot.runtime.sending.memory import Memory
from bot.runtime.sending.pauses import database_is_away
from bot.runtime.sending.queue import Queue
from bot.runtime.sending.whole import whole
from storage.engine import Database
from storage.failures import why
from storage.queries.outbox import OutboxItem
from storage.queries.sending import CHANNEL, Mark

log = logging.getLogger(__name__)

MOST_UNMARKED = 20
_LONGEST_NAP_S = 0.25
_DATABASE_PAUSE_S = 0.5
#: A chat whose delivery met a mistake of our own waits so long (seconds): Telegram must not hear of it again and again.
_MISTAKE_PAUSE_S = 10.0


class Sender:
    """Sends and edits messages until it is stopped.

    `clock` decides what is due; limits, pauses and back-off are measured with the machine's monotonic clock.
    `translators(person)` gives the translator of a person, or of groups for None.
    """

    def __init__(
        self,
        *,
        database: Database,
        bot: ExtBot[Any],
        clock: Clock,
        limits: Limits,
        translators: Translators,
        bot_username: str,
        may_send: Callable[[], bool] = lambda: True,
        metrics: Metrics | None = None,
    ) -> None:
        """Put the parts together; nothing happens before `run`. Begins a message only while *may_send* says so."""
        self._may_send, self._metrics = may_send, metrics or Metrics()
        self._database, self._clock, self._limits = database, clock, limits
        self._queue = Queue(limits)
        self._memory = Memory()
        self._marker = Marker(database, clock, self._wake_up)
        self._drawer = Drawer(translators, bot_username, self._memory)
        self._lookout = Lookout(database, clock)
        self._entrance = Entrance(self._queue, self._lookout, self._memory, clock, self._on_the_wire)
        self._carrier = Carrier(
            Delivery(bot, self._may_send),
            database,
            clock,
            limits,
            self._queue,
            self._memory,
            self._marker,
            self._metrics,
        )
        self._wake = asyncio.Event()
        self._running: dict[asyncio.Task[None], list[int]] = {}
        self._asking: list[asyncio.Future[None]] = []
        self._stopping = False
        self._complaint = Complaint(log, "can't read what to send", over="what to send can be read again")
        self._unlisted = Complaint(log, "new cards can't be listed", over="new cards are listed again")

    # -- the door -----------------------------------------------------------------------------------------------

    def push(self, items: Sequence[OutboxItem]) -> None:
        """Take rows that were just committed; returns at once."""
        self._entrance.push(items)
        self._wake_up()

    def look(self) -> None:
        """Hear that another process committed rows; returns at once."""
        self._lookout.look_soon()
        self._wake_up()

    async def run(self) -> None:
        """Send until `stop`; cancelling it leaves what is on the wire to a later repetition."""
        marking = asyncio.create_task(self._marker.run(), name="marking")
        try:
            while not self._stopping:
                self._wake.clear()
                await self._entrance.look()
                wait = await self._turn()
                if self._lookout.has_more:
                    await asyncio.sleep(0)  # others may act; what is read goes on
                elif wait > 0 and not self._wake.is_set():
                    await self._answer_idle()
                    await self._nap(min(wait, _LONGEST_NAP_S))
            while self._running or self._marker.unmarked:
                self._wake.clear()
                await self._nap(_LONGEST_NAP_S)
        finally:
            await _end([marking, *self._running])
            for asked in self._asking:
                asked.cancel()

    async def stop(self, grace: float) -> None:
        """Begin nothing more, and wait up to *grace* seconds until what is on the wire has arrived and is marked."""
        self._stopping = True
        deadline = time.monotonic() + grace
        while (self._running or self._marker.unmarked) and time.monotonic() < deadline:
            self._wake_up()
            await asyncio.sleep(0.01)
        await _end(list(self._running))
        self._marker.give_up()
        self._wake_up()

    async def idle(self) -> None:
        """Return when nothing that is due waits, is on the wire, or is unmarked. `run` must be running."""
        asked: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._asking.append(asked)
        self._wake_up()
        await asked

    async def next_due(self) -> datetime | None:
        """Return when the next row is due that waits for its time (UTC), None when there is none."""
        return await self._lookout.next_due()

    # -- waking and waiting --------------------------------------------------------------------------------------

    def _wake_up(self) -> None:
        self._wake.set()

    async def _nap(self, seconds: float) -> None:
        with suppress(TimeoutError):  # not `wait_for`: until Python 3.12 it may swallow a cancellation
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    def _on_the_wire(self) -> set[int]:
        return {row_id for row_ids in self._running.values() for row_id in row_ids}

    def _is_quiet(self) -> bool:
        return not (len(self._queue) or len(self._entrance) or self._running or self._marker.unmarked)

    async def _answer_idle(self) -> None:
        """Let go of those who wait for `idle`, after one more look at the table."""
        if not self._asking or not self._is_quiet():
            return
        await self._entrance.look_at_all()
        if self._is_quiet():
            asking, self._asking = self._asking, []
            for asked in asking:
                if not asked.done():
                    asked.set_result(None)
        else:
            self._wake_up()

    # -- handing out --------------------------------------------------------------------------------------------

    async def _turn(self) -> float:
        """Draw and send what may go now; return in how many seconds something might go."""
        if not self._may_send():
            return _LONGEST_NAP_S
        taken: list[Taken] = []
        wait = math.inf
        while len(taken) + len(self._running) + self._marker.unmarked < MOST_UNMARKED:
            now = time.monotonic()
            if (wait := self._carrier.floods.until - now) > 0:
                break
            found = self._queue.take(now)
            if isinstance(found, Bundle):
                self._start(whole(self._bundle(found)), found.chat_id, found.row_ids)
            elif isinstance(found, Entry):
                taken.append(Taken(found, self._limits.begin(found.chat_id, found.sort, found.weight)))
            else:
                wait = found
                break
        if not taken:
            return wait
        await self._draw(taken)
        return 0.0

    async def _draw(self, taken: Sequence[Taken]) -> None:
        """Draw what was taken and start its delivery; when the database is away, put it back."""
        try:
            outcomes = await self._drawer.draw_all(self._database, self._clock, [one.entry.id for one in taken])
        except Exception as error:
            if not database_is_away(error):
                raise
            self._complaint.about(why=why(error))
            for one in taken:
                self._put_back(one)
            return
        self._complaint.end()
        for one in taken:
            self._act(one, outcomes[one.entry.id])

    def _act(self, one: Taken, outcome: Outcome) -> None:
        if isinstance(outcome, Ready) and not self._stopping:
            # Asked once more: while it was drawn, this process may have stood still, and another have begun. Each call
            # asks again, as the last thing that it does.
            if self._may_send():
                self._start(self._carrier.carry(one, outcome), one.entry.chat_id, [one.entry.id])
            else:
                self._put_back(one)
            return
        self._limits.skip(one.slot)
        if isinstance(outcome, Closed):
            row = outcome.row
            count = self._metrics.dropped if outcome.state is OutboxState.DROPPED else self._metrics.failed
            count(CHANNEL, outcome.reason)
            mark = Mark(id=row.id, drawn=row.version, state=outcome.state, reason=outcome.reason)
            self._carrier.close(row, Result(mark, row.chat_id, outcome.notice))
        elif isinstance(outcome, Listed):
            row = outcome.row
            mark = Mark(id=row.id, drawn=row.version, state=OutboxState.SENT)
            self._carrier.close(row, Result(mark, row.chat_id, list_id=outcome.list_id))
        elif isinstance(outcome, PutOff):
            mark = Mark(id=outcome.row.id, drawn=outcome.row.version, state=OutboxState.WAITING, due_at=outcome.due_at)
            self._marker.add(Result(mark, outcome.row.chat_id))
            self._lookout.expect(outcome.due_at)
        elif isinstance(outcome, Ready):
            pass  # stopping: the row waits in the table
        elif outcome.due_at is not None:
            self._lookout.expect(outcome.due_at)
        self._queue.free(one.entry.chat_id, time.monotonic())

    def _put_back(self, one: Taken) -> None:
        """Let a row wait, and what stands behind it in its chat: else that would overtake it."""
        now = time.monotonic()
        self._limits.skip(one.slot)
        self._queue.pause(one.entry.chat_id, now + _DATABASE_PAUSE_S, now)
        self._queue.push(one.entry, now)
        self._queue.free(one.entry.chat_id, now)

    def _start(self, work: Coroutine[Any, Any, None], chat_id: int, row_ids: list[int]) -> None:
        """Run *work* beside the loop; its chat is free again when it ends."""
        task = asyncio.create_task(work)
        self._running[task] = row_ids

        def ended(task: asyncio.Task[None]) -> None:
            now = time.monotonic()
            self._running.pop(task, None)
            if not task.cancelled() and (error := task.exception()) is not None:
                self._queue.pause(chat_id, now + self._pause_after(error, chat_id), now)
                self._lookout.look_at_all_soon()
            self._queue.free(chat_id, now)
            self._wake_up()

        task.add_done_callback(ended)

    def _pause_after(self, error: BaseException, chat_id: int) -> float:
        """Say what kept a delivery from its end; return for how many seconds its chat waits."""
        if database_is_away(error):
            self._unlisted.about(why=why(error))
            return _DATABASE_PAUSE_S
        log.error("a delivery failed", exc_info=error, extra={"chat": chat_id})
        return _MISTAKE_PAUSE_S

    async def _bundle(self, bundle: Bundle) -> None:
        """Show new cards in list messages; when the database is away, they wait as they were."""
        async with self._database.write(self._clock.now()) as work:
            lists = await bursts.bundle(work, bundle.chat_id, bundle.row_ids)
        self._unlisted.end()
        self._queue.make_urgent(lists, time.monotonic())


async def _end(tasks: Iterable[asyncio.Task[None]]) -> None:
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
