"""How long to wait after a refusal: Telegram's own words, or ever longer while it is away."""

import math
from collections import deque
from datetime import datetime, timedelta

from bot.runtime.sending.entries import Entry
from storage.failures import is_database_failure

#: The longest is as in `bot.runtime.backoff`, for the same reason.
_FIRST_S, _LONGEST_S = 0.5, 10.0
#: Three chats that hear "too many" within two seconds: it is meant for all of us.
_CHATS, _WITHIN_S = 3, 2.0


def back_off(attempts: int) -> float:
    """Return how many seconds a row waits after *attempts* attempts (from 1) that met no Telegram."""
    return min(_LONGEST_S, _FIRST_S * 2.0 ** min(attempts - 1, 10))


def later(now: datetime, seconds: float) -> datetime:
    """Return the moment *seconds* after *now*."""
    return now + timedelta(seconds=seconds)


class Answers:
    """Tells a message that never passes from a Telegram that is away: while others are answered, it is the message."""

    def __init__(self) -> None:
        """Nothing was answered yet."""
        self._count = 0

    def hear(self) -> None:
        """Note that Telegram answered a call, with whatever."""
        self._count += 1

    def missed(self, entry: Entry) -> tuple[int, int]:
        """Return `alone` and `answers` of an entry that met no Telegram once more."""
        return entry.alone + (self._count > entry.answers), self._count


class Floods:
    """Counts which chats were told to wait; three within two seconds stop everything."""

    def __init__(self) -> None:
        """Nothing is stopped."""
        self._heard: deque[tuple[float, int]] = deque()
        self.until = -math.inf

    def hear(self, chat_id: int, seconds: float, now: float) -> None:
        """Note that *chat_id* must wait *seconds* (monotonic *now*)."""
        self._heard.append((now, chat_id))
        while self._heard[0][0] < now - _WITHIN_S:
            self._heard.popleft()
        if len({chat for _, chat in self._heard}) >= _CHATS:
            self.until = max(self.until, now + seconds)


def database_is_away(error: BaseException) -> bool:
    """Return whether *error* is the database's (or the way to it), so that trying again later helps."""
    return is_database_failure(error) or isinstance(error, OSError)
