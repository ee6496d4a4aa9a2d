"""Where the dots of a map of stalls go: on a shared point, else beside the nearest known door of the street.

There are no coordinates of addresses in the project, and none are asked of anybody on the internet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin

from bot.domain.activities.stall_route import Door
from bot.domain.geo import Point

_METRES_PER_DEGREE = 111_195.0
#: A frame is so much wider than what it holds.
_ROOM = 1.3
#: Between two places that a dot tries when others are in its way, as a part of its size.
_STEP = 0.5


@dataclass(frozen=True, slots=True)
class Spot:
    """A point for a stall; *about*: nobody shared it, it is a guess."""

    point: Point
    about: bool


def spots(doors: Sequence[Door], shared: Mapping[int, Point]) -> dict[int, Spot]:
    """Return a point for each stall in a street where anybody shared one, by id; *shared* are these points.

    Of other streets nobody knows where they are: a dot of theirs would send visitors to a wrong place.
    """
    streets: dict[str, list[Door]] = {}
    for door in doors:
        if door.id in shared:
            streets.setdefault(door.street_key, []).append(door)
    found: dict[int, Spot] = {}
    for door in doors:
        if not (street := door.street_key):
            continue
        own = shared.get(door.id)
        point = own or _beside(door, streets.get(street, []), shared)
        if point is not None:
            found[door.id] = Spot(point, about=own is None)
    return found


def _beside(door: Door, same: Sequence[Door], shared: Mapping[int, Point]) -> Point | None:
    """Return the shared point of the door in the same street that is nearest by its number, on the same side first."""
    number = door.house[0]
    nearest = min(
        same, key=lambda other: ((other.house[0] - number) % 2, abs(other.house[0] - number), other.id), default=None
    )
    return None if nearest is None else shared[nearest.id]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a square map of *size* pixels shows: *span* metres around a middle, north up."""

    middle: Point
    span: float
    size: int

    def pixel(self, point: Point) -> tuple[float, float]:
        """Return where a point is drawn, from the left and from the top."""
        scale = self.size / self.span
        east = (point.lon - self.middle.lon) * cos(radians(self.middle.lat)) * _METRES_PER_DEGREE
        north = (point.lat - self.middle.lat) * _METRES_PER_DEGREE
        return self.size / 2 + east * scale, self.size / 2 - north * scale


def frame_around(points: Sequence[Point], size: int, *, least: float = 500.0) -> Frame:
    """Return the frame that holds *points* (at least one) with some room, at least *least* metres wide."""
    lats, lons = [point.lat for point in points], [point.lon for point in points]
    middle = Point((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    height = (max(lats) - min(lats)) * _METRES_PER_DEGREE
    width = (max(lons) - min(lons)) * cos(radians(middle.lat)) * _METRES_PER_DEGREE
    return Frame(middle, max(least, _ROOM * max(height, width)), size)


def spread(wanted: Sequence[tuple[float, float]], apart: float, size: float) -> list[tuple[float, float]]:
    """Return a place for each dot, as near to where it wants to be as others let it, *apart* pixels from all of them.

    Who comes first has the choice; everybody stays within the square of *size*, as long as there is room.
    """
    edge = min(apart / 2 + 2, size / 2)
    taken = _Taken(apart)
    places: list[tuple[float, float]] = []
    for x, y in wanted:
        start = (min(max(x, edge), size - edge), min(max(y, edge), size - edge))
        place = next((spot for spot in _around(start, apart, size, edge) if taken.is_free(*spot)), start)
        taken.add(*place)
        places.append(place)
    return places


class _Taken:
    """The places of dots by squares of a grid, so that only neighbours are looked at."""

    def __init__(self, apart: float) -> None:
        self._apart = apart
        self._squares: dict[tuple[int, int], list[tuple[float, float]]] = {}

    def _square(self, x: float, y: float) -> tuple[int, int]:
        return int(x // self._apart), int(y // self._apart)

    def add(self, x: float, y: float) -> None:
        self._squares.setdefault(self._square(x, y), []).append((x, y))

    def is_free(self, x: float, y: float) -> bool:
        column, row = self._square(x, y)
        near = (self._squares.get((column + right, row + down), []) for right in (-1, 0, 1) for down in (-1, 0, 1))
        return all(hypot(x - other[0], y - other[1]) >= self._apart - 1e-6 for square in near for other in square)


def _around(start: tuple[float, float], apart: float, size: float, edge: float) -> Iterator[tuple[float, float]]:
    """Give the places in rings around *start*, within the square of *size*."""
    for ring in range(round(size * 1.5 / (apart * _STEP))):
        radius = ring * apart * _STEP
        steps = max(1, round(2 * pi * radius / (apart * _STEP)))
        for step in range(steps):
            angle = 2 * pi * step / steps
            x, y = start[0] + radius * cos(angle), start[1] + radius * sin(angle)
            if edge <= x <= size - edge and edge <= y <= size - edge:
                yield x, y
