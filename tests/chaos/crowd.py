"""Residents who each tell one story to `buurtbode run`, and the counts at the end: one report each, none lost.

The seed is printed; `BUURTBODE_SEED` repeats it (as far as two machines' processes can be repeated).
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from bot.demo.telegram import Server, World, serve
from bot.demo.telegram.model import Message
from bot.demo.telegram.observers import Change
from bot.demo.telegram.people import Person
from bot.runtime.clock import DemoClock
from storage.engine import Database
from storage.models import DeadUpdate, Desk, Report
from storage.work import Work
from tests import quiet_logs
from tests.patience import PATIENCE_S
from tests.runtime.processes import BotProcess
from tests.town import START, TOWN_FILE, Town

#: What a crash may repeat at most: the messages that were on the wire or not yet marked.
REPEATED_PER_CRASH = 20
#: No limits of ours, so that a crowd need not wait for them.
WIDE = {"limit_overall": "100000/1", "limit_private": "100000/1", "limit_group": "100000/1"}
_NUMBER = re.compile(r"M-\d{4}-(\d{4})")

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


def seeded() -> random.Random:
    """Return the chance of this run; its seed is printed."""
    seed = int(os.environ.get("BUURTBODE_SEED", random.SystemRandom().randrange(10**6)))
    print(f"\nBUURTBODE_SEED={seed}")  # noqa: T201 who wants to repeat the run needs it
    return random.Random(seed)


class Resident:
    """Somebody who tells one story to the end, tapping whatever stands there, also what was sent twice."""

    def __init__(self, world: World, person: Person, story: tuple[str, Sequence[str]]) -> None:
        self.world, self.person = world, person
        self.words, self.answers = story
        self.patience = PATIENCE_S
        self.changed = asyncio.Event()
        self.tapped: Counter[tuple[str, tuple[str, ...]]] = Counter()

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
                self.tapped[message.text, tuple(message.labels)] += 1
                await self.person.taps(message.chat, message, label)
                continue
            try:
                await asyncio.wait_for(self.changed.wait(), self.patience)
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


class Crowd:
    """The example town, its residents and the one process that serves them; `bot` is not started yet."""

    def __init__(
        self, world: World, server: Server, database: Database, bot: BotProcess, chance: random.Random
    ) -> None:
        self.world, self.bot, self.chance = world, bot, chance
        self.town = Town(world, server, DemoClock(), database)
        self.town.settle_in(yaml.safe_load(TOWN_FILE.read_text()))
        #: Where there are more of them than `bot`: all.
        self.bots: Sequence[BotProcess] = ()
        self.residents: dict[int, Resident] = {}
        self._talking: list[asyncio.Task[None]] = []
        world.on_change(self._tell)

    @property
    def said(self) -> int:
        """How many messages the bot has begun to send."""
        return self.world.calls.total["sendMessage"]

    def begin(self, count: int, *, patience: float = PATIENCE_S) -> None:
        """Let so many new residents begin to talk, each ready to wait *patience* seconds for an answer."""
        for _ in range(count):
            person = self.world.add_person(f"Bewoner {len(self.residents)}")
            resident = Resident(self.world, person, self.chance.choice(STORIES))
            resident.patience = patience
            self.residents[person.id] = resident
            self._talking.append(asyncio.create_task(resident.talks()))

    async def says_something(self) -> None:
        """Wait until the bot begins to send one more message."""
        said = self.said
        await self.world.until(lambda: self.said > said, timeout=PATIENCE_S, what="the bot says something")

    async def finish(self) -> None:
        """Wait until everybody has a number, and every number is visible in some desk's group."""
        await asyncio.gather(*self._talking)
        everybody = set().union(*(resident.numbers for resident in self.residents.values()))
        groups = [self.town.desk(key) for key in ("stad-west", "veilig", "stad")]

        def seen() -> set[int]:
            return {int(found) for desk in groups for text in desk.readable for found in _NUMBER.findall(text)}

        await self.world.until(lambda: everybody <= seen(), timeout=PATIENCE_S, what="every number stands in a group")

    async def check(self, *, repeated: int) -> None:
        """Compare the database with what people see: one report each, its number in both places, nothing set aside.

        At most so many messages were *repeated*; who then taps on both of them is answered twice. No log holds a name
        or a sentence of anybody.
        """
        async with self.town.database.read(START) as work:
            reports = (await work.session.scalars(select(Report))).all()
            desks = await _desks(work)
            dead = (await work.session.scalars(select(DeadUpdate.error))).all()
        residents = self.residents.values()
        twice = sum(resident.tapped.total() - len(resident.tapped) for resident in residents)
        print(f"{len(residents)} residents, {len(reports)} reports, {self.repeated} messages repeated, {twice} by taps")  # noqa: T201
        assert not dead
        assert len(reports) == len(residents)
        by_resident = {report.resident_id: report for report in reports}
        assert len(by_resident) == len({report.number for report in reports}) == len(residents)
        for resident in residents:
            assert resident.numbers == {by_resident[resident.person.id].number}
        assert not self._unseen(reports, desks), "these are not visible at their desk"
        assert self.repeated <= repeated + twice, "\n".join(f"{times} x {call}" for call, times in self._again.items())
        for bot in self.bots or [self.bot]:
            logged = quiet_logs.leaks("\n".join(bot.lines), self.world)
            assert not logged, "\n".join(logged)

    async def settle(self) -> None:
        """Wait until all that Telegram told is handled, and each report is visible at its desk."""
        async with asyncio.timeout(PATIENCE_S):
            while self.world.updates.pending:  # noqa: ASYNC110 another process empties it
                await asyncio.sleep(0.1)
            while True:
                async with self.town.database.read(START) as work:
                    reports, desks = (await work.session.scalars(select(Report))).all(), await _desks(work)
                if not self._unseen(reports, desks):
                    return
                await asyncio.sleep(0.1)

    def _unseen(self, reports: Sequence[Report], desks: Mapping[int, str]) -> list[int]:
        """Return the numbers that can't be read at the desk that has them."""
        shown = {key: "\n".join(self.town.desk(key).readable) for key in desks.values()}
        return [one.number for one in reports if f"{one.number:04}" not in shown[desks[one.desk_id]]]

    @property
    def repeated(self) -> int:
        """How many messages were sent although the chat had got exactly this one before."""
        return self.repeated_to.total()

    @property
    def repeated_to(self) -> Counter[object]:
        """The same by chat."""
        found: Counter[object] = Counter()
        for (chat, _), times in self._again.items():
            found[chat] += times
        return found

    @property
    def _again(self) -> Counter[tuple[object, str]]:
        """Each message that was sent again, as its chat and what was called, and how often after the first time."""
        sent = Counter(
            (call.chat_id, json.dumps([call.method, call.params], sort_keys=True, default=str))
            for call in self.world.calls.sends
            if call.ok
        )
        return Counter({call: times - 1 for call, times in sent.items() if times > 1})

    def _tell(self, change: Change) -> None:
        """Wake the resident in whose chat something changed."""
        if change.chat is not None and change.chat.id in self.residents:
            self.residents[change.chat.id].changed.set()

    async def give_up(self) -> None:
        """End who still talks, after a failure."""
        for talking in self._talking:
            talking.cancel()
        await asyncio.gather(*self._talking, return_exceptions=True)


async def _desks(work: Work) -> dict[int, str]:
    return {desk.id: desk.key for desk in (await work.session.scalars(select(Desk))).all()}


@asynccontextmanager
async def crowd(folder: Path, database_url: str, **settings: str) -> AsyncIterator[Crowd]:
    """A crowd and its bot on a database in which the example town is set up already."""
    database, world = Database(database_url), World()
    async with (
        serve(world) as server,
        BotProcess(folder, api_url=server.url, database_url=database_url, **WIDE | settings) as bot,
    ):
        found = Crowd(world, server, database, bot, seeded())
        try:
            yield found
        finally:
            await found.give_up()
    await database.close()
