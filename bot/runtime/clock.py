"""The clock that everything asks: the machine's, or one that a demo and tests can move forward."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

#: A jump looks around at least this often, whatever is planned.
LONGEST_STEP = timedelta(hours=6)


class Clock(Protocol):
    """Says what time it is. Durations are measured with `time.monotonic`, never with this."""

    def now(self) -> datetime:
        """Return the time as an aware datetime in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


class DemoClock:
    """Machine time plus an offset that only grows: for the demo and for tests, never for a running service."""

    def __init__(self, start: datetime | None = None) -> None:
        """Begin at *start* (an aware datetime), or at machine time."""
        self._offset = start - datetime.now(UTC) if start else timedelta()

    def now(self) -> datetime:
        """Return machine time moved by all jumps so far."""
        return datetime.now(UTC) + self._offset

    async def advance(
        self,
        to: datetime,
        *,
        next_due: Callable[[], Awaitable[datetime | None]],
        settle: Callable[[], Awaitable[None]],
    ) -> None:
        """Move to *to*, stopping at every due time on the way.

        `next_due` tells when something is planned; `settle` does all that is due now and returns when it is done.
        """
        await settle()
        while (now := self.now()) < to:
            due = await next_due()
            stop = min(to, now + LONGEST_STEP)
            if due is not None and now < due < stop:
                stop = due
            self._offset += stop - now
            await settle()

    def leap(self, to: datetime) -> None:
        """Move to *to* at once, as if the process was away; to the past it does not go."""
        self._offset += max(to - self.now(), timedelta())
