"""Intake: from the first update served to the last one committed, for the bot and for a peer."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.demo.telegram import Change, World
from tests.benchmarks.residents import check_reports, move_in, type_all
from tests.benchmarks.running import PATIENCE_S, Measured, Stage

#: Nothing is sent: one message, and then not for a day. What is said waits in the outbox.
SILENT = {"limit_overall": "1/86400"}


@dataclass(frozen=True)
class Run:
    """How it went: updates, seconds from the first served to the last committed, and the process's use meanwhile."""

    updates: int
    seconds: float
    cpu_seconds: float
    most_resident_mb: float

    @property
    def per_second(self) -> float:
        """Updates per second."""
        return self.updates / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Processor time per update (milliseconds)."""
        return 1000 * self.cpu_seconds / self.updates


async def bot_run(stage: Stage, residents: int, **settings: str) -> Run:
    """Have *residents* tell a report each to the bot; checks that each report is in the database as it was told.

    The bot asks on only when all that it was given is committed: asking for what comes after the last update ends it.
    """
    people = move_in(stage.world, residents)
    updates = await type_all(people)
    run = await _timed(stage, stage.bot(**settings), updates, lambda: not stage.world.updates.pending)
    async with stage.database.read(stage.world.now()) as work:
        await check_reports(work, people)
    return run


async def peer_run(stage: Stage, module: str, residents: int) -> Run:
    """Have a peer store the same updates; it answers each when it has committed it, so its last answer ends it."""
    updates = await type_all(move_in(stage.world, residents))
    said = stage.world.calls.total
    return await _timed(stage, stage.peer(module), updates, lambda: said["sendMessage"] >= updates)


async def _timed(stage: Stage, process: Measured, updates: int, ended: Callable[[], bool]) -> Run:
    world = stage.world
    begun = _Begun(world, process)
    async with process:
        await process.start()
        await begun.wait()
        await world.until(ended, timeout=PATIENCE_S, what="all updates are committed")
        seconds = time.monotonic() - begun.at
        cpu = process.cpu_seconds - begun.cpu
        most = process.most_resident_mb
    return Run(updates, seconds, cpu, most)


class _Begun:
    """Notes when the first updates were served, and what the process had used by then."""

    def __init__(self, world: World, process: Measured) -> None:
        self._process, self._served = process, asyncio.Event()
        self.at = self.cpu = 0.0
        self._stop = world.on_change(self._look)

    def _look(self, change: Change) -> None:
        call = change.call
        if call is not None and call.method == "getUpdates" and call.result:
            self.at, self.cpu = call.monotonic, self._process.cpu_seconds
            self._served.set()
            self._stop()

    async def wait(self) -> None:
        async with asyncio.timeout(PATIENCE_S):
            await self._served.wait()
