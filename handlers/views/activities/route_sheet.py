"""The A4 route sheet of a Rommelroute as a PDF: all stalls by street, a QR code to the bot, and the map."""

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import segno
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot import data
from handlers.views.activities.route import Row, Sheet
from handlers.views.activities.route_map import draw

_MARGIN, _QR, _ROW = 14.0, 34.0, 5.6
_PAGE_WIDTH, _PAGE_HEIGHT = 210.0, 297.0
_FOOT = 16.0
_GAP = 8.0
_COLUMN = (_PAGE_WIDTH - 2 * _MARGIN - _GAP) / 2
_NUMBER_WIDTH = 9.0
#: The largest character of the basic plane; fonts have no pictures beyond it.
_LAST = 0xFFFF
_UNPRINTABLE = frozenset("\ufe0e\ufe0f\u200d")


class _Paper(FPDF):
    """A4 with our font, and the same line at the foot of each page."""

    def __init__(self, foot: str, fonts: Mapping[str, Path]) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self._foot = foot
        for style, path in fonts.items():
            self.add_font("body", style, path)
        self.set_auto_page_break(auto=False)
        self.set_margins(_MARGIN, _MARGIN)

    def footer(self) -> None:
        """Write the line at the foot, with the page."""
        self.set_xy(_MARGIN, _PAGE_HEIGHT - 12)
        self.set_font("body", "", 8)
        self.set_text_color(90)
        self.cell(0, 5, f"{self._foot}   {self.page_no()}/{{nb}}")
        self.set_text_color(0)


def draw_sheet(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF."""
    with data.font() as plain, data.font(bold=True) as bold:
        return _drawn(_Paper(_printable(sheet.foot), {"": plain, "B": bold}), sheet)


def _drawn(pdf: _Paper, sheet: Sheet) -> bytes:
    pdf.set_title(_printable(sheet.title))
    pdf.set_creation_date(sheet.made_at)
    pdf.add_page()
    _list(pdf, sheet, top=max(_head(pdf, sheet) + 4, _MARGIN + _QR + 10))
    if sheet.picture is not None:
        pdf.add_page()
        width, height = _PAGE_WIDTH - 2 * _MARGIN, _PAGE_HEIGHT - _MARGIN - _FOOT
        drawn = io.BytesIO(draw(sheet.picture))
        pdf.image(drawn, x=_MARGIN, y=_MARGIN, w=width, h=height, keep_aspect_ratio=True)
    return bytes(pdf.output())


def _head(pdf: FPDF, sheet: Sheet) -> float:
    """Write what the sheet is about, beside the code; return where the words end."""
    left = _PAGE_WIDTH - _MARGIN - _QR
    pdf.image(_qr(sheet.link), x=left, y=_MARGIN - 4, w=_QR)
    pdf.set_xy(left - 6, _MARGIN + _QR - 4)
    pdf.set_font("body", "", 7)
    pdf.multi_cell(_QR + 12, 3.2, _printable(sheet.scan), align="C")
    pdf.set_xy(_MARGIN, _MARGIN)
    width = left - _MARGIN - 6
    for words, size, height, style in (
        (sheet.title, 22, 10, "B"),
        (sheet.when, 13, 7, ""),
        (sheet.place, 11, 6, ""),
        (sheet.note, 10, 6, "B"),
    ):
        if words:
            pdf.set_font("body", style, size)
            pdf.multi_cell(width, height, _printable(words), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    return float(pdf.get_y())


def _qr(link: str) -> io.BytesIO:
    out = io.BytesIO()
    segno.make(link, error="m").save(out, kind="png", scale=8, border=3)
    out.seek(0)
    return out


# -- the list, in two columns -----------------------------------------------------------------------------------------


def _list(pdf: FPDF, sheet: Sheet, *, top: float) -> None:
    columns = _columns(pdf, top)
    x, y, bottom = next(columns)
    for street, rows in _by_street(sheet):
        pdf.set_font("body", "B", 11)
        heights = [_height(pdf, row) for row in rows]
        if y + _ROW + 2 + heights[0] > bottom:
            x, y, bottom = next(columns)
        y = _heading(pdf, street, x, y)
        for row, height in zip(rows, heights, strict=True):
            if y + height > bottom:
                x, y, bottom = next(columns)
                y = _heading(pdf, street, x, y)
            _entry(pdf, row, x, y)
            y += height
        y += 2.5


def _columns(pdf: FPDF, top: float) -> Iterator[tuple[float, float, float]]:
    """Give column after column, with new pages as they are needed: left edge, top and bottom."""
    while True:
        for x in (_MARGIN, _MARGIN + _COLUMN + _GAP):
            yield x, top, _PAGE_HEIGHT - _FOOT
        pdf.add_page()
        top = _MARGIN


def _by_street(sheet: Sheet) -> Iterator[tuple[str, Sequence[Row]]]:
    for street, rows in groupby(sheet.rows, key=lambda row: row.street):
        yield street or sheet.field, list(rows)


def _heading(pdf: FPDF, street: str, x: float, y: float) -> float:
    pdf.set_xy(x, y)
    pdf.set_font("body", "B", 11)
    pdf.set_draw_color(150)
    pdf.cell(_COLUMN, _ROW + 1, _cut(pdf, _printable(street), _COLUMN), border="B")
    return y + _ROW + 2


def _words(row: Row) -> str:
    return _printable(" · ".join(filter(None, (row.address, row.sells))))


def _height(pdf: FPDF, row: Row) -> float:
    pdf.set_font("body", "", 9.5)
    words = _words(row) or " "
    lines = pdf.multi_cell(_COLUMN - _NUMBER_WIDTH, _ROW - 1, words, dry_run=True, output="LINES", align="L")
    return max(1, len(lines) if isinstance(lines, list) else 1) * (_ROW - 1) + 1.2


def _entry(pdf: FPDF, row: Row, x: float, y: float) -> None:
    pdf.set_xy(x, y)
    pdf.set_font("body", "B", 10.5)
    pdf.cell(_NUMBER_WIDTH, _ROW - 1, str(row.number))
    pdf.set_xy(x + _NUMBER_WIDTH, y)
    pdf.set_font("body", "", 9.5)
    pdf.multi_cell(_COLUMN - _NUMBER_WIDTH, _ROW - 1, _words(row) or " ", align="L")


def _cut(pdf: FPDF, words: str, width: float) -> str:
    while len(words) > 1 and pdf.get_string_width(words) > width - 2:
        words = words[:-2].rstrip() + "…"
    return words


def _printable(words: str) -> str:
    """Return *words* on one line, without the pictures and signs that no font on paper has."""
    plain = (" " if sign.isspace() else sign for sign in words)
    kept = "".join(sign for sign in plain if ord(sign) <= _LAST and sign.isprintable() and sign not in _UNPRINTABLE)
    return " ".join(kept.split())
