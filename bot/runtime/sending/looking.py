"""Looking at the table: at the start, when something is due, and for what other processes wrote."""

import logging
import math
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.runtime.clock import Clock
from bot.runtime.sending.pauses import database_is_away
from storage.engine import Database
from storage.queries import sending
from storage.queries.sending import Waiting

log = logging.getLogger(__name__)

_OTHERS_S = 0.25
_EVERYTHING_S = 30.0
#: Rows of other processes are committed a little later than they say.
_LATE_COMMIT = timedelta(seconds=5)
_DATABASE_PAUSE_S = 0.5


class Lookout:
    """Knows when the next row is due and reads rows that wait, no more often than needed.

    Many processes share a PostgreSQL, so there it also looks four times a second for their rows.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        """Look at *database* by *clock*; the first look reads everything that is due."""
        self._database, self._clock = database, clock
        self._next_due: datetime | None = None
        self._seen_until: datetime | None = None
        self._others_at = self._everything_at = self._again_at = -math.inf

    def expect(self, due_at: datetime) -> None:
        """Hear that a row is due at *due_at*."""
        self._next_due = due_at if self._next_due is None else min(self._next_due, due_at)

    def look_soon(self) -> None:
        """Have the next look read what other processes wrote."""
        self._others_at = -math.inf

    def look_at_all_soon(self) -> None:
        """Have the next look read everything that is due."""
        self._everything_at = -math.inf

    async def look(self, *, everything: bool = False) -> Sequence[Waiting]:
        """Return rows that wait and are due, when it is time to look (or *everything* that is due, at once)."""
        now, at = self._clock.now(), time.monotonic()
        everything = everything or at >= self._everything_at
        due = self._next_due is not None and self._next_due <= now
        others = not self._database.is_sqlite and at >= self._others_at
        if at < self._again_at or not (everything or due or others):
            return []
        after = None if everything or self._seen_until is None else self._seen_until - _LATE_COMMIT
        try:
            async with self._database.read(now) as work:
                found = await sending.waiting(work.session, until=now, after=after)
                self._next_due = await sending.next_due(work.session, after=now)
        except Exception as error:
            if not database_is_away(error):
                raise
            log.warning("can't read the outbox", extra={"error": type(error).__name__})
            self._again_at = at + _DATABASE_PAUSE_S
            return []
        self._seen_until, self._others_at = now, at + _OTHERS_S
        if everything:
            self._everything_at = at + _EVERYTHING_S
        return found

    async def next_due(self) -> datetime | None:
        """Return when the next row is due that waits for its time (UTC)."""
        now = self._clock.now()
        async with self._database.read(now) as work:
            return await sending.next_due(work.session, after=now)
