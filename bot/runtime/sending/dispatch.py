"""Handing out: which rows are drawn and sent now, how many at once, and what becomes of those that can't be."""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any

from bot.runtime.clock import Clock
from bot.runtime.complaints import Complaint
from bot.runtime.limits import Limits
from bot.runtime.sending import bursts
from bot.runtime.sending.carrier import Carrier, Taken
from bot.runtime.sending.drawing import Drawer, Outcome, Ready
from bot.runtime.sending.entries import Bundle, Entry
from bot.runtime.sending.hand import STALE_S, Drawn, Hand
from bot.runtime.sending.looking import Lookout
from bot.runtime.sending.marking import Marker
from bot.runtime.sending.pauses import database_is_away
from bot.runtime.sending.queue import Queue
from bot.runtime.sending.settling import Settling
from bot.runtime.sending.whole import whole
from storage.engine import Database
from storage.failures import why

log = logging.getLogger(__name__)

MOST_UNMARKED = 20
_LEASE_PAUSE_S = 0.25
_DATABASE_PAUSE_S = 0.5
#: A chat whose delivery met a mistake of our own waits so long (seconds): Telegram must not hear of it again and again.
_MISTAKE_PAUSE_S = 10.0


class Dispatch:
    """Takes rows from the queue, has them drawn, and has them carried to Telegram when there is room.

    At most `MOST_UNMARKED` rows are in hand, on the wire, or not yet marked. `wake_up` is called when there may be more
    to do: a call ended, or a drawing.
    """

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        limits: Limits,
        queue: Queue,
        drawer: Drawer,
        carrier: Carrier,
        settling: Settling,
        marker: Marker,
        lookout: Lookout,
        may_send: Callable[[], bool],
        wake_up: Callable[[], None],
    ) -> None:
        """Share the sender's parts; nothing is in hand yet."""
        self._database, self._clock, self._limits = database, clock, limits
        self._queue, self._drawer, self._carrier, self._settling = queue, drawer, carrier, settling
        self._marker, self._lookout = marker, lookout
        self._may_send, self._wake_up = may_send, wake_up
        self._hand = Hand(limits)
        self._running: dict[asyncio.Task[None], list[int]] = {}
        self._drawing: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._stopping = False
        self._unlisted = Complaint(log, "new cards can't be listed", over="new cards are listed again")

    @property
    def row_ids(self) -> set[int]:
        """The rows in hand and on the wire."""
        return self._hand.row_ids.union(*self._running.values())

    @property
    def is_at_work(self) -> bool:
        """Whether anything is being drawn, or is on the wire."""
        return bool(self._tasks())

    @property
    def is_empty(self) -> bool:
        """Whether no row is in hand or on the wire."""
        return not (len(self._hand) or self._tasks())

    def begin_nothing_more(self) -> None:
        """Let what is on the wire arrive, and leave what is in hand to the table."""
        self._stopping = True
        if self._timer is not None:
            self._timer.cancel()

    async def end(self) -> None:
        """Cancel what runs, and wait until it has ended."""
        self.begin_nothing_more()
        tasks = self._tasks()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _tasks(self) -> list[asyncio.Task[None]]:
        return [*self._running, *([] if self._drawing is None or self._drawing.done() else [self._drawing])]

    def turn(self) -> float:
        """Send what is drawn and has room, and draw what comes next; return in how many seconds there may be more.

        Raises what drawing raised, but for the database's failures.
        """
        now = time.monotonic()
        self._put_back(self._hand.give_back(before=now - STALE_S), now)
        self._send_drawn()
        if not self._may_send():
            return _LEASE_PAUSE_S
        if self._drawing is not None:
            if not self._drawing.done():
                return math.inf
            self._drawing.result()
            self._drawing = None
        taken, wait = self._take()
        if taken:
            self._drawing = asyncio.create_task(self._draw(taken), name="drawing")
            self._drawing.add_done_callback(lambda _done: self._wake_up())
        return wait

    def _take(self) -> tuple[list[Entry], float]:
        """Take rows in hand, as many as may be on their way; return them, and in how many seconds there may be more."""
        taken: list[Entry] = []
        while len(self._hand) + len(self._running) + self._marker.unmarked < MOST_UNMARKED:
            now = time.monotonic()
            if (wait := self._carrier.floods.until - now) > 0:
                return taken, wait
            found = self._queue.take(now, self._hand.wait_to_take)
            if isinstance(found, Bundle):
                self._start(whole(self._bundle(found)), found.chat_id, found.row_ids)
            elif isinstance(found, Entry):
                self._hand.take(found)
                taken.append(found)
            else:
                return taken, found
        return taken, math.inf

    async def _draw(self, taken: Sequence[Entry]) -> None:
        """Draw what was taken; when the database is away, put it back."""
        try:
            outcomes = await self._drawer.draw_all(self._database, self._clock, [entry.id for entry in taken])
        except Exception as error:
            if not database_is_away(error):
                raise
            for entry in taken:
                self._hand.let_go(entry)
            self._put_back(taken, time.monotonic(), pause=_DATABASE_PAUSE_S)
            return
        for entry in taken:
            self._act(entry, outcomes[entry.id])
        self._send_drawn()

    def _act(self, entry: Entry, outcome: Outcome) -> None:
        chat_id, now = entry.chat_id, time.monotonic()
        if isinstance(outcome, Ready) and self._carrier.may_go(entry, outcome):
            self._hand.drawn(entry, outcome, now)
            return
        self._hand.let_go(entry)
        if not isinstance(outcome, Ready):
            self._settling.settle(outcome)
        self._queue.free(chat_id, now)

    def _send_drawn(self) -> None:
        """Start the delivery of what is drawn and has room, and come back when there is more room.

        While this process stood still, another may have begun: so that is asked once more, and by each call again, as
        the last thing that it does.
        """
        if self._timer is not None:
            self._timer.cancel()
        now = time.monotonic()
        if not self._may_send():
            self._put_back(self._hand.give_back(before=math.inf), now, pause=_DATABASE_PAUSE_S)
        if self._stopping:  # what is drawn waits in the table
            return
        wait = self._carrier.floods.until - now
        while wait <= 0:
            found = self._hand.next()
            if isinstance(found, Drawn):
                entry = found.entry
                slot = self._limits.begin(entry.chat_id, entry.sort, entry.weight)
                self._start(self._carrier.carry(Taken(entry, slot), found.ready), entry.chat_id, [entry.id])
            else:
                wait = found
        if wait < math.inf:
            self._timer = asyncio.get_running_loop().call_later(wait, self._send_drawn)

    def _put_back(self, entries: Iterable[Entry], now: float, *, pause: float = 0.0) -> None:
        """Let rows wait, for *pause* seconds with what stands behind them in their chats: else that would overtake."""
        for entry in entries:
            if pause:
                self._queue.pause(entry.chat_id, now + pause, now)
            self._queue.push(entry, now)
            self._queue.free(entry.chat_id, now)

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
            self._send_drawn()
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
