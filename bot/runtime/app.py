"""The whole process, put together: what it takes in, what it has the duty to do, and what it answers on the web."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from starlette.routing import BaseRoute

import handlers
from bot.runtime.agenda import Agenda
from bot.runtime.clock import Clock, DemoClock, SystemClock
from bot.runtime.config import Config, Kit
from bot.runtime.duty import Duty, Plan
from bot.runtime.front import Front
from bot.runtime.health import Health, Watch
from bot.runtime.intake import BATCH, Intake
from bot.runtime.lease import MovedError, door_lease, doors_left_behind, is_being_moved
from bot.runtime.limits import Limits
from bot.runtime.metrics import Metrics
from bot.runtime.polling import Polling
from bot.runtime.preparing import despite_database, despite_telegram
from bot.runtime.role import Role
from bot.runtime.router import Router, make_bot, make_router
from bot.runtime.sender import Sender
from bot.runtime.tasks import Tasks
from bot.runtime.translators import Translators
from bot.runtime.turns import Turns
from bot.runtime.warming import warm_up
from bot.runtime.web import Web
from bot.runtime.webhook import Door
from bot.services.schedule import CHORES, JOBS, Chore, Job
from handlers.routes import Route
from storage.engine import Database
from storage.failures import is_database_failure
from storage.models import Organisation

__all__ = ["App", "Config"]

log = logging.getLogger(__name__)
T = TypeVar("T")

_LOOK_AGAIN_S = 1.0
_FOLLOW_EVERY_S = 60.0
#: Longer than SQLite waits for another program's lock (seconds).
_PATIENCE_S = 15.0


class App:
    """One process of the bot on one database: `start`, then `stop`. `routes`, `jobs` and `chores` default to all."""

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
        self.metrics = Metrics()
        self._kit = Kit(config, database, self.clock, self.bot, self.translators, self.metrics)
        self._stopping = stopping or asyncio.Event()
        self._tasks = Tasks()
        self._duty_watch, self._door_watch = Watch(patience=_PATIENCE_S), Watch(patience=_PATIENCE_S)
        self._telegram_watch = Watch()
        plan = Plan(limits or Limits(), jobs, chores)
        self._turns = Turns(self._kit, plan, self._tasks, self._stopping, self._duty_watch)
        self._door = door_lease(database, self.clock, self._door_watch)
        self._front: Front | None = None
        self._routes = routes
        self.web: Web | None = None
        self.started = False

    # -- living -------------------------------------------------------------------------------------------------

    def listen(self) -> None:
        """Begin to answer on the web, when there is a port to listen at: who watches sees what we wait for.

        `AddressTakenError` when something else answers there.
        """
        web = self.config.web
        if self.web is None and web is not None and web.port is not None and not self._stopping.is_set():
            self.web = Web(web, self.web_routes())
            self.web.bind()
            self._tasks.run("web", self.web.run())

    async def start(self) -> None:
        """Meet Telegram, open the door if there is one, and take the duty or stand by for it.

        Waits, one line each time, while Telegram or the database is away. `TakenError` when another process serves
        this SQLite file, `MovedError` while a database is copied elsewhere, else `AddressTakenError` as `listen`.
        Returns early when `stop` was called meanwhile.
        """
        await self._turns.hold_file()
        self.listen()
        await despite_database(self._refuse_if_moved, self._stopping)
        await asyncio.gather(
            asyncio.to_thread(warm_up, self.translators),
            despite_telegram(self.bot.initialize, self._stopping, self._telegram_watch),
        )
        await self._until_set_up()
        if self._stopping.is_set():
            return
        router = await make_router(self.bot, handlers.routes() if self._routes is None else self._routes)
        careful = await self._open_door(router) if self.config.has_door else 0
        if self.config.seeks_duty and not self._stopping.is_set():
            careful += await self._turns.begin(router, self._telegram_watch)
        if self._stopping.is_set():
            return
        self._tasks.run("organisation", self._keep_following())
        self.started = True
        fields = {"bot": self.bot.username, "role": self.config.role.value, "after_unclean_stop": bool(careful)}
        log.info("started", extra=fields)

    async def broken(self) -> str:
        """Wait until a part ends although nobody stopped it; return its name."""
        name, error = await self._tasks.broken()
        log.critical("a part of the bot ended", exc_info=error, extra={"part": name})
        return name

    def begin_stop(self) -> None:
        """End every wait for Telegram or the database; safe to call at any moment, more than once."""
        self._stopping.set()

    async def stop(self, *, grace: float = 8.0) -> None:
        """Take in nothing more, finish what is in hand and in flight within *grace* seconds, and close."""
        self.begin_stop()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + grace
        self._tasks.dismiss()
        # At the same time: who waits at the door hears what became of it before the web server ends.
        await asyncio.gather(self._close_door(0.2 * grace), self._close_web(0.2 * grace))
        was_ours = await self._turns.end(deadline - loop.time())
        await self._tasks.drop()
        await self._note_stop(max(0.5, deadline - loop.time()), was_ours=was_ours)
        await self.bot.shutdown()
        await self.database.close()

    # -- what there is now --------------------------------------------------------------------------------------

    @property
    def front(self) -> Front | None:
        """Where updates are taken in; None while this process takes in none."""
        if self._front is not None:
            return self._front
        return self._turns.duty.front if self._turns.duty is not None else None

    @property
    def duty(self) -> Duty:
        """What sends and plans; LookupError while another process does."""
        return _there(self._turns.duty)

    @property
    def sender(self) -> Sender:
        """Who sends; LookupError while another process does."""
        return self.duty.sender

    @property
    def polling(self) -> Polling:
        """The door that asks Telegram; LookupError while this process does not."""
        return _there(self.duty.polling)

    @property
    def intake(self) -> Intake:
        """The one intake; LookupError while this process takes in nothing."""
        return _there(self.front).intake

    # -- waiting ------------------------------------------------------------------------------------------------

    async def settled(self) -> None:
        """Return when no update is in hand, no tap unanswered, and nothing that is due unsent."""
        front = _there(self.front)
        while True:
            await front.idle()
            await self.duty.idle()
            if not front.intake.busy:
                return

    async def advance(self, to: datetime) -> None:
        """Move the clock, which must be a `DemoClock`, to *to*, doing on the way all that is planned."""
        if not isinstance(self.clock, DemoClock):
            raise TypeError("only a demo's clock can be moved")
        await self._do_all()
        await self.clock.advance(to, next_due=self.duty.next_due, settle=self._do_due)
        await self._do_all()

    async def _do_due(self) -> None:
        await self.duty.schedule.run_due()
        await self.settled()

    async def _do_all(self) -> None:
        await self._is_set_up()
        await self.duty.schedule.run_all()
        await self.settled()

    # -- the door, and the web ----------------------------------------------------------------------------------

    async def _open_door(self, router: Router) -> int:
        """Begin to take in what Telegram brings; return how many updates to run carefully."""
        left = await despite_database(self._look_who_was_here, self._stopping)
        if left is None:
            return 0
        careful = BATCH if left else 0
        self._tasks.run("door", self._door.keep())
        self._front = Front(self._kit, router, careful=careful)
        self._front.begin(self._tasks)
        return careful

    async def _look_who_was_here(self) -> int:
        """Note that we take updates in; return how many who did so ended without a stop."""
        async with self.database.write(self.clock.now()) as work:
            left = await doors_left_behind(work)
        await self._door.attempt()
        await self._refuse_if_moved()  # who begins to copy now sees our lease
        return left

    async def _refuse_if_moved(self) -> None:
        async with self.database.read(self.clock.now()) as work:
            if await is_being_moved(work):
                raise MovedError

    async def _close_door(self, seconds: float) -> None:
        if self._front is not None:
            await self._front.end(self._tasks, seconds=seconds)

    async def _close_web(self, seconds: float) -> None:
        if self.web is not None:
            await self.web.stop(seconds)

    def web_routes(self) -> list[BaseRoute]:
        """Return all that this process answers on the web; every module of routes is named here."""
        parts = {
            "database": [
                self._duty_watch.failing,
                self._door_watch.failing,
                lambda: self.front.intake.failing() if self.front else 0.0,
            ],
            "telegram": [self._telegram_watch.failing],
        }
        duty = self._turns.__str__ if self.config.seeks_duty else str
        health = Health(self.database, self.clock, self.metrics, parts, started=lambda: self.started, duty=duty)
        if self.config.role is Role.WORKER:
            return health.routes()
        door = Door(self.config.token, lambda: self._front.intake if self._front is not None else None)
        agenda = Agenda(self.database, self.clock, self.translators, lambda: self.bot.username if self.started else "")
        return [*health.routes(), *(door.routes() if self.config.has_door else []), *agenda.routes()]

    # -- starting and stopping ----------------------------------------------------------------------------------

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
        """Take over the town's zone and language as they stand there now; return whether there is a town."""
        async with self.database.read(self.clock.now()) as work:
            self.translators.follow(await work.session.get(Organisation, 1))
            return self.translators.is_set_up

    async def _keep_following(self) -> None:
        while True:
            await asyncio.sleep(_FOLLOW_EVERY_S)
            try:
                await self._is_set_up()
            except Exception as error:
                if not is_database_failure(error) and not isinstance(error, OSError):
                    raise

    async def _note_stop(self, seconds: float, *, was_ours: bool) -> None:
        """Note a clean stop and give the leases back, if the database lets us within *seconds*."""
        try:
            async with asyncio.timeout(seconds):
                await self._turns.give_back(was_ours=was_ours)
                await self._door.release()
        except Exception as error:
            log.warning("clean stop not noted", extra={"why": type(error).__name__})


def _there(part: T | None) -> T:
    if part is None:
        raise LookupError("not in this process now")
    return part
