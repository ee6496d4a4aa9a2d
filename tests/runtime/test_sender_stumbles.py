"""The sender when the database fails in the middle, or its own code does: all arrives, in its order and once."""

import asyncio
import logging
import math
import time
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.domain.enums import OutboxState
from bot.runtime.sending import bursts, carrier, dispatch, looking, marking, memory
from bot.runtime.sending.drawing import Drawer
from bot.runtime.sending.looking import Lookout
from storage.engine import Database
from storage.models import Desk, Person
from storage.queries import sending, town
from storage.queries.outbox import OutboxItem
from tests.runtime.doors import NOW, FixedClock
from tests.runtime.failing import fails, full
from tests.runtime.office import Note, NoteCard, Office, texts, translators


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again soon."""
    for module in (dispatch, carrier, looking):
        monkeypatch.setattr(module, "_DATABASE_PAUSE_S", 0.02)
    monkeypatch.setattr(marking, "_FIRST_PAUSE_S", 0.02)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.levelno >= logging.WARNING]


async def test_cards_that_cant_be_listed_yet_wait_and_are_one_line(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failing = fails(monkeypatch, bursts, "bundle")
    group = office.world.add_group("Desk")
    await office.put(*(NoteCard(number) for number in range(14)), chat=group.id)
    await office.idle()
    assert not failing.left
    assert [len(message.labels) for message in group.visible] == [14]
    assert told(caplog) == ["new cards can't be listed"]


async def test_who_cant_be_read_when_it_is_to_be_drawn_is_sent_later_and_once(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failing = fails(monkeypatch, sending, "rows")
    fatima = office.world.add_person("Fatima", started=True)
    await office.put(Note(1), Note(2), chat=fatima.id)
    await office.idle()
    assert not failing.left
    assert texts(fatima.chat) == ["note 1", "note 2"]
    assert told(caplog) == ["can't read what to send"]


async def test_only_what_was_read_shows_that_it_can_be_read_again(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.runtime.sending.drawing")
    monkeypatch.setattr(memory, "_JUST_S", math.inf)
    office.may_send = lambda: False
    heard: list[OutboxItem] = []
    office.database.on_outbox = heard.extend
    await office.put(Note(1), chat=7)
    await office.say("gehoord", chat=8)
    note, said = heard
    remembered = memory.Memory()
    drawer = Drawer(translators, "buurtbode_bot", remembered)
    with monkeypatch.context() as failing:
        fails(failing, sending, "rows")
        with pytest.raises(OperationalError):
            await drawer.draw_all(office.database, office.clock, [note.id])
        remembered.hear(said, time.monotonic())
        assert said.id in await drawer.draw_all(office.database, office.clock, [said.id])
    assert caplog.messages == ["can't read what to send"]
    await drawer.draw_all(office.database, office.clock, [note.id])
    assert caplog.messages[1:] == ["what to send can be read again"]


async def test_what_was_drawn_when_the_lease_went_is_not_begun(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    read, drawn = sending.rows, asyncio.Event()

    async def stand_still(*args: Any) -> Any:  # noqa: ANN401 as what it stands before
        found = await read(*args)
        office.may_send = lambda: False
        drawn.set()
        return found

    monkeypatch.setattr(sending, "rows", stand_still)
    fatima = office.world.add_person("Fatima", started=True)
    await office.put(Note(1), chat=fatima.id)
    await drawn.wait()
    await asyncio.sleep(0.1)
    assert not office.world.calls.sends
    monkeypatch.undo()
    office.may_send = lambda: True
    await office.idle()
    assert texts(fatima.chat) == ["note 1"]


@pytest.mark.parametrize("alone", [False, True])
async def test_what_went_out_is_marked_however_often_that_fails(
    office: Office, monkeypatch: pytest.MonkeyPatch, alone: bool, caplog: pytest.LogCaptureFixture
) -> None:
    failing = fails(monkeypatch, sending, "mark")
    if alone:  # the first time together fails by our own mistake
        failing = fails(monkeypatch, sending, "mark", RuntimeError(), times=1)
    fatima = office.world.add_person("Fatima", started=True)
    await office.say("een", "twee", chat=fatima.id)
    await office.idle()
    assert not failing.left
    assert [row.state for row in await office.rows()] == [OutboxState.SENT] * 2
    await office.crash()
    await office.open()
    await office.idle()
    assert texts(fatima.chat) == ["een", "twee"]
    assert told(caplog) == ["marking together failed; marking one by one" if alone else "can't mark what was sent"]


@pytest.mark.parametrize("mistake", [False, True])
async def test_a_group_that_moved_is_followed_once_that_can_be_written(
    office: Office, monkeypatch: pytest.MonkeyPatch, mistake: bool, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(dispatch, "_MISTAKE_PAUSE_S", 0.3)
    failing = fails(monkeypatch, carrier, "chat_moved", RuntimeError() if mistake else full())
    group = office.world.add_group("Desk", supergroup=False)
    fatima = office.world.add_person("Fatima", started=True)
    moved = office.world.upgrade(group, by=office.world.add_person("Samira").user)
    await office.put(Note(1), Note(2), chat=group.id)
    await office.world.until(lambda: len(office.world.calls.of("sendMessage")) >= 2)
    await office.say("hallo", chat=fatima.id)
    await office.idle()
    assert not failing.left
    assert texts(moved)[-2:] == ["note 1", "note 2"]
    assert texts(fatima.chat) == ["hallo"], "nobody else waits"
    assert told(caplog) == ["a delivery failed"] * (3 if mistake else 0)
    if mistake:
        tries = [call.monotonic for call in office.world.calls.of("sendMessage") if call.chat_id == group.id]
        assert min(later - earlier for earlier, later in pairwise(tries[:4])) >= 0.29


@pytest.mark.parametrize("away", ["telegram", "database"])
async def test_a_topic_is_made_again_once_that_can_be(
    office: Office, monkeypatch: pytest.MonkeyPatch, away: str
) -> None:
    group = office.world.add_group("Desk", forum=True, bot="administrator")
    async with office.writing() as work:
        work.session.add(Person(id=5, created_at=work.now))
        await work.session.flush()
        work.session.add(Desk(key="west", name="Stad West", chat_id=group.id, thread_id=77, contact_id=5))
    if away == "telegram":
        office.world.faults.flood("createForumTopic", retry_after=1)
    else:
        fails(monkeypatch, town, "desk_of_topic")
    async with office.writing() as work:
        work.put(Note(1), chat=group.id, thread=77)
    await office.idle()
    assert (texts(group).count("note 1"), group.last.thread_id is None) == (1, False)
    asked = [call.ok for call in office.world.calls.of("createForumTopic")]
    assert asked == ([False, True] if away == "telegram" else [True])


@pytest.mark.parametrize("failures", [0, 2])
async def test_what_was_being_written_when_the_clock_was_put_back_is_kept_due_though_the_database_is_away(
    database: Database, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    monkeypatch.setattr(looking, "_WRITTEN_S", 0.05)
    clock = FixedClock()
    lookout = Lookout(database, clock)
    await lookout.look()
    clock.at = NOW - timedelta(hours=1)
    await lookout.look()
    async with database.write(NOW) as work:  # it began before
        work.say({"text": "Hoi"}, chat=1)
    failing = fails(monkeypatch, sending, "keep_due", times=failures)
    await asyncio.sleep(0.06)
    found = [await lookout.look()]
    while not found[-1] and len(found) < 6:
        await asyncio.sleep(0.03)
        found.append(await lookout.look())
    assert not failing.left
    assert [row.chat_id for row in found[-1]] == [1]
