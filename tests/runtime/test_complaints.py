"""Trouble is told at once, then once a minute, and once that it is over; what comes and goes as well."""

import logging
import time

import pytest

from bot.runtime.complaints import Complaint


def test_trouble_that_lasts_is_told_again_after_a_minute_and_another_one_at_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    complaint = Complaint(logging.getLogger("bot.test"), "away")
    for words in ("away", "away", "wrong", "wrong", "wrong"):
        complaint.about(words=words)
    now[0] += 60
    complaint.about(words="wrong")
    with caplog.at_level(logging.INFO, logger="bot.test"):
        complaint.end()
        complaint.end()
    told = [(record.levelname, record.message) for record in caplog.records]
    assert told == [("WARNING", words) for words in ("away", "wrong", "wrong")] + [("INFO", "it works again")]


def test_trouble_that_comes_and_goes_is_two_lines_a_minute(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    complaint = Complaint(logging.getLogger("bot.test"), "away")
    with caplog.at_level(logging.INFO, logger="bot.test"):
        for _ in range(100):
            complaint.about()
            complaint.end()
            now[0] += 1
    told = [(record.levelname, record.message) for record in caplog.records]
    assert told == [("WARNING", "away"), ("INFO", "it works again")] * 2
