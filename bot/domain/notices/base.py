"""What a drawn message is before anybody draws it: a few ids, a priority and a key."""

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypeVar

from bot.domain.enums import Priority


@dataclass(frozen=True)
class Notice:
    """Something that a service wants to be said; a view draws it when it is sent.

    Subclasses hold ids and small values only (int, str, bool, None): never a sentence, never a name. They are
    frozen dataclasses decorated with `@notice`, so that `REGISTRY` finds them again by `kind`.

    `kind`      stored in the outbox row; unique.
    `priority`  see `Priority`.
    `once`      a second put of the same key does nothing (True) or redraws the message (False).
    `resend`    a second put shows a new message below instead of editing the old one.
    `burst`     many new ones at once in one group become list messages (cards of reports).
    """

    kind: ClassVar[str] = ""
    priority: ClassVar[Priority] = Priority.CARD
    once: ClassVar[bool] = False
    resend: ClassVar[bool] = False
    burst: ClassVar[bool] = False

    @property
    def key(self) -> str:
        """The unique name of this message: its kind and all of its ids."""
        return ":".join([self.kind, *(str(value) for value in vars(self).values())])

    @property
    def about(self) -> int | None:
        """The id of the report, sign-up or occurrence that this is about (the first field)."""
        first = next(iter(vars(self).values()), None)
        return first if isinstance(first, int) else None

    def to_payload(self) -> dict[str, Any]:
        """Return the fields as JSON-ready values."""
        return dict(vars(self))

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Return the notice that `to_payload` was called on."""
        return cls(**payload)

    @classmethod
    def from_key(cls, key: str) -> Self:
        """Return the notice whose key ends with its fields, all of them whole numbers; ValueError for any other key.

        Rows forget their payload once delivered; those of `burst` kinds are drawn again from their key.
        """
        names = [field.name for field in dataclasses.fields(cls)]
        return cls(**dict(zip(names, map(int, key.split(":")[-len(names) :]), strict=True)))


REGISTRY: dict[str, type[Notice]] = {}


N = TypeVar("N", bound=Notice)


def notice(cls: type[N]) -> type[N]:
    """Enter a notice class in the registry; a kind that is empty or taken is a programming error."""
    if not cls.kind or cls.kind in REGISTRY:
        raise TypeError(f"notice kind {cls.kind!r} of {cls.__name__} is empty or taken")
    REGISTRY[cls.kind] = cls
    return cls
