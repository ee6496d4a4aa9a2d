"""Telegram's limits on sending: sliding windows, off until switched on."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.demo.telegram.errors import too_many


@dataclass(frozen=True, slots=True)
class Window:
    """At most *count* messages in any *seconds*."""

    count: int
    seconds: float


@dataclass
class Limits:
    """What the server lets through: overall, to one person, to one group (sends and edits).

    Set *on* to have them kept; *monotonic* gives the time in seconds.
    """

    on: bool = False
    overall: Window = Window(30, 1.0)
    private: Window = Window(3, 3.0)
    group: Window = Window(20, 60.0)
    monotonic: Callable[[], float] = time.monotonic
    _passed: dict[int, deque[float]] = field(default_factory=dict)

    def take(self, chat_id: int, weight: int = 1) -> None:
        """Let *weight* messages to this chat through, or raise 429 with the whole seconds to wait."""
        if not self.on:
            return
        now = self.monotonic()
        windows = ((0, self.overall), (chat_id, self.private if chat_id > 0 else self.group))
        wait = max(self._wait(key, window, weight, now) for key, window in windows)
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        for key, _ in windows:
            self._passed.setdefault(key, deque()).extend([now] * weight)

    def _wait(self, key: int, window: Window, weight: int, now: float) -> float:
        passed = self._passed.setdefault(key, deque())
        while passed and passed[0] <= now - window.seconds:
            passed.popleft()
        over = len(passed) + min(weight, window.count) - window.count
        return 0.0 if over <= 0 else passed[over - 1] + window.seconds - now
