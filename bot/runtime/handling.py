"""One transaction of intake: claim updates, hand them to the router, commit, acknowledge, answer taps."""

import asyncio
import logging
import time
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from telegram import Update

from bot.runtime.clock import Clock
from bot.runtime.logs import about_update, without_values
from bot.runtime.metrics import Metrics
from bot.runtime.reading import Facts, Taken
from bot.runtime.scopes import open_scope
from bot.runtime.translators import Translators
from bot.services.desk import lists
from handlers.context import Scope, Toast
from handlers.context import scope as current_scope
from handlers.errors import apologise
from handlers.pace import keep_pace
from storage.engine import Database
from storage.failures import is_database_failure
from storage.queries import intake as queries
from storage.work import Work

log = logging.getLogger(__name__)

#: How long the handlers of one batch may work (seconds) before it is committed and the rest goes into the next. Counted
#: is the processor's time: by the clock, the busier a machine is, the fewer updates would share what a batch costs.
BATCH_WORK_S = 0.05
#: How long they may take by the clock (seconds), with the waiting for the database.
BATCH_S = 0.2
#: An update that takes longer (seconds) has failed.
SLOWEST_S = 10.0
#: A database that is well answers within so many seconds.
_WELL_S = 3.0


class HandlerError(Exception):
    """A handler failed, or took too long; the cause is attached."""


class DeadlyError(Exception):
    """This update was begun several times and the process never came back from it."""


@dataclass(frozen=True)
class Doors:
    """What intake needs from the rest: `route` handles one update, `answer` answers taps after the commit.

    `mail`: there is a mail server to send through. `web`: the public address of our web server; empty: there is none.
    """

    route: Callable[[Update], Awaitable[None]]
    answer: Callable[[Iterable[Toast]], None]
    translators: Translators
    bot_username: str = ""
    mail: bool = False
    web: str = ""


class Handling:
    """Transactions over updates. Each method opens one, and raises whatever went wrong, rolled back."""

    def __init__(self, database: Database, clock: Clock, doors: Doors, metrics: Metrics | None = None) -> None:
        """Use the parts given."""
        self._database, self._clock, self._doors = database, clock, doors
        self._metrics = metrics or Metrics()

    async def together(self, batch: Sequence[Taken], *, counted: bool = False) -> list[Taken]:
        """Handle *batch* and acknowledge it; return the updates for which there was no time.

        Raises `HandlerError` or `UnreadableError` for an update's own failure, anything of the database's as it is.
        `counted`: attempts at these updates were counted, and are forgotten now.
        """
        updates = {taken.id: taken.facts() for taken in batch}
        async with self._database.write(self._clock.now()) as work:
            await queries.lock_chats(work.session, _chats(updates.values()))
            fresh = await queries.claim(work.session, list(updates), now=work.now)
            todo = {update_id: facts for update_id, facts in updates.items() if update_id in fresh}
            scope = await self._scope(work, todo.values())
            late = await self._handle(todo, scope)
            if late:
                await queries.unclaim(work.session, late)
            if counted:
                await queries.end_attempts(work.session, list(updates))
        done = [taken for taken in batch if taken.id not in late]
        self._acknowledge(done)
        self._answer(scope, [todo[taken.id] for taken in done if taken.id in todo])
        self._count(done, todo)
        return [taken for taken in batch if taken.id in late]

    async def begin_attempt(self, taken: Taken) -> int | None:
        """Count an attempt at an update and return how many there were before; None if it was handled already."""
        async with self._database.write(self._clock.now()) as work:
            if await queries.is_handled(work.session, taken.id):
                return None
            return await queries.begin_attempt(work.session, taken.id)

    async def set_aside(
        self, taken: Taken, failure: BaseException, *, with_apology: bool, with_raw: bool = True
    ) -> None:
        """Keep an update that can't be handled, acknowledge it, and apologise to who sent it in private."""
        scope = None
        async with self._database.write(self._clock.now()) as work:
            if taken.named:
                await queries.claim(work.session, [taken.id], now=work.now)
                await queries.end_attempts(work.session, [taken.id])
            raw = taken.text if with_raw else "null"
            await queries.set_aside(work.session, taken.id, raw=raw, error=without_values(failure), now=work.now)
            facts = _facts_if_readable(taken) if with_apology else None
            if facts is not None and facts.private and facts.user is not None:
                scope = await self._scope(work, [facts])
                apologise(scope, scope.people[facts.user.id])
        self._acknowledge([taken])
        self._metrics.set_aside()
        if scope is not None and facts is not None:
            self._answer(scope, [facts])

    async def replay(self, update_id: int, raw: object) -> None:
        """Handle an update that was set aside, and forget it; raises as `together` when it fails again."""
        facts = Taken(raw, asyncio.get_running_loop().create_future()).facts()
        async with self._database.write(self._clock.now()) as work:
            await queries.lock_chats(work.session, _chats([facts]))
            scope = await self._scope(work, [facts])
            await self._handle({update_id: facts}, scope)
            await queries.bury(work.session, update_id)

    async def _scope(self, work: Work, updates: Iterable[Facts]) -> Scope:
        meant = [facts for facts in updates if not facts.talk]
        doors = self._doors
        return await open_scope(work, meant, doors.translators, doors.bot_username, mail=doors.mail, web=doors.web)

    async def _handle(self, todo: dict[int, Facts], scope: Scope) -> set[int]:
        """Hand each update to the router; return the ids of those for which there was no time in this batch."""
        token = current_scope.set(scope)
        worked, began = time.thread_time(), time.monotonic()
        try:
            for position, (update_id, facts) in enumerate(todo.items()):
                over = time.thread_time() - worked > BATCH_WORK_S or time.monotonic() - began > BATCH_S
                if position and over:
                    return set(list(todo)[position:])
                if not facts.talk:
                    scope.work.now = self._clock.now()
                    _keep_pace(scope, facts)
                    with about_update(update_id):
                        await self._route(update_id, facts)
                        await _point_on(scope, facts)
        finally:
            current_scope.reset(token)
        return set()

    async def _route(self, update_id: int, facts: Facts) -> None:
        started = time.monotonic()
        try:
            async with asyncio.timeout(SLOWEST_S):
                await self._doors.route(facts.update)
        except Exception as error:
            _let_go(error)
            if is_database_failure(error):
                raise
            if isinstance(error, TimeoutError):
                await self._is_database_well()
            raise HandlerError(update_id) from error
        if (taken := time.monotonic() - started) > SLOWEST_S:
            raise HandlerError(update_id) from TimeoutError()
        log.debug("update handled", extra={"kind": facts.kind, "ms": round(1000 * taken)})

    async def _is_database_well(self) -> None:
        """Raise a failure of the database when it answers nobody: a handler that waited for it is not to blame."""
        if not self._database.is_sqlite:
            async with asyncio.timeout(_WELL_S):
                await self._database.ping()

    @staticmethod
    def _acknowledge(batch: Iterable[Taken]) -> None:
        for taken in batch:
            if not taken.done.done():
                taken.done.set_result(None)

    def _count(self, done: Iterable[Taken], fresh: Mapping[int, Facts]) -> None:
        now = time.monotonic()
        for taken in done:
            if taken.id in fresh:
                self._metrics.handled(fresh[taken.id].kind, now - taken.arrived)
            else:
                self._metrics.repeated()

    def _answer(self, scope: Scope, handled: Iterable[Facts]) -> None:
        """Answer each tap exactly once: with its toast, or empty to stop the spinner."""
        for facts in handled:
            if facts.query is not None:
                scope.toasts.setdefault(facts.query.id, Toast(facts.query.id))
        self._doors.answer(scope.toasts.values())


def _let_go(error: BaseException) -> None:
    """Forget the variables of the code that *error* came through; which lines it passed stays known.

    Among them may be a cursor that was cut off half way. While that lives, SQLite keeps the lock of its transaction,
    even after the connection was closed.
    """
    seen: BaseException | None = error
    while seen is not None:
        traceback.clear_frames(seen.__traceback__)
        seen = seen.__cause__ or seen.__context__


async def _point_on(scope: Scope, facts: Facts) -> None:
    """Have a card that was sent twice say where the other one stands, after its button was obeyed."""
    if facts.query is not None and facts.messages and facts.messages[0] in scope.strays:
        await lists.mark_stray(scope.work, *facts.messages[0])


def _keep_pace(scope: Scope, facts: Facts) -> None:
    """Let answers wait a moment for who sends very many messages in private."""
    if facts.private and facts.user is not None and facts.update.message is not None:
        keep_pace(scope, scope.people[facts.user.id], facts.update.message)


def _chats(updates: Iterable[Facts]) -> set[int]:
    return {facts.chat for facts in updates if facts.chat is not None and not facts.talk}


def _facts_if_readable(taken: Taken) -> Facts | None:
    try:
        return taken.facts()
    except Exception:
        log.debug("nobody to apologise to", extra={"update": taken.id})
        return None
