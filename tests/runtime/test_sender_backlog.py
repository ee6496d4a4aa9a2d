"""A start with much in the outbox: it is read by the page, and no answer waits for that."""

import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, insert, select

from bot.domain.enums import OutboxState, Priority
from bot.runtime.clock import DemoClock
from bot.runtime.limits import Limits, Sort
from bot.runtime.sending import looking
from bot.runtime.sending.dispatch import MOST_UNMARKED
from bot.runtime.sending.entrance import Entrance
from bot.runtime.sending.entries import Entry
from bot.runtime.sending.hand import Hand
from bot.runtime.sending.looking import Lookout
from bot.runtime.sending.memory import Memory
from bot.runtime.sending.queue import Queue
from storage.engine import Database
from storage.models import Desk, Outbox, Person
from storage.queries.outbox import OutboxItem
from storage.queries.sending import Waiting
from storage.work import Work
from tests import plans
from tests.runtime.office import PLENTY, START, Office, texts

FATIMA, OMAR = 7, 8
PAGE = 20


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "PAGE", PAGE)
    monkeypatch.setattr(looking, "AHEAD", 3 * PAGE)


def item(number: int, chat_id: int, priority: Priority = Priority.REMINDER, *, minutes: int = 10) -> OutboxItem:
    """Return a message of *number* that has been due for some *minutes*."""
    due = START - timedelta(minutes=minutes)
    payload = {"text": str(number)}
    return OutboxItem("said", chat_id, f"said:{number}", payload, due, START, priority=priority, id=number)


async def keep(database: Database, items: Sequence[OutboxItem]) -> None:
    """Have *items* wait in the table, unheard of by any sender."""
    async with database.write(START) as work:
        await work.session.execute(insert(Outbox), [one.columns() for one in items])


def order(row: Waiting | Entry | OutboxItem) -> tuple[int, object, int]:
    return (row.priority, row.due_at, row.id)


class Line:
    """What goes in front of the sender, as the queue has it; nothing is sent."""

    def __init__(self, database: Database) -> None:
        self.clock = clock = DemoClock(START)
        self.lookout = Lookout(database, clock)
        self.limits = Limits(PLENTY, PLENTY)
        self.queue = Queue(self.limits)
        self.entrance = Entrance(self.queue, self.lookout, Memory(), clock, set)

    def take(self) -> list[Entry]:
        """Take all that may go now."""
        found = []
        while isinstance(taken := self.queue.take(time.monotonic(), Hand(self.limits).wait_to_take), Entry):
            found.append(taken)
            self.queue.free(taken.chat_id, time.monotonic())
        return found


@pytest.fixture
async def line(database: Database) -> Line:
    return Line(database)


async def test_all_that_waits_is_read_once_by_the_page_what_goes_first_first(database: Database, line: Line) -> None:
    dice = random.Random(5)
    items = [item(number, FATIMA, dice.choice(list(Priority)), minutes=1 + number % 3) for number in range(1, 201)]
    await keep(database, items)
    pages = []
    while line.lookout.has_more:
        pages.append(await line.lookout.look())
    assert max(len(page) for page in pages) == PAGE
    assert [row.id for page in pages for row in page] == [one.id for one in sorted(items, key=order)]


async def test_an_answer_goes_before_the_rest_is_read(database: Database, line: Line) -> None:
    await keep(database, [item(number, FATIMA) for number in range(1, 201)])
    line.entrance.push([item(500, OMAR, Priority.ANSWER, minutes=0)])
    assert line.take() == [], "what waits for an answer since longer is not read yet"
    await line.entrance.look()
    assert [entry.id for entry in line.take()] == [500]
    await line.entrance.look()
    assert line.lookout.has_more


async def test_a_newer_message_waits_until_the_older_ones_of_its_chat_are_read(database: Database, line: Line) -> None:
    await keep(database, [item(number, FATIMA if number % 2 else OMAR) for number in range(1, 101)])
    gone: list[Entry] = []
    pushed = 0
    while line.lookout.has_more:
        await line.entrance.look()
        gone += line.take()
        pushed += 1
        line.entrance.push([item(1_000 + pushed, FATIMA, minutes=0)])
    gone += line.take()
    assert len(line.entrance) == 0
    fatima = [entry.id for entry in gone if entry.chat_id == FATIMA]
    assert fatima == [*range(1, 101, 2), *range(1_001, 1_001 + pushed)]
    assert [entry.id for entry in gone if entry.chat_id == OMAR] == list(range(2, 101, 2))


async def test_what_became_due_at_once_is_read_by_the_page_too(database: Database, line: Line) -> None:
    await line.entrance.look_at_all()
    await keep(database, [item(number, number, minutes=0) for number in range(1, 101)])
    line.lookout.expect(START)
    sizes = [len(await line.lookout.look())]
    while line.lookout.has_more:
        sizes.append(len(await line.lookout.look()))
    assert sizes == [20, 20, 20, 20, 20]


class Overtaken(Database):
    """A database in which another transaction plans a message, `planned`, as soon as a reading has seen it."""

    planned: OutboxItem
    line: Line

    @asynccontextmanager
    async def read(self, now: datetime) -> AsyncIterator[Work]:
        async with super().read(now) as work:
            await work.session.scalar(select(func.count()).select_from(Outbox))
            await keep(self, [self.planned])
            self.line.entrance.push([self.planned])
            yield work


async def test_what_is_planned_while_the_table_is_read_is_said_in_time(database: Database) -> None:
    overtaken = Overtaken(database.url.render_as_string(hide_password=False))
    overtaken.planned = item(1, FATIMA, minutes=-2)
    async with overtaken.write(START) as work:  # an SQLite file gets its WAL while nobody reads it
        await work.session.execute(select(1))
    overtaken.line = line = Line(overtaken)
    await line.lookout.look()
    line.clock.leap(START + timedelta(minutes=2))
    overtaken.planned = item(2, OMAR, minutes=-9)
    assert [row.id for row in await line.lookout.look()] == [1]
    await overtaken.close()


class Leaving(Database):
    """A database that goes away at the end of one reading, when its rows were fetched."""

    leaves_at = 3

    @asynccontextmanager
    async def read(self, now: datetime) -> AsyncIterator[Work]:
        async with super().read(now) as work:
            yield work
        self.leaves_at -= 1
        if self.leaves_at == 0:
            raise OSError("the connection is gone")


async def test_what_was_being_read_when_the_database_went_away_is_read_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_DATABASE_PAUSE_S", 0.0)
    await keep(database, [item(number, number) for number in range(1, 101)])
    leaving = Leaving(database.url.render_as_string(hide_password=False))
    line = Line(leaving)
    await line.entrance.look_at_all()
    await leaving.close()
    assert leaving.leaves_at < 0
    assert sorted(entry.id for entry in line.take()) == list(range(1, 101))


async def test_a_desks_group_keeps_room_for_lists_before_its_first_report(database: Database, line: Line) -> None:
    async with database.write(START) as work:
        work.session.add(Person(id=1, created_at=work.now))
        await work.session.flush()
        work.session.add(Desk(key="desk", name="Desk", chat_id=-1001, contact_id=1))
    await line.entrance.look_at_all()
    for chat_id, most in ((-1000, 15), (-1001, 6)):
        for _ in range(most):
            assert line.limits.wait(chat_id, Sort.OTHER) == 0
            line.limits.end(line.limits.begin(chat_id, Sort.OTHER))
        assert line.limits.wait(chat_id, Sort.OTHER) > 0


@pytest.mark.chaos
async def test_a_start_with_much_waiting_says_all_of_it_once_and_an_answer_first(office: Office) -> None:
    people = [office.world.add_person(f"P{number}", started=True) for number in range(16)]
    await office.crash()
    await keep(office.database, [item(number, people[number % 16].id, minutes=5) for number in range(1, 321)])
    said: list[str] = []
    stop_listening = office.world.on_change(lambda _change: said.append(""))
    await office.open()
    await office.say("antwoord", chat=people[0].id, priority=Priority.ANSWER)
    await office.say("later", chat=people[1].id, priority=Priority.REMINDER)
    await office.world.until(lambda: "antwoord" in texts(people[0].chat))
    assert len(said) <= 2 * MOST_UNMARKED
    await office.idle()
    stop_listening()
    for number, person in enumerate(people):
        own = [text for text in texts(person.chat) if text.isdigit()]
        assert own == [str(one) for one in range(1, 321) if one % 16 == number]
    assert texts(people[1].chat)[-1] == "later"
    assert {row.state for row in await office.rows()} == {OutboxState.SENT}


async def test_a_page_is_found_by_when_it_is_due(database: Database, line: Line) -> None:
    await keep(database, [item(number, FATIMA) for number in range(1, 101)])
    statements = plans.listen(database)
    await line.entrance.look_at_all()
    assert statements
    async with database.read(START) as work:
        assert await plans.whole_reads(await work.session.connection(), statements) == []
