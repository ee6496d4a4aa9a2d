"""Rows in hand: taken out of the queue, drawn a little before there is room for them, and sent when there is.

Room is taken at the last moment: what counts at Telegram is the call, and time spent on drawing is room for others.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.runtime.limits import Limits
from bot.runtime.sending.drawing import Ready
from bot.runtime.sending.entries import Entry

#: So long before its time a row is taken in hand (seconds): to read and draw it beside a busy loop.
AHEAD_S = 0.05
#: What could not go for so long after it was drawn (seconds) goes back, to be drawn as things are then.
STALE_S = 0.25


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row with what it reads, and when that was drawn (monotonic seconds)."""

    entry: Entry
    ready: Ready
    at: float


class Hand:
    """The rows in hand of one sender: those being drawn, and those that are drawn and wait for room.

    They are told apart as objects: a row whose group becomes a supergroup may be in hand for both.
    """

    def __init__(self, limits: Limits) -> None:
        """Begin empty."""
        self._limits = limits
        self._drawing: dict[int, Entry] = {}
        self._drawn: dict[int, Drawn] = {}

    def __len__(self) -> int:
        """How many rows are in hand."""
        return len(self._drawing) + len(self._drawn)

    @property
    def row_ids(self) -> set[int]:
        """The rows in hand."""
        return {entry.id for entry in self._entries()}

    def wait_to_take(self, entry: Entry) -> float:
        """Return in how many seconds it is time to take *entry* in hand, behind those that go before it."""
        behind = sum(one.weight for one in self._entries() if one.sort <= entry.sort)
        return max(0.0, self._limits.wait_overall(entry.sort, entry.weight, behind=behind) - AHEAD_S)

    def take(self, entry: Entry) -> None:
        """Take a row in hand; it is being drawn from now on."""
        self._drawing[id(entry)] = entry

    def let_go(self, entry: Entry) -> None:
        """Put a row out of hand that was being drawn: it needs no room, or is drawn again later."""
        del self._drawing[id(entry)]

    def drawn(self, entry: Entry, ready: Ready, now: float) -> None:
        """Let a row that was being drawn wait for room."""
        del self._drawing[id(entry)]
        self._drawn[id(entry)] = Drawn(entry, ready, now)

    def next(self) -> Drawn | float:
        """Return what goes now, out of hand then; or in how many seconds something may, as `Limits.wait` says it.

        Nothing goes before what comes first.
        """
        if not self._drawn:
            return math.inf
        first = min(self._drawn.values(), key=lambda one: (one.entry.lane, *one.entry.order))
        if (wait := self._limits.wait_overall(first.entry.sort, first.entry.weight)) > 0:
            return wait
        return self._drawn.pop(id(first.entry))

    def give_back(self, *, before: float) -> Iterable[Entry]:
        """Return the rows that were drawn *before* (monotonic seconds), out of hand then."""
        old = [one.entry for one in self._drawn.values() if one.at < before]
        for entry in old:
            del self._drawn[id(entry)]
        return old

    def _entries(self) -> Iterator[Entry]:
        yield from self._drawing.values()
        for one in self._drawn.values():
            yield one.entry
