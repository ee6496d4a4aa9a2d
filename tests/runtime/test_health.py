"""`/livez`, `/readyz` and `/metrics`: what an operator sees of a bot, over HTTP."""

import asyncio
import json
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.demo.telegram import World, serve
from bot.runtime import health
from bot.runtime.app import App, Config
from bot.runtime.clock import SystemClock
from bot.runtime.health import Health, Watch
from bot.runtime.lease import Lease
from bot.runtime.metrics import Metrics
from bot.runtime.web import WebAddress
from storage.engine import Database, threads_ended
from tests.databases import sqlite_url
from tests.patience import PATIENCE_S
from tests.runtime import echo
from tests.runtime.numbers import numbers_in
from tests.town import Town, living_in


@pytest.fixture
async def watched(town_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """The example town with the echo routes, whose web server is there for monitoring only."""
    shutil.copyfile(town_file, tmp_path / "town.db")
    database = Database(sqlite_url(tmp_path / "town.db"))
    async with living_in(database, routes=echo.ROUTES, web=WebAddress("", port=0)) as town:
        yield town


async def fetch(app: App, path: str, **headers: str) -> tuple[int, str]:
    assert app.web is not None
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE_S)) as session,
        session.get(f"http://127.0.0.1:{app.web.port}{path}", headers=headers) as response,
    ):
        return response.status, await response.text()


async def numbers(app: App) -> dict[str, float]:
    status, text = await fetch(app, "/metrics")
    assert status == 200
    return numbers_in(text.encode())


async def until(app: App, status: int) -> None:
    """Wait until it is ready (200), or is not any more (503)."""
    async with asyncio.timeout(PATIENCE_S):
        while (await fetch(app, "/readyz"))[0] != status:  # noqa: ASYNC110 it is asked for over HTTP
            await asyncio.sleep(0.05)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The monotonic clock of watches: its only item."""
    at = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: at[0])
    return at


def test_a_watch_counts_from_the_attempt_that_failed_first(clock: list[float]) -> None:
    watch = Watch()

    def fail() -> None:
        clock[0] += 10
        raise OSError("away")

    for _ in range(3):
        with pytest.raises(OSError, match="away"), watch.attempt():
            fail()
    assert watch.failing() == 30
    with watch.attempt():
        clock[0] += 5
        assert watch.failing() == 35
    assert watch.failing() == 0


def test_a_watch_has_no_patience_with_an_attempt_that_hangs(clock: list[float]) -> None:
    patient, watch = Watch(), Watch(patience=15)
    with patient.attempt(), watch.attempt():
        clock[0] += 15
        assert watch.failing() == 0
        clock[0] += 1
        assert watch.failing() == 16
        assert patient.failing() == 0
    assert watch.failing() == 0


async def test_an_attempt_that_is_cancelled_tells_nothing() -> None:
    watch = Watch()

    async def attempt() -> None:
        with watch.attempt():
            await asyncio.Event().wait()

    task = asyncio.create_task(attempt())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})
    assert watch.failing() == 0


@pytest.mark.parametrize(
    ("database", "telegram", "started", "status"),
    [(0, 0, True, 200), (59.9, 59.9, True, 200), (60, 0, True, 503), (0, 60, True, 503), (0, 0, False, 503)],
)
async def test_ready_means_begun_and_nothing_away_for_a_minute(
    tmp_path: Path, database: float, telegram: float, started: bool, status: int
) -> None:
    parts = {"database": [lambda: 0.0, lambda: database], "telegram": [lambda: telegram]}
    nowhere = Database(sqlite_url(tmp_path / "town.db"))
    answer = await Health(nowhere, SystemClock(), Metrics(), parts, started=lambda: started).ready(None)  # type: ignore[arg-type]  # it asks nothing of the request
    assert answer.status_code == status
    body = json.loads(bytes(answer.body))
    assert body == {
        "ready": status == 200,
        "started": started,
        "failing_s": {"database": round(database), "telegram": round(telegram)},
    }


async def test_the_lease_tells_that_the_database_is_away() -> None:
    watch = Watch()
    database = Database("sqlite+aiosqlite:////no/such/town.db")
    with pytest.raises(Exception, match="unable to open"):
        await Lease(database, SystemClock(), watch).take()
    assert watch.failing() > 0
    await database.close()
    await threads_ended()


async def test_a_bot_that_serves_is_ready_until_telegram_is_away_too_long(
    watched: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await fetch(watched.app, "/livez")) == (200, "alive")
    status, body = await fetch(watched.app, "/readyz")
    assert (status, json.loads(body)["ready"]) == (200, True)
    monkeypatch.setattr(health, "GRACE_S", 0.5)
    watched.world.faults.fail("getUpdates", count=10**6, status=502)
    await watched.resident("Fatima").person.starts()  # ends the poll that waits
    await until(watched.app, 503)
    assert (await fetch(watched.app, "/livez"))[0] == 200
    assert (await numbers(watched.app))["failing_seconds{part=telegram}"] >= 0.5
    watched.world.faults.clear()
    await until(watched.app, 200)
    asked = watched.world.calls.of("getUpdates")
    first = next(at for at, call in enumerate(asked) if call.status == 502)
    back = next(call for call in asked[first:] if call.status == 200)
    assert back.params["timeout"] == 0, "nobody writes, and still it is seen at once that Telegram is back"


async def test_a_bot_that_waits_for_telegram_is_alive_and_not_ready(town_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    world = World()
    world.faults.fail("getMe", count=1_000, status=502)
    async with serve(world) as server:
        config = Config(world.token, server.url, web=WebAddress("https://bode.example.org", port=0))
        app = App(config, Database(sqlite_url(tmp_path / "town.db")))
        starting = asyncio.create_task(app.start())
        await world.until(lambda: world.calls.of("getMe"))
        assert (await fetch(app, "/livez"))[0] == 200
        status, body = await fetch(app, "/readyz")
        assert (status, json.loads(body)["started"]) == (503, False)
        assert await fetch(app, "/agenda/geheim.ics") == (503, "")
        app.begin_stop()
        await starting
        await app.stop()


async def test_the_numbers_follow_what_happens(watched: Town) -> None:
    before = await numbers(watched.app)
    assert before["outbox_waiting{age=over_10m,channel=telegram,priority=reminder}"] == 0
    fatima = watched.resident("Fatima")
    await fatima.starts()
    await fatima.says("Hoi")
    after = await numbers(watched.app)
    assert after["updates_total{kind=message}"] == 2
    assert after["update_seconds_count"] == 2
    assert after["sent_total{channel=telegram,priority=answer}"] == len(fatima.messages)
    assert after["sent_seconds_count{channel=telegram,priority=answer}"] == len(fatima.messages)
    assert (after["dead_updates"], after["reminders_late"], after["failing_seconds{part=database}"]) == (0, 0, 0)


async def test_numbers_are_not_there_for_the_world(watched: Town) -> None:
    assert await fetch(watched.app, "/metrics", **{"X-Forwarded-For": "192.0.2.1"}) == (404, "404")
    assert (await fetch(watched.app, "/readyz", **{"X-Forwarded-For": "192.0.2.1"}))[0] == 200
