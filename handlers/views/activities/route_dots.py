"""The dots of a Rommelroute's map, its letters, and the table of stalls whose place nobody knows."""

import io
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from PIL import ImageDraw, ImageFont

from bot import data
from bot.domain.enums import StallState
from handlers.views.activities.route import Dot, Picture

WIDTH = 1080
_MARGIN, _NAMES = 36, 390
_PAPER, _INK, _SLASH = "#ffffff", "#1b1b1b", "#a9a08c"
_COLOUR = {StallState.OPEN: "#1b6e2d", StallState.SOLD_OUT: "#b25000", StallState.CLOSED: "#6b6b6b"}
_TINT = {StallState.OPEN: "#d7efdc", StallState.SOLD_OUT: "#fde3cc", StallState.CLOSED: "#e6e6e6"}
#: More rows than this are drawn small: Telegram takes no picture whose sides add up to more than 10,000.
_MANY_ROWS = 100


def draw_dot(
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
        pen.line((x - reach, y + reach, x + reach, y - reach), fill=_SLASH, width=3)
    size = radius if len(label) < 3 else round(radius * 0.82)
    pen.text((x, y), label, colour if about else _PAPER, font=font(size, bold=True), anchor="mm")


@dataclass(frozen=True)
class Table:
    """The stalls without a point, by street: the name, and its dots in rows beside it."""

    head: str
    rows: tuple[tuple[str, tuple[Dot, ...]], ...]

    @classmethod
    def of(cls, picture: Picture) -> "Table":
        """Return the table below a map."""
        streets: defaultdict[str, list[Dot]] = defaultdict(list)
        for dot in picture.dots:
            if dot.point is None:
                streets[dot.street].append(dot)
        cut = [
            (street if not at else "", tuple(dots[at : at + 12]))
            for street, dots in streets.items()
            for at in range(0, len(dots), 12)
        ]
        whole = len(cut) == 0 or all(dot.point is None for dot in picture.dots)
        return cls("" if whole else picture.unplaced, tuple(cut))

    @property
    def _row(self) -> int:
        return 54 if len(self.rows) <= _MANY_ROWS else 30

    @property
    def height(self) -> int:
        """How many pixels it takes."""
        return (64 if self.head else 16 if self.rows else 0) + self._row * len(self.rows)

    def draw(self, pen: ImageDraw.ImageDraw, top: int) -> None:
        """Draw it from *top* on."""
        row, radius = self._row, self._row * 22 // 54
        step = (WIDTH - _NAMES - _MARGIN) / 12
        if self.head:
            pen.text((_MARGIN, top + 34), self.head, _INK, font=font(32, bold=True), anchor="lm")
        first = top + self.height - row * len(self.rows)
        for at, (street, dots) in enumerate(self.rows):
            y = first + row * at + row / 2
            size = min(28, row - 6)
            pen.text((_MARGIN, y), fitting(street, size, _NAMES - _MARGIN - 14), _INK, font=font(size), anchor="lm")
            for place, dot in enumerate(dots):
                draw_dot(pen, (_NAMES + step * place + step / 2, y), radius, dot.state, str(dot.number))


def fitting(words: str, size: int, width: int, *, bold: bool = False) -> str:
    """Return *words*, cut to *width* pixels."""
    while len(words) > 1 and font(size, bold=bold).getlength(words) > width:
        words = words[:-2].rstrip() + "…"
    return words


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return our font in *size* pixels."""
    with data.font(bold=bold) as path:
        return ImageFont.truetype(io.BytesIO(path.read_bytes()), size)
