"""Desk hours: as people write them, and as instants."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours import DEFAULT_HOURS, Hours, Span, parse_hours
from bot.domain.time import to_utc

ZONE = ZoneInfo("Europe/Amsterdam")
#: When danger reports are read (Reporting, "Danger, without a gate").
DANGER_HOURS = parse_hours("ma-vr 09:00-17:00")
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def wall(text: str) -> datetime:
    return to_utc(datetime.fromisoformat(text), ZONE)


def test_the_default_is_working_days_from_half_past_eight() -> None:
    assert DEFAULT_HOURS.week == ((Span(510, 1020),),) * 5 + ((), ())


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("MA-VR 8:30 \u2013 17", "ma-vr 08:30-17:00"),
        ("maandag - vrijdag 08.30-17.00", "ma-vr 08:30-17:00"),
        ("werkdagen 08:30-17:00", "ma-vr 08:30-17:00"),
        ("ma, di, wo, do en vr: 08:30-17:00", "ma-vr 08:30-17:00"),
        ("ma-vr 08:30-12:00 12:30-17:00", "ma-vr 08:30-12:00; ma-vr 12:30-17:00"),
        ("vr-ma 9-12", "vr 9-12, za+zo 9-12, ma 9-12"),
        ("weekend 0-24", "za-zo 00:00-24:00"),
        ("dagelijks 9-10", "ma-zo 9-10"),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, same_as: str) -> None:
    assert parse_hours(text) == parse_hours(same_as)


@pytest.mark.parametrize(
    "text",
    [
        "", "ma-vr", "08:30-17:00", "mon-fri 9-17", "ma-wo-vr 9-17", "ma 17-9", "ma 9-9", "ma 9-25", "ma 9:75-12",
        "ma 9-12:60", "ma 9-12 11-13", "altijd", "ma 9-12 di",
    ],
)  # fmt: skip
def test_what_is_no_opening_hour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"open|hours|time|day"):
        parse_hours(text)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-23T08:29", False),
        ("2026-11-23T08:30", True),
        ("2026-11-23T16:59", True),
        ("2026-11-23T17:00", False),
        ("2026-11-28T12:00", False),
        ("2026-12-25T12:00", False),
    ],
)
def test_a_desk_is_open_on_working_days_only(at: str, is_open: bool) -> None:
    assert DEFAULT_HOURS.is_open(wall(at), ZONE) is is_open


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-23T12:00", "2026-11-23T12:00"),
        ("2026-11-23T03:00", "2026-11-23T08:30"),
        ("2026-11-27T17:00", "2026-11-30T08:30"),
        ("2026-12-24T22:00", "2026-12-28T08:30"),
        ("2027-03-26T18:00", "2027-03-30T08:30"),
    ],
)
def test_the_next_opening_skips_nights_weekends_and_holidays(at: str, opens: str) -> None:
    assert DEFAULT_HOURS.next_opening(wall(at), ZONE) == wall(opens)


@pytest.mark.parametrize(
    ("at", "hours", "ends"),
    [
        ("2026-11-23T12:00", 1, "2026-11-23T13:00"),
        ("2026-11-27T16:30", 1, "2026-11-30T09:30"),
        ("2026-11-23T16:00", 1, "2026-11-23T17:00"),
        ("2026-11-23T20:00", 16, "2026-11-25T17:00"),
    ],
)
def test_a_working_hour_is_an_hour_in_which_the_desk_is_open(at: str, hours: int, ends: str) -> None:
    assert DANGER_HOURS.after_open_time(wall(at), timedelta(hours=hours), ZONE) == wall(ends)


def test_a_night_desk_counts_the_hours_that_the_clock_skips_and_repeats() -> None:
    nights = parse_hours("zo 0-24")
    assert nights.after_open_time(wall("2026-03-29T00:00"), timedelta(hours=3), ZONE) == wall("2026-03-29T04:00")
    assert nights.after_open_time(wall("2026-10-25T00:00"), timedelta(hours=4), ZONE) == wall("2026-10-25T03:00")


@given(INSTANTS)
def test_a_desk_is_open_when_it_opens(at: datetime) -> None:
    opens = DEFAULT_HOURS.next_opening(at, ZONE)
    assert opens >= at
    assert DEFAULT_HOURS.is_open(opens, ZONE)
    assert (opens == at) is DEFAULT_HOURS.is_open(at, ZONE)


@given(INSTANTS, st.integers(1, 600))
def test_open_time_never_passes_faster_than_time(at: datetime, minutes: int) -> None:
    amount = timedelta(minutes=minutes)
    ends = DEFAULT_HOURS.after_open_time(at, amount, ZONE)
    assert ends >= at + amount
    assert DEFAULT_HOURS.is_open(ends - timedelta(microseconds=1), ZONE)


def test_a_desk_closes_at_the_end_of_its_open_stretch() -> None:
    hours = parse_hours("ma-vr 09:00-12:00 13:00-17:00")
    assert hours.closing(wall("2026-11-23T10:00"), ZONE) == wall("2026-11-23T12:00")
    assert hours.closing(wall("2026-11-23T12:30"), ZONE) == wall("2026-11-23T17:00")
    assert hours.closing(wall("2026-12-24T18:00"), ZONE) == wall("2026-12-28T12:00")


def test_a_desk_that_is_never_open_is_refused() -> None:
    with pytest.raises(ValueError, match="open"):
        Hours(((),) * 7)
