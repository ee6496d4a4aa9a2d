"""What leaves the organisation: six facts of a report, safe in a spreadsheet, and in the words of the standard."""

import csv
import io
import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enums import ReportStatus, Theme
from bot.domain.exports import (
    COLUMNS,
    ExportedReport,
    cell,
    csv_lines,
    georeport,
    georeport_json,
    month_of,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
#: All fields that the standard gives a service request.
GEOREPORT_FIELDS = (
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
)
LAMP = ExportedReport(
    2026,
    42,
    Theme.COHESION,
    "Filmwijk",
    date(2026, 11, 1),
    ReportStatus.FORWARDED,
    "Wij hebben het doorgegeven.",
    False,
)


def test_a_report_is_six_cells() -> None:
    rows = list(csv.reader(io.StringIO("".join(csv_lines([LAMP])), newline="")))
    assert rows == [
        list(COLUMNS),
        ["M-2026-0042", "sociale_cohesie", "Filmwijk", "2026-11", "doorgezet", "Wij hebben het doorgegeven."],
    ]


def test_a_report_is_a_service_request_of_the_standard() -> None:
    assert georeport(LAMP, AMSTERDAM) == {
        "service_request_id": "M-2026-0042",
        "status": "open",
        "status_notes": "Wij hebben het doorgegeven.",
        "service_name": "sociale cohesie",
        "service_code": "sociale_cohesie",
        "requested_datetime": "2026-11-01T00:00:00+01:00",
        "address": "Filmwijk",
    }


@given(
    st.builds(
        ExportedReport,
        year=st.integers(2026, 2030),
        number=st.integers(1, 99_999),
        theme=st.sampled_from(Theme),
        area=st.none() | st.text(),
        month=st.dates(date(2026, 1, 1), date(2030, 1, 1)).map(lambda day: day.replace(day=1)),
        status=st.sampled_from(ReportStatus),
        public_line=st.none() | st.text(),
        sealed=st.booleans(),
    )
)
def test_every_service_request_knows_only_the_fields_of_the_standard(report: ExportedReport) -> None:
    request = json.loads(georeport_json(report, AMSTERDAM))
    assert set(request) <= set(GEOREPORT_FIELDS)
    assert not set(request) & {"description", "lat", "long", "media_url", "zipcode", "address_id", "updated_datetime"}
    assert request["status"] in ("open", "closed")
    assert (request["status"] == "closed") is (report.status is ReportStatus.CLOSED)
    moment = datetime.fromisoformat(request["requested_datetime"])
    assert (moment.day, moment.hour, moment.minute) == (1, 0, 0)
    assert not (report.sealed and "status_notes" in request)


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_no_cell_is_a_formula_and_none_breaks_its_row(area: str, line: str) -> None:
    report = ExportedReport(2026, 1, Theme.OTHER, area, date(2026, 1, 1), ReportStatus.CLOSED, line, False)
    rows = list(csv.reader(io.StringIO("".join(csv_lines([report])), newline="")))
    assert [len(row) for row in rows] == [6, 6]
    assert not any(text.lstrip(" \u00a0")[:1] in tuple("=+-@|%\t\r\n＝＋－＠") for row in rows for text in row if text)  # noqa: RUF001
    assert rows[1][5].removeprefix("'") == line.replace("\0", "").removeprefix("'")


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", " =HYPERLINK()", "|calc", "\r\n=1"])
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_the_month_is_the_local_one() -> None:
    assert month_of(datetime(2026, 11, 30, 23, 30, tzinfo=UTC), AMSTERDAM) == date(2026, 12, 1)


def test_a_sealed_report_has_no_public_line() -> None:
    sealed = ExportedReport(2026, 1, Theme.OTHER, None, date(2026, 1, 1), ReportStatus.TAKEN, "Woorden", True)
    assert "Woorden" not in "".join(csv_lines([sealed]))
