"""Buttons as typed values: a dataclass on our side, at most 64 bytes on Telegram's.

What comes back from Telegram is untrusted: `decode` returns None for anything that `encode` could not have made,
and every handler reads the rights of the person anew.
"""

import dataclasses
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import Any, ClassVar, NamedTuple, NoReturn, Self, TypeVar

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MAX_BYTES = 64
REGISTRY: dict[str, type["Button"]] = {}


@dataclass(frozen=True)
class Button:
    """Base of all buttons. Subclasses: `@button("rt") @dataclass(frozen=True) class Take(Button): report: int`.

    Fields may be int, bool, str (without ":"), an Enum with string values, or one of these or None.
    `on_card`: it may stand on a card, so that its numbers tell which one. A list's buttons name reports as well.
    `reads_keyboard`: its handler looks at the other buttons of the message; for all others Telegram's copy of the
    tapped message is not read in.
    """

    code: ClassVar[str] = ""
    on_card: ClassVar[bool] = True
    reads_keyboard: ClassVar[bool] = False

    def encode(self) -> str:
        """Return the callback data; raises ValueError when it would be longer than Telegram allows."""
        data = ":".join([self.code, *map(_pack, vars(self).values())])
        if len(data.encode()) > MAX_BYTES:
            raise ValueError(f"button {self.code} does not fit in {MAX_BYTES} bytes")
        return data

    @classmethod
    def decode(cls, data: str) -> Self | None:
        """Return the button that encodes to *data*, or None."""
        code, *parts = data.split(":")
        readers = _readers(cls)  # type: ignore[arg-type]  # mypy takes a class of its own kind for no key
        if code != cls.code or len(parts) != len(readers):
            return None
        try:
            found = cls(*[read(part) for read, part in zip(readers, parts, strict=True)])
            return found if found.encode() == data else None
        except (ValueError, OverflowError):
            return None


B = TypeVar("B", bound=Button)


def button(code: str) -> Callable[[type[B]], type[B]]:
    """Give a button class its unique short code."""

    def enter(cls: type[B]) -> type[B]:
        if code in REGISTRY:
            raise TypeError(f"button code {code!r} is taken by {REGISTRY[code].__name__}")
        cls.code = code
        REGISTRY[code] = cls
        return cls

    return enter


class Key(NamedTuple):
    """One key of an inline keyboard: a label with either a button or a link."""

    label: str
    button: Button | None = None
    url: str | None = None

    def to_json(self) -> dict[str, str]:
        """Return the InlineKeyboardButton as Telegram's JSON."""
        if self.button is not None:
            return {"text": self.label, "callback_data": self.button.encode()}
        return {"text": self.label, "url": self.url or ""}


Keyboard = list[list[Key]]


def numbers_of(data: str) -> list[int]:
    """Return the whole numbers in the data of a card's button, ids of what it is about among them; else none."""
    cls = REGISTRY.get(data.partition(":")[0])
    found = cls.decode(data) if cls and cls.on_card else None
    values = [getattr(found, field.name) for field in dataclasses.fields(found)] if found else []
    return [value for value in values if type(value) is int and 0 <= value < 2**63]


@cache  # to ask a class for the types of its fields is slow
def _readers(cls: type[Button]) -> tuple[Callable[[str], Any], ...]:
    """Return how each field of a button is read, in their order."""
    hints = typing.get_type_hints(cls)
    return tuple(_reader(hints[field.name]) for field in dataclasses.fields(cls))


def _reader(hint: Any) -> Callable[[str], Any]:  # noqa: ANN401 a type hint
    kinds = typing.get_args(hint) or (hint,)
    kind = next(kind for kind in kinds if kind is not types.NoneType)
    read = {bool: _bool, int: _int}.get(kind, kind)
    return lambda part: read(part) if part else _nothing(optional=types.NoneType in kinds)


def _bool(part: str) -> bool:
    return {"1": True, "0": False}[part] if part in ("0", "1") else _refuse()


def _int(part: str) -> int:
    number = int(part, 36)
    return number if -(2**63) <= number < 2**63 else _refuse()


def _nothing(*, optional: bool) -> None:
    return None if optional else _refuse()


@lru_cache(maxsize=1_024, typed=True)  # the buttons of many people's keyboards say the same, of a few ids
def _pack(value: Any) -> str:  # noqa: ANN401 any field type named in Button
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, int):
        return _base36(value)
    text = str(value)
    if ":" in text or not text:
        raise ValueError("a button's text may not be empty or hold a colon")
    return text


def _refuse() -> NoReturn:
    raise ValueError("not a button")


def _base36(number: int) -> str:
    sign, number = ("-", -number) if number < 0 else ("", number)
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if number == 0:
            return sign + digits
