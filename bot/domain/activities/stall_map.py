"""Where the dots of a map of stalls go: on a shared point, else beside the nearest known door, else in the middle.

There are no coordinates of addresses in the project, and none are asked of anybody on the internet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin

from bot.domain.activities.stall_route import Door
from bot.domain.geo import Point

_METRES_PER_DEGREE = 111_195.0
#: Between two places that a dot tries when others are in its way, as a part of its size.
_STEP = 0.5


@dataclass(frozen=True, slots=True)
class Spot:
    """A point for a stall; *about*: nobody shared it, it is a guess."""

    point: Point
    about: bool


def spots(
    doors: Sequence[Door], shared: Mapping[int, Point], middles: Mapping[str, Point], middle: Point
) -> dict[int, Spot]:
    """Return a point for each stall that is not on the shared field, by id.

    *shared* are the points that people shared, *middles* a point for four digits of a postcode, *middle* for the rest.
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
        beside = None if own else _beside(door, streets.get(street, []), shared)
        fallback = middles.get((door.postcode or "")[:4], middle)
        found[door.id] = Spot(own or beside or fallback, about=own is None)
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


def frame_around(points: Sequence[Point], size: int, *, least: float = 500.0, margin: float = 1.3) -> Frame:
    """Return the frame that holds *points* (at least one) with some room, at least *least* metres wide."""
    lats, lons = [point.lat for point in points], [point.lon for point in points]
    middle = Point((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    height = (max(lats) - min(lats)) * _METRES_PER_DEGREE
    width = (max(lons) - min(lons)) * cos(radians(middle.lat)) * _METRES_PER_DEGREE
    return Frame(middle, max(least, margin * max(height, width)), size)


def spread(wanted: Sequence[tuple[float, float]], apart: float, size: float) -> list[tuple[float, float]]:
    """Return a place for each dot, as near to where it wants to be as others let it, *apart* pixels from all of them.

    Who comes first has the choice; everybody stays within the square of *size*, as long as there is room.
    """
    edge = min(apart / 2 + 2, size / 2)
    taken: list[tuple[float, float]] = []
    for x, y in wanted:
        start = (min(max(x, edge), size - edge), min(max(y, edge), size - edge))
        taken.append(_free(start, taken, apart, size, edge))
    return taken


def _free(
    start: tuple[float, float], taken: Sequence[tuple[float, float]], apart: float, size: float, edge: float
) -> tuple[float, float]:
    for ring in range(round(size * 1.5 / (apart * _STEP))):
        radius = ring * apart * _STEP
        steps = max(1, round(2 * pi * radius / (apart * _STEP)))
        for step in range(steps):
            angle = 2 * pi * step / steps
            x, y = start[0] + radius * cos(angle), start[1] + radius * sin(angle)
            inside = edge <= x <= size - edge and edge <= y <= size - edge
            if inside and all(hypot(x - other[0], y - other[1]) >= apart - 1e-6 for other in taken):
                return x, y
    return start
