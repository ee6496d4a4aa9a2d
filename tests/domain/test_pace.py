"""When answers wait: more than twenty messages within ten seconds by their own dates."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pace import MANY, PAUSE, Mark, counted, paused_until, still_waits

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _after(seconds: list[int], albums: list[str | None] | None = None) -> list[Mark]:
    marks: list[Mark] = []
    for at, second in enumerate(seconds):
        marks = counted(marks, START + timedelta(seconds=second), albums[at] if albums else None)
    return marks


def test_twenty_are_no_flood_and_one_more_is() -> None:
    assert paused_until(_after([0] * MANY), START) is None
    now = START + timedelta(seconds=9)
    assert paused_until(_after([0] * MANY + [9]), now) == START + timedelta(seconds=9) + PAUSE


def test_nobody_waits_longer_because_our_clock_goes_behind_telegrams() -> None:
    behind = START - timedelta(hours=1)
    assert paused_until(_after([0] * MANY + [9]), behind) == behind + PAUSE


def test_who_waits_when_the_clock_is_put_back_waits_no_longer() -> None:
    until = START + PAUSE
    assert [still_waits(until, START + timedelta(seconds=after)) for after in (0, 9, 10, 11)] == [
        True,
        True,
        False,
        False,
    ]
    assert not still_waits(until, START - timedelta(hours=1))
    assert not still_waits(None, START)


def test_an_album_counts_once() -> None:
    assert paused_until(_after([0] * 30, ["a"] * 30), START) is None


@given(st.lists(st.integers(0, 60), min_size=1, max_size=80))
def test_a_pause_needs_more_than_twenty_within_ten_seconds(seconds: list[int]) -> None:
    seconds.sort()
    last = seconds[-1]
    within = [second for second in seconds if last - 10 < second <= last]
    assert (paused_until(_after(seconds), START) is not None) == (len(within) > MANY)
    assert len(_after(seconds)) <= MANY + 1
