"""The limits: whatever is asked, Telegram never sees more than a window allows, and nobody starves."""

import math
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.runtime.limits import GROUP, OVERALL, PRIVATE, Limits, Slot, Sort, Window

DESK, TEAM, FATIMA = -1001, -1002, 7


@dataclass
class Time:
    """Monotonic time that stands still until it is moved."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Reached:
    """A call with the moment at which it reached Telegram."""

    at: float
    chat_id: int
    sort: Sort


@dataclass
class Wire:
    """Calls that take their time; each reaches Telegram at some moment between its beginning and its end."""

    limits: Limits
    time: Time
    running: list[tuple[float, Slot]] = field(default_factory=list)
    reached: list[Reached] = field(default_factory=list)

    def go(self, chat_id: int, sort: Sort, *, lasts: float, arrives: float) -> None:
        self.pass_time(0)
        while (wait := max(self.limits.wait(chat_id, sort), self.limits.wait_overall(sort))) > 0:
            assert wait < math.inf or self.running, "waits for ever"
            self.pass_time(min([wait, *(end - self.time.seconds for end, _ in self.running)]))
        slot = self.limits.begin(chat_id, sort)
        self.reached.append(Reached(self.time.seconds + lasts * arrives, chat_id, sort))
        self.running.append((self.time.seconds + lasts, slot))

    def pass_time(self, seconds: float) -> None:
        until = self.time.seconds + max(seconds, 0.0)
        for end, slot in sorted(self.running, key=lambda run: run[0]):
            if end <= until:
                self.time.seconds = max(self.time.seconds, end)
                self.limits.end(slot)
                self.running.remove((end, slot))
        self.time.seconds = until


def most_in_any(window: float, moments: Sequence[float]) -> int:
    ordered = sorted(moments)
    return max((bisect(ordered, first + window - 1e-6) - index for index, first in enumerate(ordered)), default=0)


CALLS = st.lists(
    st.tuples(
        st.sampled_from([DESK, TEAM, FATIMA]),
        st.sampled_from([Sort.ANSWER, Sort.OTHER, Sort.PACED]),
        st.floats(0, 2),
        st.floats(0, 1),
        st.sampled_from([0.0, 0.0, 0.05, 1.0, 5.0]),
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(CALLS)
def test_no_window_ever_holds_more_than_its_limit(
    calls: list[tuple[int, Sort, float, float, float]],
) -> None:
    time = Time()
    limits = Limits(Window(10, 1.0), PRIVATE, GROUP, monotonic=time)
    limits.expect_cards(DESK)
    wire = Wire(limits, time)
    for chat_id, sort, lasts, arrives, pause in calls:
        wire.pass_time(pause)
        wire.go(chat_id, sort, lasts=lasts, arrives=arrives)
    for chat_id, window in ((DESK, GROUP), (TEAM, GROUP), (FATIMA, PRIVATE)):
        there = [one for one in wire.reached if one.chat_id == chat_id]
        assert most_in_any(window.seconds, [one.at for one in there]) <= window.count
        if chat_id < 0:
            others = [one.at for one in there if one.sort is not Sort.ANSWER]
            assert most_in_any(window.seconds, others) <= window.count - 5, "5 are kept for answers"
    assert most_in_any(1.0, [one.at for one in wire.reached]) <= 10


@settings(max_examples=60, deadline=None)
@given(CALLS)
def test_where_cards_come_a_round_of_one_list_message_never_waits_longer_than_its_gap(
    calls: list[tuple[int, Sort, float, float, float]],
) -> None:
    time = Time()
    plenty = Window(10_000, 1.0)
    limits = Limits(plenty, plenty, GROUP, monotonic=time)
    limits.expect_cards(DESK)
    wire, listed_at = Wire(limits, time), -math.inf
    for chat_id, sort, _, _, pause in calls:
        wire.pass_time(pause)
        if limits.wait(chat_id, sort) > 0:
            continue
        wire.go(chat_id, sort, lasts=0.0, arrives=0.0)
        wire.pass_time(0)
        if time.seconds >= listed_at + limits.list_gap:
            assert limits.wait(DESK, Sort.LIST) <= 0
            wire.go(DESK, Sort.LIST, lasts=0.0, arrives=0.0)
            wire.pass_time(0)
            listed_at = time.seconds
        assert limits.wait(DESK, Sort.LIST) <= limits.list_gap + 1e-6
    assert limits.list_gap < 10
    assert most_in_any(60.0, [one.at for one in wire.reached if one.chat_id == DESK]) <= 20


def test_a_group_without_cards_gives_fifteen_to_all_but_answers() -> None:
    limits = Limits(monotonic=Time())
    sent = 0
    while limits.wait(TEAM, Sort.OTHER) <= 0:
        limits.end(limits.begin(TEAM, Sort.OTHER))
        sent += 1
    assert sent == 15
    for _ in range(5):
        assert limits.wait(TEAM, Sort.ANSWER) == 0
        limits.end(limits.begin(TEAM, Sort.ANSWER))
    assert limits.wait(TEAM, Sort.ANSWER) == pytest.approx(60.0)


def test_where_cards_come_others_go_six_at_once_and_then_at_an_even_pace() -> None:
    time = Time()
    limits = Limits(monotonic=time)
    limits.expect_cards(DESK)
    sent: list[float] = []
    while time.seconds < 1120:
        while limits.wait(DESK, Sort.OTHER) <= 0:
            limits.end(limits.begin(DESK, Sort.OTHER))
            sent.append(time.seconds - 1000)
        time.seconds += 0.01
    assert [at for at in sent if at < 0.01] == [0.0] * 6
    assert len([at for at in sent if at < 60]) == 12
    assert most_in_any(60.0, sent) <= 15


def test_list_messages_go_in_rounds() -> None:
    time = Time()
    limits = Limits(monotonic=time)
    limits.expect_cards(DESK)
    for _ in range(3):
        assert limits.wait(DESK, Sort.LIST) == 0
        limits.end(limits.begin(DESK, Sort.LIST))
        time.seconds += 0.8
    time.seconds += 0.8
    assert limits.wait(DESK, Sort.LIST) == pytest.approx(limits.list_gap - 3.2)
    time.seconds += limits.list_gap - 3.1
    assert limits.wait(DESK, Sort.LIST) == 0


def test_reminders_are_spread_evenly_and_answers_are_not() -> None:
    time = Time()
    limits = Limits(monotonic=time)
    for step, seconds, count in ((0.001, 2.0, 60), (0.04, 2.4, 69)):
        # With the second step the loop is busy with batches of updates, and looks at the sender after each: 30 go in 26
        # such steps, as a call counts until its window has passed.
        begun: list[float] = []
        for _ in range(round(seconds / step)):
            time.seconds += step
            while limits.wait_overall(Sort.PACED) <= 0:
                limits.end(limits.begin(100 + len(begun), Sort.PACED))
                begun.append(time.seconds)
            assert len(begun) > 25 or step > 0.001 or limits.wait_overall(Sort.ANSWER) == 0
        assert len(begun) == pytest.approx(count, abs=2), step
        assert most_in_any(0.2, begun) <= 9, "those that are late catch up a little, and not all at once"


def test_cards_leave_room_for_answers_and_go_before_reminders() -> None:
    time = Time()
    limits = Limits(Window(10, 1.0), group=Window(1000, 1.0), monotonic=time)
    for sort in (Sort.ANSWER, Sort.OTHER):
        for _ in range(4 if sort is Sort.ANSWER else 5):
            assert limits.wait_overall(sort) == 0
            limits.end(limits.begin(DESK, sort))
            time.seconds += 0.01
    assert limits.wait_overall(Sort.OTHER) == pytest.approx(1 - 0.09)
    assert limits.wait_overall(Sort.ANSWER) == 0
    time.seconds += 0.5
    limits.end(limits.begin(FATIMA, Sort.PACED))
    assert limits.wait_overall(Sort.ANSWER) == limits.wait_overall(Sort.OTHER) == pytest.approx(1 - 0.59)
    time.seconds = 1002.0
    for number in range(10):
        limits.end(limits.begin(1 + number, Sort.PACED))
        time.seconds += 0.05
    assert limits.wait_overall(Sort.OTHER) == pytest.approx(0.5), "the next that there is: it does not wait for two"


def test_a_call_behind_others_waits_for_their_room_and_their_pace_too() -> None:
    time = Time()
    limits = Limits(Window(4, 1.0), monotonic=time)
    for _ in range(3):
        limits.end(limits.begin(1, Sort.ANSWER))
        time.seconds += 0.1
    assert limits.wait_overall(Sort.ANSWER) == 0
    assert limits.wait_overall(Sort.ANSWER, behind=1) == pytest.approx(0.7)
    assert limits.wait_overall(Sort.ANSWER, behind=2) == pytest.approx(0.8)
    time.seconds += 5
    for _ in range(2):
        assert limits.wait_overall(Sort.PACED) == 0
        limits.end(limits.begin(2, Sort.PACED))
        time.seconds += limits.wait_overall(Sort.PACED)
    assert limits.wait_overall(Sort.PACED, behind=1) == pytest.approx(0.25)


def test_edits_of_one_row_in_a_group_are_three_seconds_apart() -> None:
    time = Time()
    limits = Limits(monotonic=time)
    limits.end(limits.begin(DESK, Sort.OTHER), edited=5)
    assert limits.wait_edit(DESK, 5) == pytest.approx(3.0)
    assert limits.wait_edit(DESK, 6) == 0
    time.seconds += 3
    assert limits.wait_edit(DESK, 5) == 0
    limits.end(limits.begin(FATIMA, Sort.ANSWER), edited=8)
    assert limits.wait_edit(FATIMA, 8) == 0, "in private nobody waits for an edit"


def test_an_album_counts_for_all_its_parts_and_one_larger_than_the_window_needs_it_empty() -> None:
    time = Time()
    limits = Limits(monotonic=time)
    limits.end(limits.begin(TEAM, Sort.OTHER, 10))
    assert limits.wait(TEAM, Sort.OTHER, 5) == 0
    assert limits.wait(TEAM, Sort.OTHER, 6) == pytest.approx(60.0)
    assert limits.wait(FATIMA, Sort.OTHER, 10) == 0
    limits.end(limits.begin(FATIMA, Sort.OTHER))
    assert limits.wait(FATIMA, Sort.OTHER, 10) == pytest.approx(3.0)


def test_a_running_call_holds_its_room_and_a_skipped_one_gives_it_back() -> None:
    limits = Limits(private=Window(1, 3.0), monotonic=Time())
    slot = limits.begin(FATIMA, Sort.ANSWER)
    assert limits.wait(FATIMA, Sort.ANSWER) == math.inf
    limits.skip(slot)
    assert limits.wait(FATIMA, Sort.ANSWER) == 0


def test_chats_that_were_quiet_for_long_are_forgotten() -> None:
    time = Time()
    limits = Limits(monotonic=time)
    for chat_id in range(1, 3_000):
        limits.end(limits.begin(chat_id, Sort.ANSWER))
        time.seconds += 1
    assert len(limits._chats) < 1_200


def test_a_limit_is_written_as_count_and_seconds() -> None:
    assert Window.parse("20/60") == GROUP
    assert Window.parse("30") == OVERALL
    assert str(PRIVATE) == "3/3"
    for wrong in ("0/1", "5/0", "many/1", ""):
        with pytest.raises(ValueError, match=r".+"):
            Window.parse(wrong)
