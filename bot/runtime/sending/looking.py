"""Looking at the table: at the start, when something is due, and for what other processes wrote.

What waits is read by the page, so that neither the first message nor anybody else waits for a long reading.
"""

import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.enums import Priority
from bot.runtime.clock import Clock
from bot.runtime.complaints import Complaint
from bot.runtime.sending.pauses import database_is_away
from storage.engine import Database
from storage.failures import why
from storage.queries import sending
from storage.queries.sending import Waiting
from storage.work import Work

log = logging.getLogger(__name__)

#: So many rows are handed out at a time, and so many are read ahead: to find the next of many that are due at one
#: moment, a database looks at all of them.
PAGE, AHEAD = 500, 4_000
_OTHERS_S = 0.25
_EVERYTHING_S = 30.0
#: Rows of other processes are committed a little later than they say.
_LATE_COMMIT = timedelta(seconds=5)
_DATABASE_PAUSE_S = 0.5
#: The clock that goes back further than this was put back. What was being written meanwhile is looked for once more,
#: after as long as an update may take (seconds).
_SETBACK, _WRITTEN_S = timedelta(seconds=1), 12.0


@dataclass(slots=True)
class _Reading:
    """A reading of what is due by `until` (of one `priority`), the earliest first; up to `past` it was handed out.

    `ahead`: what was read and is still to be handed out. `is_last`: nothing comes behind that.
    """

    until: datetime
    past: tuple[datetime, int] | None = None
    priority: Priority | None = None
    ahead: list[Waiting] = field(default_factory=list)
    is_last: bool = False

    async def page(self, work: Work) -> list[Waiting]:
        """Return the next rows."""
        if not self.ahead and not self.is_last:
            self.ahead = await sending.waiting(
                work.session, until=self.until, past=self.past, priority=self.priority, limit=AHEAD
            )
            self.is_last = len(self.ahead) < AHEAD
        rows, self.ahead = self.ahead[:PAGE], self.ahead[PAGE:]
        if rows:
            self.past = (rows[-1].due_at, rows[-1].id)
        return rows

    @property
    def is_over(self) -> bool:
        """Whether all was handed out."""
        return self.is_last and not self.ahead


class Lookout:
    """Knows when the next row is due and reads rows that wait, no more often than needed.

    Many processes share a PostgreSQL, so there it also looks four times a second for their rows.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        """Look at *database* by *clock*; the first looks read everything that is due.

        `card_groups` are then the groups in which new reports come up.
        """
        self._database, self._clock = database, clock
        self._complaint = Complaint(log, "can't read the outbox", over="the outbox can be read again")
        self._next_due: datetime | None = None
        self._heard: datetime | None = None
        self._seen_until: datetime | None = None
        self._others_at = self._everything_at = self._again_at = -math.inf
        self._seen = clock.now(), time.monotonic()
        self._setback: tuple[timedelta, float] | None = None
        # Everything: one page, or else one priority after the other. And what became due since.
        self._sweep: _Reading | None = None
        self._catch: _Reading | None = None
        self._knows_all = False
        self.card_groups: set[int] = set()

    def expect(self, due_at: datetime) -> None:
        """Hear that a row is due at *due_at*."""
        self._next_due, self._heard = _earlier(due_at, self._next_due), _earlier(due_at, self._heard)

    def look_soon(self) -> None:
        """Have the next look read what other processes wrote."""
        self._others_at = -math.inf

    def look_at_all_soon(self) -> None:
        """Have the next looks read everything that is due."""
        self._everything_at = -math.inf

    @property
    def has_more(self) -> bool:
        """Whether the next look goes on with what this one began."""
        reading = self._sweep is not None or self._catch is not None or self._everything_at == -math.inf
        return reading and time.monotonic() >= self._again_at

    def knows_before(self, priority: int, due_at: datetime, row_id: int) -> bool:
        """Return whether all that waited at the start and goes before such a row in its chat has been read."""
        if self._knows_all or self._sweep is None:
            return self._knows_all
        reading, past = self._sweep.priority, self._sweep.past
        if reading is None or priority != reading:
            return reading is not None and priority < reading
        return past is not None and (due_at, row_id) <= past

    async def look(self) -> Sequence[Waiting]:
        """Return the next rows that wait and are due, when it is time to look."""
        now, at = self._clock.now(), time.monotonic()
        if at >= self._again_at and not await self._despite_setback(now, at):
            self._again_at = at + _DATABASE_PAUSE_S
            return []
        if at < self._again_at or not self._begin(now, at):
            return []
        self._heard = None
        try:
            async with self._database.read(now) as work:
                found = await self._read_on(work)
        except Exception as error:
            if not database_is_away(error):
                raise
            self._complaint.about(why=why(error))
            self._again_at = at + _DATABASE_PAUSE_S
            self._begin_anew()
            return []
        self._complaint.end()
        return found

    def _begin_anew(self) -> None:
        """Read everything again: of what was read last, nobody knows whether it arrived here."""
        self._seen_until = self._sweep = self._catch = None
        self.look_at_all_soon()

    def _begin(self, now: datetime, at: float) -> bool:
        """Begin the readings for which it is time; return whether any goes on."""
        if self._sweep is None and at >= self._everything_at:
            self._sweep, self._everything_at = _Reading(now), math.inf
        due = self._next_due is not None and self._next_due <= now
        others = not self._database.is_sqlite and at >= self._others_at
        if self._catch is None and self._seen_until is not None and (due or others):
            self._catch = _Reading(now, (self._seen_until - _LATE_COMMIT, 0))
        return self._sweep is not None or self._catch is not None

    async def _read_on(self, work: Work) -> list[Waiting]:
        """Read a page: of what became due since, else of everything."""
        if self._catch is not None:
            return await self._catch_on(work, self._catch)
        return await self._sweep_on(work, self._sweep) if self._sweep is not None else []

    async def _sweep_on(self, work: Work, sweep: _Reading) -> list[Waiting]:
        if sweep.priority is None:
            await self._plan(work, sweep.until)
            self._seen_until = sweep.until
            if not self._knows_all:
                self.card_groups = await sending.card_groups(work.session)
            rows = await sending.waiting(work.session, until=sweep.until, limit=PAGE)
            if len(rows) < PAGE:
                self._end_sweep()
                return rows
            sweep.priority = min(Priority)
        rows = await sweep.page(work)
        if sweep.is_over and sweep.priority < max(Priority):
            self._sweep = _Reading(sweep.until, priority=Priority(sweep.priority + 1))
        elif sweep.is_over:
            self._end_sweep()
        return rows

    def _end_sweep(self) -> None:
        self._sweep, self._knows_all = None, True
        self._everything_at = min(self._everything_at, time.monotonic() + _EVERYTHING_S)

    async def _catch_on(self, work: Work, catch: _Reading) -> list[Waiting]:
        rows = await catch.page(work)
        if catch.is_over:
            await self._plan(work, catch.until)
            self._catch, self._seen_until, self._others_at = None, catch.until, time.monotonic() + _OTHERS_S
        return rows

    async def _plan(self, work: Work, after: datetime) -> None:
        """Find out when the next row is due; one that was committed since the reading began is only heard of."""
        self._next_due = _earlier(await sending.next_due(work.session, after=after), self._heard)

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
            back = self._setback[0]
        try:
            async with self._database.write(now) as work:
                await sending.keep_due(work.session, now=now, was=now + back)
        except Exception as error:
            if not database_is_away(error):
                raise
            self._complaint.about(why=why(error))
            return False
        if at >= self._setback[1]:
            self._setback = None
        self._seen = now, at
        self._begin_anew()
        return True

    async def next_due(self) -> datetime | None:
        """Return when the next row is due that waits for its time (UTC)."""
        now = self._clock.now()
        async with self._database.read(now) as work:
            return await sending.next_due(work.session, after=now)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)
