"""From a raw update to python-telegram-bot's objects, without looking for what is not there.

PTB looks for each of about a hundred things that a message may have, and sets them all. A message of words has five,
and so has a tap; most updates are one or the other. Those are built here with what they have; PTB builds the rest.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from telegram import CallbackQuery, Chat, MaybeInaccessibleMessage, Message, Update, User

#: What a message of words may have, and a tap on a button; with anything else it is PTB's to build.
_WORDS = frozenset({"message_id", "date", "chat", "from", "text", "message_thread_id", "is_topic_message"})
_TAP = frozenset({"id", "from", "chat_instance", "message", "data"})

_NOTHING = Message(message_id=0, date=datetime.fromtimestamp(0, UTC), chat=Chat(0, Chat.PRIVATE))
_ABSENT: Mapping[str, Any] = {name: getattr(_NOTHING, name) for name in Message.__slots__}


class Words(Message):
    """A message that has only what it was given; anything else reads as PTB has it where Telegram sent none."""

    __slots__ = ()

    def __init__(self, raw: Mapping[str, Any]) -> None:
        """Take the fields of a message that has no others than those of `_WORDS`, and a date."""
        at, chat = datetime.fromtimestamp(raw["date"], UTC), Chat.de_json(raw["chat"])
        MaybeInaccessibleMessage.__init__(self, chat, raw["message_id"], at)
        # Past PTB's own, which keeps a message that is complete from being changed.
        put = object.__setattr__
        for name in ("text", "message_thread_id", "is_topic_message"):
            if name in raw:
                put(self, name, raw[name])
        if sender := raw.get("from"):
            put(self, "from_user", User.de_json(sender))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 any field of a message
        """Return what a message without this field has there; called only for what was not set."""
        try:
            return _ABSENT[name]
        except KeyError:
            raise AttributeError(name) from None


def update_of(raw: dict[str, Any]) -> Update:
    """Return a raw update that is `sound` as PTB's `Update.de_json` does, without a bot."""
    update_id, message, query = raw["update_id"], raw.get("message"), raw.get("callback_query")
    if len(raw) == 2 and message and _is_words(message):
        return Update(update_id, message=Words(message))
    if len(raw) == 2 and query and query.keys() == _TAP and query["message"] and _is_words(query["message"]):
        return Update(update_id, callback_query=_tap(query))
    return Update.de_json(raw)


def _is_words(message: Mapping[str, Any]) -> bool:
    """Tell whether *message* has nothing but words; one without a date is one that Telegram does not show."""
    return message.keys() <= _WORDS and bool(message["date"])


def _tap(query: Mapping[str, Any]) -> CallbackQuery:
    return CallbackQuery(
        id=query["id"],
        from_user=User.de_json(query["from"]),
        chat_instance=query["chat_instance"],
        message=Words(query["message"]),
        data=query["data"],
    )
