"""The facts about Almere: complete, consistent and readable from the installed package."""

import pytest

from bot import data


def test_almere_has_71_wijken_with_unique_codes_and_names() -> None:
    rows = data.areas()
    assert len(rows) == 71
    assert len({row.code for row in rows}) == len({row.name for row in rows}) == 71
    assert all(row.code.startswith("WK0034") for row in rows)


def test_every_inner_point_lies_in_flevoland() -> None:
    assert all(52.29 < row.lat < 52.45 and 5.09 < row.lon < 5.36 for row in data.areas())


def test_regions_and_districts_are_the_known_ones() -> None:
    stad = {"Almere Stad", "Almere Stad Centrum", "Almere Stad Oost", "Almere Stad West"}
    districts = {"Almere Haven", "Almere Stad", "Almere Buiten", "Almere Poort", "Almere Hout", "Almere Pampus"}
    assert {row.district for row in data.areas()} == districts
    assert {row.region for row in data.areas()} == districts | stad


def test_postcodes_name_wijken_that_exist_in_order_of_share() -> None:
    codes = {row.code for row in data.areas()}
    for postcode, rows in data.postcodes().items():
        assert len(postcode) == 4
        assert [row.rank for row in rows] == list(range(1, len(rows) + 1))
        assert {row.area for row in rows} <= codes
        shares = [row.share for row in rows]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) == pytest.approx(1, abs=0.03)


def test_every_wijk_has_a_postcode_and_is_found_under_it() -> None:
    for row in data.areas():
        assert row.postcodes
        for postcode in row.postcodes:
            assert row.code in {found.area for found in data.postcodes()[postcode]}


def test_post_boxes_are_no_place() -> None:
    assert data.post_boxes() == {"1300", "1301", "1302", "1303", "1305", "1320"}
    assert not data.post_boxes() & set(data.postcodes())


def test_ambiguous_names_stand_with_two_wijken_and_floriade_is_hortus() -> None:
    by_alias: dict[str, list[str]] = {}
    for row in data.areas():
        for alias in row.aliases:
            by_alias.setdefault(alias, []).append(row.name)
    assert by_alias["Floriade"] == ["Hortus"]
    for name in ("Muziekwijk", "Tussen de Vaarten", "Europakwartier", "Olympiakwartier"):
        assert len(by_alias[name]) == 2


def test_the_sources_are_named_as_their_owners_ask() -> None:
    assert data.BORDERS_SOURCE == "Kadaster / Centraal Bureau voor de Statistiek, 2022"
    assert data.POSTCODES_SOURCE == "© CBS, © Esri Nederland"
