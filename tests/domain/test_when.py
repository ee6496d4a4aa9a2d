"""Days and times as people type them."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enums import Language
from bot.domain.when import When, Wrong, holiday, length, parse_times, parse_when

NOW = datetime(2026, 11, 23, 10)  # noqa: DTZ001 a wall time: a Monday
SATURDAY = date(2026, 12, 5)
AFTERNOON = (time(13), time(16))


@pytest.mark.parametrize(
    "text",
    [
        "zaterdag 5 december 13:00-16:00",
        "Zaterdag 5 december, 13.00 – 16.00 uur",
        "za 5 dec van 13 tot 16 uur",
        "5-12 13:00-16:00",
        "5-12 13-16",
        "5/12/2026 13:00 tot 16:00",
        "2026-12-05 13:00-16:00",
        "05.12.2026 om 13u00-16u00",
        "13:00-16:00 op zaterdag 5 december",
        "Saturday 5 December 1pm to 4pm",
        "5 december 1-4pm",
        "saturday 5 december from 13:00 till 16:00",
    ],
)
def test_a_day_with_its_times(text: str) -> None:
    assert parse_when(text, NOW) == When(SATURDAY, *AFTERNOON)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("5-12", When(SATURDAY)),
        ("5-12.", When(SATURDAY)),
        ("5 - 12", When(SATURDAY)),
        ("morgen", When(date(2026, 11, 24))),
        ("tomorrow 10:00-12:00", When(date(2026, 11, 24), time(10), time(12))),
        ("overmorgen 20:00", When(date(2026, 11, 25), time(20))),
        ("zaterdag", When(date(2026, 11, 28))),
        ("13:00-16:00", When(None, *AFTERNOON)),
        ("10-12 uur", When(None, time(10), time(12))),
        ("12am-1am", When(None, time(0), time(1))),
        ("10-1pm", When(None, time(10), time(13))),
        ("20 uur", When(None, time(20))),
        ("vandaag 11:00", When(date(2026, 11, 23), time(11))),
        ("1 januari", When(date(2027, 1, 1))),
    ],
)
def test_what_is_left_out_is_left_open(text: str, when: When) -> None:
    assert parse_when(text, NOW) == when


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", Wrong.UNKNOWN),
        ("ergens in de winter", Wrong.UNKNOWN),
        ("31-2", Wrong.UNKNOWN),
        ("5-12 blauw", Wrong.UNKNOWN),
        ("99999999999999999", Wrong.UNKNOWN),
        ("5-12 25:00-26:00", Wrong.NO_TIME),
        ("5-12 13:99", Wrong.NO_TIME),
        ("5-12 13pm", Wrong.NO_TIME),
        ("5-12 16:00-13:00", Wrong.BACKWARDS),
        ("5-12 13:00-13:00", Wrong.BACKWARDS),
        ("gisteren", Wrong.PAST),
        ("5-12-2020", Wrong.PAST),
        ("5 december 2025 13:00", Wrong.PAST),
        ("vandaag 09:00-12:00", Wrong.PAST),
        ("5-12-2029", Wrong.FAR),
        ("zondag 5 december", Wrong.WEEKDAY),
        ("zondag 5-12", Wrong.WEEKDAY),
    ],
)
def test_what_can_t_be_planned_says_why(text: str, wrong: Wrong) -> None:
    assert parse_when(text, NOW) is wrong


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("10-12", When(None, time(10), time(12))),
        ("13 - 16", When(None, *AFTERNOON)),
        ("13", When(None, time(13))),
        ("13:00-16:00", When(None, *AFTERNOON)),
    ],
)
def test_where_times_are_asked_for_numbers_are_hours(text: str, when: When) -> None:
    assert parse_times(text, NOW) == when


@given(st.text(alphabet="0123456789 :-./apmuhr zaterdag december morgen", max_size=40))
def test_no_text_brings_the_reader_down_and_nothing_past_comes_out(text: str) -> None:
    found = parse_when(text, NOW)
    if isinstance(found, When):
        assert found.day is None or found.day >= NOW.date()
        assert found.begins is None or found.ends is None or length(found.begins, found.ends) is not None


def test_a_public_holiday_has_its_name() -> None:
    christmas = date(2026, 12, 25)
    assert holiday(christmas, Language.DUTCH) == "Eerste kerstdag"
    assert holiday(christmas, Language.ENGLISH) == "Christmas Day"
    assert holiday(SATURDAY, Language.DUTCH) is None
