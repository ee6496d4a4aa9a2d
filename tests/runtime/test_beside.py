"""What runs beside in every process goes on while the database is away, and does its work when it is back."""

import asyncio
import logging
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from starlette.requests import Request

from bot.demo.telegram import World, serve
from bot.domain.enums import Language
from bot.runtime import app as app_module
from bot.runtime import duty as duty_module
from bot.runtime import lease as lease_module
from bot.runtime.agenda import Agenda
from bot.runtime.app import App, Config
from bot.runtime.clock import SystemClock
from bot.runtime.health import Health
from bot.runtime.metrics import Metrics
from bot.runtime.translators import Translators
from storage.engine import Database
from storage.models import Organisation
from storage.queries import leases
from tests.patience import PATIENCE_S
from tests.runtime import echo
from tests.runtime.doors import NOW
from tests.runtime.failing import Failing, fails
from tests.runtime.numbers import numbers_in
from tests.town import set_up


async def gone(failing: Failing) -> None:
    """Wait until it failed as often as it was to."""
    await until(lambda: not failing.left)


async def test_a_process_goes_on_beside_a_database_that_fails_and_ends_by_its_own_mistake(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(lease_module, "RENEW_S", 0.02)
    monkeypatch.setattr(duty_module, "_HEAR_AGAIN_S", 0.02)
    monkeypatch.setattr(app_module, "_FOLLOW_EVERY_S", 0.02)
    await set_up(Database(migrated_url))
    world, database, other = World(), Database(migrated_url), Database(migrated_url)
    async with serve(world) as server:
        app = App(Config(world.token, server.url, poll_timeout=1, introduce=False), database, routes=echo.ROUTES)
        hearing = fails(monkeypatch, database, "hear", times=0 if database.is_sqlite else 3)
        await app.start()
        broken = asyncio.create_task(app.broken())
        for failing in (hearing, fails(monkeypatch, leases, "take"), fails(monkeypatch, app, "_is_set_up")):
            await gone(failing)
        async with other.write(NOW) as work:
            (await work.session.get_one(Organisation, 1)).timezone = "America/New_York"
        await until(lambda: str(app.translators.zone) == "America/New_York")
        assert str(app.translators.of(Language.DUTCH).zone) == "America/New_York"
        assert not broken.done()
        told = [record.message for record in caplog.records if record.levelno >= logging.WARNING]
        assert told == ["lease not renewed"]
        fails(monkeypatch, app, "_is_set_up", RuntimeError())
        assert await asyncio.wait_for(broken, PATIENCE_S) == "organisation"
        assert caplog.records[-1].message == "a part of the bot ended"
        await app.stop()
    await other.close()


async def test_the_numbers_of_the_outbox_stay_while_the_database_is_away(database: Database) -> None:
    metrics, clock = Metrics(), SystemClock()
    async with database.write(clock.now()) as work:
        work.say({"text": "Hoi"}, chat=1)
    for asked in (database, Database("postgresql+asyncpg://a@127.0.0.1:9/b")):
        health = Health(asked, clock, metrics, {"database": [lambda: 0.0]}, started=lambda: True)
        response = await health.numbers(Request({"type": "http", "headers": []}))
        assert response.status_code == 200
        waiting = {
            name: number for name, number in numbers_in(bytes(response.body)).items() if "outbox_waiting" in name
        }
        assert sum(waiting.values()) == 1
        await asked.close()


async def test_a_phone_keeps_its_calendar_while_the_database_is_away(caplog: pytest.LogCaptureFixture) -> None:
    database = Database("postgresql+asyncpg://a@127.0.0.1:9/b")
    agenda = Agenda(database, SystemClock(), Translators(ZoneInfo("Europe/Amsterdam")), lambda: "buurtbode_bot")
    path = {"secret": "geheim"}
    response = await agenda.answer(Request({"type": "http", "method": "GET", "headers": [], "path_params": path}))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert [(record.message, vars(record)["why"]) for record in caplog.records] == [
        ("no calendar: the database is away", "nothing answers there")
    ]
    await database.close()


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not happened():  # noqa: ASYNC110 nobody tells of it
            await asyncio.sleep(0.01)
