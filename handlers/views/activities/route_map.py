"""Drawing the map of a Rommelroute as a picture: the wijk, numbered dots, a legend. Nothing comes from the internet."""

import io
from collections import defaultdict
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from bot import data
from bot.domain.activities.stall_map import Frame, frame_around, spread
from bot.domain.enums import StallState
from bot.domain.geo import Shape
from handlers.views.activities.route import Dot, Picture

WIDTH = 1080
_HEAD, _LINE, _MARGIN = 132, 50, 36
_PAPER, _INK, _SOFT = "#ffffff", "#1b1b1b", "#6b6b6b"
_LAND, _BORDER, _GROUND = "#f3efe4", "#a9a08c", "#e9eef2"
_COLOUR = {StallState.OPEN: "#1b6e2d", StallState.SOLD_OUT: "#b25000", StallState.CLOSED: "#6b6b6b"}
_TINT = {StallState.OPEN: "#d7efdc", StallState.SOLD_OUT: "#fde3cc", StallState.CLOSED: "#e6e6e6"}
_BAR_METRES = (1000, 500, 200, 100, 50)


def draw(picture: Picture) -> bytes:
    """Return the picture as PNG, readable on a phone."""
    legend = _legend_lines(picture)
    image = Image.new("RGB", (WIDTH, _HEAD + WIDTH + _MARGIN + _LINE * len(legend)), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.text((_MARGIN, 20), _fitting(picture.title, 46, WIDTH - 2 * _MARGIN), _INK, font=_font(46, bold=True))
    pen.text((_MARGIN, 80), picture.when, _SOFT, font=_font(32))
    image.paste(_map(picture), (0, _HEAD))
    for row, line in enumerate(legend):
        _legend(pen, line, _HEAD + WIDTH + _MARGIN // 2 + row * _LINE)
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
            pen.text((x, y), name, _BORDER, font=_font(34, bold=True), anchor="mm")
    radius = _radius(len(picture.dots))
    ordered = sorted(picture.dots, key=lambda dot: dot.about)
    places = spread([frame.pixel(dot.point) for dot in ordered], 2 * radius + 4, WIDTH)
    _street_names(pen, picture, dict(zip(ordered, places, strict=True)), radius)
    for dot, place in zip(ordered, places, strict=True):
        _dot(pen, place, radius, dot.state, str(dot.number), about=dot.about)
    _scale_bar(pen, frame)
    return image


def _frame(picture: Picture) -> Frame:
    known = [dot.point for dot in picture.dots if not dot.about] or [dot.point for dot in picture.dots]
    if picture.shape is not None and len({*known}) < 2:
        known = [picture.shape.south_west, picture.shape.north_east]
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
    pen: ImageDraw.ImageDraw, picture: Picture, places: dict[Dot, tuple[float, float]], radius: int
) -> None:
    """Write the name of each street under its dots, as far as somebody there shared a point."""
    known = {dot.street for dot in picture.dots if not dot.about}
    by_street: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for dot, place in places.items():
        if dot.street in known:
            by_street[dot.street].append(place)
    font = _font(28)
    for street, found in sorted(by_street.items()):
        half = pen.textlength(street, font=font) / 2
        x = min(max(sum(x for x, _ in found) / len(found), half + 8), WIDTH - half - 8)
        y = min(max(y for _, y in found) + radius + 20, WIDTH - 24)
        pen.text((x, y), street, _INK, font=font, anchor="mm", stroke_width=4, stroke_fill=_PAPER)


def _dot(
    pen: ImageDraw.ImageDraw,
    place: tuple[float, float],
    radius: int,
    state: StallState,
    label: str,
    *,
    about: bool = False,
) -> None:
    """Draw a stall: its shape and colour tell the state, a light one that the place is a guess."""
    x, y = place
    box = (x - radius, y - radius, x + radius, y + radius)
    fill, colour = (_TINT[state] if about else _COLOUR[state]), _COLOUR[state]
    if state is StallState.SOLD_OUT:
        pen.rectangle(box, fill=fill, outline=colour, width=3)
    else:
        pen.ellipse(box, fill=fill, outline=colour, width=3)
    if state is StallState.CLOSED:
        reach = radius * 0.68
        pen.line((x - reach, y + reach, x + reach, y - reach), fill=_BORDER, width=3)
    size = radius if len(label) < 3 else round(radius * 0.82)
    pen.text((x, y), label, colour if about else _PAPER, font=_font(size, bold=True), anchor="mm")


def _scale_bar(pen: ImageDraw.ImageDraw, frame: Frame) -> None:
    metres = next((bar for bar in _BAR_METRES if bar * WIDTH / frame.span < WIDTH * 0.4), _BAR_METRES[-1])
    length, y = metres * WIDTH / frame.span, WIDTH - 30
    pen.line((30, y, 30 + length, y), fill=_INK, width=5)
    pen.text(
        (30 + length / 2, y - 24), f"{metres} m", _INK, font=_font(26), anchor="mm", stroke_width=4, stroke_fill=_PAPER
    )


# -- the legend -----------------------------------------------------------------------------------------------------

_Line = list[tuple[StallState | None, str, bool]]


def _legend_lines(picture: Picture) -> list[_Line]:
    lines: list[_Line] = [[(state, words, False) for state, words in picture.states]] if picture.states else []
    if any(dot.about for dot in picture.dots):
        lines.append([(StallState.OPEN, picture.about, True)])
    lines += [[(None, line, False)] for line in _wrapped(picture.field, 32)]
    if picture.source:
        lines.append([(None, picture.source, True)])
    return lines


def _legend(pen: ImageDraw.ImageDraw, line: _Line, y: float) -> None:
    x = float(_MARGIN)
    for state, words, faint in line:
        if state is not None:
            _dot(pen, (x + 20, y + 20), 18, state, "12", about=faint)
            x += 54
        small = state is None and faint
        font = _font(24 if small else 32)
        pen.text((x, y + 20), words, _SOFT if small else _INK, font=font, anchor="lm")
        x += pen.textlength(words, font=font) + 50


def _wrapped(words: str, size: int) -> list[str]:
    """Return *words* in lines that fit the picture."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _font(size).getlength(longer) <= WIDTH - 2 * _MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _fitting(words: str, size: int, width: int) -> str:
    while len(words) > 1 and _font(size, bold=True).getlength(words) > width:
        words = words[:-2].rstrip() + "…"
    return words


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    with data.font(bold=bold) as path:
        return ImageFont.truetype(io.BytesIO(path.read_bytes()), size)
