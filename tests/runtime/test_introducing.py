"""Which commands people see: everybody's, and those of workers only in their own chats and in the groups of desks."""

import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.demo.telegram import World, serve
from bot.domain.enums import Reachable
from bot.runtime.introducing import introduce, introduce_to_staff
from bot.runtime.router import make_bot
from bot.runtime.translators import Translators
from storage.engine import Database
from storage.models import Person
from tests.databases import sqlite_url
from tests.town import START


async def test_commands_are_told_per_scope_and_language(town_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    database, world = Database(sqlite_url(tmp_path / "town.db")), World()
    async with database.write(START) as work:
        (await work.session.get_one(Person, 9001)).reachable = Reachable.YES
    samira, omar = world.add_person("Samira", id=9001, started=True), world.add_person("Omar", id=9002, started=True)
    fatima = world.add_person("Fatima")
    desk = world.add_group("Stad West", id=-1001, members=[samira], bot="administrator")
    team = world.add_group("Buurtpreventie", id=-2001, members=[samira], bot="member")
    async with serve(world) as server:
        bot, translators = make_bot(world.token, server.url), Translators(ZoneInfo("Europe/Amsterdam"))
        await bot.initialize()
        await introduce(bot, translators)
        await introduce_to_staff(bot, translators, database)
        await bot.shutdown()
    await database.close()

    def names(chat: int, user: int, language: str) -> set[str]:
        shown = world.profile.shown(world.chats[chat], user, language)
        return {command["command"] for command in shown}

    dutch, english = {"open", "mijn", "zoek"}, {"open", "mine", "search"}
    assert names(desk.id, samira.id, "nl") == dutch | {"hulp"}
    assert names(desk.id, samira.id, "en") == english | {"help"}
    assert names(team.id, samira.id, "nl") == {"hulp"}
    assert names(samira.id, samira.id, "nl") == names(fatima.id, fatima.id, "nl") | dutch
    assert names(samira.id, samira.id, "en") == names(fatima.id, fatima.id, "en") | english
    assert not names(omar.id, omar.id, "nl") & dutch, "the bot has never met him: told at the next start"
