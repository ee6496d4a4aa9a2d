"""Which commands people see: everybody's, and those of workers only in their own chats and in the groups of desks."""

import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

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
