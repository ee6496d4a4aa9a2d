"""When a draft is offered again, and that none is that falls under discretion."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.draft_offers import MOST, may_be_offered, next_day, offer_window
from bot.domain.drafts import Piece, ReportDraft, Signs
from bot.domain.enums import Kind, Theme
from bot.domain.time import is_quiet

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


@pytest.mark.parametrize(
    ("left", "offered", "due"),
    [
        ("2026-11-23T10:00", 0, "2026-11-23T10:10"),
        ("2026-11-23T10:00", 1, "2026-11-24T10:00"),
        ("2026-11-23T21:55", 0, "2026-11-24T10:00"),
        ("2026-11-24T00:30", 0, "2026-11-24T10:00"),
        ("2026-10-24T12:00", 1, "2026-10-25T10:00"),
    ],
)
def test_ten_minutes_later_and_the_next_morning(left: str, offered: int, due: str) -> None:
    window = offer_window(_local(left), offered, AMSTERDAM)
    assert window is not None
    assert window[0] == _local(due)


def test_never_a_third_time() -> None:
    assert offer_window(_local("2026-11-23T10:00"), MOST, AMSTERDAM) is None


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.integers(0, 1))  # noqa: DTZ001 made aware below
def test_an_offer_lies_ahead_and_never_in_the_night(left: datetime, offered: int) -> None:
    at = left.replace(tzinfo=UTC)
    window = offer_window(at, offered, AMSTERDAM)
    assert window is not None
    assert at < window[0] < at + timedelta(hours=36)
    assert not is_quiet(window[0], AMSTERDAM)
    assert window[0] <= next_day(at, AMSTERDAM)[0]


@given(
    st.builds(
        ReportDraft,
        pieces=st.just([Piece(message=1, text="Er ligt glas")]),
        signs=st.builds(
            Signs,
            danger=st.sampled_from([None, "fire"]),
            people=st.booleans(),
            public_thing=st.booleans(),
            theme=st.none(),
            under_16=st.booleans(),
            unread=st.booleans(),
        ),
        kind=st.sampled_from([None, *Kind]),
        danger=st.sampled_from([None, True, False]),
        under_16=st.booleans(),
        about_people=st.sampled_from([None, True, False]),
        theme=st.sampled_from([None, *Theme]),
        media=st.just([]),
        heard=st.just([]),
    )
)
def test_what_is_offered_is_open_whatever_was_answered(draft: ReportDraft) -> None:
    if may_be_offered(draft):
        assert not draft.sealed
        assert not draft.discreet
        assert draft.kind in (Kind.PLACE, Kind.IDEA) or (draft.kind is None and draft.signs.public_thing)


def test_nothing_told_is_nothing_to_offer() -> None:
    assert not may_be_offered(ReportDraft(kind=Kind.PLACE))
