"""Running the jobs and chores of `bot.services.schedule`: APScheduler ticks, each run is a transaction."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.runtime.clock import Clock
from bot.services import schedule
from bot.services.schedule import Chore, Job, Run
from storage.engine import Database
from storage.failures import is_database_failure
from storage.work import Work

log = logging.getLogger(__name__)
T = TypeVar("T")

_CHORES_EVERY = timedelta(seconds=20)
#: A job that says "there is more" so often in one run is wrong, or has a backlog that can wait for its next run.
_MOST_ROUNDS = 1_000


class Schedule:
    """All jobs and chores of the process. `zone` is asked at each run, since the set-up file may change it."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        zone: Callable[[], ZoneInfo],
        *,
        jobs: Sequence[Job] | None = None,
        chores: Sequence[Chore] | None = None,
        may_run: Callable[[], bool] = lambda: True,
    ) -> None:
        """Run the registered jobs and chores, or those given, as long as *may_run* says so."""
        self._may_run = may_run
        self._database, self._clock, self._zone = database, clock, zone
        self._jobs = schedule.JOBS if jobs is None else jobs
        self._chores = schedule.CHORES if chores is None else chores
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._running: set[asyncio.Task[object]] = set()
        self._one_at_a_time = asyncio.Lock()

    def start(self) -> None:
        """Begin to tick."""
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        for job in self._jobs:
            seconds = job.every.total_seconds()
            self._scheduler.add_job(self._tick, "interval", [[job], []], seconds=seconds, id=job.name, **options)
        seconds = _CHORES_EVERY.total_seconds()
        self._scheduler.add_job(self._tick, "interval", [[], self._chores], seconds=seconds, id="chores", **options)
        self._scheduler.start()

    async def stop(self, grace: float) -> None:
        """Begin nothing more; wait up to *grace* seconds for what runs."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._running:
            _, late = await asyncio.wait(set(self._running), timeout=grace)
            for task in late:
                task.cancel()

    async def run_all(self) -> None:
        """Run every job and every chore that is due once, as a demo's moved clock asks."""
        await self._tick(self._jobs, self._chores)

    async def next_due(self) -> datetime | None:
        """Return when the next job or chore will have something to do, as far as they can tell (UTC)."""
        async with self._database.read(self._clock.now()) as work:
            found = [await job.next_due(work) for job in self._jobs if job.next_due is not None]
            found += [await schedule.chore_due(work, chore) for chore in self._chores]
        return min((due for due in found if due is not None and due > work.now), default=None)

    async def _tick(self, jobs: Iterable[Job], chores: Iterable[Chore]) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._running.add(task)
        try:
            async with self._one_at_a_time:
                runs = [(job.name, job.run) for job in jobs]
                runs += [(chore.name, self._chore(chore)) for chore in chores]
                for name, run in runs:
                    if self._may_run():
                        await self._run(name, run)
        finally:
            if task is not None:
                self._running.discard(task)

    def _chore(self, chore: Chore) -> Run:
        async def run(work: Work) -> None:
            await schedule.do_chore(work, chore, self._zone())

        return run

    async def _run(self, name: str, run: Run) -> None:
        """Run one job until it says that it is done; its failure is logged and harms no other."""
        try:
            for _ in range(_MOST_ROUNDS):
                async with self._database.write(self._clock.now()) as work:
                    more = await run(work)
                if not more:
                    return
        except Exception as error:
            if is_database_failure(error):
                log.warning("job put off: the database failed", extra={"job": name, "why": type(error).__name__})
            else:
                log.exception("job failed", extra={"job": name})
