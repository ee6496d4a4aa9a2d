"""Is every call of ours right? Three opinions: aiogram's classes, the stand-in, and Telegram's own description.

`check_calls` gives a line per mistake. The first opinion walks aiogram's ``model_fields`` itself, since aiogram's own
validation lets unknown keys through. The third is read from ``../shared/telegram/bot_api.json`` beside the repository
where that exists; `third_opinion` says whether it does.
"""

from __future__ import annotations

import enum
import json
import types
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import aiogram.methods
import pytest
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.demo.telegram import Call
from bot.demo.telegram.params import Upload

BOT_API = Path(__file__).resolve().parents[2] / "shared" / "telegram" / "bot_api.json"


def check_calls(calls: Iterable[Call]) -> list[str]:
    """Return one line per mistake in *calls*; none for calls that all three opinions find right."""
    return [f"{call.method}: {mistake}" for call in calls for mistake in check_call(call)]


def check_call(call: Call) -> list[str]:
    """Return the mistakes of one call, each with the opinion that found it."""
    by_aiogram = (f"aiogram: {line}" for line in against_aiogram(call.method, call.params))
    refused = call.malformed or (call.status in {404, 500} and call.fault is None)
    by_stand_in = [f"stand-in: {call.error}"] if refused else []
    by_telegram = (f"bot_api.json: {line}" for line in against_bot_api(call.method, call.params))
    return [*by_aiogram, *by_stand_in, *by_telegram]


def third_opinion() -> Literal["checked", "not here"]:
    """Whether Telegram's own description was there to compare with."""
    return "checked" if BOT_API.exists() else "not here"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end of every run how many opinions there were."""
    terminalreporter.write_line(f"our calls against Telegram's own description (bot_api.json): {third_opinion()}")


# the first opinion: aiogram


@cache
def _classes() -> dict[str, type[TelegramMethod[Any]]]:
    every = (getattr(aiogram.methods, name) for name in aiogram.methods.__all__)
    classes = (c for c in every if isinstance(c, type) and issubclass(c, TelegramMethod) and c is not TelegramMethod)
    return {str(c.__api_method__): c for c in classes}


def against_aiogram(method: str, params: Mapping[str, object]) -> list[str]:
    """Return what aiogram's classes do not allow in the parameters of *method*, all the way down."""
    model = _classes().get(method)
    return ["there is no such method"] if model is None else list(_object(model, params, ""))


def _object(model: type[BaseModel], value: object, where: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"{where}: an object was expected, not {value!r}"
        return
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    for name in value:
        if name not in fields:
            yield f"{_dot(where, name)}: unknown"
    for name, field in fields.items():
        if name in value:
            yield from _value(field.annotation, value[name], _dot(where, name))
        elif _required(field):
            yield f"{_dot(where, name)}: missing"


def _required(field: FieldInfo) -> bool:
    """Return whether the wire needs it: aiogram fills in the constant that tells sorts apart by itself."""
    return field.is_required() or get_origin(field.annotation) is Literal


def _dot(where: str, name: object) -> str:
    return f"{where}.{name}" if where else str(name)


def _value(kind: Any, value: object, where: str) -> Iterator[str]:  # noqa: ANN401 - a type of any sort
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _value(get_args(kind)[0], value, where)
    elif origin in {Union, types.UnionType}:
        yield from _one_of(get_args(kind), value, where)
    elif origin is Literal:
        allowed = [one.value if isinstance(one, enum.Enum) else one for one in get_args(kind)]
        if value not in allowed:
            yield f"{where}: {value!r} is none of {allowed}"
    elif origin is list:
        if not isinstance(value, list):
            yield f"{where}: a list was expected, not {value!r}"
            return
        for index, item in enumerate(value):
            yield from _value(get_args(kind)[0], item, f"{where}[{index}]")
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from _object(kind, value, where)
    elif kind is not Any and not _plain(kind, value):
        yield f"{where}: {getattr(kind, '__name__', kind)} was expected, not {value!r}"


def _one_of(kinds: tuple[Any, ...], value: object, where: str) -> Iterator[str]:
    """Yield the mistakes of the sort that fits best, nothing if one fits."""
    possible = [kind for kind in kinds if kind not in {Default, type(None), datetime, timedelta}]
    opinions = [list(_value(kind, value, where)) for kind in possible]
    yield from min(opinions, key=len)


def _plain(kind: type, value: object) -> bool:
    if kind is InputFile:
        return isinstance(value, Upload)
    if kind is bool or isinstance(value, bool):
        return kind is bool and isinstance(value, bool)
    if kind is float:
        return isinstance(value, int | float)
    if issubclass(kind, enum.Enum):
        return value in [one.value for one in kind]
    return isinstance(value, kind)


# the third opinion: Telegram's own description


@cache
def _bot_api() -> dict[str, Any]:
    described: dict[str, Any] = json.loads(BOT_API.read_text()) if BOT_API.exists() else {}
    return described


def against_bot_api(method: str, params: Mapping[str, object]) -> list[str]:
    """Return what Telegram's description does not allow in the parameters of *method*; nothing where it is not here."""
    if not _bot_api():
        return []
    described = _bot_api()["methods"].get(method)
    return ["there is no such method"] if described is None else list(_fields(described["fields"], params, ""))


def against_type(name: str, value: object, where: str = "") -> list[str]:
    """Return what Telegram's description does not allow in *value* as an object of the type *name*."""
    return list(_described([name], value, where or name)) if _bot_api() else []


def _fields(fields: list[dict[str, Any]], value: Mapping[str, object], where: str) -> Iterator[str]:
    known = {field["name"]: field for field in fields}
    for name, item in value.items():
        if name not in known:
            yield f"{_dot(where, name)}: unknown"
        else:
            yield from _described(known[name]["types"], item, _dot(where, name))
    for name, field in known.items():
        if field["required"] and name not in value:
            yield f"{_dot(where, name)}: missing"


def _described(names: list[str], value: object, where: str) -> Iterator[str]:
    opinions = [list(_as(name, value, where)) for name in names]
    yield from min(opinions, key=len)


def _as(name: str, value: object, where: str) -> Iterator[str]:
    if name.startswith("Array of "):
        if not isinstance(value, list):
            yield f"{where}: a list was expected, not {value!r}"
            return
        for index, item in enumerate(value):
            yield from _as(name.removeprefix("Array of "), item, f"{where}[{index}]")
        return
    described = _bot_api()["types"].get(name)
    if described is None or name == "InputFile":
        if not _is_plain(name, value):
            yield f"{where}: {name} was expected, not {value!r}"
    elif described.get("subtypes"):
        yield from _described(described["subtypes"], value, where)
    elif not isinstance(value, Mapping):
        yield f"{where}: {name} was expected, not {value!r}"
    else:
        yield from _fields(described.get("fields", []), value, where)


def _is_plain(name: str, value: object) -> bool:
    match name:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean" | "True":
            return isinstance(value, bool)
        case "InputFile":
            return isinstance(value, Upload)
        case _:
            return isinstance(value, str)
