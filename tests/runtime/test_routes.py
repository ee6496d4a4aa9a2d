"""Which routes an update is shown to: never fewer than would accept it."""

import asyncio
import dataclasses
import types
import typing
from collections.abc import Iterator
from enum import Enum
from typing import Any, cast

import pytest
from telegram import Message, Update

import handlers
from bot.domain.enums import Language
from bot.runtime.reading import Taken
from handlers.buttons import REGISTRY, Button
from handlers.context import Dialogues, Scope, scope
from handlers.report.media import RemovePhoto
from handlers.routes import OnCommand, OnWords, Route, RouteBook
from storage.models import Dialogue, Person
from storage.work import Work
from tests.runtime import raws

ROUTES = handlers.routes()
BOOK = RouteBook(ROUTES)
USER = 501


@pytest.fixture(autouse=True)
def _scope() -> Iterator[None]:
    person = Person(id=USER, language=Language.DUTCH, prompt=[["Terug", "bk:1"], ["Elf", "st:1"]])
    row = Dialogue(chat_id=USER, user_id=USER, about="report", active=True, step="tell", draft={})
    found = Scope(work=cast(Work, None), people={USER: person}, bot_username="buurtbode_bot")
    found.dialogues = Dialogues({(USER, USER, "report"): row})
    token = scope.set(found)
    yield
    scope.reset(token)


async def _parsed(raw: dict[str, Any]) -> Update:
    return Taken(raw, asyncio.get_running_loop().create_future()).facts().update


def _example(hint: object) -> object:
    """Return any value of a button's field."""
    options = [kind for kind in typing.get_args(hint) if kind is not types.NoneType] or [hint]
    kind = options[0]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    return {int: 7, bool: True, str: "a"}[cast(type, kind)]


def _made(cls: type[Button]) -> str:
    hints = typing.get_type_hints(cls)
    return cls(*(_example(hints[field.name]) for field in dataclasses.fields(cls))).encode()


def _first(routes: list[Route], update: Update) -> Route | None:
    return next((route for route in routes if route.check_update(update) not in (None, False)), None)


async def test_the_first_route_that_accepts_an_update_is_found_as_if_all_were_asked() -> None:
    commands = sorted({name for route in ROUTES if isinstance(route, OnCommand) for name in route.names})
    names = sorted({words for route in ROUTES if isinstance(route, OnWords) for words in route.words})
    words = ["hallo daar", "terug", "1", "2", "elf", "/terug", "stop", "help", "Iets melden", "/onbekend", "zz:1", ""]
    for chat in (USER, -100):
        for number, cls in enumerate(REGISTRY.values()):
            for data in (_made(cls), f"{cls.code}:", cls.code):
                await _agrees(raws.tap(data, update_id=1 + number, message_id=5, chat=chat))
        for typed in (
            *words,
            *names,
            *(f"/{name}" for name in commands),
            *(f"/{name}@buurtbode_bot x" for name in commands),
        ):
            scope.get().typed.clear()
            scope.get().plain.clear()
            await _agrees(raws.text(typed, update_id=1, chat=chat))


async def _agrees(raw: dict[str, Any]) -> None:
    update = await _parsed(raw)
    scope.get().typed.clear()
    scope.get().plain.clear()
    assert _first(BOOK.candidates(update), update) is _first(ROUTES, update), raw


async def test_few_routes_are_asked() -> None:
    tap, said = raws.tap("bk:1", update_id=1, message_id=5), raws.text("Er ligt glas", update_id=2)
    for raw in (tap, said):
        assert len(BOOK.candidates(await _parsed(raw))) < len(ROUTES) / 4


async def test_of_the_tapped_message_only_its_place_is_read() -> None:
    raw = raws.tap("bk:1", update_id=1, message_id=5)
    raw["callback_query"]["message"] |= {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]}}
    message = (await _parsed(raw)).effective_message
    assert isinstance(message, Message)
    assert (message.message_id, message.chat.id, message.text, message.reply_markup) == (5, USER, None, None)
    raw["callback_query"]["data"] = RemovePhoto(1, 2).encode()
    kept = (await _parsed(raw)).effective_message
    assert kept is not None
    assert kept.reply_markup is not None
    assert raw["callback_query"]["message"]["text"] == "Kies", "what is set aside is what came in"
