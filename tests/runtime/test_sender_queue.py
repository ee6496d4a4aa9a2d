"""The queue by itself, with time that stands still until it is moved."""

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.runtime.limits import Limits, Sort, Window
from bot.runtime.sending.entries import Bundle, Entry
from bot.runtime.sending.queue import Queue
from storage.queries.listing import MOST_ON_A_LIST
from tests.runtime.office import PLENTY, START, NoteCard
from tests.runtime.test_limits import Time

GROUP, FATIMA = -1001, 7


def entry(row_id: int, chat_id: int = FATIMA, *, priority: int = 1, kind: str = "said", new: bool = True) -> Entry:
    return Entry(row_id, chat_id, kind, priority, START, new=new)


def take(queue: Queue, time: Time) -> Entry | Bundle | float:
    """Take what goes next, with nothing in hand."""
    return queue.take(time.seconds, lambda entry: queue.limits.wait_overall(entry.sort, entry.weight))


def ids(queue: Queue, time: Time) -> list[int]:
    """Take and finish all that may go now; return the rows."""
    found = []
    while isinstance(taken := take(queue, time), Entry):
        found.append(taken.id)
        queue.limits.end(queue.limits.begin(taken.chat_id, taken.sort), edited=None if taken.new else taken.id)
        queue.free(taken.chat_id, time.seconds)
    return found


def make(group: Window = PLENTY) -> tuple[Queue, Time]:
    time = Time()
    return Queue(Limits(PLENTY, PLENTY, group, monotonic=time)), time


def test_one_row_of_a_chat_at_a_time() -> None:
    queue, time = make()
    queue.push(entry(1), time.seconds)
    queue.push(entry(2), time.seconds)
    assert isinstance(take(queue, time), Entry)
    assert take(queue, time) == math.inf
    queue.free(FATIMA, time.seconds)
    assert ids(queue, time) == [2]
    assert len(queue) == 0


def test_chats_take_turns_by_priority_then_by_age() -> None:
    queue, time = make()
    queue.push(entry(3, 30, priority=3), time.seconds)
    queue.push(entry(2, 20, priority=1), time.seconds)
    queue.push(entry(1, 10, priority=1), time.seconds)
    queue.push(entry(4, 40, priority=0), time.seconds)
    assert ids(queue, time) == [4, 1, 2, 3]


def test_a_row_that_is_pushed_again_is_one_row() -> None:
    queue, time = make()
    for _ in range(3):
        queue.push(entry(1), time.seconds)
    assert len(queue) == 1
    assert 1 in queue
    assert ids(queue, time) == [1]


def test_an_edit_that_comes_too_soon_waits_its_gap_and_lets_others_pass() -> None:
    queue, time = make(Window(20, 60.0))
    queue.push(entry(1, GROUP, new=False), time.seconds)
    assert ids(queue, time) == [1]
    queue.push(entry(1, GROUP, new=False), time.seconds)
    queue.push(entry(2, GROUP, new=False), time.seconds)
    assert ids(queue, time) == [2]
    wait = take(queue, time)
    assert isinstance(wait, float)
    assert 2.9 < wait <= 3.0
    time.seconds += wait + 0.001
    assert ids(queue, time) == [1]


def test_a_pause_holds_one_chat_and_a_row_that_was_put_off_stays_so_when_it_changes() -> None:
    queue, time = make()
    queue.pause(FATIMA, time.seconds + 5, time.seconds)
    queue.push(entry(1), time.seconds)
    late = entry(2, 8)
    late.after, late.attempts = time.seconds + 9, 3
    queue.push(late, time.seconds)
    queue.push(entry(2, 8), time.seconds)
    queue.push(entry(3, 8), time.seconds)
    assert ids(queue, time) == [3]
    time.seconds += 5.001
    assert ids(queue, time) == [1]
    assert queue.entries[2].attempts == 3
    time.seconds += 4
    assert ids(queue, time) == [2]


def test_a_pause_of_an_empty_chat_is_forgotten() -> None:
    queue, time = make()
    queue.pause(FATIMA, time.seconds + 5, time.seconds)
    time.seconds += 6
    assert take(queue, time) == math.inf
    assert not queue._lines


def test_cards_become_a_bundle_when_they_are_many_or_would_wait() -> None:
    queue, time = make(Window(20, 60.0))
    for row_id in range(6):
        queue.push(entry(row_id, GROUP, kind=NoteCard.kind), time.seconds)
    assert take(queue, time) == Bundle(GROUP, list(range(6)))
    queue.free(GROUP, time.seconds)
    time.seconds += 5
    for row_id in range(10, 15):
        queue.push(entry(row_id, GROUP, kind=NoteCard.kind), time.seconds)
    assert ids(queue, time) == [10, 11, 12, 13, 14]
    for row_id in range(20, 23):
        queue.push(entry(row_id, GROUP), time.seconds)
    assert ids(queue, time) == [20], "the rest of the window is kept for answers and for lists"
    queue.push(entry(31, GROUP, kind=NoteCard.kind), time.seconds)
    wait = take(queue, time)
    assert isinstance(wait, float)
    assert wait == pytest.approx(queue.limits.list_gap - 5), "the next round"
    time.seconds += wait
    assert take(queue, time) == Bundle(GROUP, [31]), "no room for a card, but for a list"


def test_cards_that_stand_already_danger_and_private_chats_are_no_bundle() -> None:
    assert entry(1, GROUP, kind=NoteCard.kind).is_card
    assert not entry(1, GROUP, kind=NoteCard.kind, new=False).is_card
    assert not entry(1, GROUP, kind=NoteCard.kind, priority=0).is_card
    assert not entry(1, FATIMA, kind=NoteCard.kind).is_card
    assert not entry(1, GROUP).is_card


def test_priorities_map_to_what_the_limits_know() -> None:
    assert [entry(1, priority=priority).sort for priority in range(4)] == [
        Sort.ANSWER,
        Sort.OTHER,
        Sort.PACED,
        Sort.PACED,
    ]
    assert entry(1, kind="card_list").sort is Sort.LIST
    assert entry(1, kind="open_list").sort is Sort.LIST
    assert entry(1, kind="card_list", new=False).sort is Sort.OTHER, "it is only drawn again"


def test_an_earlier_due_time_goes_first_among_equals() -> None:
    queue, time = make()
    later = entry(1)
    later.due_at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC) + timedelta(seconds=1)
    queue.push(later, time.seconds)
    queue.push(entry(2), time.seconds)
    assert ids(queue, time) == [2, 1]


@dataclass
class Desk:
    """One group and its sender, as the queue sees them: each call takes its time, bundles become lists."""

    queue: Queue
    time: Time
    lasts: float
    came: dict[int, float] = field(default_factory=dict)
    seen: dict[int, float] = field(default_factory=dict)
    lists: dict[int, list[int]] = field(default_factory=dict)
    calls: list[float] = field(default_factory=list)
    most_lists: int = 0
    next_id: int = 1_000_000

    def run(self, until: float) -> None:
        """Send what may go until this moment."""
        while self.time.seconds < until:
            taken = take(self.queue, self.time)
            if isinstance(taken, float):
                self.time.seconds = min(until, self.time.seconds + taken)
                continue
            if isinstance(taken, Bundle):
                self.bundle(taken.row_ids)
            else:
                self.call(taken)
            self.queue.free(GROUP, self.time.seconds)

    def call(self, taken: Entry) -> None:
        slot = self.queue.limits.begin(GROUP, taken.sort)
        shown = list(self.lists.get(taken.id, [taken.id]))
        self.calls.append(self.time.seconds)
        self.time.seconds += self.lasts
        self.queue.limits.end(slot, edited=None if taken.new else taken.id)
        for row_id in [taken.id, *shown]:
            self.seen.setdefault(row_id, self.time.seconds)

    def burst(self, first: int, count: int) -> None:
        """Let so many reports come at once."""
        for row_id in range(first, first + count):
            self.came[row_id] = self.time.seconds
            self.queue.push(entry(row_id, GROUP, kind=NoteCard.kind), self.time.seconds)

    def longest(self) -> float:
        """Return how long the last one of the reports took to be visible."""
        return max((self.seen[row_id] - came for row_id, came in self.came.items()), default=0.0)

    def most_a_minute(self) -> int:
        return max((sum(first <= at < first + 60 for at in self.calls) for first in self.calls), default=0)

    def bundle(self, row_ids: list[int]) -> None:
        newest = max(self.lists, default=None)
        if newest is not None and len(self.lists[newest]) + len(row_ids) <= MOST_ON_A_LIST:
            self.lists[newest] += row_ids
            self.queue.push(entry(newest, GROUP, kind="card_list", new=newest not in self.seen), self.time.seconds)
            self.queue.make_urgent([newest], self.time.seconds)
            return
        self.most_lists = max(self.most_lists, math.ceil(len(row_ids) / MOST_ON_A_LIST))
        for start in range(0, len(row_ids), MOST_ON_A_LIST):
            self.next_id += 1
            self.lists[self.next_id] = row_ids[start : start + MOST_ON_A_LIST]
            self.queue.push(entry(self.next_id, GROUP, kind="card_list"), self.time.seconds)


EVENTS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.0, 0.0, 0.1, 0.5, 2.0, 11.0]),
        st.sampled_from(["card", "card", "edit", "other", "answer"]),
        st.integers(1, 3),
    ),
    max_size=70,
)


@pytest.mark.chaos
@settings(max_examples=100, deadline=None)
@given(EVENTS, st.sampled_from([0.0, 0.05, 0.2]), st.sampled_from([0, 14, 30, 200]))
def test_every_report_is_visible_within_ten_seconds_whatever_else_goes_on(
    events: list[tuple[float, str, int]], lasts: float, at_the_end: int
) -> None:
    """A minute or two of up to three messages at a time, then so many new reports wait at once, and much else does."""
    queue, time = make(Window(20, 60.0))
    queue.limits.expect_cards(GROUP)
    desk = Desk(queue, time, lasts)
    for number, (pause, what, count) in enumerate(events):
        desk.run(time.seconds + pause)
        for row_id in range(number * 100, number * 100 + count):
            match what:
                case "card":
                    desk.came[row_id] = time.seconds
                    queue.push(entry(row_id, GROUP, kind=NoteCard.kind), time.seconds)
                case "edit":
                    queue.push(entry(900_000 + count, GROUP, new=False), time.seconds)
                case _:
                    queue.push(entry(row_id, GROUP, priority=0 if what == "answer" else 1), time.seconds)
    assume(desk.most_lists <= 1)  # more than one at once find room once a minute
    waiting = len(desk.came) - len(desk.seen.keys() & desk.came.keys())
    desk.burst(500_000, max(0, at_the_end - waiting))
    desk.run(time.seconds + 15)
    assert desk.longest() <= 10, "a report waits too long"
    assert desk.most_a_minute() <= 20


@pytest.mark.parametrize("pause", [1.0, 8.0, 15.0, 30.0])
def test_two_bursts_of_two_hundred_within_a_minute_are_visible_as_soon_as_there_is_room(pause: float) -> None:
    """A minute has room for one list in each round and two more, so the second burst takes what the rounds have."""
    queue, time = make(Window(20, 60.0))
    queue.limits.expect_cards(GROUP)
    desk = Desk(queue, time, 0.05)
    for row_id in range(100):  # an outage is over: changes of cards, and what else was to be said
        queue.push(entry(row_id, GROUP, new=row_id % 2 == 0), time.seconds)
    for number in range(12):  # and now and then a report
        desk.burst(10_000 + number, 1)
        desk.run(time.seconds + 9)
    desk.burst(20_000, 200)
    desk.run(time.seconds + pause)
    assert len(queue), "the group still has much to hear"
    desk.burst(30_000, 200)
    desk.run(time.seconds + 60)
    first, second = ([seen - desk.came[one] for one, seen in desk.seen.items() if one // 10_000 == n] for n in (2, 3))
    assert (len(first), len(second)) == (200, 200)
    assert max(first) <= 10
    assert max(second) <= 4 * queue.limits.list_gap
    assert desk.most_a_minute() <= 20
