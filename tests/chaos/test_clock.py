"""The machine's clock is put forward and back: nothing is said twice or skipped, and nobody waits for it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta, tzinfo

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import interval

from bot.domain.enums import Priority
from bot.runtime import schedule as schedule_module
from bot.runtime.clock import DemoClock
from bot.runtime.schedule import Schedule
from bot.services.schedule import Job
from storage.engine import Database
from storage.work import Work
from tests.patience import PATIENCE_S
from tests.runtime.office import Note, Office, opened, texts

pytestmark = pytest.mark.chaos

HOUR = timedelta(hours=1)


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    async with opened(database) as running:
        yield running


def put(clock: DemoClock, by: timedelta) -> None:
    """Put a clock forward or back, as somebody with rights on the machine does."""
    clock._offset += by


async def test_what_waits_to_be_said_does_not_wait_for_a_clock_that_was_put_back(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    people = [office.world.add_person(f"P{number}", started=True) for number in range(10)]
    office.world.faults.flood("sendMessage", retry_after=1, count=10)
    for word in ("een", "twee"):
        async with office.writing() as work:
            for person in people:
                work.say({"text": word}, chat=person.id)
    await office.world.until(lambda: len(office.world.calls.of("sendMessage")) >= 3)
    put(office.clock, -HOUR)
    async with office.writing() as work:
        for person in people:
            work.say({"text": "drie"}, chat=person.id)
    await office.world.until(lambda: all(len(texts(p.chat)) == 3 for p in people))
    assert [texts(person.chat) for person in people] == [["een", "twee", "drie"]] * 10
    told = [record.message for record in caplog.records if record.name.startswith("bot.")]
    assert told.count("the clock was put back") == 1


async def test_reminders_are_said_once_whether_the_clock_goes_forth_or_back(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    start = office.clock.now()
    for minutes in (30, 90):
        note, due_at = Note(minutes), start + timedelta(minutes=minutes)
        await office.put(note, chat=fatima.id, due_at=due_at, priority=Priority.REMINDER, valid_until=due_at + HOUR)
    put(office.clock, HOUR)
    await office.world.until(lambda: texts(fatima.chat) == ["note 30"])
    put(office.clock, -HOUR)
    await asyncio.sleep(0.6)
    await office.idle()
    assert texts(fatima.chat) == ["note 30"]
    await office.advance(start + timedelta(minutes=85))
    assert texts(fatima.chat) == ["note 30"]
    await office.advance(start + timedelta(minutes=95))
    assert texts(fatima.chat) == ["note 30", "note 90"]


async def test_reminders_that_were_due_by_the_wrong_clock_only_come_at_their_time(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    start = office.clock.now()
    office.may_send = lambda: False
    due_at = start + timedelta(minutes=30)
    await office.put(Note(1), chat=fatima.id, due_at=due_at, priority=Priority.REMINDER)
    await office.say("hallo", chat=fatima.id)
    put(office.clock, HOUR)
    await asyncio.sleep(0.6)
    put(office.clock, -HOUR)
    await asyncio.sleep(0.6)
    office.may_send = lambda: True
    await office.idle()
    assert texts(fatima.chat) == ["hallo"]
    await office.advance(due_at + timedelta(minutes=1))
    assert texts(fatima.chat) == ["hallo", "note 1"]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_jobs_go_on_ticking_when_the_clock_is_put_back(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = DemoClock()
    monkeypatch.setattr(schedule_module, "_CLOCK_EVERY_S", 0.1)

    class Wall(datetime):
        """What the scheduler takes for the machine's clock."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # of this class it need not be
            return clock.now().astimezone(tz)

    monkeypatch.setattr(base, "datetime", Wall)
    monkeypatch.setattr(interval, "datetime", Wall)
    ran = asyncio.Event()

    async def run(_work: Work) -> bool:
        ran.set()
        return False

    job = Job("tick", timedelta(seconds=0.2), run)
    schedule = Schedule(database, clock, lambda: pytest.fail("no chores here"), jobs=[job], chores=[])
    schedule.start()
    try:
        for by in (HOUR, -HOUR, -HOUR):
            await asyncio.wait_for(ran.wait(), PATIENCE_S)
            put(clock, by)
            await asyncio.sleep(0.3)
            ran.clear()
        await asyncio.wait_for(ran.wait(), PATIENCE_S)
    finally:
        await schedule.stop(1)
    assert [record.levelno for record in caplog.records if "put back" in record.message] == [logging.WARNING] * 2
