"""What a handler gets: the work, the person, the dialogue, and three ways to say something.

Nothing here talks to Telegram. `show`, `say` and services' notices go to the outbox of the open work; toasts and
metrics wait in the scope until the commit.
"""

import logging
from collections import UserDict
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from telegram import Message, Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.domain.enums import Priority
from bot.domain.pace import still_waits
from bot.texts import Translator
from handlers.buttons import REGISTRY, Button, Key, Keyboard
from handlers.views.drawing import Drawing
from storage.ids import new_id
from storage.models import Dialogue, Outbox, Person
from storage.queries import dialogues
from storage.work import Work

log = logging.getLogger(__name__)


@dataclass
class Toast:
    """The one answer that a callback query gets after the commit; without text it only stops the spinner."""

    query_id: str
    text: str | None = None
    alert: bool = False
    url: str | None = None


class Dialogues(UserDict[tuple[int, int, str], Dialogue]):
    """Dialogues by (chat, user, about), and by whose they are."""

    def __init__(self, rows: Mapping[tuple[int, int, str], Dialogue] | None = None) -> None:
        """Begin with *rows*."""
        self._abouts: dict[tuple[int, int], dict[str, None]] = {}
        super().__init__(rows)

    def of(self, chat: int, user: int) -> list[Dialogue]:
        """Return all dialogues of somebody in a chat."""
        return [self.data[chat, user, about] for about in self._abouts.get((chat, user), ())]

    def __setitem__(self, place: tuple[int, int, str], row: Dialogue) -> None:
        """Enter a dialogue."""
        chat, user, about = place
        self._abouts.setdefault((chat, user), {})[about] = None
        super().__setitem__(place, row)

    def __delitem__(self, place: tuple[int, int, str]) -> None:
        """Take a dialogue out."""
        super().__delitem__(place)
        chat, user, about = place
        del self._abouts[chat, user][about]


@dataclass
class Scope:
    """All that belongs to one transaction of intake: made anew for every try.

    `dialogues` holds every dialogue of the people in the batch by (chat, user, about).
    `shown` holds the outbox rows of tapped or replied-to messages by (chat, message id).
    `typed` holds the data of the button that was typed, by update id, once it was looked for.
    `plain` holds the words of the message, by update id, once they were looked for.
    `mail` says whether there is a mail server to send through.
    `web` is the public address of our web server, without a slash at its end; empty when there is none.
    `strays` holds the places of tapped messages that repeat a card which stands elsewhere in the chat.
    """

    work: Work
    people: dict[int, Person] = field(default_factory=dict)
    dialogues: Dialogues = field(default_factory=Dialogues)
    shown: dict[tuple[int, int], Outbox] = field(default_factory=dict)
    typed: dict[int, str | None] = field(default_factory=dict)
    plain: dict[int, str] = field(default_factory=dict)
    strays: set[tuple[int, int]] = field(default_factory=set)
    toasts: dict[str, Toast] = field(default_factory=dict)
    translators: Callable[[Person | None], Translator] = field(default=lambda _person: _missing())
    bot_username: str = ""
    mail: bool = False
    web: str = ""


scope: ContextVar[Scope] = ContextVar("scope")


def _missing() -> Translator:
    raise LookupError("no translators in this scope")


class Ctx(CallbackContext[ExtBot[None], Any, Any, Any]):
    """The context of every handler."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        chat_id: int | None = None,
        user_id: int | None = None,
    ) -> None:
        """Stand for one update; filled by `from_update`."""
        super().__init__(application=application, chat_id=chat_id, user_id=user_id)
        self.incoming: Update | None = None

    @classmethod
    def from_update(cls, update: object, application: Any) -> "Ctx":  # noqa: ANN401 PTB's own generic
        """Return the context of *update*."""
        context = super().from_update(update, application)
        context.incoming = update if isinstance(update, Update) else None
        return context

    # -- what there is: of an update, whose it is and where does not change, and is asked very often -------------

    @property
    def scope(self) -> Scope:
        """The scope of the open transaction."""
        return scope.get()

    @property
    def work(self) -> Work:
        """The open work."""
        return scope.get().work

    @property
    def now(self) -> datetime:
        """The moment this update counts as (UTC)."""
        return scope.get().work.now

    @cached_property
    def chat_id(self) -> int:
        """The chat of the update; LookupError when it has none (routes only let updates with a chat through)."""
        chat = self.incoming.effective_chat if self.incoming else None
        if chat is None:
            raise LookupError("an update without a chat")
        return chat.id

    @property
    def thread_id(self) -> int | None:
        """The forum topic of the update, if any."""
        message = self.incoming.effective_message if self.incoming else None
        return message.message_thread_id if message and message.is_topic_message else None

    @cached_property
    def person(self) -> Person:
        """Who did this; intake has made a row for everybody in the batch."""
        user = self.incoming.effective_user if self.incoming else None
        if user is None:
            raise LookupError("an update without a person")
        return scope.get().people[user.id]

    @property
    def message(self) -> Message:
        """The message that was sent."""
        message = self.incoming.effective_message if self.incoming else None
        if message is None:
            raise LookupError("an update without a message")
        return message

    @cached_property
    def is_private(self) -> bool:
        """Whether this happens in a private chat with the bot."""
        chat = self.incoming.effective_chat if self.incoming else None
        return chat is not None and chat.type == "private"

    @property
    def t(self) -> Translator:
        """The translator of whoever reads the answer: the person in private, the organisation's language in groups."""
        reading = scope.get()
        return reading.translators(self.person if self.is_private else None)

    # -- the dialogue -------------------------------------------------------------------------------------------

    @property
    def dialogue(self) -> Dialogue | None:
        """The open dialogue of this person in this chat."""
        found = (d for d in self.dialogues() if d.active)
        return next(found, None)

    def dialogues(self) -> list[Dialogue]:
        """All dialogues of this person in this chat, resting ones too."""
        return scope.get().dialogues.of(self.chat_id, self.person.id)

    def open_dialogue(self, about: str, step: str, draft: dict[str, Any], *, chat: int | None = None) -> Dialogue:
        """Begin a dialogue with a new draft id and make it the open one; the others rest with their drafts kept.

        It is of this chat, or of *chat*, whose dialogues must have been fetched into the scope.
        """
        chat_id = self.chat_id if chat is None else chat
        for other in scope.get().dialogues.of(chat_id, self.person.id):
            other.active = False
        place = (chat_id, self.person.id, about)
        row = scope.get().dialogues.get(place)
        if row is None:
            row = Dialogue(chat_id=chat_id, user_id=self.person.id, about=about)
            scope.get().dialogues[place] = row
            self.work.session.add(row)
        row.draft_id, row.active, row.step, row.draft, row.changed_at = new_id(), True, step, draft, self.now
        row.offered = 0
        return row

    def resume_dialogue(self, row: Dialogue) -> None:
        """Make a resting dialogue the open one."""
        for other in self.dialogues():
            other.active = other is row
        row.changed_at = self.now

    def step(self, step: str, draft: dict[str, Any] | None = None) -> None:
        """Move the open dialogue to *step*, with a new value of its draft when given."""
        row = self.dialogue
        if row is None:
            raise LookupError("no open dialogue")
        row.step, row.changed_at = step, self.now
        if draft is not None:
            row.draft = draft

    async def end_dialogue(self) -> None:
        """Delete the open dialogue and its draft."""
        row = self.dialogue
        if row is not None:
            del scope.get().dialogues[(row.chat_id, row.user_id, row.about)]
            await dialogues.remove(self.work.session, row)

    @property
    def answers_from(self) -> datetime | None:
        """From when messages of this person are answered, while they send very many; a tap is answered at once."""
        typed = self.is_private and self.incoming is not None and self.incoming.callback_query is None
        until = self.person.paused_until if typed else None
        return until if still_waits(until, self.now) else None

    # -- saying something ---------------------------------------------------------------------------------------

    def show(self, text: str, keyboard: Keyboard | None = None, *, new: bool = False, about: int | None = None) -> None:
        """Show the next prompt: it replaces the prompt that was tapped, or stands below what was typed.

        In private its buttons can be typed too. `new=True` keeps the tapped message as it is. *about*: the id of what
        it shows something of that must leave the chat again one day.
        """
        payload = Drawing(text=text, keyboard=keyboard or []).to_payload()
        tapped = None if new else self.tapped_prompt()
        self.work.say(
            payload,
            chat=self.chat_id,
            thread=self.thread_id,
            key=self.prompt_key,
            message_id=tapped,
            about=about,
            not_before=self.answers_from,
        )
        if self.is_private:
            self.person.prompt = [
                [key["text"], key["callback_data"]]
                for row in payload.get("keyboard", [])
                for key in row
                if "callback_data" in key
            ]

    def show_numbers(self, text: str, keyboard: Keyboard | None = None) -> None:
        """Show a prompt that asks for numbers: one that is typed is an answer, never the number of a button."""
        self.show(text, keyboard)
        self.person.prompt = [[*option, ""] for option in self.person.prompt or []]

    def say(self, drawing: Drawing | str, *, about: int | None = None) -> None:
        """Say something that stays in the chat: a new message that no later prompt replaces."""
        if isinstance(drawing, str):
            drawing = Drawing(text=drawing)
        self.work.say(
            drawing.to_payload(),
            chat=self.chat_id,
            thread=self.thread_id,
            about=about,
            priority=Priority.ANSWER,
            not_before=self.answers_from,
        )

    def toast(self, text: str | None, *, alert: bool = False, url: str | None = None) -> None:
        """Answer the tap with a short line on top of the screen; never the only bearer of what a person needs.

        *url*: a deep link to this bot that Telegram opens for who tapped, and for nobody else.
        """
        query = self.incoming.callback_query if self.incoming else None
        if query is not None:
            scope.get().toasts[query.id] = Toast(query.id, text, alert, url)

    def refused(self) -> None:
        """Log that this tap counted for nothing: which button and which update, never who or what."""
        query = self.incoming.callback_query if self.incoming else None
        if query is not None:
            code = (query.data or "").partition(":")[0]
            log.info("tap refused", extra={"button": code if code in REGISTRY else "unknown"})

    @property
    def prompt_key(self) -> str:
        """The outbox key of this chat's prompt (in groups: of this person's)."""
        return f"prompt:{self.chat_id}" if self.is_private else f"prompt:{self.chat_id}:{self.person.id}"

    def tapped_prompt(self) -> int | None:
        """Return the message id of the tapped prompt, when this update is a tap on the prompt of this chat."""
        query = self.incoming.callback_query if self.incoming else None
        if query is None or query.message is None:
            return None
        message_id = query.message.message_id
        row = scope.get().shown.get((self.chat_id, message_id))
        return message_id if row is not None and row.key == self.prompt_key else None


def keys(*rows: list[tuple[str, Button]] | tuple[str, Button]) -> Keyboard:
    """Return a keyboard from (label, button) pairs: a pair is a row of its own, a list is one row."""
    return [[Key(label, button) for label, button in (row if isinstance(row, list) else [row])] for row in rows]
