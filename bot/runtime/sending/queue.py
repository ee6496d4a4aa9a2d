"""What waits to be said, in memory: one line of rows per chat, and a heap that names the next chat.

No I/O and no clock of its own: the limits' monotonic seconds come in as `now`.
"""

import heapq
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.runtime.limits import Limits, Sort
from bot.runtime.sending.entries import LIST_KINDS, Bundle, Entry, Lane

#: More new cards than this waiting for one group become a list message.
MANY_CARDS = 5
#: New cards of which the first would wait longer than this part of a group's window (in all) are listed as well.
_PATIENCE = 1 / 240


@dataclass(slots=True)
class _Line:
    """The rows that wait for one chat: a heap per lane, those put off, and whether a call is running."""

    chat_id: int
    heaps: dict[Lane, list[tuple[tuple[int, datetime, int], int]]] = field(default_factory=dict)
    put_off: list[tuple[float, int, int]] = field(default_factory=list)
    cards: set[int] = field(default_factory=set)
    size: int = 0
    busy: bool = False
    after: float = -math.inf
    stamp: int = 0


class Queue:
    """Rows by chat, and which of them may go next. One row of a chat at a time is handed out (`take`, `free`)."""

    def __init__(self, limits: Limits) -> None:
        """Begin empty."""
        self.entries: dict[int, Entry] = {}
        self.limits = limits
        self._lines: dict[int, _Line] = {}
        self._ready: list[tuple[tuple[int, int, datetime, int], int, int]] = []
        self._later: list[tuple[float, int, int]] = []
        self._stamp = 0
        self._patience = limits.group.seconds * _PATIENCE

    def __len__(self) -> int:
        """How many rows wait, those put off included."""
        return len(self.entries)

    def __contains__(self, row_id: int) -> bool:
        """Whether this row waits here."""
        return row_id in self.entries

    def push(self, entry: Entry, now: float) -> None:
        """Add a row, or replace what was known of it; a row that was put off stays put off."""
        entry.since = now
        known = self.entries.get(entry.id)
        if known is not None:
            entry.since, entry.urgent = known.since, entry.urgent or known.urgent
            if known.chat_id == entry.chat_id:
                entry.after = max(entry.after, known.after)
                entry.attempts = max(entry.attempts, known.attempts)
                entry.alone, entry.answers = max(entry.alone, known.alone), max(entry.answers, known.answers)
            self.remove(entry.id)
        self._stamp += 1
        entry.stamp = self._stamp
        self.entries[entry.id] = entry
        line = self._lines.setdefault(entry.chat_id, _Line(entry.chat_id))
        line.size += 1
        if entry.is_card:
            line.cards.add(entry.id)
        if entry.is_card or entry.kind in LIST_KINDS:
            self.limits.expect_cards(entry.chat_id)
        self._stand(line, entry, now)
        self._place(line, now)

    def make_urgent(self, row_ids: Iterable[int], now: float) -> None:
        """Let these list messages go first: they show cards that nobody has seen yet."""
        for row_id in row_ids:
            if (entry := self.entries.get(row_id)) is not None:
                entry.urgent = True
                self.push(entry, now)

    def remove(self, row_id: int) -> None:
        """Forget a row (its places in the heaps go stale)."""
        entry = self.entries.pop(row_id, None)
        if entry is not None:
            line = self._lines[entry.chat_id]
            line.size -= 1
            line.cards.discard(row_id)

    def pause(self, chat_id: int, until: float, now: float) -> None:
        """Let nothing of this chat go before *until*."""
        line = self._lines.setdefault(chat_id, _Line(chat_id))
        line.after = max(line.after, until)
        self._place(line, now)

    def free(self, chat_id: int, now: float) -> None:
        """Say that what was taken of this chat is done."""
        line = self._lines.get(chat_id)
        if line is not None:
            line.busy = False
            self._place(line, now)

    def take(self, now: float, wait_for: Callable[[Entry], float]) -> Entry | Bundle | float:
        """Return what goes next, its chat then being busy until `free`; or how many seconds nothing can go.

        `wait_for` tells in how many seconds a row may be taken, as far as the bot as a whole goes.
        """
        while self._later and self._later[0][0] <= now:
            _, chat_id, stamp = heapq.heappop(self._later)
            line = self._lines.get(chat_id)
            if line is not None and line.stamp == stamp:
                self._place(line, now)
        while self._ready:
            _, chat_id, stamp = self._ready[0]
            line = self._lines.get(chat_id)
            if line is None or line.stamp != stamp:
                heapq.heappop(self._ready)
                continue
            found = self._head(line, now)
            if isinstance(found, float):
                heapq.heappop(self._ready)
                self._place(line, now)
                continue
            if isinstance(found, Entry) and (wait := wait_for(found)) > 0:
                return min(wait, self._until_later(now))
            heapq.heappop(self._ready)
            self._hand_out(line, found)
            return found
        return self._until_later(now)

    def _hand_out(self, line: _Line, found: Entry | Bundle) -> None:
        line.busy = True
        line.stamp = self._next_stamp()
        if isinstance(found, Bundle):
            self.limits.begin_round(line.chat_id)
        for row_id in [found.id] if isinstance(found, Entry) else found.row_ids:
            self.remove(row_id)

    def _until_later(self, now: float) -> float:
        return max(0.0, self._later[0][0] - now) if self._later else math.inf

    def _next_stamp(self) -> int:
        self._stamp += 1
        return self._stamp

    def _stand(self, line: _Line, entry: Entry, now: float) -> None:
        """Put a row into its heap, or aside while it is put off."""
        if entry.after > now:
            heapq.heappush(line.put_off, (entry.after, entry.id, entry.stamp))
        else:
            heapq.heappush(line.heaps.setdefault(entry.lane, []), (entry.order, entry.stamp))

    def _place(self, line: _Line, now: float) -> None:
        """Enter a line among those that are ready or come later; a busy or empty one nowhere."""
        line.stamp = self._next_stamp()
        if line.busy:
            return
        if not line.size and line.after <= now:
            self._lines.pop(line.chat_id, None)
            return
        found = self._head(line, now)
        if isinstance(found, float):
            if found < math.inf:
                heapq.heappush(self._later, (now + found, line.chat_id, line.stamp))
        elif isinstance(found, Bundle):
            first = self.entries[found.row_ids[0]]
            heapq.heappush(self._ready, ((Lane.LIST, *first.order), line.chat_id, line.stamp))
        else:
            heapq.heappush(self._ready, ((found.lane, *found.order), line.chat_id, line.stamp))

    def _head(self, line: _Line, now: float) -> Entry | Bundle | float:
        """Return what of this line may go now, else after how many seconds something might."""
        if line.after > now:
            return line.after - now
        self._rejoin(line, now)
        soonest = math.inf
        listing = self._go_to_a_list(line, now)
        if listing:
            soonest = self.limits.wait_round(line.chat_id)
            if soonest <= 0:
                return Bundle(line.chat_id, sorted(line.cards))
        for lane in Lane:
            entry = None if listing and lane is Lane.CARD else self._first(line, lane, now)
            if entry is None:
                continue
            wait = self.limits.wait(line.chat_id, entry.sort, entry.weight)
            if wait <= 0:
                return entry
            soonest = min(soonest, wait)
        return min(soonest, line.put_off[0][0] - now) if line.put_off else soonest

    def _go_to_a_list(self, line: _Line, now: float) -> bool:
        """Return whether new cards are to be listed: they are many, or one of them would have to wait.

        They wait together until a round of list messages begins, so that each round is as few messages as possible.
        """
        if len(line.cards) > MANY_CARDS or not line.cards:
            return bool(line.cards)
        wait = self.limits.wait(line.chat_id, Sort.OTHER)
        return wait > 0 and wait + now - min(self.entries[row_id].since for row_id in line.cards) > self._patience

    def _rejoin(self, line: _Line, now: float) -> None:
        """Let rows whose time has come stand in line again."""
        while line.put_off and line.put_off[0][0] <= now:
            _, row_id, stamp = heapq.heappop(line.put_off)
            entry = self.entries.get(row_id)
            if entry is not None and entry.stamp == stamp:
                heapq.heappush(line.heaps.setdefault(entry.lane, []), (entry.order, stamp))

    def _first(self, line: _Line, lane: Lane, now: float) -> Entry | None:
        """Return the first row of this lane; edits that come too soon after the last one are put off on the way."""
        heap = line.heaps.get(lane, [])
        while heap:
            (_, _, row_id), stamp = heap[0]
            entry = self.entries.get(row_id)
            if entry is None or entry.stamp != stamp:
                heapq.heappop(heap)
                continue
            wait = 0.0 if entry.new else self.limits.wait_edit(entry.chat_id, row_id)
            if wait <= 0:
                return entry
            heapq.heappop(heap)
            heapq.heappush(line.put_off, (now + wait, row_id, stamp))
        return None
