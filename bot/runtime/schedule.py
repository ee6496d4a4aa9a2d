"""Running the jobs and chores of `bot.services.schedule`: APScheduler ticks, each run is a transaction."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.runtime.clock import LONGEST_STEP, Clock
from bot.runtime.complaints import Complaint
from bot.services import schedule
from bot.services.schedule import Chore, Job, Run, Study
from storage.engine import Database
from storage.failures import is_database_failure, why
from storage.work import Work

log = logging.getLogger(__name__)

_CHORES_EVERY = timedelta(seconds=20)
#: How often (seconds) we look whether the clock was put back, and by how much (seconds) it must be to matter.
_CLOCK_EVERY_S, _SETBACK_S = 5.0, 1.0
#: A job that says "there is more" so often in one run is wrong, or has a backlog that can wait for its next run.
_MOST_ROUNDS = 1_000
#: A moved clock stops again so soon for what should be done already but is not.
_OVERDUE_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Errand:
    """Something that asks the network at a local wall time.

    `run` is done in the transaction that notes that the time has come; then `go`, which opens its own transactions
    and none while it asks.
    """

    chore: Chore
    run: Run
    go: Callable[[], Awaitable[None]]


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
        errands: Sequence[Errand] = (),
        may_run: Callable[[], bool] = lambda: True,
    ) -> None:
        """Run the registered jobs and chores, or those given, and *errands*, as long as *may_run* says so."""
        self._may_run = may_run
        self._database, self._clock, self._zone = database, clock, zone
        self._jobs = schedule.JOBS if jobs is None else jobs
        self._chores = schedule.CHORES if chores is None else chores
        self._errands = errands
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._watching: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[object]] = set()
        self._planned: dict[str, datetime | None] = {}
        self._looked = clock.now()
        self._one_at_a_time = asyncio.Lock()
        self._complaint = Complaint(log, "job put off: the database failed", over="jobs run again")

    def start(self) -> None:
        """Begin to tick."""
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        for job in self._jobs:
            seconds = job.every.total_seconds()
            self._scheduler.add_job(self._tick, "interval", [[job]], seconds=seconds, id=job.name, **options)
        seconds = _CHORES_EVERY.total_seconds()
        self._scheduler.add_job(
            self._tick, "interval", [[], self._chores, self._errands], seconds=seconds, id="chores", **options
        )
        self._scheduler.start()
        self._watching = asyncio.create_task(self._watch_clock(), name="clock")

    async def _watch_clock(self) -> None:
        """Have the jobs tick on when the clock is put back: APScheduler waits for the times that it planned by it."""
        while True:
            ahead = self._clock.now().timestamp() - time.monotonic()
            await asyncio.sleep(_CLOCK_EVERY_S)
            if (back := ahead - self._clock.now().timestamp() + time.monotonic()) > _SETBACK_S:
                log.warning("the clock was put back; jobs tick on", extra={"seconds": round(back, 1)})
                for job in self._scheduler.get_jobs():
                    job.reschedule("interval", seconds=job.trigger.interval.total_seconds())

    async def stop(self, grace: float) -> None:
        """Begin nothing more; wait up to *grace* seconds for what runs, and cut off the rest."""
        self._may_run = lambda: False
        if self._scheduler.running:
            self._scheduler.pause()
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait({self._watching})
        if self._running:
            await asyncio.wait(set(self._running), timeout=grace)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)  # it cuts off what it began

    async def run_all(self) -> None:
        """Run every job and every chore that is due once, before and after a demo's clock is moved."""
        self._looked = self._clock.now()
        await self._tick(self._jobs, self._chores, self._errands)

    async def run_due(self) -> None:
        """Run what the last `next_due` found for a time that has come; at each longest step all jobs."""
        if self._clock.now() - self._looked >= LONGEST_STEP:
            await self.run_all()
            return
        jobs = [job for job in self._jobs if self._has_come(job.name)]
        chores = [chore for chore in self._chores if self._has_come(chore.name)]
        await self._tick(jobs, chores, [errand for errand in self._errands if self._has_come(errand.chore.name)])

    def _has_come(self, name: str) -> bool:
        due = self._planned.get(name)
        return due is not None and due <= self._clock.now()

    async def next_due(self) -> datetime | None:
        """Return when the next job or chore will have something to do, as far as they can tell (UTC)."""
        async with self._database.read(self._clock.now()) as work:
            found = {job.name: await job.next_due(work) for job in self._jobs if job.next_due is not None}
            for chore in [*self._chores, *(errand.chore for errand in self._errands)]:
                found[chore.name] = await schedule.chore_due(work, chore)
        again = work.now + _OVERDUE_AGAIN
        self._planned = {name: again if due is not None and due <= work.now else due for name, due in found.items()}
        return min((due for due in self._planned.values() if due is not None), default=None)

    async def _tick(self, jobs: Iterable[Job], chores: Iterable[Chore] = (), errands: Iterable[Errand] = ()) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._running.add(task)
        try:
            acts = [(job.name, partial(self._do_job, job)) for job in jobs]
            acts += [(chore.name, partial(self._do_chore, chore)) for chore in chores]
            acts += [(errand.chore.name, partial(self._do_errand, errand)) for errand in errands]
            for name, act in acts:
                if self._may_run():
                    await self._try(name, act)
        finally:
            if task is not None:
                self._running.discard(task)

    async def _do_job(self, job: Job) -> None:
        """Run *job* until it says that it is done; between two rounds other jobs have their turn."""
        for _ in range(_MOST_ROUNDS):
            async with self._one_at_a_time:
                if not self._may_run() or not await self._round(job):
                    return

    async def _round(self, job: Job) -> bool | None:
        async with self._database.write(self._clock.now()) as work:
            return await job.run(work)

    async def _do_chore(self, chore: Chore) -> None:
        async with self._one_at_a_time:
            if self._may_run():
                await self._chore(chore)

    async def _chore(self, chore: Chore) -> None:
        run = await self._study(chore, chore.run) if isinstance(chore.run, Study) else chore.run
        async with self._database.write(self._clock.now()) as work:
            await schedule.do_chore(work, chore, self._zone(), run)

    async def _do_errand(self, errand: Errand) -> None:
        """Do an errand whose time has come: noted in a transaction, done outside of it."""
        async with self._one_at_a_time:
            if not self._may_run():
                return
            async with self._database.write(self._clock.now()) as work:
                came = await schedule.do_chore(work, errand.chore, self._zone(), errand.run)
        if came:
            await errand.go()

    async def _study(self, chore: Chore, study: Study) -> Run:
        """Read and think for *chore* when it is due; return what is left to do in its transaction."""
        async with self._database.read(self._clock.now()) as work:
            due = await schedule.chore_due(work, chore)
            if due is None or due > work.now:
                return _nothing
            found = await study.gather(work)
        thought = await asyncio.to_thread(study.think, found)

        async def keep(work: Work) -> None:
            await study.keep(work, thought)

        return keep

    async def _try(self, name: str, act: Callable[[], Awaitable[None]]) -> None:
        """Do one job or chore; its failure is logged and harms no other."""
        try:
            await act()
        except Exception as error:
            if is_database_failure(error):
                self._complaint.about(job=name, why=why(error))
            else:
                log.exception("job failed", extra={"job": name})
        else:
            self._complaint.end()


async def _nothing(_work: Work) -> None:
    """Do nothing: the time has not come."""
