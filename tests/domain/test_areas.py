"""From a point, a postcode or a name to a wijk."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import data
from bot.domain.area_files import read_areas
from bot.domain.areas import (
    Area,
    Located,
    Sure,
    by_name,
    by_postcode,
    locate,
    named_in,
    parse_postcode,
    region_named,
    regions,
)
from bot.domain.geo import Point
from bot.domain.routing import Place
from tests.domain.towns import SMALL_TOWN, almere, at, square, wijk

ALMERE = almere()
BY_CODE = {area.code: area for area in ALMERE}
BORDERS = Path(__file__).parents[2].parent / "shared" / "geo" / "almere_wijken.geojson"


def codes(found: Located) -> list[str]:
    return [area.code for area in found.areas]


def names(found: Located) -> list[str]:
    return [area.name for area in found.areas]


@pytest.mark.parametrize(
    ("east", "north", "sure", "wijken"),
    [
        (500, 500, Sure.ONE, ["A"]),
        (900, 500, Sure.ONE, ["A"]),
        (930, 500, Sure.CHOOSE, ["A", "B"]),
        (1070, 500, Sure.CHOOSE, ["B", "A"]),
        (950, 960, Sure.CHOOSE, ["A", "C", "B"]),
        (-290, 500, Sure.ONE, ["A"]),
        (-20, 995, Sure.CHOOSE, ["A", "C"]),
        (-310, 500, Sure.OUTSIDE, []),
        (1200, 1250, Sure.ONE, ["C"]),
        (9000, 9000, Sure.OUTSIDE, []),
    ],
)
def test_with_borders_doubt_begins_at_75_metres_and_outside_at_300(
    east: float, north: float, sure: Sure, wijken: list[str]
) -> None:
    found = locate(at(east, north), SMALL_TOWN)
    assert (found.sure, codes(found)) == (sure, wijken)
    assert (found.area is not None) is (sure is Sure.ONE)


def test_at_most_four_wijken_are_offered() -> None:
    pieces = [
        wijk(name, (square(x, y, 20),))
        for name, x, y in zip("abcdef", [0, 20, 40] * 2, [0] * 3 + [20] * 3, strict=True)
    ]
    assert len(locate(at(30, 20.5), pieces).areas) == 4


def test_the_box_of_a_wijk_is_not_its_border() -> None:
    corner = (at(0, 0), at(2000, 0), at(0, 2000), at(0, 0))
    assert locate(at(1800, 1800), [wijk("T", (corner,))]) == Located(Sure.OUTSIDE)


def test_without_borders_the_nearest_wijken_are_always_left_to_choose() -> None:
    found = locate(Point(52.3680, 5.2050), ALMERE)
    assert found.sure is Sure.CHOOSE
    assert names(found)[0] == "Stedenwijk"
    assert len(found.areas) == 4
    assert found.area is None


def test_without_borders_amsterdam_is_still_outside() -> None:
    assert locate(Point(52.3791, 4.9003), ALMERE) == Located(Sure.OUTSIDE)
    assert locate(Point(52.3791, 4.9003), []) == Located(Sure.OUTSIDE)


def test_a_wijk_without_a_border_beside_some_with_one_is_left_to_choose() -> None:
    bare = Area("D", "Wijk D", "Klein", at(5000, 5000))
    assert locate(at(500, 500), [*SMALL_TOWN, bare]).sure is Sure.ONE
    assert locate(at(5100, 5000), [*SMALL_TOWN, bare]) == Located(Sure.CHOOSE, (bare,))


@given(st.floats(-2000, 4000), st.floats(-2000, 4000))
def test_choices_are_two_to_four_and_one_is_one(east: float, north: float) -> None:
    found = locate(at(east, north), SMALL_TOWN)
    assert len(found.areas) in {Sure.ONE: [1], Sure.CHOOSE: [2, 3, 4], Sure.OUTSIDE: [0]}[found.sure]
    assert len(set(codes(found))) == len(found.areas)


def test_a_wijk_knows_its_place_for_the_rules() -> None:
    assert BY_CODE["WK003427"].place == Place("WK003427", "Almere Stad West")


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("1324", "1324"), (" 1324 AB ", "1324"), ("1324ab", "1324"), ("0324", None), ("1324 ABC", None),
        ("13245", None), ("M-2026", None), ("de 1324", None), ("", None),
    ],
)  # fmt: skip
def test_a_postcode_is_four_digits_with_or_without_letters(text: str, postcode: str | None) -> None:
    assert parse_postcode(text) == postcode


@pytest.mark.parametrize(
    ("postcode", "sure", "wijken"),
    [
        ("1315", Sure.ONE, ["Centrum Almere Stad"]),
        ("1324", Sure.ONE, ["Stedenwijk"]),
        ("1327", Sure.ONE, ["Veluwsekant"]),
        ("1312", Sure.CHOOSE, ["Muziekwijk Noord", "Kruidenwijk", "Staatsliedenwijk"]),
        ("1326", Sure.CHOOSE, ["Danswijk", "Parkwijk"]),
        ("1333", Sure.CHOOSE, ["Bouwmeesterbuurt", "Landgoederenbuurt", "Molenbuurt", "Centrum Almere Buiten"]),
        ("1309", Sure.CHOOSE, ["Overig Almere Pampus", "Duin", "Overig Almere Poort"]),
        ("1300", Sure.POST_BOX, []),
        ("1011", Sure.OUTSIDE, []),
    ],
)
def test_a_postcode_speaks_for_a_wijk_from_95_percent(postcode: str, sure: Sure, wijken: list[str]) -> None:
    found = by_postcode(postcode, data.postcodes(), data.post_boxes(), BY_CODE)
    assert (found.sure, names(found)) == (sure, wijken)


@dataclass
class Share:
    """A share of a postcode."""

    area: str
    share: float


def test_a_postcode_with_one_known_wijk_is_that_wijk() -> None:
    shares = {"1000": [Share("A", 0.5), Share("gone", 0.5)]}
    assert codes(by_postcode("1000", shares, (), {"A": SMALL_TOWN[0]})) == ["A"]


@pytest.mark.parametrize("postcode", data.postcodes())
def test_every_postcode_of_almere_gives_one_wijk_or_two_to_four(postcode: str) -> None:
    found = by_postcode(postcode, data.postcodes(), data.post_boxes(), BY_CODE)
    assert len(found.areas) in {Sure.ONE: [1], Sure.CHOOSE: [2, 3, 4]}[found.sure]


@pytest.mark.parametrize(
    ("text", "sure", "wijken"),
    [
        ("Filmwijk", Sure.ONE, ["Filmwijk"]),
        ("FILM wijk!", Sure.ONE, ["Filmwijk"]),
        ("filmwjik", Sure.ONE, ["Filmwijk"]),
        ("steden", Sure.ONE, ["Stedenwijk"]),
        ("ik woon in de Filmwijk", Sure.ONE, ["Filmwijk"]),
        ("Floriade", Sure.ONE, ["Hortus"]),
        ("Muziekwijk", Sure.CHOOSE, ["Muziekwijk Noord", "Muziekwijk Zuid"]),
        ("tussen de vaarten", Sure.CHOOSE, ["Tussen de Vaarten Noord", "Tussen de Vaarten Zuid"]),
        ("europakwartier", Sure.CHOOSE, ["Europakwartier Oost", "Europakwartier West"]),
        ("Olympiakwartier", Sure.CHOOSE, ["Olympiakwartier Oost", "Olympiakwartier West"]),
        ("centrum", Sure.CHOOSE, ["Centrum Almere Haven", "Centrum Almere Stad", "Centrum Almere Buiten"]),
        ("almere haven", Sure.UNKNOWN, []),
        ("de", Sure.UNKNOWN, []),
        ("👍", Sure.UNKNOWN, []),
        ("Utrecht", Sure.UNKNOWN, []),
    ],
)
def test_a_wijk_is_found_by_what_people_call_it(text: str, sure: Sure, wijken: list[str]) -> None:
    found = by_name(text, ALMERE)
    assert (found.sure, names(found)) == (sure, wijken)


@pytest.mark.parametrize("area", ALMERE, ids=lambda area: area.name)
def test_every_wijk_is_found_by_its_own_name(area: Area) -> None:
    assert by_name(area.name.upper(), ALMERE).area == area


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Almere Haven", "Almere Haven"),
        ("haven", "Almere Haven"),
        ("stad west", "Almere Stad West"),
        ("mars", None),
        ("", None),
    ],
)
def test_a_region_is_named_with_or_without_its_town(text: str, region: str | None) -> None:
    assert region_named(text, ALMERE) == region


def test_regions_are_listed_once() -> None:
    assert regions(ALMERE)[:3] == ("Almere Haven", "Almere Stad Centrum", "Almere Stad Oost")
    assert len(regions(ALMERE)) == 9


@pytest.mark.parametrize(
    ("text", "wijken"),
    [
        ("de lamp in de Filmwijk is kapot", ["Filmwijk"]),
        ("troep in muziekwijk noord", ["Muziekwijk Noord"]),
        ("troep in de Muziekwijk", ["Muziekwijk Noord", "Muziekwijk Zuid"]),
        ("heel de randstad staat in het centrum vast", []),
        ("de steiger in de vijver is kapot", []),
        ("lamp kapot", []),
    ],
)
def test_a_wijk_is_recognised_in_a_sentence(text: str, wijken: list[str]) -> None:
    assert names(named_in(text, ALMERE)) == wijken


@pytest.mark.skipif(not BORDERS.exists(), reason="the borders of Almere are not on this machine")
@pytest.mark.parametrize(
    ("lat", "lon", "name"),
    [
        (52.3750, 5.2180, "Centrum Almere Stad"),
        (52.3330, 5.2220, "Centrum Almere Haven"),
        (52.3940, 5.2780, "Centrum Almere Buiten"),
        (52.3430, 5.1520, "Olympiakwartier West"),
        (52.3680, 5.2050, "Stedenwijk"),
        (52.3791, 4.9003, None),
    ],
)
def test_points_in_almere_with_its_real_borders(lat: float, lon: float, name: str | None) -> None:
    areas = read_areas(json.loads(BORDERS.read_text(encoding="utf-8")), BY_CODE)
    found = locate(Point(lat, lon), areas)
    assert len(areas) == 71
    assert names(found)[:1] == [name][: len(found.areas)]
    assert (found.sure is Sure.OUTSIDE) is (name is None)


@pytest.mark.skipif(not BORDERS.exists(), reason="the borders of Almere are not on this machine")
def test_the_inner_points_of_the_table_lie_in_their_wijken() -> None:
    areas = read_areas(json.loads(BORDERS.read_text(encoding="utf-8")), BY_CODE)
    assert [replace(area, shape=None) for area in areas] == list(ALMERE)
    assert all(locate(area.inner, areas).areas[0] == area for area in areas)
