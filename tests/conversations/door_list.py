"""Which doors the bot has, found by themselves: a new command, button, link or notice is tried without being named."""

import dataclasses
import itertools
import re
import sys
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from typer.models import OptionInfo

import handlers
from bot.cli.exports import export
from bot.domain.notices import Notice
from handlers.buttons import REGISTRY, Button
from handlers.routes import OnButton, OnCommand, OnMessage, OnUpdate, OnWords
from handlers.views import VIEWS

#: The numbers that a field may hold, by its name.
Values = Mapping[str, Sequence[Any]]
#: So many of one sort are tried at most.
_MOST = 6


def commands() -> list[str]:
    """Return the names of all commands; fails on a sort of route that nobody here knows how to try."""
    known = (OnCommand, OnWords, OnButton, OnMessage, OnUpdate)
    strange = [one for one in handlers.routes() if not isinstance(one, known)]
    assert not strange, f"a new sort of door: {strange}"
    return sorted({name for route in handlers.routes() if isinstance(route, OnCommand) for name in route.names})


def words() -> list[str]:
    """Return the words that a route waits for, in every language."""
    return sorted({word for route in handlers.routes() if isinstance(route, OnWords) for word in route.words})


def links(ids: Sequence[int]) -> list[str]:
    """Return payloads of deep links: these ids alone, and behind every prefix or word that our code has a name for."""
    words = {
        value
        for name, module in list(sys.modules.items())
        if name.startswith(("handlers.", "bot.services.")) and module is not None
        for constant, value in vars(module).items()
        if isinstance(value, str) and value.isascii() and re.search("link|prefix", constant, re.IGNORECASE)
    }
    return sorted({*words, *(f"{word}{number}" for word in (*words, "") for number in ids)} - {""})


def taps(pool: Values, ids: Sequence[int]) -> Iterator[Button]:
    """Yield taps of every button there is: numbers by the names of their fields, and each of *ids* at every place."""
    for cls in REGISTRY.values():
        yield from made_of(cls, pool, ids)


def notices(pool: Values, ids: Sequence[int]) -> Iterator[Notice]:
    """Yield notices of every kind that is drawn for a chat, in the same way."""
    for cls in VIEWS:
        yield from made_of(cls, pool, ids)


def exports() -> list[list[str]]:
    """Return the words of every `buurtbode export …` there is, with each choice and each switch that it has."""
    assert not export.registered_groups, "a new sort of door"
    found = []
    for command in export.registered_commands:
        assert command.callback is not None
        assert command.name is not None
        ways: list[list[list[str]]] = []
        for hint in typing.get_type_hints(command.callback, include_extras=True).values():
            kind, *more = typing.get_args(hint) or [hint]
            option = next((one for one in more if isinstance(one, OptionInfo)), None)
            # Inside `Annotated`, typer keeps the first name where a default would be.
            names = [] if option is None else [option.default, *(option.param_decls or ())]
            name = next((str(one) for one in names if str(one).startswith("--")), "")
            if kind is bool:
                ways.append([[], [name]])
            elif isinstance(kind, type) and issubclass(kind, Enum):
                ways.append([[name, str(one.value)] for one in kind])
        found += [["export", command.name, *itertools.chain(*way)] for way in itertools.product(*ways)]
    return found


def made_of(cls: type[Any], pool: Values, ids: Sequence[int]) -> Iterator[Any]:
    """Yield some of what can be made of a class."""
    yield from itertools.islice(_unique(_made(cls, pool, ids)), _MOST)


def _made(cls: type[Any], pool: Values, ids: Sequence[int]) -> Iterator[Any]:
    """Yield what can be made of a class: values that belong together in turn, then each id at every place."""
    hints, fields = typing.get_type_hints(cls), dataclasses.fields(cls)
    named = [_values(hints[field.name], pool.get(field.name, ids)) for field in fields]
    together = [tuple(values[at % len(values)] for values in named) for at in range(_MOST - 2)]
    everywhere = [tuple(number if type(values[0]) is int else values[0] for values in named) for number in ids]
    for row in [*together, *everywhere]:
        try:
            made = cls(*row)
            if isinstance(made, Button):
                made.encode()
        except ValueError:  # longer than a button may be
            continue
        yield made


def _values(hint: Any, numbers: Sequence[Any]) -> list[Any]:  # noqa: ANN401 a type hint and its values
    kinds = [kind for kind in typing.get_args(hint) if kind is not types.NoneType] or [hint]
    nothing = [None] if type(None) in typing.get_args(hint) else []
    kind = kinds[0]
    if kind is bool:
        return [True, False, *nothing]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [*kind, *nothing]
    if kind is int:
        return [*(number for number in numbers if type(number) is int), *nothing] or [0]
    return [*(word for word in numbers if isinstance(word, str)), "1", *nothing]


def _unique(made: Iterable[Any]) -> Iterator[Any]:
    seen: set[Any] = set()
    for one in made:
        if one not in seen:
            seen.add(one)
            yield one
