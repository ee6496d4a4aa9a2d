"""Reading wijken from GeoJSON."""

import pytest

from bot.domain.area_files import read_areas
from bot.domain.areas import Area
from bot.domain.geo import Point
from tests.domain.towns import ORIGIN, at, square


def feature(properties: object, *, west: float = 0, side: float = 100) -> dict[str, object]:
    ring = [[corner.lon, corner.lat] for corner in square(west, 0, side)]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def collection(*features: object) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": list(features)}


KNOWN = {"WK1": Area("WK1", "Oud", "Regio", at(50, 50), ("Alias",))}


def test_our_own_files_name_code_name_and_region() -> None:
    (area,) = read_areas(collection(feature({"code": "X1", "name": "Dorp", "region": "Noord"})), {})
    assert (area.code, area.name, area.region) == ("X1", "Dorp", "Noord")
    assert area.shape is not None
    assert area.shape.contains(area.inner)


def test_pdok_names_them_otherwise_and_holds_other_towns_too() -> None:
    document = collection(
        feature({"WIJKCODE": "WK1", "wijknaam": "Wijk 01", "gemeentenaam": "Stad", "water": "NEE"}),
        feature({"wijkcode": "WK9", "wijknaam": "Elders", "gemeentenaam": "Dorp", "water": "NEE"}, west=500),
        feature({"wijkcode": "WK2", "wijknaam": "Meer", "gemeentenaam": "Stad", "water": "JA"}, west=900),
    )
    (area,) = read_areas(document, KNOWN)
    assert (area.code, area.name, area.region, area.aliases) == ("WK1", "Wijk 01", "Regio", ("Alias",))
    assert area.inner == at(50, 50)
    assert [found.region for found in read_areas(document, {})] == ["Stad", "Dorp"]


def test_a_known_inner_point_outside_the_border_is_replaced() -> None:
    (area,) = read_areas(collection(feature({"code": "WK1", "name": "Nieuw"}, west=1000)), KNOWN)
    assert area.inner != at(50, 50)


def test_pieces_of_one_wijk_are_put_together() -> None:
    pieces = [feature({"code": "X1", "name": "Dorp", "region": "Noord"}, west=west) for west in (0, 500)]
    (area,) = read_areas(collection(*pieces), {})
    assert area.shape is not None
    assert len(area.shape.polygons) == 2


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ([], "FeatureCollection"),
        ({"features": "x"}, "FeatureCollection"),
        ({}, "FeatureCollection"),
        (collection(), "single wijk"),
        (collection("x"), "feature 1: not a feature"),
        (collection({"properties": {}}), "feature 1: no geometry"),
        (collection({"properties": None, "geometry": {}}), "feature 1: no geometry"),
        (collection(feature({"code": "X", "name": " "})), "feature 1: no code or no name"),
        (collection(feature({"code": 7, "name": "x"})), "feature 1: no code or no name"),
        (collection(feature({"code": "X", "name": "x"})), "feature 1: no region"),
        (
            collection(
                feature({"code": "X", "name": "x", "region": "r"}),
                {"properties": {"code": "Y", "name": "y"}, "geometry": {"type": "Point"}},
            ),
            "feature 2: not a polygon",
        ),
    ],
)
def test_what_cannot_be_read_is_named(document: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_areas(document, {})


def test_the_small_town_is_where_the_tests_think() -> None:
    assert at(0, 0) == ORIGIN == Point(52.37, 5.20)
