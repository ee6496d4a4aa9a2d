"""Intake in trouble: a database that is away, updates that take too long or kill the process, apologies that fail."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from telegram import Update

from bot.runtime import handling, intake
from handlers.context import Scope
from storage.engine import Database
from storage.models import DeadUpdate, HandledUpdate, Person, UpdateAttempt
from storage.queries import intake as queries
from storage.work import Work
from tests.patience import PATIENCE_S
from tests.runtime import raws
from tests.runtime.doors import NOW, Door, count, door, echo
from tests.runtime.failing import fails


async def test_what_takes_too_long_has_failed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handling, "SLOWEST_S", 0.3)

    async def hang(update: Update, scope: Scope) -> None:
        if update.update_id == 1:
            await work_forever(scope)

    async def work_forever(scope: Scope) -> None:
        while True:
            await scope.work.session.execute(select(Person.id))

    async with door(database, hang) as here:
        await here.gives([raws.text("hang", update_id=1), raws.text("hallo", update_id=2, user=502)])
    async with database.read(NOW) as work:
        (dead,) = await queries.dead(work.session)
    assert dead.update_id == 1
    assert "TimeoutError" in dead.error


class Away(Database):
    """A database that fails a number of times before it works, as its driver would."""

    failures = 0

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.failed = asyncio.Event()

    @asynccontextmanager
    async def write(self, now: datetime) -> AsyncIterator[Work]:
        if self.failures:
            self.failed.set()
            self.failures -= 1
            broken = OperationalError("COMMIT", {}, Exception("database is locked"))
            broken.connection_invalidated = True
            raise broken
        async with super().write(now) as work:
            yield work


async def test_a_database_that_is_away_is_nobodys_failure(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(intake, "_PAUSES", (0.001,))
    database = Away(migrated_url)
    database.failures = 7
    with caplog.at_level(logging.WARNING):
        async with door(database, echo) as here:
            await here.gives([raws.text("hallo", update_id=n) for n in range(1, 4)])
            assert here.intake.trouble_since is None
    assert here.seen == [1, 2, 3]
    assert [record.message for record in caplog.records] == ["database failed; trying on", "database is back"]
    assert await count(database, DeadUpdate) == 0
    await database.close()


async def test_while_the_database_is_away_a_stop_leaves_updates_unacknowledged(migrated_url: str) -> None:
    database = Away(migrated_url)
    database.failures = 10_000
    here = Door(database, echo)
    running = asyncio.create_task(here.intake.run())
    future = here.intake.take(raws.text("hallo", update_id=1))
    await database.failed.wait()
    here.intake.stop()
    await asyncio.wait_for(running, PATIENCE_S)
    assert future.cancelled()
    assert here.intake.take(raws.text("later", update_id=2)).cancelled()
    await database.close()


async def test_what_killed_the_process_three_times_is_set_aside_unrun(database: Database) -> None:
    async with database.write(NOW) as work:
        work.session.add_all([UpdateAttempt(update_id=2, attempts=3), UpdateAttempt(update_id=3, attempts=2)])
    async with door(database, echo, careful=intake.BATCH) as here:
        await here.gives([raws.text("hallo", update_id=n) for n in (1, 2, 3)])
        assert here.seen == [1, 3]
        assert await count(database, UpdateAttempt) == 0
    async with database.read(NOW) as work:
        (dead,) = await queries.dead(work.session)
    assert dead.update_id == 2
    assert "DeadlyError" in dead.error


async def test_after_an_unclean_start_each_attempt_is_committed_before_it_begins(database: Database) -> None:
    attempts: list[int | None] = []

    async def look(update: Update, scope: Scope) -> None:
        async with database.read(NOW) as work:
            row = await work.session.get(UpdateAttempt, update.update_id)
            attempts.append(row.attempts if row else None)

    async with door(database, look, careful=2) as here:
        await here.gives([raws.text("een", update_id=1), raws.text("twee", update_id=2)])
        await here.gives([raws.text("drie", update_id=3)])
    assert attempts == [1, 1, None]


async def test_setting_aside_goes_on_when_the_apology_fails(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(handling, "apologise", fail)
    async with door(database, echo) as here:
        await here.gives([raws.text("boom", update_id=1), raws.text("hallo", update_id=2)])
    assert await count(database, DeadUpdate) == 1
    assert await count(database, HandledUpdate) == 2


async def test_what_can_be_put_away_in_no_way_yet_is_put_away_later(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_PAUSES", (0.001,))
    failing = fails(monkeypatch, queries, "set_aside", RuntimeError(), times=4)
    async with door(database, echo) as here:
        await here.gives([raws.text("boom", update_id=1), raws.text("hallo", update_id=2)])
    assert not failing.left
    assert (await count(database, DeadUpdate), await count(database, HandledUpdate)) == (1, 2)


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_who_waited_for_a_database_that_answers_nobody_is_not_to_blame(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(handling, "SLOWEST_S", 0.1)
    monkeypatch.setattr(intake, "_PAUSES", (0.001,))
    silent = fails(monkeypatch, database, "ping", TimeoutError(), times=intake.TRIES + 1)

    async def wait(update: Update, scope: Scope) -> None:
        await scope.work.session.execute(text("SELECT pg_sleep(:s)"), {"s": 60 if silent.left else 0})
        await echo(update, scope)

    async with door(database, wait) as here:
        await here.gives([raws.text("hallo", update_id=1)])
    assert not silent.left
    assert await count(database, DeadUpdate) == 0
    assert [record.message for record in caplog.records] == ["database failed; trying on", "database is back"]
