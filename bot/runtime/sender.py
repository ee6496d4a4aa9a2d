"""The sender: the only one that says anything. Rows of the outbox become messages, one at a time per chat.

After each commit it is handed the rows in memory (`push`); the table is read at the start and for rows whose time
has come. No transaction is open while Telegram is called. At most `dispatch.MOST_UNMARKED` rows are on the wire or
not yet marked: that is what a crash may repeat.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from telegram.ext import ExtBot

from bot.runtime.clock import Clock
from bot.runtime.limits import Limits
from bot.runtime.metrics import Metrics
from bot.runtime.sending.carrier import Carrier
from bot.runtime.sending.delivering import Delivery
from bot.runtime.sending.dispatch import Dispatch
from bot.runtime.sending.drawing import Drawer, Translators
from bot.runtime.sending.entrance import Entrance
from bot.runtime.sending.looking import Lookout
from bot.runtime.sending.marking import Marker
from bot.runtime.sending.memory import Memory
from bot.runtime.sending.queue import Queue
from bot.runtime.sending.settling import Settling
from storage.engine import Database
from storage.queries.outbox import OutboxItem

_LONGEST_NAP_S = 0.25


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
        memory, metrics = Memory(), metrics or Metrics()
        self._queue = queue = Queue(limits)
        self._marker = marker = Marker(database, clock, self._wake_up)
        self._lookout = lookout = Lookout(database, clock)
        carrier = Carrier(Delivery(bot, may_send), database, clock, limits, queue, memory, marker, metrics)
        self._dispatch = dispatch = Dispatch(
            database=database,
            clock=clock,
            limits=limits,
            queue=queue,
            drawer=Drawer(translators, bot_username, memory),
            carrier=carrier,
            settling=Settling(carrier, marker, lookout, metrics),
            marker=marker,
            lookout=lookout,
            may_send=may_send,
            wake_up=self._wake_up,
        )
        self._entrance = Entrance(queue, lookout, memory, clock, on_the_wire=lambda: dispatch.row_ids)
        self._wake = asyncio.Event()
        self._asking: list[asyncio.Future[None]] = []
        self._stopping = False

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
                wait = self._dispatch.turn()
                if self._lookout.has_more:
                    await asyncio.sleep(0)  # others may act; what is read goes on
                elif wait > 0 and not self._wake.is_set():
                    await self._answer_idle()
                    await self._nap(min(wait, _LONGEST_NAP_S))
            while self._is_at_work():
                self._wake.clear()
                await self._nap(_LONGEST_NAP_S)
        finally:
            await self._dispatch.end()
            marking.cancel()
            await asyncio.gather(marking, return_exceptions=True)
            for asked in self._asking:
                asked.cancel()

    async def stop(self, grace: float) -> None:
        """Begin nothing more, and wait up to *grace* seconds until what is on the wire has arrived and is marked."""
        self._stopping = True
        self._dispatch.begin_nothing_more()
        deadline = time.monotonic() + grace
        while self._is_at_work() and time.monotonic() < deadline:
            self._wake_up()
            await asyncio.sleep(0.01)
        await self._dispatch.end()
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

    def _is_at_work(self) -> bool:
        return bool(self._dispatch.is_at_work or self._marker.unmarked)

    def _is_quiet(self) -> bool:
        return not (len(self._queue) or len(self._entrance) or self._marker.unmarked or not self._dispatch.is_empty)

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
