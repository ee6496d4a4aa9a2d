"""The map and the sheet of the Rommelroute as files: their size, their pages, and what makes them new ones."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PIL import Image

from bot.domain.enums import StallState
from bot.domain.geo import Point, Shape
from handlers.stalls.links import route_of, to_map, to_route
from handlers.views.activities.route import Dot, Picture, Row, Sheet, for_paper
from handlers.views.activities.route_dots import WIDTH, Table, fitting, font
from handlers.views.activities.route_map import draw
from handlers.views.activities.route_sheet import draw_sheet

MIDDLE = Point(52.3678, 5.2204)
CORNERS = [Point(52.36, 5.21), Point(52.36, 5.23), Point(52.375, 5.23), Point(52.375, 5.21)]
HOLE = (Point(52.365, 5.215), Point(52.365, 5.216), Point(52.366, 5.216), Point(52.365, 5.215))
BORDER = Shape.of([((*CORNERS, CORNERS[0]), HOLE)])
STATES = list(StallState)


def picture(stalls: int, *, about: bool = False, shape: Shape | None = None, field: str = "") -> Picture:
    """Return a map with so many stalls in four streets."""
    dots = tuple(
        Dot(at, f"Straat {at % 4}", Point(52.366 + at % 4 / 1000, 5.22 + at / 100_000), STATES[at % 3], about)
        for at in range(1, stalls + 1)
    )
    return Picture(
        title="Rommelroute met een heel erg lange naam voor op zo'n klein telefoonscherm",
        when="zaterdag 12 december, 10:00–15:00",
        dots=dots,
        middle=MIDDLE,
        shape=shape,
        names=(("Stedenwijk", Point(52.37, 5.222)), ("Ver weg", Point(52.40, 5.30))),
        states=tuple((state, state.value) for state in STATES),
        about="plek ongeveer",
        field=field,
        unplaced="Niet op de kaart:",
        source="Kadaster" if shape else "",
    )


@pytest.mark.parametrize(
    "drawn",
    [
        picture(0),
        picture(0, shape=BORDER),
        picture(1),
        picture(12, about=True),
        picture(12, about=True, shape=BORDER),
        picture(60, shape=BORDER, field="Gedeeld veld: " + ", ".join(map(str, range(61, 120)))),
        picture(220),
    ],
)
def test_a_map_is_a_picture_that_a_phone_shows(drawn: Picture) -> None:
    data = draw(drawn)
    image = Image.open(io.BytesIO(data))
    assert image.format == "PNG"
    assert image.width == WIDTH
    assert WIDTH < image.height < 2 * WIDTH
    assert len(data) < 300_000
    assert len(image.convert("RGB").getcolors(100_000) or []) > 3


def unplaced(stalls: int, streets: int) -> Picture:
    """Return a picture whose stalls stand in streets of which nobody shared a point."""
    dots = tuple(Dot(at, f"Lange Straatnaam {at % streets}", None, STATES[at % 3], True) for at in range(stalls))
    return replace(picture(0), dots=dots)


def test_stalls_whose_place_nobody_knows_stand_by_street_and_not_on_the_map() -> None:
    drawn = unplaced(30, 2)
    assert [(street, len(dots)) for street, dots in Table.of(drawn).rows] == [
        ("Lange Straatnaam 0", 12),
        ("", 3),
        ("Lange Straatnaam 1", 12),
        ("", 3),
    ]
    alone = Image.open(io.BytesIO(draw(drawn)))
    assert alone.height < WIDTH, "without a dot there is no empty map"
    mixed = replace(drawn, dots=(*drawn.dots, *picture(3).dots))
    assert Image.open(io.BytesIO(draw(mixed))).height > WIDTH + 4 * 54
    assert for_paper(drawn) is None
    printed = for_paper(mixed)
    assert printed is not None
    assert printed.dots == tuple(replace(dot, state=StallState.OPEN) for dot in picture(3).dots)


@pytest.mark.parametrize("streets", [30, 220])
def test_however_many_streets_there_are_telegram_takes_the_picture(streets: int) -> None:
    image = Image.open(io.BytesIO(draw(unplaced(220, streets))))
    assert image.width + image.height <= 10_000
    assert image.height < 20 * image.width


@pytest.mark.parametrize("words", ["kort", "Burgemeester-van-Ooijenstraat-Noord met een heel lange naam erbij"])
def test_a_name_never_takes_more_than_its_room(words: str) -> None:
    cut = fitting(words, 28, 340)
    assert font(28).getlength(cut) <= 340
    assert cut == words or cut.endswith("…")


def test_a_map_is_a_new_one_when_something_on_it_changed() -> None:
    first = picture(3)
    closed = replace(first.dots[0], state=StallState.CLOSED)
    assert first.key == picture(3).key
    assert first.key != picture(4).key
    assert first.key != replace(first, dots=(closed, *first.dots[1:])).key


def sheet(stalls: int, **changes: object) -> Sheet:
    rows = tuple(
        Row(
            at,
            f"Straat {at // 30}" if at % 10 else None,
            f"{at}A",
            "boeken 🧸 书 كتب\x07 en heel veel oude spullen " * (at % 3),
        )
        for at in range(1, stalls + 1)
    )
    whole = Sheet(
        title="Rommelroute Filmwijk",
        when="zaterdag 12 december, 10:00–15:00",
        place="Filmwijk",
        rows=tuple(sorted(rows, key=lambda row: (row.street is None, row.number))),
        field="Gedeeld veld",
        note="Nummers kunnen nog veranderen.",
        scan="Scan met je telefoon.",
        foot="Gooi het na de dag weg.",
        link="https://t.me/buurtbode_bot?start=route_12",
        picture=None,
        made_at=datetime(2026, 12, 1, tzinfo=UTC),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("stalls", "pages"), [(0, 1), (20, 1), (80, 2), (220, 5)])
def test_a_sheet_has_as_many_pages_as_it_needs_and_one_for_the_map(stalls: int, pages: int) -> None:
    for drawn, more in ((sheet(stalls), 0), (sheet(stalls, picture=picture(5)), 1)):
        data = draw_sheet(drawn)
        assert data.startswith(b"%PDF-")
        assert b"/MediaBox [0 0 595.28 841.89]" in data
        assert len(re.findall(rb"/Type /Page\b", data)) == pages + more


def test_long_names_on_a_sheet_push_the_list_down_and_pictures_stay_on_their_page() -> None:
    drawn = sheet(
        20,
        title="Rommelroute " * 10,
        place="Wijkcentrum " * 16,
        picture=picture(9, field="Gedeeld veld: " + ", ".join(map(str, range(100, 320)))),
    )
    assert len(re.findall(rb"/Type /Page\b", draw_sheet(drawn))) == 2


def test_a_sheet_is_the_same_whenever_it_is_made() -> None:
    assert sheet(3).key == sheet(3, made_at=datetime(2026, 12, 2, tzinfo=UTC)).key
    assert sheet(3).key != sheet(4).key


def test_the_code_on_the_sheet_leads_to_the_route_and_to_nothing_else() -> None:
    assert to_route("buurtbode_bot", 12) == "https://t.me/buurtbode_bot?start=route_12"
    assert route_of("route_12") == 12
    for other in ("", "route_", "route_x", "route_-1", "route_²", "route_" + "9" * 20, "afwezig", "12"):
        assert route_of(other) is None


def test_an_address_is_looked_up_with_its_town_and_nothing_of_it_gets_lost() -> None:
    assert to_map("Laan & co 1/2?x=#") == (
        "https://www.openstreetmap.org/search?query=Laan%20%26%20co%201/2%3Fx%3D%23%20Almere"
    )
