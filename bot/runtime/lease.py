"""Who has the duty: a lease in the database, renewed while its holder lives. And who serves here at all.

The lease "run" is one process's at a time. It runs by the database's clock, which somebody may put forth or back: so
who looks at another's counts the seconds, and takes it when it was not renewed for as long as it is valid.

Each process that takes in what Telegram brings keeps a lease of its own besides: whoever moves the database sees that
it is served, and one left behind tells of a process that did not stop.
"""

import asyncio
import logging
import math
import os
import secrets
import socket
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.runtime.clock import Clock
from bot.runtime.complaints import Complaint
from bot.runtime.health import Watch
from storage.engine import Database
from storage.failures import is_database_failure, why
from storage.queries import leases
from storage.work import Work

log = logging.getLogger(__name__)

NAME = "run"
#: Who copies the database to another one has this.
MOVE = "move"
_DOOR = "door "
VALID_S = 6.0
RENEW_S = 2.0
#: Who stands by looks this often.
LOOK_S = 1.0
#: Who could not renew for so long starts nothing more.
DOUBT_S = 4.0
_HOST = socket.gethostname()[:40]
#: A machine that slept may have lost its lease: Linux counts that time on this clock, and not on the monotonic one.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class TakenError(Exception):
    """Another process holds the lease."""


class MovedError(Exception):
    """`buurtbode move` copies this database."""


class Lease:
    """A right that one process has at a time. `turned` is set whenever `mine` has changed."""

    def __init__(self, database: Database, clock: Clock, watch: Watch | None = None, *, name: str = NAME) -> None:
        """Want the lease *name* for this process; *watch* hears whether the database can be written to."""
        self._watch = watch or Watch()
        self._database, self._clock = database, clock
        self._name, self._holder = name, _holder()
        self._renewed = -math.inf
        #: Until when it is somebody's as we last saw it, and when we first saw that (by our own count).
        self._until: datetime | None = None
        self._seen_at = -math.inf
        self._complaint = Complaint(log, "lease not renewed", over="lease renewed")
        self.mine = False
        self.turned = asyncio.Event()

    @property
    def sure(self) -> bool:
        """Whether it was renewed so lately that nobody else can have it."""
        return _seconds() - self._renewed < DOUBT_S

    async def take(self) -> None:
        """Take the lease; TakenError while another living process has it.

        Who died on this machine gives way at once; of another machine's process we wait for its time to run out.
        """
        held_by = await self.attempt()
        if not self.mine and _host(held_by) != _host(self._holder):
            await asyncio.sleep(VALID_S + 0.5)
            await self.attempt()
        if not self.mine:
            raise TakenError

    async def attempt(self) -> str:
        """Take or renew the lease unless another living process has it; return who has it now."""
        held_by = await self._try()
        if held_by != self._holder and _is_dead(held_by):
            async with self._database.write(self._clock.now()) as work:
                await leases.release(work.session, self._name, held_by)
            held_by = await self._try()
        if self.mine is not (held_by == self._holder):
            self.mine = not self.mine
            self.turned.set()
        return held_by

    async def keep(self) -> None:
        """Renew it, or try to get it, until cancelled."""
        while True:
            await asyncio.sleep(RENEW_S if self.mine else LOOK_S)
            try:
                await self.attempt()
            except Exception as error:
                if not is_database_failure(error) and not isinstance(error, OSError):
                    raise
                self._complaint.about(why=why(error))
            else:
                self._complaint.end()

    async def release(self) -> None:
        """Give the lease back if we have it, so that the next process need not wait."""
        if not self.mine:
            return
        async with self._database.write(self._clock.now()) as work:
            await leases.release(work.session, self._name, self._holder)

    async def _try(self) -> str:
        begun = _seconds()
        with self._watch.attempt():
            # A connection that is silent for so long is given up; an SQLite file has its own patience.
            limit = None if self._database.is_sqlite else VALID_S
            async with asyncio.timeout(limit), self._database.write(self._clock.now()) as work:
                taken = await leases.take(
                    work.session,
                    self._name,
                    self._holder,
                    seconds=VALID_S,
                    by_clock=self._until is None,
                    stuck_at=self._until if begun - self._seen_at >= VALID_S else None,
                )
        if taken.holder == self._holder:
            self._renewed = begun
        if taken.until != self._until:
            self._until, self._seen_at = taken.until, _seconds()
        return taken.holder


def door_lease(database: Database, clock: Clock, watch: Watch) -> Lease:
    """Return the lease of a process with a door, which no other wants."""
    return Lease(database, clock, watch, name=f"{_DOOR}{secrets.token_hex(8)}")


async def doors_served(work: Work) -> bool:
    """Return whether any living process takes in what Telegram brings."""
    found = await leases.named(work.session, _DOOR)
    return any(not one.is_over and not _is_dead(one.holder) for one in found)


async def is_being_moved(work: Work) -> bool:
    """Return whether a living process copies this database to another one: what is written now would be lost."""
    return any(not one.is_over and not _is_dead(one.holder) for one in await leases.named(work.session, MOVE))


async def doors_left_behind(work: Work) -> int:
    """Forget the processes with a door that ended without a stop; return how many there were."""
    found = await leases.named(work.session, _DOOR)
    gone = [one for one in found if one.is_over or _is_dead(one.holder)]
    for one in gone:
        await leases.release(work.session, one.name, one.holder)
    return len(gone)


def _seconds() -> float:
    """Return the seconds of a clock that nobody sets and that goes on while the machine sleeps."""
    return time.clock_gettime(_CLOCK)


def _holder() -> str:
    """Return a name of this process that no other has: machine, process id, its start, and a random part."""
    return f"{_HOST}|{os.getpid()}|{_started(os.getpid())}|{secrets.token_hex(4)}"


def _host(holder: str) -> str:
    return holder.split("|")[0]


def _is_dead(holder: str) -> bool:
    """Return whether *holder* was a process of this machine that lives no more."""
    host, pid, started, _ = holder.split("|")
    if host != _HOST or not Path("/proc").exists():
        return False
    return (alive_since := _started(int(pid))) == "" or alive_since != started


def _started(pid: int) -> str:
    """Return when a living process began, in the kernel's ticks since boot; empty for none."""
    with suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    return ""
