"""The buttons of lists: places of the order and ids, never positions, so that a changed list makes none wrong."""

from dataclasses import dataclass
from typing import ClassVar

from bot.services.desk.finding import At
from handlers.buttons import Button, button

#: No id and no place is as large: only somebody who forges sends more.
_MOST = 2**62


@dataclass(frozen=True)
class _Paged(Button):
    """A page behind (with `back` before) the report `after`, which stood at `standing`; without these the first."""

    on_card: ClassVar[bool] = False
    standing: int | None
    after: int | None
    back: bool

    @property
    def at(self) -> At | None:
        """The place, None for the first page."""
        if self.standing is None or self.after is None or self.after >= _MOST or self.standing >= _MOST:
            return None
        return At(self.standing, self.after, self.back)


@button("fo")
@dataclass(frozen=True)
class OpenPage(_Paged):
    """A page of open reports: all of the desks, or those that `person` has."""

    person: int | None


@button("fz")
@dataclass(frozen=True)
class FoundPage(_Paged):
    """A page of what a search found: `asked` is its row's draft id, `person` who asked."""

    asked: int
    person: int


@button("fs")
@dataclass(frozen=True)
class ShowReport(Button):
    """A line of a list: show that report's card."""

    on_card: ClassVar[bool] = False
    report: int
