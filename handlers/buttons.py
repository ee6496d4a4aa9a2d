"""Buttons as typed values: a dataclass on our side, at most 64 bytes on Telegram's.

What comes back from Telegram is untrusted: `decode` returns None for anything that `encode` could not have made,
and every handler reads the rights of the person anew.
"""

import dataclasses
import types
import typing
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, ClassVar, Self, TypeVar

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MAX_BYTES = 64
REGISTRY: dict[str, type["Button"]] = {}
_FIELDS: dict[type["Button"], dict[str, Any]] = {}


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
        data = ":".join([self.code, *[_pack(getattr(self, name)) for name in _fields(type(self))]])
        if len(data.encode()) > MAX_BYTES:
            raise ValueError(f"button {self.code} does not fit in {MAX_BYTES} bytes")
        return data

    @classmethod
    def decode(cls, data: str) -> Self | None:
        """Return the button that encodes to *data*, or None."""
        code, *parts = data.split(":")
        fields = _fields(cls)
        if code != cls.code or len(parts) != len(fields):
            return None
        try:
            values = [_unpack(part, hint) for part, hint in zip(parts, fields.values(), strict=True)]
            found = cls(*values)
            return found if found.encode() == data else None
        except (ValueError, OverflowError):
            return None


B = TypeVar("B", bound=Button)


def button(code: str) -> typing.Callable[[type[B]], type[B]]:
    """Give a button class its unique short code."""

    def enter(cls: type[B]) -> type[B]:
        if code in REGISTRY:
            raise TypeError(f"button code {code!r} is taken by {REGISTRY[code].__name__}")
        cls.code = code
        REGISTRY[code] = cls
        return cls

    return enter


@dataclass(frozen=True)
class Key:
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


def _fields(cls: type[Button]) -> dict[str, Any]:
    """Return the types of a button's fields by name, in their order; worked out once, since to ask is slow."""
    found = _FIELDS.get(cls)
    if found is None:
        hints = typing.get_type_hints(cls)
        found = _FIELDS[cls] = {field.name: hints[field.name] for field in dataclasses.fields(cls)}
    return found


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


def _unpack(part: str, hint: Any) -> Any:  # noqa: ANN401 a type hint and its value
    options = [kind for kind in typing.get_args(hint) if kind is not types.NoneType] or [hint]
    if part == "":
        if type(None) in typing.get_args(hint):
            return None
        raise ValueError("empty")
    kind = options[0]
    if kind is bool:
        return {"1": True, "0": False}.get(part) if part in "01" else _refuse()
    if kind is int:
        number = int(part, 36)
        return number if -(2**63) <= number < 2**63 else _refuse()
    return kind(part)


def _refuse() -> None:
    raise ValueError("not a button")


@lru_cache(maxsize=256)  # all buttons of a keyboard are about the same few ids
def _base36(number: int) -> str:
    sign, number = ("-", -number) if number < 0 else ("", number)
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if number == 0:
            return sign + digits
