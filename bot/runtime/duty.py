"""What exactly one process does at a time: say what there is to say, do what is planned, see to it that updates come.

The process that holds the lease has the duty; it ends when the lease is lost, and begins anew elsewhere.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.runtime.config import Kit
from bot.runtime.eyes import DAILY_LOOK, Eyes, bring_back
from bot.runtime.front import Front
from bot.runtime.health import Watch
from bot.runtime.introducing import StaffMenus, introduce
from bot.runtime.lease import Lease
from bot.runtime.limits import Limits
from bot.runtime.mailing import Mailer
from bot.runtime.polling import Polling
from bot.runtime.preparing import despite_telegram
from bot.runtime.router import Router
from bot.runtime.schedule import Errand, Schedule
from bot.runtime.sender import Sender
from bot.runtime.tasks import Tasks
from bot.runtime.webhook import Hook
from bot.services.schedule import Chore, Job
from storage.failures import is_database_failure
from storage.queries.outbox import OutboxItem

_MENUS_EVERY_S = 60.0
_HEAR_AGAIN_S = 2.0
_PARTS = ("sender", "mailer", "polling", "hook", "introducing", "hearing")


@dataclass(frozen=True)
class Plan:
    """What the schedule does, and how much may be sent."""

    limits: Limits
    jobs: Sequence[Job]
    chores: Sequence[Chore]


class Duty:
    """Sender, mailer, schedule; and polling with the front behind it, or the registration of the webhook."""

    def __init__(
        self, kit: Kit, lease: Lease, plan: Plan, telegram: Watch, router: Router, *, careful: int = 0
    ) -> None:
        """Put the parts together; each begins something only while the lease is sure.

        *telegram* hears whether Telegram answers; *careful* is how many updates run one by one.
        """
        self._kit, self._telegram = kit, telegram
        self.front = None if kit.config.webhook else Front(kit, router, careful=careful)
        database, clock, bot = kit.database, kit.clock, kit.bot
        may = lambda: lease.sure  # noqa: E731 one question, asked by all parts
        self.polling = (
            Polling(
                bot,
                self.front.intake,
                timeout=kit.config.poll_timeout,
                patience=kit.config.read_timeout,
                may_ask=may,
                watch=telegram,
            )
            if self.front is not None
            else None
        )
        self.sender = Sender(
            database=database,
            bot=bot,
            clock=clock,
            limits=plan.limits,
            translators=kit.translators,
            bot_username=bot.username,
            may_send=may,
            metrics=kit.metrics,
        )
        self.mailer = Mailer(
            database=database,
            bot=bot,
            clock=clock,
            translators=kit.translators,
            server=kit.config.mail,
            may_send=may,
            metrics=kit.metrics,
        )
        self.schedule = Schedule(
            database,
            clock,
            lambda: kit.translators.zone,
            jobs=plan.jobs,
            chores=plan.chores,
            errands=[Errand(DAILY_LOOK, bring_back, Eyes(database, clock, lambda: bot).look)],
            may_run=may,
        )

    def begin(self, tasks: Tasks, stopping: asyncio.Event) -> None:
        """Begin with everything; *stopping* ends the waits for Telegram."""
        self._kit.database.on_outbox = self._written
        tasks.run("sender", self.sender.run())
        tasks.run("mailer", self.mailer.run())
        if not self._kit.database.is_sqlite:
            tasks.run("hearing", self._hear())
        if self.polling is not None and self.front is not None:
            self.front.begin(tasks)
            tasks.run("polling", self._poll(self.polling, stopping))
        elif self._kit.config.web is not None:
            hook = Hook(self._kit.bot, self._kit.config.web.url, self._kit.config.token, self._kit.metrics)
            tasks.run("hook", hook.keep(stopping, self._telegram))
        self.schedule.start()
        if self._kit.config.introduce:
            tasks.run("introducing", self._introduce(stopping))

    async def end(self, tasks: Tasks, *, grace: float) -> None:
        """Begin nothing more; finish what is in hand within *grace* seconds, and cut off the rest."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + grace
        tasks.dismiss(*_PARTS)
        if self.polling is not None and self.front is not None:
            self.polling.stop()
            await self.front.end(tasks, seconds=0.5 * grace)
        await self.schedule.stop(max(0.1, 0.5 * (deadline - loop.time())))
        await self.mailer.stop(max(0.1, 0.3 * (deadline - loop.time())))
        await self.sender.stop(max(0.1, 0.7 * (deadline - loop.time())))
        self._kit.database.on_outbox = None
        await tasks.drop(*_PARTS)

    async def idle(self) -> None:
        """Wait until nothing that is due is unsent."""
        await self.mailer.idle()
        await self.sender.idle()

    async def next_due(self) -> datetime | None:
        """Return when the next thing is planned (UTC)."""
        found = [await self.sender.next_due(), await self.mailer.next_due(), await self.schedule.next_due()]
        return min((due for due in found if due is not None), default=None)

    def _written(self, items: Sequence[OutboxItem]) -> None:
        self.sender.push(items)
        self.mailer.push(items)

    async def _poll(self, polling: Polling, stopping: asyncio.Event) -> None:
        """Ask for updates; a webhook that was set before would keep them from us."""
        if self._kit.config.introduce:
            await despite_telegram(self._kit.bot.delete_webhook, stopping, self._telegram)
        await polling.run()

    async def _hear(self) -> None:
        """Hear at once what other processes wrote; while that fails, the sender finds it a little later by itself."""
        while True:
            try:
                await self._kit.database.hear(self.sender.look)
            except Exception as error:
                if not is_database_failure(error) and not isinstance(error, OSError):
                    raise
            await asyncio.sleep(_HEAR_AGAIN_S)

    async def _introduce(self, stopping: asyncio.Event) -> None:
        """Tell Telegram our commands, and staff theirs as roles change, beside everything else: nobody waits for it."""
        await despite_telegram(lambda: introduce(self._kit.bot, self._kit.translators), stopping)
        menus = StaffMenus(self._kit.bot, self._kit.translators, self._kit.database)
        while not stopping.is_set():
            await menus.tell()
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), _MENUS_EVERY_S)
