"""Words and taps are built as python-telegram-bot builds them, whatever is missing or wrong in them."""

import copy
from typing import Any

import pytest
from telegram import MaybeInaccessibleMessage, Message, TelegramObject, Update

from bot.runtime.parsing import Words, update_of
from bot.runtime.shapes import sound
from tests.chaos.mutator import each_wrong
from tests.runtime.raws import tap, text

_TOPIC: dict[str, Any] = {"message_thread_id": 4, "is_topic_message": True}
_TAP = tap("bk:1", update_id=2, message_id=9)
_WORDS = text("Er ligt glas", update_id=1)


def _told(**more: object) -> dict[str, Any]:
    """Return words from somebody, and in a chat, of whom Telegram tells more."""
    message = _WORDS["message"]
    told = {**message, "from": {**message["from"], **more}, "chat": {**message["chat"], **more}}
    return {**_WORDS, "message": told}


_UPDATES: dict[str, dict[str, Any]] = {
    "words": _WORDS,
    "words of somebody known well": _told(last_name="de Wit", username="fatima", is_premium=True, is_forum=False),
    "words with what Telegram tells one day": _told(shoe_size=38),
    "words with names of our library": _told(api_kwargs={"id": 7}, _frozen=False),
    "words in a topic": text("/melden", update_id=1, chat=-7, **_TOPIC),
    "a tap": _TAP,
    "a tap in a topic": tap("bk:1", update_id=2, message_id=9, chat=-7),
    "a photo": text("", update_id=1, photo=[{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]),
    "an answer": text("Ja", update_id=1, reply_to_message=text("Nee", update_id=0)["message"]),
}


def _seen(value: object) -> object:
    """Return all that can be read from one of PTB's objects, by the class that PTB has for it."""
    if not isinstance(value, TelegramObject):
        return [_seen(one) for one in value] if isinstance(value, tuple) else value
    kind = next(cls for cls in type(value).__mro__ if cls.__module__.startswith("telegram."))
    names = {name for cls in kind.__mro__ for name in getattr(cls, "__slots__", ())}
    return kind, {name: _seen(getattr(value, name)) for name in names}


def _what_ptb_builds(raw: dict[str, Any]) -> object:
    try:
        return _seen(Update.de_json(copy.deepcopy(raw)))
    except Exception as error:
        return type(error)


def _what_we_build(raw: dict[str, Any]) -> object:
    try:
        return _seen(update_of(copy.deepcopy(raw)))
    except Exception as error:
        return type(error)


@pytest.mark.parametrize("name", _UPDATES)
def test_an_update_reads_as_ptb_would_have_it(name: str) -> None:
    assert _what_we_build(_UPDATES[name]) == _what_ptb_builds(_UPDATES[name])


@pytest.mark.parametrize("name", _UPDATES)
def test_so_does_whatever_is_sound_of_what_is_wrong_with_it(name: str) -> None:
    compared = 0
    for raw in each_wrong([_UPDATES[name]]):
        try:
            kept = sound(raw)
        except (ValueError, TypeError):
            continue
        compared += 1
        assert _what_we_build(kept) == _what_ptb_builds(kept), kept
    assert compared > 20


def test_a_message_that_is_more_than_words_is_left_to_ptb() -> None:
    built = update_of(_UPDATES["words"]).message, update_of(_UPDATES["a photo"]).message
    assert [type(message) for message in built] == [Words, Message]


def test_a_tapped_message_that_telegram_does_not_show_any_more_is_one_without_a_date() -> None:
    raw = copy.deepcopy(_TAP)
    raw["callback_query"]["message"]["date"] = 0
    query = update_of(raw).callback_query
    assert query is not None
    assert isinstance(query.message, MaybeInaccessibleMessage)
    assert not query.message.is_accessible


def test_words_stay_as_they_came() -> None:
    message = update_of(_UPDATES["words"]).message
    assert message is not None
    with pytest.raises(AttributeError):
        message.text = "iets anders"
    assert not hasattr(message, "no_such_field")
