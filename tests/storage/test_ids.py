"""Ids made by the client: order within a chat, on a list and in an inbox is the order of ids."""

import pytest

from storage.ids import new_id

#: So many that the counter comes to its end many times, also within one millisecond.
MANY = 50_000


def test_ids_go_up_also_when_the_counter_comes_to_its_end_in_one_millisecond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.ids.time.time_ns", lambda: 1_780_000_000_000_000_000)
    made = [new_id() for _ in range(MANY)]
    assert made == sorted(set(made))


def test_ids_go_up_while_the_clock_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    nanoseconds = iter([1_780_000_000_000_000_000, 1_779_999_999_000_000_000, 1_780_000_000_001_000_000])
    monkeypatch.setattr("storage.ids.time.time_ns", lambda: next(nanoseconds))
    made = [new_id() for _ in range(3)]
    assert made == sorted(set(made))
    assert all(0 < one < 1 << 63 for one in made)
