"""Points, borders and distances."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.geo import Point, Shape, from_dutch_grid, metres_between, parse_shape, rounded
from tests.domain.towns import at, square

METRES = st.floats(-3000, 3000)
#: A square of a kilometre with a square hole of 200 metres in the middle, and an island to the east.
SHAPE = Shape.of([(square(0, 0, 1000), square(400, 400, 200)), (square(2000, 0, 100),)])


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (0, 181), (-91, 0), (float("nan"), 0), (0, float("inf"))])
def test_what_is_no_place_on_earth_is_refused(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="earth"):
        Point(lat, lon)


def test_the_distance_from_almere_to_amsterdam() -> None:
    almere, amsterdam = Point(52.3750, 5.2180), Point(52.3791, 4.9003)
    assert metres_between(almere, amsterdam) == pytest.approx(21_570, abs=30)
    assert metres_between(Point(0, 0), Point(0, 180)) == pytest.approx(20_015_115, abs=10)


@given(METRES, METRES)
def test_a_distance_is_the_same_both_ways(east: float, north: float) -> None:
    one, other = at(0, 0), at(east, north)
    assert metres_between(one, other) == pytest.approx(metres_between(other, one))
    assert metres_between(one, other) == pytest.approx((east**2 + north**2) ** 0.5, rel=0.002, abs=0.1)


@pytest.mark.parametrize(
    ("east", "north", "inside"),
    [
        (500, 100, True),
        (500, 500, False),
        (2050, 50, True),
        (1500, 50, False),
        (-1, 500, False),
        (500, 1001, False),
    ],
)
def test_a_point_lies_inside_a_polygon_but_not_in_its_hole(east: float, north: float, inside: bool) -> None:
    assert SHAPE.contains(at(east, north)) is inside


@pytest.mark.parametrize(
    ("east", "north", "metres"),
    [(500, 100, 100), (500, 500, 100), (1030, 500, 30), (-30, -40, 50), (1990, 50, 10), (450, 390, 10)],
)
def test_the_nearest_border_may_be_a_hole_or_an_island(east: float, north: float, metres: float) -> None:
    assert SHAPE.metres_to_border(at(east, north)) == pytest.approx(metres, rel=0.01)


@given(METRES, METRES, st.floats(0, 500))
def test_the_box_is_never_too_strict(east: float, north: float, metres: float) -> None:
    point = at(east, north)
    if SHAPE.metres_to(point) < metres * 0.999:
        assert SHAPE.near(point, metres)
    assert SHAPE.contains(point) == (SHAPE.metres_to(point) == 0)


def test_a_double_corner_does_no_harm() -> None:
    corner = at(0, 0)
    ring = (corner, corner, at(100, 0), at(100, 100), corner)
    assert Shape.of([(ring,)]).metres_to_border(at(0, -50)) == pytest.approx(50, rel=0.01)


@given(st.floats(100, 2000), st.floats(-500, 500), st.floats(-500, 500))
def test_the_inner_point_lies_inside(side: float, west: float, south: float) -> None:
    shape = Shape.of([(square(west, south, side), square(west + side * 0.2, south + side * 0.2, side * 0.6))])
    assert shape.contains(shape.inner_point())


def test_a_shape_without_a_surface_has_no_inner_point() -> None:
    line = (at(0, 0), at(0, 100), at(0, 0), at(0, 0))
    flat = (at(0, 0), at(100, 0), at(50, 0), at(0, 0))
    for ring in (line, flat):
        with pytest.raises(ValueError, match="surface"):
            Shape.of([(ring,)]).inner_point()


@given(METRES, METRES)
def test_a_rounded_point_is_near_and_stays_where_it_is(east: float, north: float) -> None:
    kept = rounded(at(east, north))
    assert metres_between(at(east, north), kept) < 18
    assert rounded(kept) == kept


def test_many_points_become_the_same_rounded_point() -> None:
    middle = rounded(at(0, 0))
    assert rounded(Point(middle.lat + 0.00008, middle.lon - 0.00008)) == middle
    assert metres_between(rounded(Point(90, 180)), Point(90, 180)) < 18


def test_geojson_in_degrees_and_in_the_dutch_grid_is_the_same_place() -> None:
    grid = [[[143000, 486000], [144000, 486000], [144000, 487000], [143000, 486000]]]
    shape = parse_shape({"type": "Polygon", "coordinates": grid})
    degrees = [[[point.lon, point.lat] for point in ring] for ring in shape.polygons[0]]
    assert parse_shape({"type": "MultiPolygon", "coordinates": [degrees]}) == shape
    assert shape.contains(from_dutch_grid(143700, 486300))


@pytest.mark.parametrize(
    ("x", "y", "lat", "lon"),
    [
        (155000, 463000, 52.155174, 5.387206),
        (120700.723, 487525.502, 52.37453253, 4.88352559),
        (233883.131, 582065.167, 53.21938317, 6.56820053),
    ],
)
def test_known_church_towers_in_the_dutch_grid(x: float, y: float, lat: float, lon: float) -> None:
    assert metres_between(from_dutch_grid(x, y), Point(lat, lon)) < 1


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        {"type": "Point", "coordinates": [5, 52]},
        {"type": "Polygon", "coordinates": None},
        {"type": "Polygon", "coordinates": "5 52"},
        {"type": "MultiPolygon", "coordinates": "5 52"},
        {"type": "MultiPolygon", "coordinates": None},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[["5", "52"]]]},
        {"type": "Polygon", "coordinates": [[[5]]]},
        {"type": "Polygon", "coordinates": [[[5, 52], [6, 52], [5, 52]]]},
        {"type": "Polygon", "coordinates": [[[5, 52], [6, 52], [6, 53], [5, 53]]]},
        {"type": "Polygon", "coordinates": [[[500, 52], [6, 52], [6, 53], [500, 52]]]},
        {"type": "MultiPolygon", "coordinates": []},
    ],
)
def test_what_is_no_polygon_is_refused(geometry: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"polygon|ring|grid|unpack|coordinates"):
        parse_shape(geometry)
