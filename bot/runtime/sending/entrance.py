"""How rows come to stand in line: those that were just committed, and those that were read from the table."""

import math
import time
from collections.abc import Callable, Collection, Iterable, Sequence

from bot.runtime.clock import Clock
from bot.runtime.sending.entries import Entry
from bot.runtime.sending.looking import Lookout
from bot.runtime.sending.memory import Memory
from bot.runtime.sending.queue import Queue
from storage.queries.outbox import OutboxItem
from storage.queries.sending import CHANNEL, Waiting


class Entrance:
    """Lets rows into the queue.

    At the start the table is read by the page, what goes first first. Until all of it is read, a row is held back
    while something that goes before it in its chat may not have been read yet. `on_the_wire` tells which rows
    are being sent.
    """

    def __init__(
        self,
        queue: Queue,
        lookout: Lookout,
        memory: Memory,
        clock: Clock,
        on_the_wire: Callable[[], Collection[int]],
    ) -> None:
        """Share the sender's parts."""
        self._queue, self._lookout, self._memory, self._clock = queue, lookout, memory, clock
        self._on_the_wire = on_the_wire
        self._held: dict[int, Entry] = {}

    def __len__(self) -> int:
        """How many rows are held back."""
        return len(self._held)

    def push(self, items: Sequence[OutboxItem]) -> None:
        """Take rows that were just committed."""
        now = self._clock.now()
        for item in items:
            if item.due_at > now:
                self._lookout.expect(item.due_at)
            elif item.channel == CHANNEL:
                self._memory.hear(item, time.monotonic())
                self._enter(item)

    async def look(self) -> None:
        """Take the next rows that the table has, when it is time to look."""
        rows = await self._lookout.look()
        for chat_id in self._lookout.card_groups:
            self._queue.limits.expect_cards(chat_id)
        self._take_in(rows)
        self._let_in()

    async def look_at_all(self) -> None:
        """Take all rows that wait in the table and are due."""
        self._lookout.look_at_all_soon()
        while self._lookout.has_more:
            await self.look()

    def _take_in(self, rows: Iterable[Waiting]) -> None:
        """Let rows that were read from the table stand in line, unless they do (as early) or are on the wire."""
        on_the_wire = self._on_the_wire()
        now, mono = self._clock.now(), time.monotonic()
        for row in rows:
            known = self._queue.entries.get(row.id)
            if (known is None or row.due_at < known.due_at) and row.id not in on_the_wire:
                # One that stands in line knows itself how long it was put off, whatever the clock says.
                pause = (row.not_before - now).total_seconds() if row.not_before and known is None else 0.0
                self._enter(row, after=mono + pause if pause > 0 else -math.inf, attempts=row.attempts)

    def _enter(self, row: OutboxItem | Waiting, *, after: float = -math.inf, attempts: int = 0) -> None:
        entry = Entry(
            id=row.id,
            chat_id=row.chat_id,
            kind=row.kind,
            priority=int(row.priority),
            due_at=row.due_at,
            new=row.message_id is None and not self._memory.has_message(row.id),
            attempts=attempts,
            after=after,
        )
        if self._lookout.knows_before(*entry.order):
            self._queue.push(entry, time.monotonic())
        else:
            self._held[row.id] = entry

    def _let_in(self) -> None:
        """Let in those before whom all has been read by now."""
        for entry in [held for held in self._held.values() if self._lookout.knows_before(*held.order)]:
            self._queue.push(self._held.pop(entry.id), time.monotonic())
