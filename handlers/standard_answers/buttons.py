"""The buttons of keeping standard answers."""

from dataclasses import dataclass

from bot.domain.enums import Language, Theme
from handlers.buttons import Button, button


@button("za")
@dataclass(frozen=True)
class Themes(Button):
    """The first page."""


@button("zt")
@dataclass(frozen=True)
class OfTheme(Button):
    """The answers of a theme."""

    theme: Theme


@button("zo")
@dataclass(frozen=True)
class OpenAnswer(Button):
    """One answer."""

    answer: int


@button("zn")
@dataclass(frozen=True)
class AddAnswer(Button):
    """A new answer."""

    theme: Theme
    language: Language


@button("zc")
@dataclass(frozen=True)
class ChangeAnswer(Button):
    """Another title, or another text."""

    answer: int
    title: bool


@button("zr")
@dataclass(frozen=True)
class RemoveAnswer(Button):
    """*Weghalen*, asked once more before it is done."""

    answer: int
    sure: bool
