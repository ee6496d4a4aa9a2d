"""A stage for one measurement: the stand-in in this process, and the bot or a peer in one of its own.

Where there are two cores or more, each of the two stays on its own.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import yaml

from bot.demo.telegram import Server, World, serve
from bot.runtime.clock import DemoClock
from bot.services import setup
from bot.services.town import areas
from storage.engine import Database
from tests.databases import sqlite_url
from tests.runtime.processes import BotProcess
from tests.town import TOWN_FILE, Town

#: The longest wait for the next sign of life (seconds).
PATIENCE_S = 120.0
PTB, AIOGRAM = "tests.benchmarks.peers.ptb", "tests.benchmarks.peers.aio"
#: So many times more seldom than the collections below it may all objects be looked at.
_SELDOM = 1_000
_TICKS = os.sysconf("SC_CLK_TCK")


class Measured(BotProcess):
    """A process whose use of the machine can be read while it runs."""

    core: int | None = None

    async def start(self, *arguments: str) -> None:
        """Start it on its core. It may keep compiled modules, as `make setup` does for a live bot."""
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        await super().start(*arguments)
        if self.core is not None:
            os.sched_setaffinity(self.pid, {self.core})

    @property
    def cpu_seconds(self) -> float:
        """The processor time that it used so far, all threads together."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def resident_mb(self) -> float:
        """Its resident memory now."""
        return self._memory("VmRSS")

    @property
    def most_resident_mb(self) -> float:
        """The most resident memory that it ever had."""
        return self._memory("VmHWM")

    def _memory(self, name: str) -> float:
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


class Stage:
    """Telegram's stand-in with the example town's staff and groups, a database, and a way to start what is measured."""

    def __init__(self, folder: Path, world: World, server: Server, core: int | None) -> None:
        """Use an empty *folder* that holds the database `town.db`."""
        self.folder, self.world, self.server, self.core = folder, world, server, core
        self.database = Database(sqlite_url(folder / "town.db"))
        self.town = Town(world, server, DemoClock(), self.database)
        self.town.settle_in(yaml.safe_load(TOWN_FILE.read_text()))

    def bot(self, **settings: str) -> Measured:
        """Return the bot, not started yet."""
        return self._process(self.folder / "town.db", **settings)

    def peer(self, module: str) -> Measured:
        """Return a peer, not started yet, with a database of its own."""
        process = self._process(self.folder / "peer.db")
        process.command = ("-m", module)
        return process

    def _process(self, file: Path, **settings: str) -> Measured:
        process = Measured(self.folder, api_url=self.server.url, database_url=sqlite_url(file), **settings)
        process.core = self.core
        return process


@asynccontextmanager
async def stage(town_file: Path, folder: Path) -> AsyncIterator[Stage]:
    """Set a stage in *folder*, which is empty before and after, on a copy of *town_file*."""
    shutil.copyfile(town_file, folder / "town.db")
    allowed = os.sched_getaffinity(0)
    ours, core = (min(allowed), max(allowed)) if len(allowed) > 1 else (None, None)
    world = World()
    async with serve(world) as server:
        if ours is not None:
            os.sched_setaffinity(0, {ours})
        found = Stage(folder, world, server, core)
        try:
            with _without_pauses():
                yield found
        finally:
            os.sched_setaffinity(0, allowed)
            await found.database.close()
    for name in os.listdir(folder):
        os.unlink(folder / name)


@contextmanager
def _without_pauses() -> Iterator[None]:
    """Keep this process, in which the stand-in is, from standing still for half a second to look for garbage.

    It holds all that the benchmarks import; a real server does not stop for that, and every call on its way waits.
    """
    usual = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*usual[:2], _SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


async def set_up_at_noon(file: Path) -> None:
    """Load the example town into a migrated SQLite file, in a time zone where it is about noon.

    At night reminders wait until the morning, and a benchmark may run at night.
    """
    now = datetime.now(UTC)
    west = now.hour - 12
    text = TOWN_FILE.read_text().replace("timezone: Europe/Amsterdam", f"timezone: Etc/GMT{west:+d}")
    found, lines = setup.parse(text)
    database = Database(sqlite_url(file))
    async with database.write(now) as work:
        await setup.load(work, found, lines, areas.builtin())
    await database.close()
