"""Which view draws which notice. A test fails when a notice has no view."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from bot.domain.enums import Language
from bot.domain.notices import Notice
from bot.domain.time import after_quiet, is_quiet
from bot.texts import Translator
from handlers.views.drawing import Drawn, Later, Letter, NotAnyMore
from storage.work import Work


@dataclass(frozen=True)
class Reading:
    """What a view may look at: an open reading `work`, its reader's translator, and where the message stands.

    `language_of(person)` and `translator(language)` serve messages about somebody else's language.
    `message_id` is the message that will be edited, or None when it will be sent; `parts` are all those of an album.
    """

    work: Work
    t: Translator
    chat_id: int
    thread_id: int | None
    message_id: int | None
    bot_username: str
    translator: Callable[[Language], Translator]
    parts: tuple[int, ...] = ()

    @property
    def now(self) -> datetime:
        """The moment of drawing (UTC)."""
        return self.work.now

    @property
    def morning(self) -> Later | None:
        """Until when a message waits that may not come at night; None by day."""
        zone = self.t.zone
        return Later(after_quiet(self.now, zone)) if is_quiet(self.now, zone) else None


View = Callable[[Any, Reading], Awaitable[Drawn]]
VIEWS: dict[type[Notice], View] = {}
V = TypeVar("V", bound=View)


def view(notice: type[Notice]) -> Callable[[V], V]:
    """Enter a function as the view of *notice*; a second one is a programming error."""

    def enter(function: V) -> V:
        if notice in VIEWS:
            raise TypeError(f"{notice.__name__} has a view already")
        VIEWS[notice] = function
        return function

    return enter


LetterView = Callable[[Any, Reading], Awaitable[Letter | NotAnyMore]]
LETTERS: dict[type[Notice], LetterView] = {}
M = TypeVar("M", bound=LetterView)


def letter(notice: type[Notice]) -> Callable[[M], M]:
    """Enter the function that draws *notice* as an e-mail; a second one is a programming error."""

    def enter(function: M) -> M:
        if notice in LETTERS:
            raise TypeError(f"{notice.__name__} has a letter already")
        LETTERS[notice] = function
        return function

    return enter


Line = Callable[[Any, Reading], Awaitable[str]]
LINES: dict[type[Notice], Line] = {}
L = TypeVar("L", bound=Line)


def line(notice: type[Notice]) -> Callable[[L], L]:
    """Enter the function that names a `burst` notice in one line: the label of its button on a list message.

    An empty line leaves it off the list. A second function is a programming error.
    """

    def enter(function: L) -> L:
        if notice in LINES:
            raise TypeError(f"{notice.__name__} has a line already")
        LINES[notice] = function
        return function

    return enter
