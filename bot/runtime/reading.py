"""From a raw update to what intake must know of it before a handler sees it."""

import hashlib
import json
import time
from asyncio import Future
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from telegram import CallbackQuery, Message, MessageEntity, Update, User

from bot.runtime.parsing import update_of
from bot.runtime.shapes import sound
from handlers.buttons import REGISTRY

#: What the bot wants to hear of; anything else Telegram keeps to itself.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
_LARGEST_ID = 2**63 - 1


class UnreadableError(Exception):
    """This is no update as Telegram describes them."""


@dataclass(eq=False)
class Taken:
    """A raw update that was taken in at *arrived* (monotonic seconds).

    *done* is resolved once it never has to be delivered again.
    """

    raw: object
    done: "Future[None]"
    id: int = field(init=False)
    named: bool = field(init=False)
    arrived: float = field(init=False, default_factory=time.monotonic)
    _facts: "Facts | None" = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Take Telegram's id of it, or make one from its content when it has none that we can keep."""
        found = self.raw.get("update_id") if isinstance(self.raw, dict) else None
        self.named = isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= _LARGEST_ID
        self.id = int(found or 0) if self.named else -int.from_bytes(hashlib.sha256(self.text.encode()).digest()[:7])

    @property
    def text(self) -> str:
        """The raw update as JSON in ASCII, whatever is in it."""
        try:
            return json.dumps(self.raw, default=repr)
        except (TypeError, ValueError, RecursionError):
            return ascii(type(self.raw))

    def facts(self) -> "Facts":
        """Return what to know of the update, parsed when first asked for; UnreadableError when this is none."""
        if self._facts is None:
            self._facts = facts_of(self._parse())
        return self._facts

    def anew(self) -> None:
        """Forget the parsed update, since a handler that failed may have left its traces in it."""
        self._facts = None

    def _parse(self) -> Update:
        if not self.named or not isinstance(self.raw, dict):
            raise UnreadableError
        try:
            return update_of(_without_copy(sound(self.raw)))
        except Exception as error:
            raise UnreadableError from error


#: What we need of the message under a tapped button; the rest is a copy of what we sent ourselves.
_OF_TAPPED = ("message_id", "date", "chat", "message_thread_id", "is_topic_message")


def _without_copy(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a raw update without the copy of the tapped message: to read it takes longer than to obey the button."""
    query = raw.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else None
    if not isinstance(query, dict) or not isinstance(message, dict) or _reads_keyboard(query.get("data")):
        return raw
    place = {name: message[name] for name in _OF_TAPPED if name in message}
    return {**raw, "callback_query": {**query, "message": place}}


def _reads_keyboard(data: object) -> bool:
    cls = REGISTRY.get(data.partition(":")[0]) if isinstance(data, str) else None
    return cls is not None and cls.reads_keyboard


def chat_of(raw: object) -> int | None:
    """Return the number of the chat that a raw update is about, as far as a look tells; None where it does not."""
    bodies = raw.values() if isinstance(raw, dict) else ()
    for body in bodies:
        if isinstance(body, dict):
            # Of a tap, the chat of its message.
            inside = body if "chat" in body else body.get("message")
            chat = inside.get("chat") if isinstance(inside, dict) else None
            found = chat.get("id") if isinstance(chat, dict) else None
            return found if isinstance(found, int) else None
    return None


@dataclass(frozen=True)
class Facts:
    """Whose update it is and what it points at.

    `messages` are the (chat, message id) places of messages of ours that it taps or answers.
    `talk` means: something said in a group that is not meant for the bot.
    """

    update: Update
    chat: int | None
    user: User | None
    private: bool
    messages: tuple[tuple[int, int], ...]
    talk: bool

    @property
    def place(self) -> tuple[int, int] | None:
        """The (chat, user) pair under which dialogues are kept."""
        return (self.chat, self.user.id) if self.chat is not None and self.user is not None else None

    @cached_property
    def kind(self) -> str:
        """What sort of update it is, as Telegram calls it."""
        return next((kind for kind in ALLOWED_UPDATES if getattr(self.update, kind) is not None), "other")

    @property
    def query(self) -> CallbackQuery | None:
        """The tap, if it is one."""
        return self.update.callback_query


def facts_of(update: Update) -> Facts:
    """Return what intake must know of *update*."""
    chat = update.effective_chat
    private = chat is not None and chat.type == "private"
    message = update.message or update.edited_message
    return Facts(
        update=update,
        chat=chat.id if chat else None,
        user=update.effective_user,
        private=private,
        messages=tuple(_pointed_at(update)),
        talk=not private and message is not None and _is_talk(message),
    )


def _pointed_at(update: Update) -> Iterable[tuple[int, int]]:
    query = update.callback_query
    if query is not None and query.message is not None:
        yield query.message.chat.id, query.message.message_id
    message = update.message or update.edited_message
    answered = message.reply_to_message if message else None
    if message is not None and answered is not None:
        yield message.chat.id, answered.message_id


def _is_talk(message: Message) -> bool:
    """Return whether a group message is neither a command, nor a reply to a bot, nor a service message."""
    answered = message.reply_to_message
    if answered is not None and answered.from_user is not None and answered.from_user.is_bot:
        return False
    if any(entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0 for entity in message.entities):
        return False
    return _has_content(message)


_CONTENT = (
    "text", "caption", "photo", "video", "voice", "video_note", "audio", "document", "animation", "sticker",
    "location", "venue", "contact", "poll", "dice", "story", "game", "paid_media", "checklist",
)  # fmt: skip


def _has_content(message: Any) -> bool:  # noqa: ANN401 any version's Message
    return any(getattr(message, name, None) for name in _CONTENT)
