"""Reports for the world outside: number, theme, wijk, month, status and the worker's own public line; nothing else.

Source: Reporting, "Partners". GeoReport v2 is Open311's format for service requests; of its fields only those that
these six fill are given, so no description, no point, no photo.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.enums import ReportStatus, Theme
from bot.domain.reports import format_number

#: The columns of the CSV file.
COLUMNS = ("number", "theme", "area", "month", "status", "public_line")
#: What makes a spreadsheet take a cell for a formula, also in its wide forms.
_FORMULA = frozenset("=+-@|%\uff1d\uff0b\uff0d\uff20\t\r\n")


@dataclass(frozen=True, slots=True)
class ExportedReport:
    """All of a report that may leave the organisation. *month* is the first day of the local month.

    `sealed` is not told; reports about people have no public line and are in no public list of service requests.
    """

    year: int
    number: int
    theme: Theme
    area: str | None
    month: date
    status: ReportStatus
    public_line: str | None
    sealed: bool


def month_of(moment: datetime, zone: ZoneInfo) -> date:
    """Return the first day of the local month of *moment*."""
    return moment.astimezone(zone).date().replace(day=1)


def cell(text: str) -> str:
    """Return *text* so that no spreadsheet takes it for a formula: an apostrophe goes before what begins like one."""
    plain = text.replace("\0", "")
    begins = plain.lstrip(" \u00a0\u200b\ufeff")[:1]
    return f"'{plain}" if begins in _FORMULA and begins else plain


def csv_lines(reports: Iterable[ExportedReport]) -> Iterator[str]:
    """Yield the lines of a CSV file, its heading first."""
    yield _line(COLUMNS)
    for report in reports:
        yield csv_line(report)


def csv_line(report: ExportedReport) -> str:
    """Return one report as a line of CSV."""
    return _line(
        (
            format_number(report.year, report.number),
            report.theme.value,
            report.area or "",
            f"{report.month:%Y-%m}",
            report.status.value,
            _public(report) or "",
        )
    )


def georeport(report: ExportedReport, zone: ZoneInfo) -> dict[str, str]:
    """Return one report as a service request of GeoReport v2; its moment is that at which its month began."""
    began = datetime.combine(report.month, time.min, tzinfo=zone)
    request = {
        "service_request_id": format_number(report.year, report.number),
        "status": "closed" if report.status is ReportStatus.CLOSED else "open",
        "service_name": report.theme.value.replace("_", " "),
        "service_code": report.theme.value,
        "requested_datetime": began.isoformat(timespec="seconds"),
    }
    if line := _public(report):
        request["status_notes"] = line
    if report.area:
        request["address"] = report.area
    return request


def georeport_json(report: ExportedReport, zone: ZoneInfo) -> str:
    """Return one service request as JSON."""
    return json.dumps(georeport(report, zone), ensure_ascii=False)


def _public(report: ExportedReport) -> str | None:
    return None if report.sealed else report.public_line


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([cell(text) for text in cells])
    return line.getvalue()
