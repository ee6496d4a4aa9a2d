"""One process at a time asks Telegram for updates: a lease in the database, renewed while the process lives."""

import asyncio
import logging
import math
import os
import secrets
import socket
import time
from contextlib import suppress
from pathlib import Path

from bot.runtime.clock import Clock
from bot.runtime.health import Watch
from storage.engine import Database
from storage.failures import is_database_failure, why
from storage.queries import leases

log = logging.getLogger(__name__)

NAME = "run"
VALID_S = 6.0
RENEW_S = 2.0
#: Who could not renew for so long starts nothing more.
DOUBT_S = 4.0
_HOST = socket.gethostname()[:40]


class TakenError(Exception):
    """Another process holds the lease."""


class Lease:
    """The right to poll, send and schedule. `lost` is set when another process took it."""

    def __init__(self, database: Database, clock: Clock, watch: Watch | None = None) -> None:
        """Want the lease for this process; *watch* hears whether the database can be written to."""
        self._watch = watch or Watch()
        self._database, self._clock = database, clock
        self._holder = _holder()
        self._renewed = -math.inf
        self._had = False
        self.lost = asyncio.Event()

    @property
    def sure(self) -> bool:
        """Whether it was renewed so lately that nobody else can have it."""
        return time.monotonic() - self._renewed < DOUBT_S

    async def take(self) -> None:
        """Take the lease; TakenError while another living process has it.

        Who died on this machine gives way at once; of another machine's process we wait for its time to run out.
        """
        held_by = await self._try()
        if held_by == self._holder:
            return
        if _is_dead(held_by):
            async with self._database.write(self._clock.now()) as work:
                await leases.release(work.session, NAME, held_by)
            held_by = await self._try()
        elif _host(held_by) != _host(self._holder):
            await asyncio.sleep(VALID_S + 0.5)
            held_by = await self._try()
        if held_by != self._holder:
            raise TakenError

    async def keep(self) -> None:
        """Renew until cancelled, or until another process has it."""
        while True:
            await asyncio.sleep(RENEW_S)
            try:
                if await self._try() != self._holder:
                    log.error("another process took over")
                    self.lost.set()
                    return
            except Exception as error:
                if not is_database_failure(error) and not isinstance(error, OSError):
                    raise
                log.warning("lease not renewed", extra={"why": why(error)})

    async def release(self) -> None:
        """Give the lease back if we have it, so that the next process need not wait."""
        if not self._had:
            return
        async with self._database.write(self._clock.now()) as work:
            await leases.release(work.session, NAME, self._holder)

    async def _try(self) -> str:
        begun = time.monotonic()
        with self._watch.attempt():
            async with self._database.write(self._clock.now()) as work:
                held_by = await leases.take(work.session, NAME, self._holder, seconds=VALID_S)
        if held_by == self._holder:
            self._renewed, self._had = begun, True
        return held_by


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
