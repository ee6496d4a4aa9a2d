"""Trying doors fast: one update through the real router, all that would be said drawn, and everything taken back.

Nothing goes over HTTP and nothing is kept, so that thousands of taps are tried in seconds. Which doors there are is
found in `tests.conversations.door_list`.
"""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import handlers
from bot.demo.telegram import World, serve
from bot.domain.enums import Language
from bot.domain.notices import Notice
from bot.runtime.app import App, Config
from bot.runtime.clock import DemoClock
from bot.runtime.reading import Taken
from bot.runtime.router import Router, make_router
from bot.runtime.scopes import open_scope
from bot.runtime.web import WebAddress
from bot.texts import Translator
from handlers.context import Scope
from handlers.context import scope as current_scope
from handlers.views import VIEWS
from handlers.views.drawing import Drawing
from handlers.views.registry import Reading
from storage.engine import Database
from storage.models import Person
from storage.queries import sending
from storage.work import Work

#: An address of the bot's web server: without one there are no links to make.
WEB = "https://bode.example.org"


@dataclass(frozen=True)
class Told:
    """Something that would be said: to whom (a person or a group), and all of it as one text."""

    reader: int
    text: str


class _UndoError(Exception):
    """Leaves the database as it was."""


class Doors:
    """The bot on a database, tried by hand: `tap`, `say`, `draw`; each returns what everybody would be told."""

    def __init__(self, app: App, router: Router, now: datetime) -> None:
        """Use the parts given; it is always *now*."""
        self.app, self.database, self.now = app, app.database, now
        self._router, self._ids = router, itertools.count(1)
        #: Asked before a try is taken back.
        self.look: Callable[[Work], Awaitable[None]] | None = None

    async def tap(self, who: int, data: str, *, chat: int | None = None) -> list[Told]:
        """Tap a button that nobody may ever have shown, in private or in a group."""
        message = self._message(chat or who, sender=None)
        query = {"id": "tap", "from": _user(who), "chat_instance": "1", "message": message, "data": data}
        return await self._try({"callback_query": query})

    async def tap_nowhere(self, who: int, data: str) -> list[Told]:
        """Tap a button of a message that Telegram does not name."""
        return await self._try(
            {"callback_query": {"id": "tap", "from": _user(who), "chat_instance": "1", "data": data}}
        )

    async def say(self, who: int, text: str, *, chat: int | None = None, edited: bool = False) -> list[Told]:
        """Say something, or (*edited*) change what was said; what begins with a slash is a command."""
        message = self._message(chat or who, sender=who) | {"text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        return await self._try({"edited_message" if edited else "message": message})

    async def draw(self, notice: Notice, chat: int) -> Told:
        """Draw a notice as the sender does when its message is due."""
        async with self.database.read(self.now) as work:
            return Told(chat, await self._drawn(work, notice, chat, shown=None))

    async def _try(self, update: dict[str, Any]) -> list[Told]:
        raw = {"update_id": next(self._ids), **update}
        facts = Taken(raw, asyncio.get_running_loop().create_future()).facts()
        if facts.talk:
            return []
        told: list[Told] = []
        try:
            async with self.database.write(self.now) as work:
                username = self.app.bot.username
                scope = await open_scope(work, [facts], self.app.translators, username, mail=True, web=WEB)
                token = current_scope.set(scope)
                try:
                    await self._router.process_update(facts.update)
                finally:
                    current_scope.reset(token)
                await work.flush()
                if self.look is not None:
                    await self.look(work)
                told = await self._all(work, scope, facts.user.id if facts.user else 0)
                raise _UndoError
        except _UndoError:
            return told

    async def _all(self, work: Work, scope: Scope, who: int) -> list[Told]:
        """Return the answers of taps and all that was put into the outbox, as it would be drawn now."""
        told = [Told(who, f"{toast.text or ''} {toast.url or ''}") for toast in scope.toasts.values()]
        rows = await sending.rows(work.session, [item.id for item in work.written])
        for row in rows.values():
            if row.kind == "said":
                told.append(Told(row.chat_id, json.dumps(row.payload, ensure_ascii=False)))
            elif (notice := row.notice()) is not None and type(notice) in VIEWS:
                told.append(Told(row.chat_id, await self._drawn(work, notice, row.chat_id, shown=row.message_id)))
        return told

    async def _drawn(self, work: Work, notice: Notice, chat: int, *, shown: int | None) -> str:
        t = self.app.translators(await work.session.get(Person, chat) if chat > 0 else None)
        username = self.app.bot.username
        drawn = await VIEWS[type(notice)](
            notice, Reading(work, t, chat, None, shown, username, lambda language: _like(language, t))
        )
        if not isinstance(drawn, Drawing):
            return repr(drawn)
        # A file that is made later has what it is made of in its `repr`.
        made = [getattr(item, "content", "") for item in drawn.media]
        read = [one.decode(errors="replace") if isinstance(one, bytes) else repr(one) for one in made]
        return json.dumps([drawn.to_message(), read], ensure_ascii=False, default=repr)

    def _message(self, chat: int, *, sender: int | None) -> dict[str, Any]:
        place: dict[str, Any] = {"id": chat, "type": "private", "first_name": "X"}
        if chat < 0:
            place = {"id": chat, "type": "supergroup", "title": "Groep"}
        bot = {"id": self.app.bot.id, "is_bot": True, "first_name": "Bode"}
        return {
            "message_id": 10_000 + next(self._ids),
            "date": int(self.now.timestamp()),
            "chat": place,
            "from": bot if sender is None else _user(sender),
        }


def _user(who: int) -> dict[str, Any]:
    return {"id": who, "is_bot": False, "first_name": "X", "language_code": "nl"}


def _like(language: Language, t: Translator) -> Translator:
    return t if language is t.language else Translator(language, t.zone)


@asynccontextmanager
async def trying(database: Database, *, now: datetime) -> AsyncIterator[Doors]:
    """The bot on *database*; Telegram's stand-in is there only to say what the bot is called."""
    world = World(lambda: now)
    async with serve(world) as server:
        app = App(Config(world.token, server.url, web=WebAddress(WEB)), database, clock=DemoClock(now))
        await app.bot.initialize()
        try:
            yield Doors(app, await make_router(app.bot, handlers.routes()), now)
        finally:
            await app.bot.shutdown()
