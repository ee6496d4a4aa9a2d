"""Whose turn it is: of many processes on one PostgreSQL, one has the duty, and the others stand by."""

import asyncio
import json

import aiohttp
import pytest

from bot.demo.telegram import World, serve
from bot.runtime import lease as lease_module
from bot.runtime.app import App, Config
from bot.runtime.role import Role
from bot.runtime.tasks import Tasks
from bot.runtime.web import WebAddress
from storage.engine import Database
from storage.queries import leases
from tests.patience import PATIENCE_S
from tests.runtime import echo
from tests.runtime.doors import NOW
from tests.town import set_up

on_postgresql = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


async def state(app: App) -> tuple[int, str | None]:
    assert app.web is not None
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{app.web.port}/readyz") as response,
    ):
        return response.status, json.loads(await response.text()).get("duty")


async def until(app: App, duty: str) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while await state(app) != (200, duty):  # noqa: ASYNC110 it is asked for over HTTP
            await asyncio.sleep(0.05)


@on_postgresql
async def test_a_standby_is_ready_takes_over_and_gives_way(migrated_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # However long both stand still, which has the duty is decided here.
    for name, seconds in (("RENEW_S", 0.1), ("LOOK_S", 0.1), ("VALID_S", PATIENCE_S), ("DOUBT_S", PATIENCE_S)):
        monkeypatch.setattr(lease_module, name, seconds)
    await set_up(Database(migrated_url))
    world, database = World(), Database(migrated_url)
    async with serve(world) as server:
        config = Config(world.token, server.url, poll_timeout=1, introduce=False, web=WebAddress("", port=0))
        first, second = (App(config, Database(migrated_url), routes=echo.ROUTES) for _ in range(2))
        fatima = world.add_person("Fatima")

        async def echoes(words: str) -> None:
            await fatima.writes(words)
            await world.until(lambda: fatima.chat.messages[-1].text == f"echo {words}")

        await first.start()
        await second.start()
        assert (await state(first), await state(second)) == ((200, "on"), (200, "standing by"))
        with pytest.raises(LookupError):
            _ = second.sender
        await echoes("een")
        await first.stop()
        await until(second, "on")
        await echoes("twee")

        async with database.write(NOW) as work:  # as if it had stood still for long
            for one in await leases.named(work.session, "run"):
                await leases.release(work.session, one.name, one.holder)
            await leases.take(work.session, "run", "elsewhere|1|1|aaaa", seconds=3_600)
        await until(second, "standing by")
        assert second.front is None, "it asks for no updates any more"
        async with database.write(NOW) as work:
            await leases.release(work.session, "run", "elsewhere|1|1|aaaa")
        await until(second, "on")
        await echoes("drie")
        await second.stop()
    await database.close()


@on_postgresql
async def test_a_worker_sends_what_a_web_process_takes_in(migrated_url: str) -> None:
    await set_up(Database(migrated_url))
    world = World()
    async with serve(world) as server:
        web = Config(world.token, server.url, introduce=False, web=WebAddress("", port=0), webhook=True, role=Role.WEB)
        door = App(web, Database(migrated_url), routes=echo.ROUTES)
        await door.start()
        assert door.web is not None
        url = f"http://127.0.0.1:{door.web.port}"
        worker = App(
            Config(world.token, server.url, introduce=False, web=WebAddress(url), webhook=True, role=Role.WORKER),
            Database(migrated_url),
            routes=echo.ROUTES,
        )
        await worker.start()
        assert {getattr(route, "path", "") for route in worker.web_routes()} == {"/livez", "/readyz", "/metrics"}
        assert await state(door) == (200, None), "a web process has no duty"
        fatima = world.add_person("Fatima")
        await fatima.writes("Hoi")
        await world.until(lambda: fatima.chat.messages[-1].text == "echo Hoi")
        await door.stop()
        await worker.stop()


async def test_only_what_nobody_stopped_is_a_breakdown() -> None:
    async def end() -> None:
        await asyncio.sleep(0.01)

    async def fail() -> None:
        raise ValueError

    tasks = Tasks()
    tasks.run("dropped", asyncio.sleep(60))
    tasks.run("dismissed", end())
    tasks.dismiss("dismissed")
    await tasks.ended("dismissed", "never", seconds=PATIENCE_S)
    await tasks.drop("dropped")
    assert "dropped" not in tasks
    tasks.run("dismissed", fail())
    name, error = await asyncio.wait_for(tasks.broken(), PATIENCE_S)
    assert (name, type(error)) == ("dismissed", ValueError)
    await tasks.drop()
