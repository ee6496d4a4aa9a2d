"""Everything that lives as long as the process, put together: bot, router, intake, polling, sender, schedule."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.routing import BaseRoute

import handlers
from bot.runtime.agenda import Agenda
from bot.runtime.answers import Answers
from bot.runtime.clock import Clock, DemoClock, SystemClock
from bot.runtime.eyes import DAILY_LOOK, Eyes, bring_back
from bot.runtime.handling import Doors, Handling
from bot.runtime.health import Health, Watch
from bot.runtime.intake import BATCH, Intake
from bot.runtime.introducing import StaffMenus, introduce
from bot.runtime.lease import Lease
from bot.runtime.limits import Limits
from bot.runtime.mailing import Mailer, MailServer
from bot.runtime.metrics import Metrics
from bot.runtime.polling import Polling
from bot.runtime.preparing import despite_database, despite_telegram
from bot.runtime.router import make_bot, make_router
from bot.runtime.schedule import Errand, Schedule
from bot.runtime.sender import Sender
from bot.runtime.translators import Translators
from bot.runtime.warming import warm_up
from bot.runtime.web import Web, WebAddress
from bot.services.schedule import CHORES, JOBS, Chore, Job
from handlers.routes import Route
from storage.engine import Database
from storage.models import Organisation
from storage.queries import intake as marks
from storage.queries.outbox import OutboxItem
from storage.work import Work

log = logging.getLogger(__name__)

_LOOK_AGAIN_S = 1.0
_MENUS_EVERY_S = 60.0
#: Longer than SQLite waits for another program's lock (seconds).
_PATIENCE_S = 15.0
_MARK, _RUNNING, _STOPPED = "run", "running", "stopped"


@dataclass(frozen=True)
class Config:
    """What the app needs to be told; `bot.settings` says where it comes from. Times in seconds."""

    token: str
    api_url: str = "https://api.telegram.org"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Amsterdam"))
    poll_timeout: float = 30.0
    read_timeout: float = 20.0
    introduce: bool = True
    mail: MailServer | None = None
    web: WebAddress | None = None


class App:
    """The whole bot on one database: `start`, then `stop`. `routes`, `jobs` and `chores` default to the real ones."""

    def __init__(
        self,
        config: Config,
        database: Database,
        *,
        clock: Clock | None = None,
        limits: Limits | None = None,
        routes: Sequence[Route] | None = None,
        jobs: Sequence[Job] = JOBS,
        chores: Sequence[Chore] = CHORES,
        stopping: asyncio.Event | None = None,
    ) -> None:
        """Put together what needs no network and no database yet; *stopping* ends every wait of `start`."""
        self.config, self.database = config, database
        self.clock = clock or SystemClock()
        self.translators = Translators(config.zone)
        self.bot = make_bot(config.token, config.api_url, read_timeout=config.read_timeout)
        self.answers = Answers(self.bot)
        follow = Job("organisation", timedelta(minutes=1), self._follow_organisation)
        self.metrics = Metrics()
        self._database_watch, self._telegram_watch = Watch(patience=_PATIENCE_S), Watch()
        self._lease = Lease(database, self.clock, self._database_watch)
        self.schedule = Schedule(
            database,
            self.clock,
            lambda: self.translators.zone,
            jobs=[*jobs, follow],
            chores=chores,
            errands=[Errand(DAILY_LOOK, bring_back, Eyes(database, self.clock, lambda: self.bot).look)],
            may_run=lambda: self._lease.sure,
        )
        self._limits = limits or Limits()
        self._routes = routes
        self._stopping = stopping or asyncio.Event()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._introducing: asyncio.Task[None] | None = None
        self.intake: Intake
        self.polling: Polling
        self.sender: Sender
        self.mailer: Mailer
        self.web: Web | None = None
        self.started = False

    # -- living -------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Take the lease, meet Telegram, begin. Waits, one line each time, while Telegram or the database is away.

        `TakenError` when another process runs on this database, `AddressTakenError` when something else answers where
        our web server should. Returns early when `stop` was called meanwhile.
        """
        await despite_database(self._lease.take, self._stopping)
        self._open_web()
        self._run("lease", self._lease.keep())
        await asyncio.gather(asyncio.to_thread(warm_up, self.translators), self._meet_telegram())
        careful = await despite_database(self._mark_start, self._stopping)
        await self._until_set_up()
        if self._stopping.is_set():
            return
        router = await make_router(self.bot, handlers.routes() if self._routes is None else self._routes)
        doors = Doors(
            router.process_update,
            self.answers.give,
            self.translators,
            self.bot.username,
            mail=bool(self.config.mail),
            web=self.config.web.url if self.config.web else "",
        )
        self.intake = Intake(Handling(self.database, self.clock, doors, self.metrics), careful=careful or 0)
        self.polling = Polling(
            self.bot,
            self.intake,
            timeout=self.config.poll_timeout,
            may_ask=lambda: self._lease.sure,
            watch=self._telegram_watch,
        )
        self.sender = Sender(
            database=self.database,
            bot=self.bot,
            clock=self.clock,
            limits=self._limits,
            translators=self.translators,
            bot_username=self.bot.username,
            may_send=lambda: self._lease.sure,
            metrics=self.metrics,
        )
        self.mailer = Mailer(
            database=self.database,
            bot=self.bot,
            clock=self.clock,
            translators=self.translators,
            server=self.config.mail,
            may_send=lambda: self._lease.sure,
            metrics=self.metrics,
        )
        self.database.on_outbox = self._written
        self._run("sender", self.sender.run())
        self._run("mailer", self.mailer.run())
        self._run("intake", self.intake.run())
        self._run("polling", self.polling.run())
        self.schedule.start()
        if self.config.introduce:
            self._introducing = asyncio.create_task(self._introduce(), name="introducing")
        self.started = True
        log.info("started", extra={"bot": self.bot.username, "after_unclean_stop": bool(careful)})

    async def broken(self) -> str:
        """Wait until a part ends although nobody stopped it; return its name."""
        done, _ = await asyncio.wait(self._tasks.values(), return_when=asyncio.FIRST_COMPLETED)
        name = next(name for name, task in self._tasks.items() if task in done)
        error = None if self._tasks[name].cancelled() else self._tasks[name].exception()
        log.critical("a part of the bot ended", exc_info=error, extra={"part": name})
        return name

    def begin_stop(self) -> None:
        """End every wait for Telegram or the database; safe to call at any moment, more than once."""
        self._stopping.set()

    async def stop(self, *, grace: float = 8.0) -> None:
        """Stop polling, finish the batch in hand and the messages in flight within *grace* seconds, and close."""
        self.begin_stop()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + grace
        if self.web is not None:
            await self.web.stop(0.2 * grace)
        if "polling" in self._tasks:
            self.polling.stop()
            self.intake.stop()
            await asyncio.wait({self._tasks["intake"], self._tasks["polling"]}, timeout=0.5 * grace)
            await self.schedule.stop(max(0.1, 0.5 * (deadline - loop.time())))
            await self.mailer.stop(max(0.1, 0.3 * (deadline - loop.time())))
            await self.sender.stop(max(0.1, 0.7 * (deadline - loop.time())))
            await self.answers.stop(max(0.1, 0.7 * (deadline - loop.time())))
        tasks = [*self._tasks.values(), *([self._introducing] if self._introducing else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._mark_stop(max(0.5, deadline - loop.time()))
        await self.bot.shutdown()
        await self.database.close()

    # -- waiting ------------------------------------------------------------------------------------------------

    async def settled(self) -> None:
        """Return when no update is in hand, no tap unanswered, and nothing that is due unsent."""
        while True:
            await self.intake.idle()
            await self.answers.idle()
            await self.mailer.idle()
            await self.sender.idle()
            if not self.intake.busy:
                return

    async def advance(self, to: datetime) -> None:
        """Move the clock, which must be a `DemoClock`, to *to*, doing on the way all that is planned."""
        if not isinstance(self.clock, DemoClock):
            raise TypeError("only a demo's clock can be moved")
        await self._do_all()
        await self.clock.advance(to, next_due=self._next_due, settle=self._do_due)
        await self._do_all()

    async def _next_due(self) -> datetime | None:
        found = [await self.sender.next_due(), await self.mailer.next_due(), await self.schedule.next_due()]
        return min((due for due in found if due is not None), default=None)

    async def _do_due(self) -> None:
        await self.schedule.run_due()
        await self.settled()

    async def _do_all(self) -> None:
        await self.schedule.run_all()
        await self.settled()

    # -- starting and stopping ----------------------------------------------------------------------------------

    def web_routes(self) -> list[BaseRoute]:
        """Return all that the bot answers on the web; every module of routes is named here."""
        agenda = Agenda(self.database, self.clock, self.translators, lambda: self.bot.username if self.started else "")
        parts = {
            "database": [self._database_watch.failing, lambda: self.intake.failing() if self.started else 0.0],
            "telegram": [self._telegram_watch.failing],
        }
        health = Health(self.database, self.clock, self.metrics, parts, started=lambda: self.started)
        return [*health.routes(), *agenda.routes()]

    def _open_web(self) -> None:
        """Begin to answer on the web, when there is a port to listen at: who watches sees what we wait for."""
        if self.config.web is not None and self.config.web.port is not None and not self._stopping.is_set():
            self.web = Web(self.config.web, self.web_routes())
            self.web.bind()
            self._run("web", self.web.run())

    def _written(self, items: Sequence[OutboxItem]) -> None:
        self.sender.push(items)
        self.mailer.push(items)

    def _run(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._tasks[name] = asyncio.create_task(work, name=name)

    async def _meet_telegram(self) -> None:
        await despite_telegram(self.bot.initialize, self._stopping, self._telegram_watch)
        if self.config.introduce:
            await despite_telegram(self.bot.delete_webhook, self._stopping, self._telegram_watch)

    async def _introduce(self) -> None:
        """Tell Telegram our commands, and staff theirs as roles change, beside everything else: nobody waits for it."""
        await despite_telegram(lambda: introduce(self.bot, self.translators), self._stopping)
        menus = StaffMenus(self.bot, self.translators, self.database)
        while not self._stopping.is_set():
            await menus.tell()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _MENUS_EVERY_S)

    async def _until_set_up(self) -> None:
        """Wait for the set-up file, since without one nobody can be answered; Telegram keeps the messages meanwhile."""
        told = False
        while not self._stopping.is_set() and not await despite_database(self._is_set_up, self._stopping):
            if not told:
                log.warning("nothing is set up yet: run `buurtbode setup FILE`; waiting for it")
            told = True
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _LOOK_AGAIN_S)

    async def _is_set_up(self) -> bool:
        async with self.database.read(self.clock.now()) as work:
            await self._follow_organisation(work)
            return self.translators.is_set_up

    async def _mark_start(self) -> int:
        """Note that the process runs; return how many updates to run carefully, since the last run was not stopped."""
        async with self.database.write(self.clock.now()) as work:
            before = await marks.marked(work.session, _MARK)
            await marks.mark(work.session, _MARK, _RUNNING, now=work.now)
        return BATCH if before == _RUNNING else 0

    async def _mark_stop(self, seconds: float) -> None:
        """Note a clean stop and give the lease back, if the database lets us within *seconds*."""
        try:
            async with asyncio.timeout(seconds):
                if "polling" in self._tasks:
                    async with self.database.write(self.clock.now()) as work:
                        await marks.mark(work.session, _MARK, _STOPPED, now=work.now)
                await self._lease.release()
        except Exception as error:
            log.warning("clean stop not noted", extra={"why": type(error).__name__})

    async def _follow_organisation(self, work: Work) -> None:
        self.translators.follow(await work.session.get(Organisation, 1))
