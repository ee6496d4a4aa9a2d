"""This process's turns: it has the duty while the lease is its own, and stands by while it is another's."""

import asyncio
import logging

from bot.runtime.config import Kit
from bot.runtime.duty import Duty, Plan
from bot.runtime.health import Watch
from bot.runtime.intake import BATCH
from bot.runtime.lease import Lease
from bot.runtime.preparing import despite_database
from bot.runtime.router import Router
from bot.runtime.tasks import Tasks
from storage.queries import intake as marks

log = logging.getLogger(__name__)

#: What is in hand gets so long (seconds) when another process took over.
_HANDING_OVER_S = 5.0
_MARK, _RUNNING, _STOPPED = "run", "running", "stopped"


class Turns:
    """The lease, and the duty while it is ours. *stopping* ends the waits for database and Telegram."""

    def __init__(self, kit: Kit, plan: Plan, tasks: Tasks, stopping: asyncio.Event, database: Watch) -> None:
        """Want the duty; *database* hears whether it can be written to."""
        self._kit, self._plan, self._tasks, self._stopping = kit, plan, tasks, stopping
        self._lease = Lease(kit.database, kit.clock, database)
        self._router: Router
        self._telegram: Watch
        self.duty: Duty | None = None

    def __str__(self) -> str:
        """What this process has to do now, for who watches it; in doubt, it begins nothing."""
        if self.duty is None:
            return "standing by"
        return "on" if self._lease.sure else "in doubt"

    async def hold_file(self) -> None:
        """Of an SQLite file, which one process serves, take the lease now; TakenError when another one serves it."""
        if self._kit.database.is_sqlite:
            await despite_database(self._lease.take, self._stopping)
            self._tasks.run("lease", self._lease.keep())

    async def begin(self, router: Router, telegram: Watch) -> int:
        """Take the duty if nobody has it, else stand by; return how many updates to run carefully."""
        self._router, self._telegram = router, telegram
        careful = 0
        if not self._kit.database.is_sqlite:
            await despite_database(self._lease.attempt, self._stopping)
            self._tasks.run("lease", self._lease.keep())
        if self._lease.mine:
            careful = await self._begin_duty()
        elif not self._stopping.is_set():
            log.info("another process serves this database; standing by")
        self._tasks.run("turns", self._take_turns())
        return careful

    async def end(self, seconds: float) -> bool:
        """Take no turn any more and finish what is in hand within *seconds*; return whether it was our turn."""
        await self._tasks.drop("turns")
        was_ours = self.duty is not None
        await self._end_duty(seconds)
        return was_ours

    async def give_back(self, *, was_ours: bool) -> None:
        """Note a clean stop, and let the next process begin at once."""
        if was_ours and not self._kit.config.webhook:
            async with self._kit.database.write(self._kit.clock.now()) as work:
                await marks.mark(work.session, _MARK, _STOPPED, now=work.now)
        await self._lease.release()

    async def _take_turns(self) -> None:
        """Begin and end the duty as the lease comes and goes; an SQLite file is left to who took it."""
        while True:
            await self._lease.turned.wait()
            self._lease.turned.clear()
            if self._lease.mine and self.duty is None:
                careful = await self._begin_duty()
                log.info("took over", extra={"after_unclean_stop": bool(careful)})
            elif not self._lease.mine and self.duty is not None:
                log.error("another process took over")
                await self._end_duty(_HANDING_OVER_S)
                if self._kit.database.is_sqlite:
                    return

    async def _begin_duty(self) -> int:
        careful = 0
        if not self._kit.config.webhook:
            careful = await despite_database(self._mark_start, self._stopping) or 0
        self.duty = Duty(self._kit, self._lease, self._plan, self._telegram, self._router, careful=careful)
        self.duty.begin(self._tasks, self._stopping)
        self._kit.metrics.show_duty(True)
        return careful

    async def _end_duty(self, seconds: float) -> None:
        if self.duty is not None:
            await self.duty.end(self._tasks, grace=seconds)
            self.duty = None
            self._kit.metrics.show_duty(False)

    async def _mark_start(self) -> int:
        """Note that somebody polls; return how many updates to run carefully, since the last one was not stopped."""
        async with self._kit.database.write(self._kit.clock.now()) as work:
            before = await marks.marked(work.session, _MARK)
            await marks.mark(work.session, _MARK, _RUNNING, now=work.now)
        return BATCH if before == _RUNNING else 0
