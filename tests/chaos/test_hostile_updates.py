"""Whatever comes in as an update: the bot lives on, tells nobody what is not theirs, and writes to nobody else.

A town lives for a morning; what Telegram told of it is taken apart in every way (`tests.chaos.mutator`) and put into
the real intake, from the same state again and again. BUURTBODE_SEED tries others.
Judged is (`tests.chaos.judging`): every update is acknowledged and none fails a handler or the database; what is set
aside is impossible by a second library's types; words that one person said, names that Telegram sent, and what a team
keeps to itself reach only who may have them; and nothing goes to a chat that the sender does not reach.
"""

import asyncio
import itertools
import logging
import os
import random
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select
from telegram import Update

import handlers
from bot.demo.telegram import World, serve
from bot.runtime.app import App
from bot.runtime.clock import DemoClock
from handlers.context import Ctx
from handlers.routes import Callback, OnMessage, Route, is_private
from storage import transfer
from storage.engine import Database
from storage.models import Report
from storage.queries import intake as queries
from tests import quiet_logs
from tests.chaos.judging import Judge, is_impossible
from tests.chaos.lived import Lived, live
from tests.chaos.mutator import Mutator, each_wrong
from tests.chaos.sizes import FULL, sized
from tests.databases import sqlite_url
from tests.patience import PATIENCE_S
from tests.postgres import PostgresServer
from tests.town import START, TOWN_FILE, Town

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.lasts(110)]

SEED = int(os.environ.get("BUURTBODE_SEED", "20261128"))
#: Updates at random; the long form has 24,000 more with each field wrong in turn, over 50,000 in all. So many are
#: put in from one state, and so many at once.
UPDATES, ROUND, BURST = sized((300, 300, 20), (24_000, 1_000, 20))
#: The parts run beside each other; of a short run there is one, in which the life of the town takes half of the time.
PARTS = sized(1, 6)
_ON_POSTGRES = sized(60, 500)
_FIRST_ID = 500_000_000


class Hostility:
    """A town that lived, to be put back into the state in which it was."""

    def __init__(self, town: Town, lived: Lived, folder: Path) -> None:
        self.town, self.lived = town, lived
        self._file, self._folder, self._rounds = folder / "lived.db", folder, itertools.count(1)
        self._ids = itertools.count(_FIRST_ID)
        self.mistakes: list[str] = []
        self.handled = self.aside = self.told = 0

    async def keep(self) -> None:
        """Keep the state as it is now, and stop the bot."""
        await self.town.stop()
        shutil.copyfile(self._folder / "town.db", self._file)

    def kept(self) -> Database:
        """Return the state that was kept, to be read."""
        return Database(sqlite_url(self._file))

    async def round(
        self, raws: Iterator[Any], database: Database | None = None, routes: list[Route] | None = None
    ) -> None:
        """Put a round of updates in, from the kept state (or *database*, which has it), and judge."""
        if database is None:
            path = self._folder / f"round{next(self._rounds)}.db"
            shutil.copyfile(self._file, path)
            database = Database(sqlite_url(path))
        self.town.database = database
        await self.town.start(routes)
        judge = Judge(self.town, self.lived.canaries)
        try:
            while burst := list(itertools.islice(raws, BURST)):
                await self._give(self.town.app, burst)
                await judge.judge(burst)
            async with self.town.reading() as work:
                dead = await queries.dead(work.session)
            self._judge_dead([(row.raw, row.error) for row in dead])
        finally:
            await self.town.stop()
        self.mistakes += judge.mistakes
        self.told += judge.told
        assert not self.mistakes, "\n\n".join([f"{len(self.mistakes)} mistakes", *self.mistakes[:10]])

    async def _give(self, app: App, burst: list[Any]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            done, _ = await asyncio.wait([app.intake.take(raw) for raw in burst])
        assert not any(future.cancelled() for future in done), "not acknowledged"
        async with asyncio.timeout(PATIENCE_S):
            await app.settled()
        self.handled += len(burst)
        assert app.intake.trouble_since is None
        assert not app.intake.busy

    def _judge_dead(self, dead: list[tuple[str, str]]) -> None:
        self.aside += len(dead)
        self.mistakes += [f"{error:.900}\n{raw:.900}" for raw, error in dead if "UnreadableError" not in error]
        self.mistakes += [f"set aside, and is possible: {raw:.900}" for raw, _ in dead if not is_impossible(raw)]

    def updates(self, seed: int, count: int) -> Iterator[Any]:
        """Yield *count* hostile updates of this seed."""
        dice, lived = random.Random(seed), self.lived
        mutator = Mutator(dice, ids=lived.ids, buttons=lived.buttons, people=lived.people)
        taps = [raw for raw in lived.updates if "callback_query" in raw]
        rest = [raw for raw in lived.updates if "callback_query" not in raw]
        for _ in range(count):
            base = dice.choice(taps if dice.random() < 0.5 else rest) | {"update_id": next(self._ids)}
            yield lived.canaries.anew(mutator.mutated(lived.updates, base))

    def each_wrong(self) -> Iterator[Any]:
        """Yield every recorded update with every field wrong in every simple way."""
        for raw in each_wrong(self.lived.updates):
            if isinstance(raw.get("update_id"), int) and raw["update_id"] > 0:
                raw["update_id"] = next(self._ids)
            yield self.lived.canaries.anew(raw)


@asynccontextmanager
async def hostility(town_file: Path, folder: Path) -> AsyncIterator[Hostility]:
    """A town that lived for a morning, and stands still."""
    shutil.copyfile(town_file, folder / "town.db")
    clock = DemoClock(START)
    world = World(clock.now)
    async with serve(world) as server:
        with quiet_logs.written_down() as log:
            town = Town(world, server, clock, Database(sqlite_url(folder / "town.db")), log)
            town.settle_in(yaml.safe_load(TOWN_FILE.read_text()))
            await town.start()
            found = Hostility(town, await live(town), folder)
            await found.keep()
            yield found


@pytest.mark.parametrize("part", range(PARTS))
async def test_hostile_updates_change_nothing_for_anybody_else(
    town_file: Path, tmp_path: Path, part: int, postgres_server: PostgresServer, migrated_template: str
) -> None:
    rounds = UPDATES // ROUND // PARTS
    async with hostility(town_file, tmp_path) as town:
        for number in range(rounds):
            await town.round(town.updates(SEED + PARTS * number + part, ROUND))
            if number % 10 == 0:
                name = postgres_server.create(template=migrated_template)
                await _on_postgres(town, Database(postgres_server.url(name)), SEED - PARTS * number - part)
                postgres_server.drop(name)
        if FULL:
            wrong = itertools.islice(town.each_wrong(), part, None, PARTS)
            while some := list(itertools.islice(wrong, ROUND)):
                await town.round(iter(some))
        print(f"{town.handled} updates, {town.aside} set aside, {town.told} calls")  # noqa: T201
        assert town.handled > sized(UPDATES, 50_000) / PARTS
        assert town.aside < town.handled * 0.8, "nearly nothing gets through: the dice prove nothing"
        assert town.told > town.handled / 10
        for fault, seen in PLANTED.items():
            await _is_seen(town, fault, seen)


async def _on_postgres(town: Hostility, target: Database, seed: int) -> None:
    source = town.kept()
    await transfer.copy(source, target)
    await source.close()
    await town.round(town.updates(seed, _ON_POSTGRES), target)


async def _is_seen(town: Hostility, fault: Callback, seen: str) -> None:
    """Fail when a fault that is planted in the bot goes unseen."""
    routes = [OnMessage(is_private, fault), *handlers.routes()]
    words = [raw for raw in town.lived.updates if raw.get("message", {}).get("text", "").startswith("De lamp")]
    fatima = words[0]
    with pytest.raises(AssertionError, match=seen):
        await town.round(iter([town.lived.canaries.anew(fatima | {"update_id": 900_000_000})]), routes=routes)
    town.mistakes.clear()


async def _tells_of_others(_update: Update, context: Ctx) -> None:
    others = await context.work.session.scalars(select(Report.text).where(Report.resident_id != context.person.id))
    context.say(" ".join(others.all()))


async def _writes_to_others(_update: Update, context: Ctx) -> None:
    others = await context.work.session.scalars(select(Report.resident_id).where(Report.sealed))
    context.work.say({"text": "Hallo"}, chat=others.first() or 0)


async def _tells_telegrams_name(update: Update, context: Ctx) -> None:
    context.say(update.effective_user.first_name if update.effective_user else "")


async def _logs_words(_update: Update, context: Ctx) -> None:
    logging.getLogger("handlers.planted").info("said", extra={"text": context.message.text})


async def _fails(_update: Update, _context: Ctx) -> None:
    raise RuntimeError


#: Faults, and what is said of them.
PLANTED: dict[Callback, str] = {
    _tells_of_others: "tells kanarie",
    _writes_to_others: "whom nobody here reaches",
    _tells_telegrams_name: "tells Telegram's name",
    _logs_words: "the log tells",
    _fails: "update failed",
}
