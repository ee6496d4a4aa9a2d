"""Intake on a real database with a door of the test's own: no Telegram, no conversations."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from telegram import Update

from bot.runtime.handling import Doors, Handling
from bot.runtime.intake import Intake
from bot.runtime.metrics import Metrics
from bot.runtime.translators import Translators
from handlers.context import Scope, Toast, scope
from storage.engine import Database
from storage.models.base import Base
from tests.patience import PATIENCE_S

COMMAND = {"type": "bot_command", "offset": 0, "length": 5}
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Act = Callable[[Update, Scope], Awaitable[None]]


class FixedClock:
    """A clock that stands still until it is set."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self.at


class Door:
    """What intake talks to: `act` is called for each update, `seen` and `answered` remember."""

    def __init__(self, database: Database, act: Act | None = None, *, careful: int = 0) -> None:
        self.database, self.act = database, act
        self.clock = FixedClock()
        self.seen: list[int] = []
        self.answered: list[Toast] = []
        self.scopes: list[Scope] = []
        doors = Doors(self._route, self._answer, Translators(ZoneInfo("Europe/Amsterdam")), "buurtbode_bot")
        self.metrics = Metrics()
        self.handling = Handling(database, self.clock, doors, self.metrics)
        self.intake = Intake(self.handling, careful=careful)

    async def _route(self, update: Update) -> None:
        self.seen.append(update.update_id)
        if scope.get() not in self.scopes:
            self.scopes.append(scope.get())
        if self.act is not None:
            await self.act(update, scope.get())

    def _answer(self, toasts: Iterable[Toast]) -> None:
        self.answered.extend(toasts)

    async def gives(self, raws: Sequence[object]) -> None:
        """Take all of *raws* in at once and wait until they are acknowledged."""
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.gather(*[self.intake.take(raw) for raw in raws])


@asynccontextmanager
async def door(database: Database, act: Act | None = None, *, careful: int = 0) -> AsyncIterator[Door]:
    """A door whose intake is running."""
    found = Door(database, act, careful=careful)
    running = asyncio.create_task(found.intake.run())
    try:
        yield found
    finally:
        found.intake.stop()
        await running


async def count(database: Database, table: type[Base]) -> int:
    """Return how many rows a table has."""
    async with database.read(NOW) as work:
        return await work.session.scalar(select(func.count()).select_from(table)) or 0


async def echo(update: Update, scope: Scope) -> None:
    """Say something about the message, and fail on "boom"."""
    if update.message is None:
        return
    if "boom" in (update.message.text or ""):
        raise RuntimeError(update.message.text)
    scope.work.say({"text": "echo"}, chat=update.message.chat.id, key=f"echo:{update.update_id}")
