"""Rows in hand: drawn a little before their time, sent in their order, and as things are then."""

import asyncio
import math
from typing import Any

import pytest

from bot.domain.enums import Priority
from bot.runtime.limits import Limits, Sort, Window
from bot.runtime.sending import dispatch, hand, memory
from bot.runtime.sending.drawing import Ready
from bot.runtime.sending.entries import Entry
from bot.runtime.sending.hand import AHEAD_S, Drawn, Hand
from storage.queries import sending
from storage.queries.sending import DueRow
from tests.runtime.office import PLENTY, START, Note, Office, texts, words
from tests.runtime.test_limits import Time


def entry(row_id: int, priority: int) -> Entry:
    return Entry(row_id, 100 + row_id, "said", priority, START)


def ready(row_id: int) -> Ready:
    row: dict[str, Any] = dict.fromkeys(DueRow.__dataclass_fields__)
    return Ready(DueRow(**row | {"id": row_id}), {"text": ""})


def make(overall: Window) -> tuple[Hand, Limits, Time]:
    time = Time()
    limits = Limits(overall, PLENTY, PLENTY, monotonic=time)
    return Hand(limits), limits, time


def draw(found: Hand, one: Entry, at: float) -> None:
    found.take(one)
    found.drawn(one, ready(one.id), at)


def next_id(found: Hand) -> int | float:
    return one.entry.id if isinstance(one := found.next(), Drawn) else one


def test_a_row_is_taken_in_hand_before_its_time_and_goes_in_it() -> None:
    found, limits, time = make(Window(1, 1.0))
    limits.end(limits.begin(7, Sort.ANSWER))
    reminder = entry(1, Priority.REMINDER)
    assert found.wait_to_take(reminder) == pytest.approx(1.0 - AHEAD_S)
    time.seconds += 1.0 - AHEAD_S + 1e-6
    assert found.wait_to_take(reminder) == 0
    draw(found, reminder, time.seconds)
    assert next_id(found) == pytest.approx(AHEAD_S, abs=1e-5)
    assert limits.wait_overall(Sort.ANSWER) == pytest.approx(AHEAD_S, abs=1e-5), "it takes no room before"
    time.seconds += AHEAD_S
    assert next_id(found) == 1
    assert found.next() == math.inf
    assert len(found) == 0


def test_behind_those_in_hand_a_row_waits_for_one_more_but_an_answer_does_not() -> None:
    found, limits, time = make(Window(2, 1.0))
    for _ in range(2):
        limits.end(limits.begin(7, Sort.ANSWER))
        time.seconds += 0.2
    found.take(entry(1, Priority.REMINDER))
    draw(found, entry(2, Priority.REMINDER), time.seconds)
    assert found.wait_to_take(entry(3, Priority.REMINDER)) == pytest.approx(0.8 - AHEAD_S)
    assert found.wait_to_take(entry(4, Priority.ANSWER)) == pytest.approx(0.6 - AHEAD_S)


def test_an_answer_goes_before_reminders_that_were_drawn_first() -> None:
    found, _limits, time = make(PLENTY)
    for one in (entry(1, Priority.REMINDER), entry(2, Priority.CARD), entry(3, Priority.ANSWER)):
        draw(found, one, time.seconds)
    assert found.row_ids == {1, 2, 3}
    assert [next_id(found) for _ in range(4)] == [3, 2, 1, math.inf]


def test_a_row_may_be_in_hand_for_a_group_and_for_the_supergroup_that_it_became() -> None:
    found, _limits, time = make(PLENTY)
    before, after = entry(1, Priority.CARD), entry(1, Priority.CARD)
    found.take(before)
    draw(found, after, time.seconds)
    assert next_id(found) == 1
    found.let_go(before)
    assert len(found) == 0


def test_what_waits_for_long_is_given_back() -> None:
    found, _limits, time = make(PLENTY)
    draw(found, entry(1, Priority.REMINDER), time.seconds)
    draw(found, entry(2, Priority.REMINDER), time.seconds + 1)
    assert [one.id for one in found.give_back(before=time.seconds + 1)] == [1]
    assert found.row_ids == {2}


async def test_a_reminder_that_was_drawn_and_found_no_room_is_drawn_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand, "AHEAD_S", math.inf)
    monkeypatch.setattr(dispatch, "STALE_S", 0.02)
    office.limits = lambda: Limits(Window(1, 1.0), PLENTY, PLENTY)
    await office.crash()
    await office.open()
    drawn, draw_all = asyncio.Event(), sending.rows

    async def reading(*args: Any) -> Any:  # noqa: ANN401 as what it stands before
        drawn.set()
        return await draw_all(*args)

    fatima = office.world.add_person("Fatima", started=True)
    await office.say("een", chat=fatima.id, priority=Priority.ANSWER)
    await office.world.until(lambda: texts(fatima.chat) == ["een"])
    monkeypatch.setattr(sending, "rows", reading)
    words[1] = "om 19:00"
    await office.put(Note(1), chat=fatima.id, priority=Priority.REMINDER)
    await drawn.wait()
    words[1] = "om 20:00"
    await office.idle()
    assert texts(fatima.chat) == ["een", "om 20:00"]


def listen(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the rows that are read to be drawn from now on."""
    read: list[int] = []
    rows = sending.rows

    async def reading(session: Any, row_ids: Any) -> Any:  # noqa: ANN401 as what it stands before
        read.extend(row_ids)
        return await rows(session, row_ids)

    monkeypatch.setattr(sending, "rows", reading)
    return read


@pytest.mark.parametrize("lately", [True, False])
async def test_what_was_just_said_is_not_read_again(
    office: Office, monkeypatch: pytest.MonkeyPatch, lately: bool
) -> None:
    await office.idle()  # at the start the table is read
    monkeypatch.setattr(memory, "_JUST_S", math.inf if lately else -1.0)
    read = listen(monkeypatch)
    fatima = office.world.add_person("Fatima", started=True)
    await office.say("een", chat=fatima.id)
    await office.idle()
    assert texts(fatima.chat) == ["een"]
    assert len(read) == (0 if lately else 1)


async def test_what_was_changed_since_it_was_said_is_read(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await office.idle()
    monkeypatch.setattr(memory, "_JUST_S", math.inf)
    read = listen(monkeypatch)
    fatima = office.world.add_person("Fatima", started=True)
    office.may_send = lambda: False
    await office.say("een", chat=fatima.id, key="vraag")
    await office.say("twee", chat=fatima.id, key="vraag")
    office.may_send = lambda: True
    await office.idle()
    assert texts(fatima.chat) == ["twee"]
    assert read, "what it holds now is not what was handed over first"


async def test_a_new_text_for_a_message_that_stands_is_read_and_takes_its_place(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.idle()
    monkeypatch.setattr(memory, "_JUST_S", math.inf)
    read = listen(monkeypatch)
    fatima = office.world.add_person("Fatima", started=True)
    await office.say("een", chat=fatima.id)
    await office.idle()
    [standing] = fatima.chat.visible
    await office.say("twee", chat=fatima.id, key="vraag", message_id=standing.message_id)
    await office.idle()
    assert texts(fatima.chat) == ["twee"]
    assert len(read) == 1
