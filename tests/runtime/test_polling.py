"""Polling: the offset moves after the commit only, and trouble is one line and a pause."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.demo.telegram import World, serve
from bot.runtime import backoff
from bot.runtime.polling import Polling
from bot.runtime.reading import ALLOWED_UPDATES
from bot.runtime.router import make_bot
from storage.engine import Database
from tests.patience import PATIENCE_S
from tests.runtime.doors import Door, door

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@asynccontextmanager
async def polled(database: Database, world: World) -> AsyncIterator[tuple[Door, Polling]]:
    """A bot that polls *world* and only notes what comes in."""
    async with serve(world) as server, door(database) as here:
        bot = make_bot(world.token, server.url)
        await bot.initialize()
        polling = Polling(bot, here.intake, timeout=20)
        running = asyncio.create_task(polling.run())
        try:
            yield here, polling
        finally:
            polling.stop()
            await asyncio.wait_for(running, PATIENCE_S)
            await bot.shutdown()


async def test_updates_are_acknowledged_after_they_were_handled(database: Database) -> None:
    world = World()
    async with polled(database, world) as (here, polling):
        fatima = world.add_person("Fatima")
        first = await fatima.writes("een")
        await asyncio.wait_for(polling.reached(world.updates.next_id - 1), PATIENCE_S)
        await fatima.writes("twee")
        await asyncio.wait_for(polling.reached(world.updates.next_id - 1), PATIENCE_S)
        await world.until(lambda: not world.updates.pending)
        assert here.seen == [100_000_001, 100_000_002]
        assert first.text == "een"
    asked = world.calls.of("getUpdates")
    assert asked[0].params["allowed_updates"] == list(ALLOWED_UPDATES)
    assert "chat_member" in ALLOWED_UPDATES
    assert [call.params["offset"] for call in asked] == [0, 100_000_002, 100_000_003]


@pytest.mark.parametrize(
    ("status", "description", "line"),
    [
        (409, "Conflict: terminated by other getUpdates request", "somebody else asks for this bot's updates"),
        (401, "Unauthorized", "Telegram does not know this token"),
        (404, "Not Found", "Telegram does not know this token"),
        (502, "Bad Gateway", "Telegram can't be reached"),
    ],
)
@pytest.mark.chaos
async def test_trouble_is_one_line_a_minute_and_a_longer_pause_each_time(
    database: Database,
    status: int,
    description: str,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(backoff, "_FIRST_S", 0.01)
    world = World()
    world.faults.fail("getUpdates", count=3, status=status, description=description)
    with caplog.at_level(logging.DEBUG, logger="bot.runtime.polling"):
        async with polled(database, world) as (here, polling):
            await world.add_person("Fatima").writes("hallo")
            await asyncio.wait_for(polling.reached(100_000_001), PATIENCE_S)
            assert here.seen == [100_000_001]
    records = [record for record in caplog.records if record.name == "bot.runtime.polling"]
    assert [record.message.startswith(line) for record in records] == [True, True, True, False]
    assert [getattr(record, "again_in_s", None) for record in records] == [0.01, 0.02, 0.04, None]
    assert [record.levelname for record in records] == ["WARNING", "DEBUG", "DEBUG", "INFO"]
    assert not any(record.exc_info or world.token in record.getMessage() for record in records)


async def test_a_raw_update_without_an_id_does_not_hold_the_others_back(database: Database) -> None:
    world = World()
    world.updates.put_raw({"message": {"odd": True}})
    world.updates.pending[0].body["update_id"] = "no number"
    async with polled(database, world) as (here, polling):
        await world.add_person("Fatima").writes("hallo")
        await asyncio.wait_for(polling.reached(100_000_002), PATIENCE_S)
        assert here.seen == [100_000_002]


async def test_who_may_not_ask_does_not_ask(database: Database) -> None:
    world = World()
    async with serve(world) as server, door(database) as here:
        bot = make_bot(world.token, server.url)
        await bot.initialize()
        allowed = False
        polling = Polling(bot, here.intake, timeout=5, may_ask=lambda: allowed)
        running = asyncio.create_task(polling.run())
        await world.add_person("Fatima").writes("hallo")
        await asyncio.sleep(0.3)
        assert not world.calls.of("getUpdates")
        allowed = True
        await asyncio.wait_for(polling.reached(100_000_001), PATIENCE_S)
        polling.stop()
        await running
        await bot.shutdown()
