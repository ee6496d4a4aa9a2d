"""Drawing the map of a Rommelroute as a picture: the wijk, numbered dots, a legend. Nothing comes from the internet."""

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw

from bot.domain.activities.stall_map import Frame, frame_around, spread
from bot.domain.enums import StallState
from bot.domain.geo import Shape
from handlers.views.activities.route import Picture
from handlers.views.activities.route_dots import WIDTH, Table, draw_dot, fitting, font

_HEAD, _LINE, _MARGIN = 132, 50, 36
_PAPER, _INK, _SOFT = "#ffffff", "#1b1b1b", "#6b6b6b"
#: The size of the names of streets.
_NAME = 28
_LAND, _BORDER, _GROUND = "#f3efe4", "#a9a08c", "#e9eef2"
_BAR_METRES = (1000, 500, 200, 100, 50)


def draw(picture: Picture) -> bytes:
    """Return the picture as PNG, readable on a phone; without a dot on the map only the stalls by street."""
    legend, table = _legend_lines(picture), Table.of(picture)
    placed = any(dot.point is not None for dot in picture.dots)
    top = _HEAD + (WIDTH if placed or not picture.dots else 0)
    below = top + table.height
    image = Image.new("RGB", (WIDTH, below + _MARGIN + _LINE * len(legend)), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.text((_MARGIN, 20), fitting(picture.title, 46, WIDTH - 2 * _MARGIN, bold=True), _INK, font=font(46, bold=True))
    pen.text((_MARGIN, 80), picture.when, _SOFT, font=font(32))
    if top > _HEAD:
        image.paste(_map(picture), (0, _HEAD))
    table.draw(pen, top)
    for row, line in enumerate(legend):
        _legend(pen, line, below + _MARGIN // 2 + row * _LINE)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _map(picture: Picture) -> Image.Image:
    image = Image.new("RGB", (WIDTH, WIDTH), _GROUND if picture.shape else _LAND)
    pen = ImageDraw.Draw(image)
    frame = _frame(picture)
    if picture.shape is not None:
        _border(pen, frame, picture.shape)
    for name, point in picture.names:
        x, y = frame.pixel(point)
        if _MARGIN < x < WIDTH - _MARGIN and _MARGIN < y < WIDTH - _MARGIN:
            pen.text((x, y), name, _BORDER, font=font(34, bold=True), anchor="mm", stroke_width=4, stroke_fill=_LAND)
    known = [(dot, dot.point) for dot in picture.dots if dot.point is not None]
    radius = _radius(len(known))
    known.sort(key=lambda found: found[0].about)
    places = spread([frame.pixel(point) for _dot, point in known], 2 * radius + 4, WIDTH)
    by_street: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for (dot, _point), place in zip(known, places, strict=True):
        draw_dot(pen, place, radius, dot.state, str(dot.number), about=dot.about)
        by_street[dot.street].append(place)
    _street_names(pen, by_street, radius)
    _scale_bar(pen, frame)
    return image


def _frame(picture: Picture) -> Frame:
    known = [dot.point for dot in picture.dots if dot.point is not None]
    if picture.shape is not None and len({*known}) < 2:
        known += [picture.shape.south_west, picture.shape.north_east]
    return frame_around(known or [picture.middle], WIDTH, least=600.0)


def _radius(dots: int) -> int:
    return next((size for most, size in ((40, 30), (90, 26), (160, 22)) if dots <= most), 19)


def _border(pen: ImageDraw.ImageDraw, frame: Frame, shape: Shape) -> None:
    for outer, *holes in shape.polygons:
        pen.polygon([frame.pixel(corner) for corner in outer], fill=_LAND)
        pen.line([frame.pixel(corner) for corner in outer], fill=_BORDER, width=6, joint="curve")
        for hole in holes:
            pen.polygon([frame.pixel(corner) for corner in hole], fill=_GROUND)


def _street_names(
    pen: ImageDraw.ImageDraw, by_street: Mapping[str, Sequence[tuple[float, float]]], radius: int
) -> None:
    """Write each street under or above one of its dots, where no dot and no other name is in the way; else nowhere."""
    taken = [_box(x, y, radius, radius) for places in by_street.values() for x, y in places]
    for street, places in sorted(by_street.items(), key=lambda found: (-len(found[1]), found[0])):
        words = fitting(street, _NAME, WIDTH // 2)
        half, middle = font(_NAME).getlength(words) / 2 + 4, sum(x for x, _ in places) / len(places)
        near = sorted(places, key=lambda place: abs(place[0] - middle))
        spots = [(x, y + way * (radius + 20)) for way in (1, -1) for x, y in near]
        for x, y in spots:
            at = min(max(x, half + 8), WIDTH - half - 8)
            box = _box(at, y, half, _NAME / 2)
            if 16 < y < WIDTH - 70 and not any(_overlap(box, other) for other in taken):
                pen.text((at, y), words, _INK, font=font(_NAME), anchor="mm", stroke_width=4, stroke_fill=_PAPER)
                taken.append(box)
                break


_Box = tuple[float, float, float, float]


def _box(x: float, y: float, half_width: float, half_height: float) -> _Box:
    return x - half_width, y - half_height, x + half_width, y + half_height


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _scale_bar(pen: ImageDraw.ImageDraw, frame: Frame) -> None:
    metres = next((bar for bar in _BAR_METRES if bar * WIDTH / frame.span < WIDTH * 0.4), _BAR_METRES[-1])
    length, y = metres * WIDTH / frame.span, WIDTH - 30
    pen.line((30, y, 30 + length, y), fill=_INK, width=5)
    pen.text(
        (30 + length / 2, y - 24), f"{metres} m", _INK, font=font(26), anchor="mm", stroke_width=4, stroke_fill=_PAPER
    )


# -- the legend -----------------------------------------------------------------------------------------------------

_Line = list[tuple[StallState | None, str, bool]]


def _legend_lines(picture: Picture) -> list[_Line]:
    lines: list[_Line] = [[(state, words, False) for state, words in picture.states]] if picture.states else []
    if any(dot.about and dot.point for dot in picture.dots):
        lines.append([(StallState.OPEN, picture.about, True)])
    lines += [[(None, line, False)] for line in _wrapped(picture.field, 32)]
    if picture.source and any(dot.point is not None for dot in picture.dots):
        lines.append([(None, picture.source, True)])
    return lines


def _legend(pen: ImageDraw.ImageDraw, line: _Line, y: float) -> None:
    x = float(_MARGIN)
    for state, words, faint in line:
        if state is not None:
            draw_dot(pen, (x + 20, y + 20), 18, state, "12", about=faint)
            x += 54
        small = state is None and faint
        letters = font(24 if small else 32)
        pen.text((x, y + 20), words, _SOFT if small else _INK, font=letters, anchor="lm")
        x += pen.textlength(words, font=letters) + 50


def _wrapped(words: str, size: int) -> list[str]:
    """Return *words* in lines that fit the picture."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font(size).getlength(longer) <= WIDTH - 2 * _MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
