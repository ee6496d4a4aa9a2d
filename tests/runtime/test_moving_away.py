"""While `buurtbode move` copies the database nobody begins to serve it: what was written then would be lost."""

from pathlib import Path

import pytest

from bot.demo.telegram import World, serve
from bot.runtime.app import App, Config
from bot.runtime.clock import SystemClock
from bot.runtime.lease import MOVE, Lease, MovedError, doors_served
from bot.runtime.preparing import RefusedError
from bot.runtime.role import Role
from bot.runtime.transferring import move
from bot.runtime.web import WebAddress
from storage.engine import Database
from tests.databases import sqlite_url
from tests.runtime import echo
from tests.town import set_up

on_postgresql = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


@pytest.mark.chaos
@on_postgresql
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("webhook", [True, False])
async def test_who_starts_meanwhile_is_refused(migrated_url: str, role: Role, webhook: bool) -> None:
    await set_up(Database(migrated_url))
    world, database = World(), Database(migrated_url)
    moving = Lease(database, SystemClock(), name=MOVE)
    await moving.take()
    async with serve(world) as server:
        config = Config(
            world.token, server.url, introduce=False, web=WebAddress("", port=0), webhook=webhook, role=role
        )
        app = App(config, Database(migrated_url), routes=echo.ROUTES)
        with pytest.raises(MovedError):
            await app.start()
        await app.stop()
    async with database.read(SystemClock().now()) as work:
        assert not await doors_served(work)
    await moving.release()
    await database.close()


@on_postgresql
async def test_of_who_opens_a_door_and_who_copies_at_the_same_moment_one_gives_way(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await set_up(Database(migrated_url))
    world, database = World(), Database(migrated_url)
    moving = Lease(database, SystemClock(), name=MOVE)
    async with serve(world) as server:
        config = Config(world.token, server.url, introduce=False, web=WebAddress("", port=0), webhook=True)
        app = App(config, Database(migrated_url), routes=echo.ROUTES)
        attempt = app._door.attempt

        async def meanwhile() -> str:
            await moving.take()  # after this process looked, and before it noted that it serves
            return await attempt()

        monkeypatch.setattr(app._door, "attempt", meanwhile)
        with pytest.raises(MovedError):
            await app.start()
        await app.stop()
        await moving.release()

        served = App(config, Database(migrated_url), routes=echo.ROUTES)
        await served.start()
        with pytest.raises(RefusedError, match="a bot serves the old database"):
            await move(migrated_url, sqlite_url(tmp_path / "new.db"), lambda _: None)
        await served.stop()
    await database.close()


async def test_two_do_not_copy_at_once(migrated_url: str, tmp_path: Path) -> None:
    database = Database(migrated_url)
    moving = Lease(database, SystemClock(), name=MOVE)
    await moving.take()
    with pytest.raises(RefusedError, match="another `buurtbode move` copies the old database"):
        await move(migrated_url, sqlite_url(tmp_path / "new.db"), lambda _: None)
    await moving.release()
    await database.close()
