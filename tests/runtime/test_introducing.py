"""Which commands people see: everybody's, and those of workers only in their own chats and in the groups of desks."""

import logging
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.demo.telegram import World, serve
from bot.domain.enums import Language, Reachable, RoleName
from bot.runtime.introducing import StaffMenus, introduce
from bot.runtime.router import make_bot
from bot.runtime.translators import Translators
from storage.engine import Database
from storage.models import Person, RoleGrant
from tests.databases import sqlite_url
from tests.town import START


async def test_commands_are_told_per_scope_and_language(town_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    database, world = Database(sqlite_url(tmp_path / "town.db")), World()
    async with database.write(START) as work:
        for id in (9001, 9003):
            (await work.session.get_one(Person, id)).reachable = Reachable.YES
    samira, omar = world.add_person("Samira", id=9001, started=True), world.add_person("Omar", id=9002, started=True)
    wilma = world.add_person("Wilma", id=9003, started=True)
    fatima = world.add_person("Fatima")
    desk = world.add_group("Stad West", id=-1001, members=[samira], bot="administrator")
    for id in (-1002, -1003):
        world.add_group("Heel Almere", id=id, members=[wilma], bot="administrator")
    team = world.add_group("Buurtpreventie", id=-2001, members=[samira], bot="member")

    def names(chat: int, user: int, language: str) -> set[str]:
        shown = world.profile.shown(world.chats[chat], user, language)
        return {command["command"] for command in shown}

    async with serve(world) as server:
        bot, translators = make_bot(world.token, server.url), Translators(ZoneInfo("Europe/Amsterdam"))
        await bot.initialize()
        await introduce(bot, translators)
        menus = StaffMenus(bot, translators, database)
        await menus.tell()

        dutch, english = {"open", "mijn", "zoek", "afwezig"}, {"open", "mine", "search", "away"}
        assert names(desk.id, samira.id, "nl") == dutch | {"doorgeven", "hulp"}
        assert names(desk.id, samira.id, "en") == english | {"passon", "help"}
        assert names(team.id, samira.id, "nl") == {"hulp"}
        everybody = names(fatima.id, fatima.id, "nl")
        assert names(samira.id, samira.id, "nl") == everybody | dutch | {"signaal", "activiteit"}
        assert names(samira.id, samira.id, "en") == names(fatima.id, fatima.id, "en") | english | {"signal", "activity"}
        assert names(wilma.id, wilma.id, "nl") == everybody | dutch | {"signaal", "activiteit", "rollen", "antwoorden"}
        assert names(omar.id, omar.id, "nl") == everybody, "the bot has never met him"

        async with database.write(START) as work:
            (await work.session.get_one(Person, 9002)).reachable = Reachable.YES
            (await work.session.get_one(RoleGrant, (9001, RoleName.WORKER))).taken_at = START
        calls = world.calls.total["setMyCommands"]
        await menus.tell()
        assert names(omar.id, omar.id, "nl") == everybody | dutch | {"signaal", "activiteit"}
        assert names(samira.id, samira.id, "nl") == everybody, "she is no worker any more"
        assert world.calls.total["setMyCommands"] - calls == len(Language), "who was told hears nothing"
        await bot.shutdown()
    await database.close()


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (403, "Forbidden: user is deactivated"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (400, "Bad Request: chat not found"),
    ],
)
async def test_a_chat_that_takes_no_commands_keeps_them_from_nobody_else(
    status: int, description: str, town_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with staff_menus(town_file, tmp_path) as (world, menus):
        world.faults.fail("setMyCommands", status=status, description=description)
        await menus.tell()
        refused, *others = world.calls.of("setMyCommands")
        assert not refused.ok
        told = {call.params["scope"]["chat_id"] for call in others}
        assert len(told) == 3
        assert refused.params["scope"]["chat_id"] not in told
        assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
        await menus.tell()
        assert world.calls.of("setMyCommands")[-1].params["scope"] == refused.params["scope"], "it may take them later"


async def test_while_telegram_is_away_nobody_is_told_and_everybody_later(
    town_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with staff_menus(town_file, tmp_path) as (world, menus):
        world.faults.flood("setMyCommands", retry_after=3)
        await menus.tell()
        assert len(world.calls.of("setMyCommands")) == 1
        assert [record.message for record in caplog.records] == ["commands of staff not told"]
        await menus.tell()
        assert {call.params["scope"]["chat_id"] for call in world.calls.of("setMyCommands") if call.ok} == {
            -1001,
            -1002,
            -1003,
            9003,
        }


async def test_while_the_database_is_away_nobody_is_told_anything(caplog: pytest.LogCaptureFixture) -> None:
    database = Database("postgresql+asyncpg://a@127.0.0.1:9/b")
    bot = make_bot("1:x", "http://127.0.0.1:9")
    await StaffMenus(bot, Translators(ZoneInfo("Europe/Amsterdam")), database).tell()
    assert [record.message for record in caplog.records] == ["commands of staff not told: the database failed"]
    await database.close()


@asynccontextmanager
async def staff_menus(town_file: Path, tmp_path: Path) -> AsyncIterator[tuple[World, StaffMenus]]:
    """The menus of an admin and three desks, of which nothing was told."""
    shutil.copyfile(town_file, tmp_path / "town.db")
    database, world = Database(sqlite_url(tmp_path / "town.db")), World()
    async with database.write(START) as work:
        (await work.session.get_one(Person, 9003)).reachable = Reachable.YES
    wilma = world.add_person("Wilma", id=9003, started=True)
    for id in (-1001, -1002, -1003):
        world.add_group("Heel Almere", id=id, members=[wilma], bot="administrator")
    async with serve(world) as server:
        bot = make_bot(world.token, server.url)
        await bot.initialize()
        yield world, StaffMenus(bot, Translators(ZoneInfo("Europe/Amsterdam")), database)
        await bot.shutdown()
    await database.close()
