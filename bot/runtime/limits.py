"""How much may be sent: sliding windows that Telegram never sees exceeded.

A call counts from its beginning until its window has passed since its *end*. Whenever it reached Telegram in
between, no window there ever holds more than the limit.
"""

import itertools
import math
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Self

_SWEEP_EVERY = 1_000
#: How far the even pace may catch up, in seconds: an event loop does not wake more exactly than this.
_PACE_CREDIT_S = 0.01
#: The shortest wait, so that rounding never makes a wait of nothing.
_SOON_S = 1e-6


class Sort(IntEnum):
    """What a call is to the limits, in the order in which calls of one chat are looked at.

    LIST    the list message of new cards: it makes reports visible, so it has room of its own in a group
    ANSWER  priority 0
    OTHER   priority 1
    PACED   priorities 2 and 3: also spread evenly over time
    """

    LIST = 0
    ANSWER = 1
    OTHER = 2
    PACED = 3


@dataclass(frozen=True, slots=True)
class Window:
    """At most *count* calls in any *seconds*; written as "30/1"."""

    count: int
    seconds: float

    def __post_init__(self) -> None:
        """Refuse a window that lets nothing through."""
        if self.count < 1 or self.seconds <= 0:
            raise ValueError("a limit lets at least one message through in more than 0 seconds")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the window of a setting such as "20/60"; raises ValueError."""
        count, _, seconds = text.partition("/")
        return cls(int(count), float(seconds or 1))

    def __str__(self) -> str:
        """Return it as a setting writes it."""
        return f"{self.count}/{self.seconds:g}"


OVERALL = Window(30, 1.0)
PRIVATE = Window(3, 3.0)
GROUP = Window(20, 60.0)


@dataclass(slots=True)
class _Used:
    """The calls that count in one window: those running, and when each of the others ended."""

    running: int = 0
    ended: deque[float] = field(default_factory=deque)

    def count(self, since: float) -> int:
        """Return how many count, forgetting those that ended at or before *since*."""
        while self.ended and self.ended[0] <= since:
            self.ended.popleft()
        return self.running + len(self.ended)


@dataclass(frozen=True, slots=True)
class Slot:
    """The room that one call takes; handed out by `Limits.begin`."""

    sort: Sort
    weight: int
    used: tuple[_Used, ...]
    chat_id: int


class Limits:
    """All limits of one bot. *monotonic* gives the time in seconds.

    Groups keep a quarter of their window for priority 0. A group that gets reports' cards (`expect_cards`) also
    keeps a third for list messages, which are spread so evenly that one of them may always go within
    `list_gap` seconds. Edits of one row in a group are `edit_gap` seconds apart.
    """

    def __init__(
        self,
        overall: Window = OVERALL,
        private: Window = PRIVATE,
        group: Window = GROUP,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with empty windows."""
        self.overall, self.private, self.group = overall, private, group
        self.kept_for_answers = group.count // 4
        self.kept_for_lists = math.ceil(group.count * 0.35) if group.count > 2 else 0
        self.list_gap = group.seconds / max(self.kept_for_lists, 1)
        self.edit_gap = group.seconds / group.count
        self._monotonic = monotonic
        self._all = _Used()
        self._chats: dict[int, dict[Sort, _Used]] = {}
        self._card_chats: set[int] = set()
        self._edited: dict[int, float] = {}
        self._listed: dict[int, float] = {}
        self._paced_until = -math.inf
        self._sweep = itertools.count(1)

    def expect_cards(self, chat_id: int) -> None:
        """Keep room for list messages in this group from now on."""
        self._card_chats.add(chat_id)

    def wait(self, chat_id: int, sort: Sort, weight: int = 1) -> float:
        """Return in how many seconds a call of *weight* messages may begin in this chat, as far as the chat goes.

        0 is now; infinity is "not before a running call ends".
        """
        now = self._monotonic()
        if chat_id > 0:
            return _free_in(self._of(chat_id, tuple(Sort)), self.private.count, self.private.seconds, weight, now)
        gap = self._listed.get(chat_id, -math.inf) + self.list_gap - now if sort is Sort.LIST else 0.0
        waits = [
            _free_in(self._of(chat_id, sorts), count, self.group.seconds, weight, now)
            for sorts, count in self._group_rules(chat_id, sort)
        ]
        return max(0.0, gap, *waits)

    def wait_overall(self, sort: Sort, weight: int = 1) -> float:
        """Return in how many seconds any call of *weight* messages may begin, as far as the bot as a whole goes."""
        now = self._monotonic()
        free = _free_in([self._all], self.overall.count, self.overall.seconds, weight, now)
        return max(0.0, free, self._paced_until - now if sort is Sort.PACED else 0.0)

    def wait_edit(self, chat_id: int, row_id: int) -> float:
        """Return in how many seconds this row may be edited again (0 in private chats)."""
        if chat_id > 0 or row_id not in self._edited:
            return 0.0
        return max(0.0, self._edited[row_id] + self.edit_gap - self._monotonic())

    def begin(self, chat_id: int, sort: Sort, weight: int = 1) -> Slot:
        """Take room for one call; give it back with `end` or `skip`."""
        used = (self._all, self._chats.setdefault(chat_id, {}).setdefault(sort, _Used()))
        for one in used:
            one.running += weight
        if sort is Sort.PACED:
            interval = self.overall.seconds / self.overall.count
            start = max(self._paced_until, self._monotonic() - _PACE_CREDIT_S)
            self._paced_until = start + interval * weight
        if next(self._sweep) % _SWEEP_EVERY == 0:
            self._forget()
        return Slot(sort, weight, used, chat_id)

    def end(self, slot: Slot, *, edited: int | None = None) -> None:
        """Say that the call has ended (however it ended); *edited* is the row that it edited."""
        now = self._monotonic()
        for one in slot.used:
            one.running -= slot.weight
            one.ended.extend([now] * slot.weight)
        if slot.sort is Sort.LIST:
            self._listed[slot.chat_id] = now
        if edited is not None and slot.chat_id < 0:
            self._edited[edited] = now

    def skip(self, slot: Slot) -> None:
        """Say that no call was made after all."""
        for one in slot.used:
            one.running -= slot.weight

    def _group_rules(self, chat_id: int, sort: Sort) -> list[tuple[tuple[Sort, ...], int]]:
        """Return which sorts together may take how much of a group's window before a call of *sort* goes."""
        whole = self.group.count
        lists = self.kept_for_lists if chat_id in self._card_chats else 0
        others = (Sort.OTHER, Sort.PACED)
        rules: list[tuple[tuple[Sort, ...], int]] = [(tuple(Sort), whole)]
        if sort is not Sort.ANSWER:
            rules.append(((Sort.LIST, *others), whole - self.kept_for_answers))
        if sort is not Sort.LIST:
            rules.append(((Sort.ANSWER, *others), whole - lists))
        if sort in others:
            rules.append((others, whole - self.kept_for_answers - lists))
        return rules

    def _of(self, chat_id: int, sorts: Iterable[Sort]) -> list[_Used]:
        chat = self._chats.get(chat_id, {})
        return [chat[sort] for sort in sorts if sort in chat]

    def _forget(self) -> None:
        """Drop what counts nowhere any more, so that memory does not grow with every chat ever written to."""
        now = self._monotonic()
        longest = max(self.private.seconds, self.group.seconds)
        idle = [
            chat for chat, sorts in self._chats.items() if not any(used.count(now - longest) for used in sorts.values())
        ]
        for chat in idle:
            del self._chats[chat]
        self._edited = {row: at for row, at in self._edited.items() if at + self.edit_gap > now}
        self._listed = {chat: at for chat, at in self._listed.items() if at + self.list_gap > now}


def _free_in(used: list[_Used], count: int, seconds: float, weight: int, now: float) -> float:
    """Return after how many seconds *used* together leave room for *weight* of *count*.

    What is heavier than the whole window needs it empty.
    """
    over = sum(one.count(now - seconds) for one in used) + min(weight, count) - count
    if over <= 0:
        return 0.0
    ends = used[0].ended if len(used) == 1 else sorted(itertools.chain.from_iterable(one.ended for one in used))
    return math.inf if over > len(ends) else max(_SOON_S, ends[over - 1] + seconds - now)
