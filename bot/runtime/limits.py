"""How much may be sent: sliding windows that Telegram never sees exceeded.

A call counts from its beginning until its window has passed since its *end*. Whenever it reached Telegram in
between, no window there ever holds more than the limit.
"""

import itertools
import math
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Self

_SWEEP_EVERY = 1_000
#: How far the even pace may catch up, in seconds: so long may the loop be busy with a batch of updates meanwhile.
_PACE_CREDIT_S = 0.05
#: So many rounds of list messages go in a group's window; the part of a round's time in which its messages go.
_ROUNDS = 7
#: So many list messages more than one find room in one of these rounds: three of them show a burst of 200.
_MORE_LISTS = 2
_ROUND = 1 / 3
_NO_ROUNDS = ((0.0, 0),)
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

    Groups keep a quarter of their window for priority 0. Cards and replies leave a tenth of the overall window
    free: who waits for an answer finds room at once, or beside reminders the next that there is. In a group
    that gets reports' cards (`expect_cards`), list messages go in rounds, `list_gap` seconds apart; nothing else goes
    that would leave no room for one message in each of the next rounds, and two more in one of them. Edits of one row
    in a group are `edit_gap` seconds apart.
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
        self.room_for_answers = overall.count // 10
        self.list_gap = group.seconds / _ROUNDS
        most = group.count * 9 // 20
        rooms = [min(number + 1 + _MORE_LISTS, most) for number in range(_ROUNDS)]
        self._next_rounds = tuple((number * self.list_gap, room) for number, room in enumerate(rooms))
        self.edit_gap = group.seconds / group.count
        self._monotonic = monotonic
        self._all = {sort: _Used() for sort in Sort}
        self._chats: dict[int, dict[Sort, _Used]] = {}
        self._card_chats: set[int] = set()
        self._edited: dict[int, float] = {}
        self._rounds: dict[int, float] = {}
        self._interval = overall.seconds / overall.count
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
        gap = self._until_round(chat_id, now) if sort is Sort.LIST and not self._in_round(chat_id, now) else 0.0
        return max(gap, self._wait_group(chat_id, sort, weight, now))

    def wait_round(self, chat_id: int) -> float:
        """Return in how many seconds a new round of list messages may begin in this group."""
        return max(self._until_round(chat_id, self._monotonic()), self.wait(chat_id, Sort.LIST))

    def begin_round(self, chat_id: int) -> None:
        """Begin a round of list messages: those of this group may go for a while, then not before the next round."""
        self._rounds[chat_id] = self._monotonic()

    def wait_overall(self, sort: Sort, weight: int = 1, *, behind: int = 0) -> float:
        """Return in how many seconds any call of *weight* messages may begin, as far as the bot as a whole goes.

        As it would be with *behind* more messages of this sort gone before it. Infinity as for `wait`.
        """
        now = self._monotonic()
        whole, seconds = self.overall.count, self.overall.seconds
        wait = _free_in(list(self._all.values()), whole, seconds, behind + weight, now)
        if sort is Sort.OTHER:
            room = whole - self.room_for_answers
            unpaced = [used for sort, used in self._all.items() if sort is not Sort.PACED]
            wait = max(wait, _free_in(unpaced, room, seconds, behind + weight, now))
        if sort is Sort.PACED:
            wait = max(wait, self._paced_until + behind * self._interval - now)
        return wait

    def wait_edit(self, chat_id: int, row_id: int) -> float:
        """Return in how many seconds this row may be edited again (0 in private chats)."""
        if chat_id > 0 or row_id not in self._edited:
            return 0.0
        return max(0.0, self._edited[row_id] + self.edit_gap - self._monotonic())

    def begin(self, chat_id: int, sort: Sort, weight: int = 1) -> Slot:
        """Take room for one call; give it back with `end` or `skip`."""
        used = (self._all[sort], self._chats.setdefault(chat_id, {}).setdefault(sort, _Used()))
        for one in used:
            one.running += weight
        if sort is Sort.PACED:
            self._keep_pace(weight)
        if sort is Sort.LIST and not self._in_round(chat_id, self._monotonic()):
            self.begin_round(chat_id)
        if next(self._sweep) % _SWEEP_EVERY == 0:
            self._forget()
        return Slot(sort, weight, used, chat_id)

    def _keep_pace(self, weight: int) -> None:
        """Let the next paced call wait its part of the window after this one; late ones catch up a little."""
        now = self._monotonic()
        is_late = now - _PACE_CREDIT_S < self._paced_until < now
        self._paced_until = (self._paced_until if is_late else max(self._paced_until, now)) + weight * self._interval

    def end(self, slot: Slot, *, edited: int | None = None) -> None:
        """Say that the call has ended (however it ended); *edited* is the row that it edited."""
        now = self._monotonic()
        for one in slot.used:
            one.running -= slot.weight
            one.ended.extend([now] * slot.weight)
        if edited is not None and slot.chat_id < 0:
            self._edited[edited] = now

    def skip(self, slot: Slot) -> None:
        """Say that no call was made after all."""
        for one in slot.used:
            one.running -= slot.weight

    def _in_round(self, chat_id: int, now: float) -> bool:
        return now <= self._rounds.get(chat_id, -math.inf) + self.list_gap * _ROUND

    def _until_round(self, chat_id: int, now: float) -> float:
        return max(0.0, self._rounds.get(chat_id, -math.inf) + self.list_gap - now)

    def _wait_group(self, chat_id: int, sort: Sort, weight: int, now: float) -> float:
        """Return the wait for a group's window: whole, without what is kept for answers, and with room for lists."""
        rounds = self._next_rounds if sort is not Sort.LIST and chat_id in self._card_chats else _NO_ROUNDS
        whole, seconds = self.group.count, self.group.seconds
        wait = _free_in(self._of(chat_id, tuple(Sort)), whole, seconds, weight, now, rounds)
        if sort is not Sort.ANSWER:
            others = self._of(chat_id, (Sort.LIST, Sort.OTHER, Sort.PACED))
            wait = max(wait, _free_in(others, whole - self.kept_for_answers, seconds, weight, now, rounds))
        return wait

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
        self._rounds = {chat: at for chat, at in self._rounds.items() if at + self.list_gap > now}


def _free_in(
    used: list[_Used],
    count: int,
    seconds: float,
    weight: int,
    now: float,
    rounds: Sequence[tuple[float, int]] = _NO_ROUNDS,
) -> float:
    """Return after how many seconds *used* together leave room for *weight* of *count*.

    Each of *rounds* says so many seconds later how much more must find room then. What is heavier than the whole
    window needs it empty.
    """
    total = sum(one.count(now - seconds) for one in used)
    over = total + min(weight, count) - count
    if over + max(more for _, more in rounds) <= 0:
        return 0.0
    ends = sorted(itertools.chain.from_iterable(one.ended for one in used))
    wait = 0.0
    for later, more in rounds:
        first = min(over + more, total)
        if first > len(ends):
            return math.inf
        if first > 0:
            wait = max(wait, ends[first - 1] + seconds - later - now)
    return max(_SOON_S, wait) if wait > 0 else 0.0
