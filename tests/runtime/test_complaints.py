"""Trouble is told at once, then once a minute, and once that it is over."""

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
    complaint.end()
    complaint.end()
    complaint.about()
    with caplog.at_level(logging.INFO, logger="bot.test"):
        complaint.end()
    told = [(record.levelname, record.message) for record in caplog.records]
    assert told == [("WARNING", words) for words in ("away", "wrong", "wrong", "wrong")] + [("INFO", "it works again")]
