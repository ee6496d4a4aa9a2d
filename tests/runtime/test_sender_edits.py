"""A row is a message as it should read now: whatever is written while, one message stands with the last text."""

import asyncio
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.enums import OutboxState
from bot.runtime.sending.delivering import Shown
from bot.runtime.sending.memory import Memory
from storage.engine import Database
from storage.queries import sending
from storage.queries.sending import DueRow, Mark
from tests.runtime.office import START, Note, Office, opened, texts, words


@pytest.mark.parametrize("seed", range(3))
async def test_eighty_edits_of_twenty_messages_leave_twenty_messages_with_the_last_text(
    office: Office, seed: int
) -> None:
    chance = random.Random(seed)
    people = [office.world.add_person(f"P{number}", started=True) for number in range(5)]
    for number in [*range(20), *(chance.randrange(20) for _ in range(80))]:
        words[number] = f"note {number}, beurt {chance.random()}"
        await office.put(Note(number), chat=people[number % 5].id)
        await asyncio.sleep(chance.choice([0, 0, 0.001, 0.02]))
    await office.idle()
    shown = [text for person in people for text in texts(person.chat)]
    assert sorted(shown) == sorted(words.values(), key=str)
    assert sum(len(person.chat.messages) for person in people) == 20
    assert {row.state for row in await office.rows()} == {OutboxState.SENT}


async def test_twenty_messages_edited_before_while_and_after_they_are_sent(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    office.world.faults.slow("sendMessage", seconds=0.02, count=10)
    for turn in range(4):
        for number in range(20):
            words[number] = f"note {number}, beurt {turn}"
            await office.put(Note(number), chat=fatima.id)
        if turn == 2:
            await office.idle()
    await office.idle()
    assert sorted(texts(fatima.chat)) == sorted(f"note {number}, beurt 3" for number in range(20))
    assert len(fatima.chat.messages) == 20


async def test_a_change_that_comes_while_the_message_is_on_the_wire_is_drawn_again(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    office.world.faults.slow("sendMessage", seconds=0.2)
    words[1] = "eerst"
    await office.put(Note(1), chat=fatima.id)
    await office.world.until(lambda: fatima.chat.messages)
    words[1] = "daarna"
    await office.put(Note(1), chat=fatima.id)
    await office.idle()
    assert texts(fatima.chat) == ["daarna"]
    assert fatima.chat.last.edited


async def test_a_new_message_asked_for_while_the_old_one_is_on_the_wire_is_a_new_one(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    office.world.faults.slow("sendMessage", seconds=0.2)
    await office.say("oud", chat=fatima.id, key="prompt:1")
    await office.world.until(lambda: fatima.chat.messages)
    await office.say("nieuw", chat=fatima.id, key="prompt:1")
    await office.idle()
    assert texts(fatima.chat) == ["oud", "nieuw"]
    assert (await office.row("prompt:1")).message_id == fatima.chat.last.message_id


async def test_two_senders_of_changes_in_other_processes_are_found_in_the_table(database: Database) -> None:
    async with opened(database) as office:
        fatima = office.world.add_person("Fatima", started=True)
        office.database.on_outbox = None
        await office.put(Note(1), chat=fatima.id)
        await office.idle()
        assert texts(fatima.chat) == ["note 1"]


def row(**values: object) -> DueRow:
    """Return a row of the table."""
    plain: dict[str, object] = {
        "id": 1, "kind": "test_note", "chat_id": 5, "thread_id": None, "about": None, "key": "test_note:1",
        "version": 1, "fresh": 1, "payload": {}, "priority": 1, "due_at": START, "valid_until": None,
        "silent": False, "state": OutboxState.WAITING, "message_id": None, "parts": None, "listed_in": None,
    }  # fmt: skip
    return DueRow(**(plain | values))  # type: ignore[arg-type]


def test_memory_knows_better_than_a_read_that_is_older_than_its_mark() -> None:
    memory = Memory()
    memory.dealt_with(row(version=2), Shown(77))
    assert memory.is_done(row(version=2))
    assert not memory.is_done(row(version=3))
    assert memory.shown(row(version=3)) == Shown(77)
    assert memory.shown(row(version=3, fresh=3)) == Shown(None), "a new message was asked for since"
    assert memory.shown(row(version=3, fresh=3, message_id=80)) == Shown(80), "a tap proved another one"
    memory.lose(1, 77)
    assert memory.shown(row(version=3)) == Shown(None)
    assert memory.has_message(1)
    assert not memory.has_message(2)


def test_memory_does_not_grow_for_ever() -> None:
    memory = Memory()
    for number in range(6_000):
        memory.dealt_with(row(id=number), Shown(number))
        memory.lose(number, number)
    assert not memory.is_done(row(id=0))
    assert memory.is_done(row(id=5_999))
    assert memory.shown(row(id=0, message_id=0)) == Shown(0)


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"], indirect=True)
async def test_a_mark_only_closes_the_version_that_was_drawn(database: Database) -> None:
    async with opened(database) as office:
        await office.crash()
        await office.put(Note(1), chat=5)
        await office.put(Note(1), chat=5)
        row_id = (await office.rows())[0].id
        sent = Mark(row_id, 1, OutboxState.SENT, shown=True, message_id=42, at=START)
        async with office.writing() as work:
            await sending.mark(work.session, [sent])
        old = (await office.rows())[0]
        assert (old.state, old.message_id, old.payload) == (OutboxState.WAITING, 42, {"number": 1})
        async with office.writing() as work:
            await sending.mark(work.session, [Mark(row_id, 2, OutboxState.SENT, shown=True, message_id=43, parts=[43])])
        new = (await office.rows())[0]
        assert (new.state, new.message_id, new.payload, new.parts) == (OutboxState.SENT, 43, None, [43])


STEPS = st.lists(st.sampled_from(["put", "anew", "draw", "send", "mark"]), max_size=30)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_in_any_order_of_writing_reading_sending_and_marking_no_message_is_doubled(steps: list[str]) -> None:
    """A model of the row: writes, a read that may be old, one send at a time, marks that come later."""
    memory, version, fresh, stored = Memory(), 1, 1, None
    drawn: DueRow | None = None
    unmarked: list[tuple[int, int | None]] = []
    asked_new, messages = 1, 0
    for step in steps:
        if step in ("put", "anew"):
            version += 1
            if step == "anew":
                fresh, stored, asked_new = version, None, asked_new + 1
        elif step == "draw" and drawn is None:
            drawn = row(version=version, fresh=fresh, message_id=stored)
            if memory.is_done(drawn):
                drawn = None
        elif step == "send" and drawn is not None:
            shown = memory.shown(drawn)
            if shown.message_id is None:
                messages += 1
                shown = Shown(messages)
            memory.dealt_with(drawn, shown)
            unmarked.append((drawn.version, shown.message_id))
            drawn = None
        elif step == "mark":
            for of_version, message_id in unmarked:
                stored = message_id if fresh <= of_version else stored
            unmarked.clear()
        assert messages <= asked_new
