"""Looking at the table: at the start, when something is due, and for what other processes wrote."""

import logging
import math
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.runtime.clock import Clock
from bot.runtime.complaints import Complaint
from bot.runtime.sending.pauses import database_is_away
from storage.engine import Database
from storage.failures import why
from storage.queries import sending
from storage.queries.sending import Waiting

log = logging.getLogger(__name__)

_OTHERS_S = 0.25
_EVERYTHING_S = 30.0
#: Rows of other processes are committed a little later than they say.
_LATE_COMMIT = timedelta(seconds=5)
_DATABASE_PAUSE_S = 0.5
#: The clock that goes back further than this was put back. What was being written meanwhile is looked for once more,
#: after as long as an update may take (seconds).
_SETBACK, _WRITTEN_S = timedelta(seconds=1), 12.0


class Lookout:
    """Knows when the next row is due and reads rows that wait, no more often than needed.

    Many processes share a PostgreSQL, so there it also looks four times a second for their rows.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        """Look at *database* by *clock*; the first look reads everything that is due."""
        self._database, self._clock = database, clock
        self._complaint = Complaint(log, "can't read the outbox", over="the outbox can be read again")
        self._next_due: datetime | None = None
        self._seen_until: datetime | None = None
        self._others_at = self._everything_at = self._again_at = -math.inf
        self._seen = clock.now(), time.monotonic()
        self._setback: tuple[timedelta, float] | None = None

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
        if at >= self._again_at and not await self._despite_setback(now, at):
            self._again_at = at + _DATABASE_PAUSE_S
            return []
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
            self._complaint.about(why=why(error))
            self._again_at = at + _DATABASE_PAUSE_S
            return []
        self._complaint.end()
        self._seen_until, self._others_at = now, at + _OTHERS_S
        if everything:
            self._everything_at = at + _EVERYTHING_S
        return found

    async def _despite_setback(self, now: datetime, at: float) -> bool:
        """Keep due what was due before the clock was put back; return False while the database does not let us.

        Else who waits for an answer waits until the clock has caught up with the time at which it was written.
        """
        seen, seen_at = self._seen
        back = seen + timedelta(seconds=at - seen_at) - now
        if back > _SETBACK:
            if self._setback is None:
                log.warning("the clock was put back", extra={"seconds": round(back.total_seconds(), 1)})
            self._setback = (back, at + _WRITTEN_S)
        elif self._setback is None or at < self._setback[1]:
            self._seen = now, at
            return True
        else:
            back, self._setback = self._setback[0], None
        try:
            async with self._database.write(now) as work:
                await sending.keep_due(work.session, now=now, was=now + back)
        except Exception as error:
            if not database_is_away(error):
                raise
            self._complaint.about(why=why(error))
            return False
        self._seen = now, at
        self._seen_until = None
        self.look_at_all_soon()
        return True

    async def next_due(self) -> datetime | None:
        """Return when the next row is due that waits for its time (UTC)."""
        now = self._clock.now()
        async with self._database.read(now) as work:
            return await sending.next_due(work.session, after=now)
