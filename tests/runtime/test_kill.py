"""Nothing lost: the bot is killed at any moment, again and again, while people talk to it.

The seed of the moments is printed; `BUURTBODE_SEED` repeats it (as far as two machines' processes can be repeated).
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from bot.demo.telegram import World, serve
from bot.demo.telegram.model import Message
from bot.demo.telegram.observers import Change
from bot.demo.telegram.people import Person
from bot.runtime.clock import DemoClock
from storage.engine import Database
from storage.models import DeadUpdate, Desk, Report
from tests.databases import sqlite_url
from tests.runtime.processes import BotProcess
from tests.town import START, TOWN_FILE, Town

KILLS = 20
RESIDENTS = 200
#: What a crash may repeat at most: the messages that were on the wire or not yet marked.
MOST_REPEATED = KILLS * 20
_NUMBER = re.compile(r"M-\d{4}-(\d{4})")
#: On a machine that does six other things at once a start takes ten seconds. Less than `faulthandler_timeout`.
_PATIENCE_S = 120.0
_WIDE = {"limit_overall": "100000/1", "limit_private": "100000/1", "limit_group": "100000/1"}

#: What each sort of resident says first, and the buttons that they tap as soon as one is offered.
STORIES: Sequence[tuple[str, Sequence[str]]] = (
    (
        "De lantaarnpaal is kapot",
        (
            "📍 Een plek op straat",
            "🏘 De straat en de buurt",
            "Geef het door voor mij",
            "Almere Stad West",
            "Stedenwijk",
        ),
    ),
    (
        "Mijn buren maken elke nacht ruzie",
        ("👥 Overlast of ruzie", "🤝 Samen leven", "Almere Haven", "De Werven", "Ja"),
    ),
    ("Een moestuin voor de buurt", ("💡 Een idee voor de buurt", "♻️ Groen en energie", "Almere Poort", "Duin")),
)


class Resident:
    """Somebody who tells one story to the end, tapping whatever stands there, also what was sent twice."""

    def __init__(self, world: World, person: Person, story: tuple[str, Sequence[str]]) -> None:
        self.world, self.person = world, person
        self.words, self.answers = story
        self.changed = asyncio.Event()

    @property
    def told(self) -> list[Message]:
        """What the bot said, as it reads now."""
        return [message for message in self.person.chat.visible if message.sender is self.world.bot]

    @property
    def numbers(self) -> set[int]:
        """The numbers in this person's chat."""
        return {int(found) for message in self.told for found in _NUMBER.findall(message.text)}

    async def talks(self) -> None:
        """Tell the story until there is a number."""
        await self.person.writes(self.words)
        done: set[tuple[int, tuple[str, ...]]] = set()
        while not self.numbers:
            if (choice := self._next(done)) is not None:
                message, label = choice
                done.add((message.message_id, tuple(message.labels)))
                await self.person.taps(message.chat, message, label)
                continue
            try:
                await asyncio.wait_for(self.changed.wait(), _PATIENCE_S)
            except TimeoutError:
                pytest.fail(f"{self.person} waits in vain: {self.person.chat.visible}")
            self.changed.clear()

    def _next(self, done: set[tuple[int, tuple[str, ...]]]) -> tuple[Message, str] | None:
        """Return the newest message with a button of the story, unless it was tapped as it reads now."""
        for message in reversed(self.told):
            label = next((key for key in message.labels if key in (*self.answers, "✅ Versturen")), None)
            if label is not None:
                return None if (message.message_id, tuple(message.labels)) in done else (message, label)
        return None


@pytest.mark.slow
async def test_twenty_kills_lose_nothing_and_double_no_report(town_file: Path, tmp_path: Path) -> None:
    seed = int(os.environ.get("BUURTBODE_SEED", random.SystemRandom().randrange(10**6)))
    print(f"\nBUURTBODE_SEED={seed}")  # noqa: T201 who wants to repeat the run needs it
    chance = random.Random(seed)
    shutil.copyfile(town_file, tmp_path / "town.db")
    database = Database(sqlite_url(tmp_path / "town.db"))
    world = World()
    async with serve(world) as server:
        town = Town(world, server, DemoClock(), database)
        town.settle_in(yaml.safe_load(TOWN_FILE.read_text()))
        people = [world.add_person(f"Bewoner {number}") for number in range(RESIDENTS)]
        residents = {person.id: Resident(world, person, chance.choice(STORIES)) for person in people}
        world.on_change(lambda change: _tell(residents, change))
        bot = BotProcess(tmp_path, api_url=server.url, database_url=sqlite_url(tmp_path / "town.db"), **_WIDE)
        async with bot:
            await _talk_and_kill(bot, world, list(residents.values()), chance)
            await _all_is_said(world, town, list(residents.values()))
            assert await bot.stop() == 0
        await _check_reports(town, list(residents.values()))
        print(f"repeated messages: {_repeated(world)} (at most {MOST_REPEATED})")  # noqa: T201
        assert _repeated(world) <= MOST_REPEATED
    await database.close()


def _tell(residents: Mapping[int, Resident], change: Change) -> None:
    """Wake the resident in whose chat something changed."""
    if change.chat is not None and change.chat.id in residents:
        residents[change.chat.id].changed.set()


async def _talk_and_kill(bot: BotProcess, world: World, residents: Sequence[Resident], chance: random.Random) -> None:
    """Have everybody talk, some beginning between any two kills, while the bot is killed and started again."""
    await bot.start()
    talking: list[asyncio.Task[None]] = []
    share = len(residents) // KILLS
    for kill in range(KILLS):
        talking += [asyncio.create_task(one.talks()) for one in residents[kill * share : (kill + 1) * share]]
        # Most kills hit a bot that is answering; now and then one hits a bot that is still starting.
        if chance.random() < 0.85:
            said = world.calls.total["sendMessage"]
            await world.until(lambda said=said: world.calls.total["sendMessage"] > said, timeout=_PATIENCE_S)  # type: ignore[misc]
        await asyncio.sleep(chance.uniform(0.0, 0.8))
        await bot.kill()
        await bot.start()
    await asyncio.gather(*talking)


async def _all_is_said(world: World, town: Town, residents: Sequence[Resident]) -> None:
    """Wait until every number is visible in some desk's group."""
    everybody = set().union(*(resident.numbers for resident in residents))
    groups = [town.desk(key) for key in ("stad-west", "veilig", "stad")]

    def seen() -> set[int]:
        return {int(found) for desk in groups for text in desk.readable for found in _NUMBER.findall(text)}

    await world.until(lambda: everybody <= seen(), timeout=_PATIENCE_S, what="every number stands in a group")


async def _check_reports(town: Town, residents: Sequence[Resident]) -> None:
    """Compare the database with what people see: one report each, its number in both places."""
    async with town.database.read(START) as work:
        reports = (await work.session.scalars(select(Report))).all()
        desks = {desk.id: desk.key for desk in (await work.session.scalars(select(Desk))).all()}
        dead = (await work.session.scalars(select(DeadUpdate.error))).all()
    assert not dead
    assert len(reports) == len(residents)
    by_resident = {report.resident_id: report for report in reports}
    assert len(by_resident) == len({report.number for report in reports}) == len(residents)
    for resident in residents:
        report = by_resident[resident.person.id]
        assert resident.numbers == {report.number}
        shown = "\n".join(town.desk(desks[report.desk_id]).readable)
        assert f"{report.number:04}" in shown, f"{report.number} is not visible at its desk"


def _repeated(world: World) -> int:
    """Count messages that were sent although the chat had got exactly this one before."""
    sent = Counter(
        json.dumps([call.chat_id, call.method, call.params], sort_keys=True, default=str)
        for call in world.calls.sends
        if call.ok
    )
    return sum(times - 1 for times in sent.values())
