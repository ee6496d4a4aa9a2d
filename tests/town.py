"""A whole town for a test: Telegram's stand-in and the real bot in one loop, over HTTP, with a clock that can be moved.

`town` is the fixture; see `tests.town_people` for what people can do and see. The set-up is `tests/town.yaml`.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bot.demo.telegram import Server, World, serve
from bot.demo.telegram.model import Chat
from bot.runtime.clock import DemoClock
from bot.runtime.limits import Limits, Window
from storage.engine import Database
from storage.queries import intake as intake_queries
from storage.work import Work
from tests import plans, quiet_logs, secrecy, telegram_checks
from tests.databases import sqlite_url
from tests.patience import PATIENCE_S
from tests.postgres import run_apart
from tests.town_people import Desk, Someone

if TYPE_CHECKING:
    from bot.runtime.app import App
    from bot.runtime.mailing import MailServer
    from bot.runtime.web import WebAddress
    from handlers.routes import Route

TOWN_FILE = Path(__file__).with_name("town.yaml")
#: A Monday, 10:00 in Almere, before the first of the example town's activities.
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Town:
    """The example town. `world` is Telegram's side, `app` and `database` ours, `clock` is everybody's.

    `log` is what the bot logged so far, as JSON lines.
    `mail` is the mail server that the bot is told of, `web` where its own web server listens.
    `expects_dead`: set it when a test makes the bot set updates aside; else that fails the test.
    """

    def __init__(
        self, world: World, server: Server, clock: DemoClock, database: Database, log: StringIO | None = None
    ) -> None:
        self.world, self.server, self.clock, self.database = world, server, clock, database
        self.log = log or StringIO()
        self.expects_dead = False
        self.mail: MailServer | None = None
        self.web: WebAddress | None = None
        self.app: App
        self._people: dict[str, Someone] = {}
        self._desks: dict[str, Desk] = {}
        self._first_update = world.updates.next_id
        self._sent = plans.listen(database)

    # -- who is there -------------------------------------------------------------------------------------------

    def resident(self, name: str, *, language: str = "nl") -> Someone:
        """Return the resident of this name, who is new to the bot if there was none yet."""
        if name not in self._people:
            self._people[name] = Someone(self, self.world.add_person(name, language=language))
        return self._people[name]

    def worker(self, name: str) -> Someone:
        """Return a member of staff, or of a team, of the set-up file."""
        return self._people[name]

    person = worker

    def desk(self, key: str) -> Desk:
        """Return a triage group by its key."""
        return self._desks[key]

    def meet_at(self, key: str, chat: Chat) -> None:
        """Find a triage group in *chat* from now on, as after it became a supergroup."""
        self._desks[key] = Desk(self, chat)

    def group(self, chat_id: int) -> Chat:
        """Return any group by its id."""
        return self.world.chats[chat_id]

    # -- time ---------------------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """The town's time (UTC)."""
        return self.clock.now()

    async def advance(self, to: datetime | None = None, **by: float) -> None:
        """Move the clock to *to*, or by `days`, `hours`, `minutes`, doing on the way all that is planned."""
        await self.app.advance(to or self.clock.now() + timedelta(**by))
        await self.settle()

    def sleep(self, to: datetime | None = None, **by: float) -> None:
        """Move the clock to *to*, or by `days`, `hours`, `minutes`, while nobody looks: what was planned comes late."""
        self.clock.leap(to or self.clock.now() + timedelta(**by))

    async def settle(self) -> None:
        """Wait until all updates are handled, all taps answered and all that is due is said."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                last = self.world.updates.next_id - 1
                if last >= self._first_update:
                    await self.app.polling.reached(last)
                await self.app.settled()
                if self.world.updates.next_id - 1 == last:
                    return

    # -- the database -------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Work]:
        """Open a work that can only read."""
        async with self.database.read(self.now) as work:
            yield work

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Work]:
        """Open a work that is committed, for what a test wants to find there."""
        async with self.database.write(self.now) as work:
            yield work

    # -- living -------------------------------------------------------------------------------------------------

    async def start(self, routes: Sequence[Route] | None = None) -> None:
        """Start the bot (again); *routes* replace the real ones."""
        # Late, so that tests without a bot do not read all of it in.
        from bot.runtime.app import App, Config

        config = Config(
            self.world.token, self.server.url, poll_timeout=20, introduce=False, mail=self.mail, web=self.web
        )
        wide = Window(10_000, 1.0)
        self.app = App(config, self.database, clock=self.clock, limits=Limits(wide, wide, wide), routes=routes)
        polls = self.world.calls.total["getUpdates"]
        await self.app.start()
        await self.world.until(lambda: self.world.calls.total["getUpdates"] > polls, what="the bot polls")

    async def stop(self) -> None:
        """Stop the bot cleanly; `restart` brings it back."""
        await self.app.stop()

    async def restart(self, routes: Sequence[Route] | None = None) -> None:
        """Stop the bot and start it anew on the same database."""
        await self.stop()
        self.database = Database(self.database.url.render_as_string(hide_password=False))
        plans.listen(self.database, self._sent)
        await self.start(routes)

    def settle_in(self, file: dict[str, Any]) -> None:
        """Put the people and groups of the set-up file into Telegram."""
        for entry in [*file["people"], *(m for team in file["teams"] for m in team["members"])]:
            if entry["telegram"] not in self.world.users:
                person = self.world.add_person(entry["name"], id=entry["telegram"], started=True)
                self._people[entry["name"]] = Someone(self, person)
        for desk in file["desks"]:
            chat = self._group(desk["chat"], desk["name"], desk["workers"])
            self._desks[desk["key"]] = Desk(self, chat, desk.get("thread"))
        for team in file["teams"]:
            self._group(team["chat"], team["name"], [team["worker"], *(m["telegram"] for m in team["members"])])

    def _group(self, chat_id: int, title: str, members: Sequence[int]) -> Chat:
        people = [self.world.person(member) for member in members]
        return self.world.add_group(title, id=chat_id, admins=people[:1], members=people[1:], bot="administrator")

    async def check(self) -> None:
        """Fail when any call of ours was wrong or told a group something sealed, or an update was set aside.

        So does a name or a sentence of anybody in the log, and a statement that reads a whole table of those that grow.
        """
        mistakes = telegram_checks.check_calls(self.world.calls)
        assert not mistakes, "\n".join(mistakes)
        async with self.reading() as work:
            dead = await intake_queries.dead(work.session)
            leaks = secrecy.leaks(self.world.calls, await secrecy.secrets_of(work))
            whole = await plans.whole_reads(await work.session.connection(), self._sent)
        assert not whole, "\n".join(whole)
        assert not leaks, "\n".join(leaks)
        logged = quiet_logs.leaks(self.log.getvalue(), self.world)
        assert not logged, "\n".join(logged)
        assert bool(dead) == self.expects_dead, "\n".join(f"{row.raw}\n{row.error}" for row in dead)


@pytest.fixture(scope="session")
def town_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the example town set up, to be copied."""
    path = tmp_path_factory.mktemp("town") / "town.db"
    shutil.copyfile(migrated_file, path)
    run_apart(lambda: set_up(Database(sqlite_url(path))))
    return path


async def set_up(database: Database, *, now: datetime = START) -> None:
    """Load the example town into a migrated database, and close that."""
    from bot.services import setup
    from bot.services.town import areas

    file, lines = setup.parse(TOWN_FILE.read_text())
    async with database.write(now) as work:
        await setup.load(work, file, lines, areas.builtin())
    await database.close()


@asynccontextmanager
async def living_in(
    database: Database,
    *,
    routes: Sequence[Route] | None = None,
    mail: MailServer | None = None,
    web: WebAddress | None = None,
) -> AsyncIterator[Town]:
    """A town on *database*, with the bot running; checked and stopped at the end."""
    clock = DemoClock(START)
    world = World(clock.now)
    async with serve(world) as server:
        with quiet_logs.written_down() as log:
            town = Town(world, server, clock, database, log)
            town.mail, town.web = mail, web
            town.settle_in(yaml.safe_load(TOWN_FILE.read_text()))
            await town.start(routes)
            try:
                yield town
                await town.settle()
                await town.check()
            finally:
                await town.stop()


@pytest.fixture
async def town(town_file: Path, tmp_path: Path, asks_postgres: None) -> AsyncIterator[Town]:
    """The example town with the real bot on SQLite, at 10:00 on a Monday."""
    shutil.copyfile(town_file, tmp_path / "town.db")
    async with living_in(Database(sqlite_url(tmp_path / "town.db"))) as town:
        yield town
