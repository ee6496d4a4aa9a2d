"""What stands on the map and on the sheet of a Rommelroute, in the reader's language.

`route_map` and `route_sheet` draw it.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.domain.enums import StallState
from bot.domain.geo import Point, Shape

#: When a sheet was made says nothing about what is on it.
_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Dot:
    """One stall: its number, where it wants to be, and how it stands; *about*: its place is a guess.

    Nobody shared a point in its street: there is none for the stall either.
    """

    number: int
    street: str
    point: Point | None
    state: StallState
    about: bool


@dataclass(frozen=True)
class Picture:
    """All that is on the map, in the reader's language. `names` are wijken with a point inside each."""

    title: str
    when: str
    dots: tuple[Dot, ...]
    middle: Point
    shape: Shape | None
    names: tuple[tuple[str, Point], ...]
    states: tuple[tuple[StallState, str], ...]
    about: str
    field: str
    unplaced: str
    source: str

    @property
    def key(self) -> str:
        """The same for two pictures on which the same is to be seen."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True)
class Row:
    """One stall: its number, its street (None: the shared field), the address and what is sold."""

    number: int
    street: str | None
    address: str
    sells: str


@dataclass(frozen=True)
class Sheet:
    """All that is on the sheet, in the reader's language; *rows* in walking order."""

    title: str
    when: str
    place: str
    rows: tuple[Row, ...]
    field: str
    note: str
    scan: str
    foot: str
    link: str
    picture: Picture | None
    made_at: datetime

    @property
    def key(self) -> str:
        """The same for two sheets on which the same is to be read."""
        return hashlib.sha256(repr(replace(self, made_at=_SOME_TIME)).encode()).hexdigest()


def for_paper(picture: Picture) -> Picture | None:
    """Return the picture without how the stalls stand now, which paper can't follow; None without a dot on the map.

    Stalls without a point stand in the list of the sheet.
    """
    dots = tuple(replace(dot, state=StallState.OPEN) for dot in picture.dots if dot.point is not None)
    return replace(picture, dots=dots, states=()) if dots else None
