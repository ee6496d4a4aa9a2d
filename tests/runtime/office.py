"""The sender at work: a real database, Telegram's stand-in over HTTP, and notices that only these tests know.

Between the sender and the wire stands nothing but the stand-in's faults; `crash` ends a sender as SIGKILL would.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from telegram.ext import ExtBot

from bot.demo.telegram import Server, World, serve
from bot.demo.telegram.model import Chat
from bot.domain.enums import Language
from bot.domain.notices import Notice, notice
from bot.runtime.clock import DemoClock
from bot.runtime.limits import Limits, Window
from bot.runtime.metrics import Metrics
from bot.runtime.request import AiohttpRequest
from bot.runtime.sender import Sender
from bot.texts import Translator
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, line, view
from storage.engine import Database
from storage.models import Outbox, Person
from storage.work import Work
from tests.patience import PATIENCE_S

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PLENTY = Window(100_000, 1.0)

#: What the views of these tests show: a word per number, or what a view does instead.
words: dict[int, str | Drawn | Exception] = {}


@notice
@dataclass(frozen=True)
class Note(Notice):
    """A message for tests: it reads what `words` holds for its number when it is drawn."""

    kind: ClassVar[str] = "test_note"
    number: int


@notice
@dataclass(frozen=True)
class NoteCard(Notice):
    """A card for tests: many of them become a list."""

    kind: ClassVar[str] = "test_card"
    burst: ClassVar[bool] = True
    number: int
    desk: int = 1


@view(Note)
@view(NoteCard)
async def draw_note(shown: Note | NoteCard, reading: Reading) -> Drawn:
    """Draw the word of this number; a worker's language shows in front of it."""
    found = words.get(shown.number, f"note {shown.number}")
    if isinstance(found, Exception):
        raise found
    prefix = "EN " if reading.t.language is Language.ENGLISH else ""
    return Drawing(text=f"{prefix}{found}") if isinstance(found, str) else found


@line(NoteCard)
async def card_line(shown: NoteCard, _reading: Reading) -> str:
    """Name a card on a list."""
    found = words.get(shown.number, f"note {shown.number}")
    return "" if isinstance(found, NotAnyMore) else str(found)


def translators(person: Person | None) -> Translator:
    """Return the translator of a person, Dutch for groups."""
    return Translator(person.language if person else Language.DUTCH, ZoneInfo("Europe/Amsterdam"))


class Office:
    """A sender with everything around it. `sender` is the one at work now."""

    def __init__(self, world: World, server: Server, database: Database, clock: DemoClock) -> None:
        self.world, self.server, self.database, self.clock = world, server, database, clock
        self.limits: Callable[[], Limits] = lambda: Limits(PLENTY, PLENTY, PLENTY)
        self.read_timeout = PATIENCE_S
        self.may_send: Callable[[], bool] = lambda: True
        self.metrics = Metrics()
        self.sender: Sender
        self._bot: ExtBot[Any]
        self._task: asyncio.Task[None] | None = None

    # -- the sender's life --------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Start a sender, as after a start of the process."""
        self._bot = ExtBot(
            self.world.token,
            base_url=self.server.api_url,
            request=AiohttpRequest(read=self.read_timeout),
            get_updates_request=AiohttpRequest(),
        )
        await self._bot.initialize()
        self.sender = Sender(
            database=self.database,
            bot=self._bot,
            clock=self.clock,
            limits=self.limits(),
            translators=translators,
            bot_username="buurtbode_bot",
            may_send=lambda: self.may_send(),
            metrics=self.metrics,
        )
        self.database.on_outbox = self.sender.push
        self._task = asyncio.create_task(self.sender.run())

    async def close(self) -> None:
        """Stop as the process does at SIGTERM."""
        if self._task is not None:
            await self.sender.stop(PATIENCE_S)
            await self._task
            await self._gone()

    async def crash(self) -> None:
        """End at once: what is on the wire stays unmarked, what is in memory is forgotten.

        A transaction that was just being committed may still get through, as it may before a SIGKILL.
        """
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            await self._gone()

    async def _gone(self) -> None:
        self._task = None
        self.database.on_outbox = None
        await self._bot.shutdown()

    # -- saying and seeing --------------------------------------------------------------------------------------

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Work]:
        """Open a work as intake does."""
        async with self.database.write(self.clock.now()) as work:
            yield work

    async def put(self, *notices: Notice, chat: int, **how: Any) -> None:  # noqa: ANN401 what `Work.put` takes
        """Put notices in one transaction."""
        async with self.writing() as work:
            for one in notices:
                work.put(one, chat=chat, **how)

    async def say(self, *texts: str, chat: int, **how: Any) -> None:  # noqa: ANN401 what `Work.say` takes
        """Say ready texts in one transaction."""
        async with self.writing() as work:
            for text in texts:
                work.say(Drawing(text=text).to_payload(), chat=chat, **how)

    async def idle(self) -> None:
        """Wait until everything due is said."""
        await asyncio.wait_for(self.sender.idle(), PATIENCE_S)

    async def advance(self, to: datetime) -> None:
        """Move the clock, stopping at every due time."""
        await self.clock.advance(to, next_due=self.sender.next_due, settle=self.idle)

    async def rows(self) -> Sequence[Outbox]:
        """Return all rows as they are, the oldest first."""
        async with self.database.read(self.clock.now()) as work:
            return (await work.session.scalars(select(Outbox).order_by(Outbox.id))).all()

    async def row(self, key: str) -> Outbox:
        """Return one row."""
        return next(row for row in await self.rows() if row.key == key)


def texts(chat: Chat) -> list[str]:
    """Return what the bot said in a chat and did not delete."""
    return [message.text for message in chat.visible]


@asynccontextmanager
async def opened(
    database: Database, *, limits: Callable[[], Limits] | None = None, read_timeout: float = PATIENCE_S
) -> AsyncIterator[Office]:
    """Open an office on *database* for as long as the block lasts."""
    words.clear()
    clock = DemoClock(START)
    world = World(clock.now)
    async with serve(world) as server:
        office = Office(world, server, database, clock)
        office.read_timeout = read_timeout
        if limits is not None:
            office.limits = limits
        await office.open()
        try:
            yield office
        finally:
            await office.close()
