"""When answers wait: more than twenty messages within ten seconds by their own dates."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pace import MANY, PAUSE, Mark, counted, paused_until

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _after(seconds: list[int], albums: list[str | None] | None = None) -> list[Mark]:
    marks: list[Mark] = []
    for at, second in enumerate(seconds):
        marks = counted(marks, START + timedelta(seconds=second), albums[at] if albums else None)
    return marks


def test_twenty_are_no_flood_and_one_more_is() -> None:
    assert paused_until(_after([0] * MANY)) is None
    assert paused_until(_after([0] * MANY + [9])) == START + timedelta(seconds=9) + PAUSE


def test_an_album_counts_once() -> None:
    assert paused_until(_after([0] * 30, ["a"] * 30)) is None


@given(st.lists(st.integers(0, 60), min_size=1, max_size=80))
def test_a_pause_needs_more_than_twenty_within_ten_seconds(seconds: list[int]) -> None:
    seconds.sort()
    last = seconds[-1]
    within = [second for second in seconds if last - 10 < second <= last]
    assert (paused_until(_after(seconds)) is not None) == (len(within) > MANY)
    assert len(_after(seconds)) <= MANY + 1
