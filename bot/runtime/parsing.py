"""From a raw update to python-telegram-bot's objects, without looking for what is not there.

PTB looks for each of about a hundred things that a message may have, and sets them all, each after a look whether it
may. A message of words has five, and so has a tap; most updates are one or the other. Those are built here, with the
people and chats in them, of what they have; PTB builds the rest.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from telegram import CallbackQuery, Chat, Message, TelegramObject, Update, User
from telegram.constants import ChatType

#: What a message of words may have, and a tap on a button; with anything else it is PTB's to build.
_WORDS = frozenset({"message_id", "date", "chat", "from", "text", "message_thread_id", "is_topic_message"})
_TAP = frozenset({"id", "from", "chat_instance", "message", "data"})
_CHAT_TYPES = {kind.value: kind for kind in ChatType}


def _names(kind: type[TelegramObject]) -> frozenset[str]:
    """Return the names of all that an object of PTB's holds, its own affairs among them."""
    return frozenset(name for cls in kind.__mro__ for name in getattr(cls, "__slots__", ()))


def _fields(built: TelegramObject) -> dict[str, Any]:
    """Return all that one of PTB's objects holds, by name."""
    return {name: getattr(built, name) for name in _names(type(built))}


#: What Telegram may tell of a person and of a chat, as far as PTB knows.
_OF_USER, _OF_CHAT = _names(User) - _names(TelegramObject), _names(Chat) - _names(TelegramObject)


class _Few:
    """One of PTB's objects with only what it was given; all else reads as PTB has it where Telegram sent none."""

    __slots__ = ()
    _absent: ClassVar[Mapping[str, Any]]

    def __init__(self, *ids: object, **given: Any) -> None:  # noqa: ANN401 any field of such an object
        """Take what it is told apart by, and its fields."""
        put = object.__setattr__  # past PTB's own, which keeps a complete object from being changed
        put(self, "_id_attrs", ids)
        for name, value in given.items():
            put(self, name, value)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 any field of such an object
        """Return what such an object without this field has there; called only for what was not set."""
        try:
            return self._absent[name]
        except KeyError:
            raise AttributeError(name) from None


class _FewOfUpdate(_Few, Update):
    __slots__ = ()
    _absent = _fields(Update(0))


class _FewOfUser(_Few, User):
    __slots__ = ()
    _absent = _fields(User(0, "", is_bot=False))


class _FewOfChat(_Few, Chat):
    __slots__ = ()
    _absent = _fields(Chat(0, Chat.PRIVATE))


class _FewOfTap(_Few, CallbackQuery):
    __slots__ = ()
    _absent = _fields(CallbackQuery("", User(0, "", is_bot=False), ""))


class Words(_Few, Message):
    """A message that has words at most."""

    __slots__ = ()
    _absent = _fields(Message(message_id=0, date=datetime.fromtimestamp(0, UTC), chat=Chat(0, Chat.PRIVATE)))


def update_of(raw: dict[str, Any]) -> Update:
    """Return a raw update that is `sound` as PTB's `Update.de_json` does, without a bot."""
    update_id, message, query = raw["update_id"], raw.get("message"), raw.get("callback_query")
    if len(raw) == 2 and message and _is_words(message):
        return _FewOfUpdate(update_id, update_id=update_id, message=_words(message))
    if len(raw) == 2 and query and query.keys() == _TAP and query["message"] and _is_words(query["message"]):
        return _FewOfUpdate(update_id, update_id=update_id, callback_query=_tap(query))
    return Update.de_json(raw)


def _is_words(message: Mapping[str, Any]) -> bool:
    """Tell whether *message* has nothing but words; one without a date is one that Telegram does not show."""
    return message.keys() <= _WORDS and bool(message["date"])


def _words(raw: Mapping[str, Any]) -> Words:
    given = {**raw, "chat": _chat(raw["chat"]), "date": datetime.fromtimestamp(raw["date"], UTC)}
    if sender := given.pop("from", None):
        given["from_user"] = _user(sender)
    return Words(raw["message_id"], given["chat"], **given)


def _tap(raw: Mapping[str, Any]) -> CallbackQuery:
    given = {**raw, "message": _words(raw["message"])}
    return _FewOfTap(raw["id"], from_user=_user(given.pop("from")), **given)


def _user(raw: dict[str, Any]) -> User:
    return _FewOfUser(raw["id"], **raw) if raw.keys() <= _OF_USER else User.de_json(raw)


def _chat(raw: dict[str, Any]) -> Chat:
    if not raw.keys() <= _OF_CHAT:
        return Chat.de_json(raw)
    return _FewOfChat(raw["id"], **{**raw, "type": _CHAT_TYPES.get(raw["type"], raw["type"])})
