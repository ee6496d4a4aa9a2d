"""From a point, a postcode or a name to a wijk, or to the few among which somebody must choose.

Source: Reporting, "Where".
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Protocol

from bot.domain.geo import Point, Shape, metres_between
from bot.domain.phrases import tokens
from bot.domain.routing import Place

#: A second wijk within this distance of the point: ask.
DOUBT_METRES = 75.0
#: Up to here outside every wijk the nearest one is meant.
OUTSIDE_METRES = 300.0
#: Without polygons, whatever is further from every inner point is outside: in Almere only an empty
#: corner of Overig Almere Hout is, while the nearest town begins at 3.8 km.
INNER_POINT_METRES = 3_500.0
#: A postcode speaks for its largest wijk from this share of its residents.
SURE_SHARE = 0.95
#: Smaller shares are offered only when a second button is needed.
SMALL_SHARE = 0.01
MIN_CHOICES, MAX_CHOICES = 2, 4
_CLOSE_SPELLING = 0.82


@dataclass(frozen=True, slots=True)
class Area:
    """A wijk: its code, name and region, a point inside, other names, and a border if loaded."""

    code: str
    name: str
    region: str
    inner: Point
    aliases: tuple[str, ...] = ()
    shape: Shape | None = None

    @property
    def place(self) -> Place:
        """The place that the routing rules look at."""
        return Place(self.code, self.region)


class Sure(StrEnum):
    """How a wijk was found, which says whether it must be confirmed."""

    #: One wijk, no doubt.
    ONE = "one"
    #: Two to four wijken with the likeliest first: somebody must choose.
    CHOOSE = "choose"
    #: Outside the town: "buiten Almere", with the choice to go on.
    OUTSIDE = "outside"
    #: A post box or reply number: a postcode without a place.
    POST_BOX = "post_box"
    #: Nothing like it is known.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Located:
    """Where something is: one wijk, some to choose from (likeliest first), or none."""

    sure: Sure
    areas: tuple[Area, ...] = ()

    @property
    def area(self) -> Area | None:
        """The wijk, when there is no doubt about it."""
        return self.areas[0] if self.sure is Sure.ONE else None


def locate(point: Point, areas: Iterable[Area]) -> Located:
    """Return the wijk of *point* (Reporting, "Where").

    By polygon when polygons are loaded; a second wijk within 75 m gives choices; up to 300 m
    outside the nearest wijk is meant. Wijken without a polygon, and all of them before any is
    loaded, are found by their inner point and always left to choose.
    """
    bordered: list[tuple[Area, Shape]] = []
    others: list[Area] = []
    for area in areas:
        if area.shape is None:
            others.append(area)
        else:
            bordered.append((area, area.shape))
    found = _by_border(point, bordered)
    return found if found.sure is not Sure.OUTSIDE else _by_inner_point(point, others)


def _by_border(point: Point, bordered: list[tuple[Area, Shape]]) -> Located:
    near = sorted(
        ((shape.metres_to(point), area.code, area) for area, shape in bordered if shape.near(point, OUTSIDE_METRES)),
        key=lambda entry: entry[:2],
    )
    if not near or near[0][0] > OUTSIDE_METRES:
        return Located(Sure.OUTSIDE)
    doubted = tuple(area for metres, _, area in near[1:] if metres <= DOUBT_METRES)
    first = near[0][2]
    return Located(Sure.CHOOSE, (first, *doubted)[:MAX_CHOICES]) if doubted else Located(Sure.ONE, (first,))


def _by_inner_point(point: Point, areas: list[Area]) -> Located:
    near = sorted(((metres_between(point, area.inner), area.code, area) for area in areas), key=lambda entry: entry[:2])
    if not near or near[0][0] > INNER_POINT_METRES:
        return Located(Sure.OUTSIDE)
    return Located(Sure.CHOOSE, tuple(area for _, _, area in near[:MAX_CHOICES]))


class PostcodeShare(Protocol):
    """A wijk that a postcode touches, and its share (0-1) of the postcode's residents."""

    @property
    def area(self) -> str:
        """The code of the wijk."""

    @property
    def share(self) -> float:
        """The share of the residents, or of the surface where nobody lives."""


_POSTCODE = re.compile(r"(?<![\w-])([1-9]\d{3})(?:\s?([A-Za-z]{2}))?(?![\w-])")


def parse_postcode(text: str) -> str | None:
    """Return the four digits of a postcode that *text* is: "1324", "1324 AB", "1324ab"."""
    found = _POSTCODE.fullmatch(text.strip())
    return found[1] if found else None


def by_postcode(
    postcode: str,
    shares: Mapping[str, Sequence[PostcodeShare]],
    post_boxes: Collection[str],
    areas: Mapping[str, Area],
) -> Located:
    """Return the wijk of four digits, or choices when its largest one holds < 95 % of the residents.

    *shares* are the wijken per postcode with the largest first; unknown digits are outside.
    """
    if postcode in post_boxes:
        return Located(Sure.POST_BOX)
    known = [share for share in shares.get(postcode, ()) if share.area in areas]
    if not known:
        return Located(Sure.OUTSIDE)
    if known[0].share >= SURE_SHARE or len(known) == 1:
        return Located(Sure.ONE, (areas[known[0].area],))
    wanted = [
        share for rank, share in enumerate(known[:MAX_CHOICES]) if rank < MIN_CHOICES or share.share >= SMALL_SHARE
    ]
    return Located(Sure.CHOOSE, tuple(areas[share.area] for share in wanted))


def by_name(text: str, areas: Sequence[Area]) -> Located:
    """Return the wijk that *text* names: its name, what people call it, or nearly so.

    A name that two wijken share ("Muziekwijk") gives choices, as does the beginning of one. A
    whole sentence is looked through as `named_in` does.
    """
    typed = _plain(text)
    names: dict[str, list[Area]] = {}
    for area in areas:
        for name in (area.name, *area.aliases):
            names.setdefault(_plain(name), []).append(area)
    if not typed:
        return Located(Sure.UNKNOWN)
    if typed in names:
        return _located(names[typed])
    begun = [area for name, found in names.items() if len(typed) > 3 and name.startswith(typed) for area in found]
    if begun:
        return _located(begun)
    close = get_close_matches(typed, names, n=MAX_CHOICES, cutoff=_CLOSE_SPELLING)
    return _located([area for name in close for area in names[name]]) if close else named_in(text, areas)


def regions(areas: Iterable[Area]) -> tuple[str, ...]:
    """Return the regions of *areas*, each once, in the order in which they first appear."""
    return tuple(dict.fromkeys(map(attrgetter("region"), areas)))


def region_named(text: str, areas: Iterable[Area]) -> str | None:
    """Return the region that *text* names, with or without its town: "Haven" is "Almere Haven"."""
    typed = _plain(text)
    for region in regions(areas):
        name = _plain(region)
        if typed and typed in (name, name.partition(" ")[2]):
            return region
    return None


def named_in(text: str, areas: Iterable[Area]) -> Located:
    """Return the wijk whose name or other name stands in a sentence; longer names win.

    "Lamp kapot in de Filmwijk" is one, "in Muziekwijk" leaves two to choose, others are unknown.
    Names of one general word ("Centrum", "Duin", "Hortus") are too uncertain to be taken so.
    """
    sentence = f" {_plain(text)} "
    found: dict[str, list[Area]] = {}
    for area in areas:
        for name in _plain_names(area.name, area.aliases):
            if name not in _GENERAL and f" {name} " in sentence:
                found.setdefault(name, []).append(area)
    longest = [name for name in found if not any(name != other and name in other for other in found)]
    return _located([area for name in longest for area in found[name]])


#: Names that are everyday words as well, or the name of another town.
_GENERAL = frozenset(
    {"centrum", "duin", "hortus", "randstad", "de vaart", "de velden", "de hoven", "de laren", "de steiger"}
)


def _located(found: Sequence[Area]) -> Located:
    unique = tuple(dict.fromkeys(found))[:MAX_CHOICES]
    if not unique:
        return Located(Sure.UNKNOWN)
    return Located(Sure.ONE if len(unique) == 1 else Sure.CHOOSE, unique)


@cache
def _plain_names(name: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_plain, (name, *aliases)))


def _plain(name: str) -> str:
    return " ".join(tokens(name))
