"""`buurtbode demo`: stand-in, bot and page in one process and one loop, on a database that is thrown away."""

import asyncio
import contextlib
import logging
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import uvicorn
from starlette.applications import Starlette

from bot.demo import filling, today
from bot.demo.page import Page, application
from bot.demo.telegram import Chat, Person, World, serve
from bot.domain.time import to_wall
from bot.runtime.app import App, Config
from bot.runtime.clock import DemoClock
from bot.runtime.web import WebAddress
from bot.services import setup
from bot.services.setup import TownFile
from bot.services.town import areas
from storage import migrate
from storage.engine import Database

HOST = "127.0.0.1"
#: Where the demo's town lies, as its set-up file says.
ZONE = ZoneInfo("Europe/Amsterdam")


class PortTakenError(Exception):
    """Something else answers on the page's port."""


@dataclass(frozen=True)
class DemoTime:
    """The demo's clock as the page moves it."""

    app: App
    clock: DemoClock

    def now(self) -> datetime:
        """Return the moment it is in the demo (UTC)."""
        return self.clock.now()

    async def advance(self, to: datetime) -> None:
        """Move on to *to*; everything that is due on the way happens."""
        await self.app.advance(to)

    async def next_due(self) -> datetime | None:
        """Return when the next planned message goes out."""
        return await self.app.sender.next_due()


def main(port: int = 8080) -> int:
    """Run the demo until Ctrl+C; return the exit code, 1 with one line when the port is in use."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    try:
        asyncio.run(run(port))
    except PortTakenError as error:
        print(f"buurtbode: {error}", file=sys.stderr)  # noqa: T201 the command's one line
        return 1
    except KeyboardInterrupt:
        pass
    return 0


async def run(port: int = 8080) -> None:
    """Serve the demo on *port* until it is interrupted; PortTakenError when that is in use."""
    _check_free(port)
    clock = DemoClock()
    now = clock.now()
    file, lines = setup.parse(town_text(to_wall(now, ZONE)))
    with tempfile.TemporaryDirectory(prefix="buurtbode-demo-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'demo.db'}"
        await migrate.upgrade(url)
        database = Database(url)
        async with database.write(now) as work:
            await setup.load(work, file, lines, areas.builtin())
            await filling.fill(work, list(named_people(file)))
        await today.begin(database, now)
        world = populate(World(clock.now), file)
        await filling.talk(world)
        async with serve(world) as telegram:
            web = WebAddress(f"http://{HOST}:{port}")
            app = App(Config(world.token, telegram.url, web=web), database, clock=clock)
            try:
                await app.start()
                await _serve_page(world, app, clock, port)
            finally:
                await app.stop()


def town_text(wall: datetime) -> str:
    """Return the demo's set-up file with its dates ahead of *wall* (local), but for what goes on today."""
    day = wall.date()
    saturday = day + timedelta(days=(5 - day.weekday()) % 7 or 7)
    # Not tomorrow: in the evening its reminder of the day before, at 19:00, would be past.
    ahead = [day + timedelta(days=days) for days in range(2, 9)]
    template = resources.files("bot.demo").joinpath("town.yaml").read_text(encoding="utf-8")
    return template.format(
        repair_day=saturday,
        small_day=day + timedelta(days=4),
        route_day=saturday + timedelta(days=14),
        route_deadline=saturday + timedelta(days=11),
        round_day=next(date for date in ahead if date.weekday() in (1, 3, 5)),
        **today.times(wall),
    )


def named_people(file: TownFile) -> dict[int, str]:
    """Return the names of staff and members by their Telegram number."""
    named = {person.telegram: person.name for person in file.people}
    return named | {member.telegram: member.name for team in file.teams for member in team.members}


def populate(world: World, file: TownFile) -> World:
    """Put the people of the set-up file and some residents into *world*, and make the groups."""
    named = named_people(file)
    for person_id, name in (filling.RESIDENTS | today.NEIGHBOURS).items():
        world.add_person(name, id=person_id, started=person_id not in (filling.FATIMA, filling.HENK))
    for person_id, name in named.items():
        world.add_person(name, id=person_id, started=True)
    for desk in file.desks:
        _group(world, desk.chat, f"Triage {desk.name}", desk.workers)
    for team in file.teams:
        if team.chat is not None:
            members = [member.telegram for member in team.members if member.vog]
            _group(world, team.chat, team.name, [team.worker, *members])
    return world


def _group(world: World, chat_id: int, title: str, member_ids: list[int]) -> Chat:
    members: list[Person] = [world.person(member_id) for member_id in member_ids]
    return world.add_group(title, id=chat_id, admins=members[:1], members=members[1:], bot="administrator")


async def _serve_page(world: World, app: App, clock: DemoClock, port: int) -> None:
    phones = [
        {"person": filling.FATIMA, "chat": filling.FATIMA},
        {"person": filling.HENK, "chat": filling.HENK},
        {"person": filling.JAN, "chat": filling.PATROL_GROUP},
        {"person": filling.SAMIRA, "chat": -1001},
    ]
    page = application(world, phones, DemoTime(app, clock), more=app.web_routes())
    config = uvicorn.Config(
        page, host=HOST, port=port, log_level="warning", lifespan="off", timeout_graceful_shutdown=1
    )
    await _PageServer(config, page).serve()


class _PageServer(uvicorn.Server):
    """The page's server: it says where it is as soon as it answers there, and ends without cutting anybody off."""

    def __init__(self, config: uvicorn.Config, page: Starlette) -> None:
        """Serve *page*."""
        super().__init__(config)
        self._page: Page = page.state.page

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End the server on Ctrl+C and SIGTERM, and no more than that: uvicorn would then let them end the process."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams to open pages first."""
        self._page.close()
        await super().shutdown(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and then print the one line that a person waits for."""
        await super().startup(sockets)
        if self.started:
            print(f"Buurtbode demo: open http://{HOST}:{self.config.port} (stop with Ctrl+C)", flush=True)  # noqa: T201


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortTakenError(f"port {port} is in use; try `.venv/bin/buurtbode demo --port {port + 1}`") from error
