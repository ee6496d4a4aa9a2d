"""For whoever watches the bot: `/livez`, `/readyz` and `/metrics`.

Ready means: it has begun, and neither the database nor Telegram has failed for a minute. A shorter trouble is waited
out by the bot itself, and nothing is gained by taking it out of service. A process that stands by is ready when it can
take over at once: it has met Telegram, and looks at the lease in the database every second.
"""

import asyncio
import json
import logging
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.runtime.clock import Clock
from bot.runtime.metrics import Metrics
from bot.runtime.web import HEADERS, not_found
from storage.engine import Database
from storage.failures import is_database_failure, why
from storage.queries import watching

log = logging.getLogger(__name__)

#: Who fails for so long (seconds) is not ready.
GRACE_S = 60.0
#: A look at the database for `/metrics` may take so long (seconds).
_LOOK_S = 3.0
_HEADERS = HEADERS | {"Cache-Control": "no-store"}
#: A proxy adds one of these: then it is not our own monitoring that asks.
_PROXIED = ("x-forwarded-for", "forwarded", "via")


class Watch:
    """Whether something outside works, told by those who use it anyway."""

    def __init__(self, *, patience: float = math.inf) -> None:
        """Nothing failed yet; an attempt without an answer counts as failing after *patience* seconds."""
        self._patience = patience
        self._since: float | None = None
        self._begun: float | None = None

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Watch what happens inside: an exception is a failure, a cancellation tells nothing."""
        begun = self._begun = time.monotonic()
        try:
            yield
        except Exception:
            self._since = begun if self._since is None else self._since
            raise
        else:
            self._since = None
        finally:
            self._begun = None

    def failing(self) -> float:
        """Return for how many seconds it fails, counted from the attempt that failed first; 0 while it works."""
        now = time.monotonic()
        if self._since is not None:
            return now - self._since
        if self._begun is not None and now - self._begun > self._patience:
            return now - self._begun
        return 0.0


class Health:
    """The three paths over one process. *parts* names what must work, and who can tell for how long it fails."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        metrics: Metrics,
        parts: Mapping[str, Sequence[Callable[[], float]]],
        *,
        started: Callable[[], bool],
        duty: Callable[[], str] = lambda: "",
    ) -> None:
        """Ask the parts given; *started* tells whether the process has begun to serve, *duty* what it has to do."""
        self._database, self._clock, self._metrics = database, clock, metrics
        self._parts, self._started, self._duty = parts, started, duty

    def routes(self) -> list[BaseRoute]:
        """Return where it is found."""
        methods = ["GET", "HEAD"]
        return [
            Route("/livez", self.live, methods=methods),
            Route("/readyz", self.ready, methods=methods),
            Route("/metrics", self.numbers, methods=methods),
        ]

    async def live(self, _request: Request) -> Response:
        """Say that the process answers: whatever fails outside, starting it anew would not help."""
        return PlainTextResponse("alive", headers=_HEADERS)

    async def ready(self, _request: Request) -> Response:
        """Return 200 while this process can serve and 503 while it can't, with the seconds that each part fails."""
        failing = self.failing()
        ready = self._started() and max(failing.values()) < GRACE_S
        body: dict[str, object] = {"ready": ready, "started": self._started()}
        body["failing_s"] = {part: round(seconds) for part, seconds in failing.items()}
        if duty := self._duty():
            body["duty"] = duty
        status = 200 if ready else 503
        return Response(json.dumps(body), status_code=status, headers=_HEADERS, media_type="application/json")

    async def numbers(self, request: Request) -> Response:
        """Return the numbers for Prometheus; not there for who comes through the proxy, as the whole world does."""
        if any(name in request.headers for name in _PROXIED):
            return not_found()
        for part, seconds in self.failing().items():
            self._metrics.show_failing(part, seconds)
        await self._look_at_outbox()
        return Response(self._metrics.text(), headers=_HEADERS, media_type=CONTENT_TYPE_LATEST)

    def failing(self) -> dict[str, float]:
        """Return for how many seconds each part fails; 0 for what works."""
        return {part: max(tell() for tell in tellers) for part, tellers in self._parts.items()}

    async def _look_at_outbox(self) -> None:
        """Read what waits; while the database is away, the numbers of the last look stay."""
        now = self._clock.now()
        try:
            async with asyncio.timeout(_LOOK_S), self._database.read(now) as work:
                depths = await watching.outbox_depth(work.session, now)
                dead = await watching.dead_updates(work.session)
        except Exception as error:
            if not is_database_failure(error) and not isinstance(error, OSError):
                raise
            log.debug("no numbers of the outbox: the database is away", extra={"why": why(error)})
        else:
            self._metrics.show_outbox(depths, dead)
