"""Points and borders on a small piece of the earth: distances in metres, degrees are WGS84.

Written here and not taken from a library: a town needs a point in a polygon and a distance, and
the libraries for it bring a compiled geometry engine along.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, hypot, radians, sin, sqrt

EARTH_METRES = 6_371_008.8
_METRES_PER_DEGREE = radians(1) * EARTH_METRES
#: Into how many bands a shape is cut to find a point inside.
_LINES = 10


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place in degrees; `ValueError` outside the globe."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        """Refuse what is no place on earth, also not-a-number (`ValueError`)."""
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ValueError("no place on earth")


#: The corners of a border in order; the last one is the first one again.
Ring = tuple[Point, ...]
#: An outer ring, and the holes in it.
Polygon = tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One or more polygons, with the box that holds them."""

    polygons: tuple[Polygon, ...]
    south_west: Point
    north_east: Point

    @classmethod
    def of(cls, polygons: Iterable[Polygon]) -> "Shape":
        """Return the shape of *polygons*; `ValueError` without a ring, or with an open one."""
        kept = tuple(polygons)
        rings = [ring for polygon in kept for ring in polygon]
        if not rings or not all(kept):
            raise ValueError("a shape has at least one ring per polygon")
        if any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
            raise ValueError("a ring has three corners and ends where it began")
        corners = [corner for ring in rings for corner in ring]
        lats, lons = [corner.lat for corner in corners], [corner.lon for corner in corners]
        return cls(kept, Point(min(lats), min(lons)), Point(max(lats), max(lons)))

    def contains(self, point: Point) -> bool:
        """Tell whether *point* lies inside a polygon and in none of its holes."""
        if not self.near(point, 0):
            return False
        return any(
            _in_ring(point, outer) and not any(_in_ring(point, hole) for hole in holes)
            for outer, *holes in self.polygons
        )

    def near(self, point: Point, metres: float) -> bool:
        """Tell whether *point* lies at most *metres* outside the box: quick, and never too strict."""
        up = metres / _METRES_PER_DEGREE
        aside = up / max(cos(radians(point.lat)), 1e-9)
        return (
            self.south_west.lat - up <= point.lat <= self.north_east.lat + up
            and self.south_west.lon - aside <= point.lon <= self.north_east.lon + aside
        )

    def metres_to_border(self, point: Point) -> float:
        """Return the distance from *point* to the nearest border, from inside and outside alike."""
        return min(_metres_to_side(point, *side) for side in self._sides())

    def metres_to(self, point: Point) -> float:
        """Return how far outside *point* lies: 0 inside."""
        return 0.0 if self.contains(point) else self.metres_to_border(point)

    def inner_point(self) -> Point:
        """Return a point inside: the middle of the widest stretch on a few lines of latitude.

        `ValueError` for a shape without a surface.
        """
        height = self.north_east.lat - self.south_west.lat
        stretches: list[tuple[float, Point]] = []
        for step in range(1, _LINES):
            lat = self.south_west.lat + height * step / _LINES
            crossings = sorted(crossing for side in self._sides() for crossing in _crossing(lat, *side))
            for west, east in zip(crossings[::2], crossings[1::2], strict=True):
                stretches.append((east - west, Point(round(lat, 6), round((west + east) / 2, 6))))
        width, middle = max(stretches, default=(0.0, self.south_west))
        if width == 0:
            raise ValueError("a shape without a surface")
        return middle

    def _sides(self) -> Iterator[tuple[Point, Point]]:
        for polygon in self.polygons:
            for ring in polygon:
                yield from pairwise(ring)


def metres_between(one: Point, other: Point) -> float:
    """Return the distance over the globe (haversine) between two points, in metres."""
    up, aside = radians(other.lat - one.lat) / 2, radians(other.lon - one.lon) / 2
    root = sin(up) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(aside) ** 2
    return 2 * EARTH_METRES * asin(sqrt(min(root, 1.0)))


def rounded(point: Point, metres: float = 25.0) -> Point:
    """Return the middle of the square of about *metres* in which *point* lies.

    What is kept of an open place report (Privacy and safety: "a point rounded to ~25 m").
    """
    up = metres / _METRES_PER_DEGREE
    lat = max(-90.0, min(90.0, round(point.lat / up) * up))
    aside = up / max(cos(radians(lat)), 1e-9)
    lon = max(-180.0, min(180.0, round(point.lon / aside) * aside))
    return Point(round(lat, 6), round(lon, 6))


def parse_shape(geometry: Mapping[str, object]) -> Shape:
    """Return the shape of a GeoJSON geometry, Polygon or MultiPolygon.

    Coordinates may be degrees (longitude first) or the Dutch grid in metres (EPSG:28992), as
    PDOK gives them. `ValueError` for anything else.
    """
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Polygon":
        coordinates = [coordinates]
    elif kind != "MultiPolygon":
        raise ValueError(f"not a polygon: {kind!r}")
    try:
        return Shape.of(
            tuple(tuple(_corner(corner) for corner in ring) for ring in polygon) for polygon in _sequence(coordinates)
        )
    except TypeError as error:
        raise ValueError("coordinates that are no polygon") from error


def _sequence(value: object) -> Sequence[Sequence[Sequence[Sequence[float]]]]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise TypeError("no list of coordinates")
    return value


def _corner(pair: Sequence[float]) -> Point:
    x, y, *_ = pair
    return from_dutch_grid(x, y) if abs(x) > 180 or abs(y) > 90 else Point(float(y), float(x))


#: Schreutelkamp & Strang van Hees, "Benaderingsformules voor de transformatie tussen RD- en
#: WGS84-kaartcoordinaten": (power of x, power of y, seconds of arc); good to a quarter of a metre.
_NORTH = (
    (0, 1, 3235.65389), (2, 0, -32.58297), (0, 2, -0.24750), (2, 1, -0.84978), (0, 3, -0.06550),
    (2, 2, -0.01709), (1, 0, -0.00738), (4, 0, 0.00530), (2, 3, -0.00039), (4, 1, 0.00033),
    (1, 1, -0.00012),
)  # fmt: skip
_EAST = (
    (1, 0, 5260.52916), (1, 1, 105.94684), (1, 2, 2.45656), (3, 0, -0.81885), (1, 3, 0.05594),
    (3, 1, -0.05607), (0, 1, 0.01199), (3, 2, -0.00256), (1, 4, 0.00128), (0, 2, 0.00022),
    (2, 0, -0.00022), (5, 0, 0.00026),
)  # fmt: skip


def from_dutch_grid(x: float, y: float) -> Point:
    """Return the place of grid coordinates in metres (Rijksdriehoek, EPSG:28992).

    `ValueError` outside the Netherlands, where the grid means nothing.
    """
    if not (-7_000 <= x <= 300_000 and 289_000 <= y <= 629_000):
        raise ValueError("outside the Dutch grid")
    east, north = (x - 155_000) / 100_000, (y - 463_000) / 100_000
    lat = sum(factor * east**p * north**q for p, q, factor in _NORTH)
    lon = sum(factor * east**p * north**q for p, q, factor in _EAST)
    return Point(52.15517440 + lat / 3600, 5.38720621 + lon / 3600)


def _crossing(lat: float, one: Point, other: Point) -> list[float]:
    """Return the longitude at which a side crosses the line of latitude *lat*, if it does."""
    if (one.lat > lat) == (other.lat > lat):
        return []
    return [one.lon + (lat - one.lat) / (other.lat - one.lat) * (other.lon - one.lon)]


def _in_ring(point: Point, ring: Ring) -> bool:
    """Tell whether a ray to the east leaves *ring* an odd number of times."""
    crossings = (crossing for side in pairwise(ring) for crossing in _crossing(point.lat, *side))
    return sum(point.lon < crossing for crossing in crossings) % 2 == 1


def _metres_to_side(point: Point, one: Point, other: Point) -> float:
    """Return the distance to a straight side, on a plane that touches the earth at *point*."""
    shrink = cos(radians(point.lat)) * _METRES_PER_DEGREE
    x1, y1 = (one.lon - point.lon) * shrink, (one.lat - point.lat) * _METRES_PER_DEGREE
    x2, y2 = (other.lon - point.lon) * shrink, (other.lat - point.lat) * _METRES_PER_DEGREE
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, -(x1 * dx + y1 * dy) / length))
    return hypot(x1 + along * dx, y1 + along * dy)
