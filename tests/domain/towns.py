"""A small town of squares for the tests that need borders, and Almere as the tables have it."""

from bot import data
from bot.domain.areas import Area
from bot.domain.geo import Point, Ring, Shape

#: Degrees of about 100 metres in Almere.
NORTH_100 = 100 / 111_195
EAST_100 = 100 / 67_900
ORIGIN = Point(52.37, 5.20)


def at(east: float, north: float) -> Point:
    """Return the point so many metres east and north of the corner of the small town."""
    return Point(ORIGIN.lat + north / 100 * NORTH_100, ORIGIN.lon + east / 100 * EAST_100)


def square(west: float, south: float, side: float) -> Ring:
    """Return a square ring, its sides and corner in metres from the corner of the small town."""
    east, north = west + side, south + side
    return (at(west, south), at(east, south), at(east, north), at(west, north), at(west, south))


def wijk(code: str, *polygons: tuple[Ring, ...], region: str = "Klein") -> Area:
    """Return a wijk with these polygons."""
    shape = Shape.of(polygons)
    return Area(code, f"Wijk {code}", region, shape.inner_point(), (), shape)


#: Two squares of a kilometre side by side, and a third north of the first.
SMALL_TOWN = (
    wijk("A", (square(0, 0, 1000),)),
    wijk("B", (square(1000, 0, 1000),)),
    wijk("C", (square(0, 1000, 1000),)),
)


def almere() -> tuple[Area, ...]:
    """Return the 71 wijken of Almere without borders."""
    return tuple(Area(row.code, row.name, row.region, Point(row.lat, row.lon), row.aliases) for row in data.areas())
