"""Calendar files, read back with the library that others read calendars with."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities.calendars import Entry, Organiser, Status, feed_of, file_of, filename, sequence_of, status_of
from bot.domain.enums import MediaKind, SignupState
from handlers.views.drawing import Upload
from tests.calendar_files import read

ZONE = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 12, 5, 12, tzinfo=UTC)
ORGANISER = Organiser("De Schoor", "info@example.org")


def entry(
    title: str = "Repair Café", *, at: datetime = AT, status: Status = Status.CONFIRMED, number: int = 1
) -> Entry:
    return Entry(
        uid=f"signup-{number}@buurtbode",
        title=title,
        starts_at=at,
        ends_at=at + timedelta(hours=3),
        sequence=2,
        changed_at=AT - timedelta(days=9),
        status=status,
        place="Buurtcentrum, zaal 3; achter",
        notes="Kun je niet?\nZeg het.",
    )


def test_a_file_says_what_it_does_to_a_calendar() -> None:
    published = read(file_of(entry(), ZONE, made_at=AT, organiser=ORGANISER))
    assert (published.method, published.only.status) == ("PUBLISH", "CONFIRMED")
    assert published.only.raw["dtstamp"].dt == AT
    assert (published.only.wall, published.only.zone) == ("2026-12-05 13:00", "Europe/Amsterdam")
    assert published.only.place == "Buurtcentrum, zaal 3; achter"
    assert published.only.raw["organizer"].params["cn"] == "De Schoor"
    cancelled = read(file_of(entry(status=Status.CANCELLED), ZONE, made_at=AT))
    assert (cancelled.method, cancelled.only.status) == ("CANCEL", "CANCELLED")
    assert cancelled.only.uid == published.only.uid
    assert "organizer" not in cancelled.only.raw
    tentative = read(file_of(entry(status=Status.TENTATIVE), ZONE, made_at=AT))
    assert (tentative.method, tentative.only.status) == ("PUBLISH", "TENTATIVE")


def test_a_feed_has_no_method_a_name_and_what_comes_first_on_top() -> None:
    feed = read(feed_of([entry(number=2, at=AT + timedelta(days=9)), entry()], ZONE, name="Waar ik heen ga", year=2026))
    assert (feed.method, str(feed.raw["x-wr-calname"])) == (None, "Waar ik heen ga")
    assert [one.uid for one in feed.entries] == ["signup-1@buurtbode", "signup-2@buurtbode"]
    assert feed.raw["refresh-interval"].to_ical() == b"PT6H"
    assert read(feed_of([], ZONE, name="Leeg", year=2026)).entries == []


@given(order=st.permutations([entry(number=number, at=AT + timedelta(days=number % 3)) for number in range(6)]))
def test_the_same_entries_give_the_same_bytes(order: list[Entry]) -> None:
    by_uid = sorted(order, key=lambda one: one.uid)
    assert feed_of(order, ZONE, name="x", year=2026) == feed_of(by_uid, ZONE, name="x", year=2026)


@given(
    title=st.text(min_size=1, max_size=120),
    minutes=st.integers(0, 2 * 365 * 24 * 60),
    status=st.sampled_from(list(Status)),
)
def test_whatever_a_title_holds_and_whenever_it_is_it_comes_back(title: str, minutes: int, status: Status) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    seen = read(file_of(entry(title, at=at, status=status), ZONE, made_at=AT, organiser=ORGANISER)).only
    assert (seen.starts.astimezone(UTC), seen.ends.astimezone(UTC)) == (at, at + timedelta(hours=3))
    assert seen.status == status.value
    assert seen.title.split() == "".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in title).split()


@pytest.mark.parametrize("key", ["Europe/Amsterdam", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "UTC"])
def test_clocks_are_set_when_they_are_set_in_any_zone(key: str) -> None:
    feed = read(feed_of([], ZoneInfo(key), name="Leeg", year=2027))
    assert feed.zones == [key]


@pytest.mark.parametrize(
    ("at", "zone"),
    [("2026-10-25T00:30+00:00", "Europe/Amsterdam"), ("2026-10-25T01:30+00:00", "UTC")],
)
def test_the_hour_that_comes_twice_is_told_apart(at: str, zone: str) -> None:
    seen = read(file_of(entry(at=datetime.fromisoformat(at)), ZONE, made_at=AT)).only
    assert seen.starts.astimezone(UTC) == datetime.fromisoformat(at)
    assert seen.zone == zone


@pytest.mark.parametrize(
    ("state", "called_off", "expected"),
    [
        (SignupState.SIGNED_UP, False, Status.CONFIRMED),
        (SignupState.PRESENT, False, Status.CONFIRMED),
        (SignupState.SEEKS_STAND_IN, False, Status.TENTATIVE),
        (SignupState.CANCELLED, False, Status.CANCELLED),
        (SignupState.REPLACED, False, Status.CANCELLED),
        (SignupState.WAITING, False, Status.CANCELLED),
        (SignupState.OFFERED, False, Status.CANCELLED),
        (SignupState.SIGNED_UP, True, Status.CANCELLED),
    ],
)
def test_what_once_was_a_place_stays_in_the_calendar(state: SignupState, called_off: bool, expected: Status) -> None:
    assert status_of(state, placed=True, called_off=called_off) is expected
    assert status_of(state, placed=False, called_off=called_off) is None


def test_every_change_of_the_meeting_or_the_place_counts() -> None:
    assert sequence_of(meeting=0, signup_version=0) == sequence_of(meeting=0, signup_version=1) == 0
    assert sequence_of(meeting=2, signup_version=3) == 4


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Repair Café Stedenwijk", "repair-cafe-stedenwijk-2026-12-05.ics"),
        ("Лето", "afspraak-2026-12-05.ics"),
        ("../../x y" * 30, "x-yx-yx-yx-yx-yx-yx-yx-yx-yx-yx-yx-yx-yx-2026-12-05.ics"),
    ],
)
def test_names_of_files_are_plain(title: str, name: str) -> None:
    made = filename(title, date(2026, 12, 5))
    assert Upload(MediaKind.DOCUMENT, made, b"x").filename == made
    assert made == name or len(made) <= 55


@given(title=st.text(max_size=130))
def test_any_title_gives_a_name_that_can_be_sent(title: str) -> None:
    made = filename(title, date(2026, 12, 5))
    assert Upload(MediaKind.DOCUMENT, made, b"x").filename == made
