"""The bot's own web server, for what phones and machines fetch: plain HTTP behind a proxy that does the encryption.

Off unless an address is set, or somebody wants to watch. `App` names the routes; each module of routes makes its own
(see `bot.runtime.agenda`).
"""

import asyncio
import contextlib
import logging
import socket
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import h11
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute
from uvicorn.protocols.http.h11_impl import H11Protocol

log = logging.getLogger(__name__)

#: Seconds that requests in hand get at a stop.
_GRACE_S = 1
_CONNECTIONS = 900
#: So many may wait for the rest of a request. One more, and who waits longest is cut off: whoever opens connections and
#: says nothing must not keep Telegram out.
_MOST_UNSAID = 400
#: Seconds in which a request must have come: its head, and then its body. Who takes longer is cut off.
_HEAD_S = 10.0
BODY_S = 10.0
#: All of it: a route may have an end of its own to waiting for the body, and a word to say about it.
_WHOLE_S = _HEAD_S + BODY_S
#: No web page may show or run anything of ours, and no search engine may keep it.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'",
}


@dataclass(frozen=True)
class WebAddress:
    """The address (without a slash at its end) that people reach us by, empty for none, and where we listen.

    Without a port nothing listens here: whoever made the app serves its `web_routes` (the demo's page does).
    """

    url: str
    host: str = "127.0.0.1"
    port: int | None = None


class AddressTakenError(Exception):
    """Nothing can be served at this host and port."""


class Web:
    """One HTTP server: `bind`, then `run` until `stop`."""

    def __init__(self, address: WebAddress, routes: Sequence[BaseRoute]) -> None:
        """Serve *routes*; whatever else is asked for is not there."""
        self.address = address
        self._socket: socket.socket | None = None
        self._port = address.port or 0
        self._runs, self._ended = False, asyncio.Event()
        application = Starlette(routes=routes, exception_handlers={404: _not_found, 405: _not_found})
        # A slash too many is another page: a redirect would repeat the address, secret and all, under any host named.
        application.router.redirect_slashes = False
        config = uvicorn.Config(
            application,
            http=_Impatient,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            log_level="error",  # else whoever reaches the port writes a line with every request that is none
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=_GRACE_S,
            server_header=False,
        )
        self._server = _Server(config)

    def bind(self) -> None:
        """Take the port (0: any free one); `AddressTakenError` when that can't be."""
        host, port = self.address.host, self.address.port or 0
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            self._socket = socket.create_server((host, port), family=family, backlog=256)
        except OSError as error:
            raise AddressTakenError(f"the web server can't listen on {host} port {port}: {error.strerror}") from None
        self._port = int(self._socket.getsockname()[1])

    @property
    def port(self) -> int:
        """The port that was taken."""
        return self._port

    async def run(self) -> None:
        """Answer until `stop`; `bind` comes first."""
        if self._socket is None:
            raise RuntimeError("the web server has no port yet")
        self._runs = True
        log.info("web server listens", extra={"host": self.address.host, "port": self.port})
        try:
            await self._server.serve(sockets=[self._socket])
        finally:
            # Also when we are cancelled half way: the loop must forget the socket before its number is used again.
            for server in getattr(self._server, "servers", []):
                server.close()
            self._socket.close()
            self._ended.set()

    async def stop(self, seconds: float) -> None:
        """Take no new request, finish those in hand within *seconds*, end `run`."""
        self._server.should_exit = True
        if not self._runs and self._socket is not None:
            self._socket.close()
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), seconds)


class _Impatient(H11Protocol):
    """uvicorn's HTTP/1.1, which waits for ever for a request that was begun, with an end to that wait."""

    _late: asyncio.TimerHandle | None = None
    _in_body = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn does
        """Begin to wait for the head of a request."""
        super().connection_made(transport)
        self._wait(_HEAD_S)
        self._make_room()

    def data_received(self, data: bytes) -> None:
        """Take in what came, and wait on for what is missing."""
        super().data_received(data)
        state = self.conn.their_state
        if state is h11.IDLE and (self._in_body or self._late is None):
            self._in_body = False
            self._wait(_HEAD_S)
        elif state is h11.SEND_BODY and not self._in_body:
            self._in_body = True
            self._wait(_WHOLE_S)
        elif state not in (h11.IDLE, h11.SEND_BODY):
            self._in_body = False
            self._wait(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._wait(None)
        super().connection_lost(exc)

    def _make_room(self) -> None:
        """Cut off who waits longest when too many do."""
        if len(self.connections) <= _MOST_UNSAID:
            return
        ends = {one: one._late.when() for one in self.connections if isinstance(one, _Impatient) and one._late}
        if len(ends) > _MOST_UNSAID:
            longest = min(ends, key=ends.__getitem__)
            # It is gone a moment later; of many who come at once, each is to send another one away.
            longest._wait(None)
            longest.transport.abort()

    def _wait(self, seconds: float | None) -> None:
        if self._late is not None:
            self._late.cancel()
        self._late = None if seconds is None else self.loop.call_later(seconds, self.transport.abort)


class _Server(uvicorn.Server):
    """uvicorn without hands on the process: signals are the app's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals as they are."""
        yield


async def _not_found(_request: Request, _error: Exception) -> Response:
    return not_found()


def not_found() -> Response:
    """Return the one answer to whatever there is not: it tells nothing about why."""
    return PlainTextResponse("404", status_code=404, headers=HEADERS)


class Pace:
    """So many requests per address and minute, counted in memory; a guess costs *dear* requests."""

    def __init__(self, most: int, *, dear: int = 1, addresses: int = 10_000) -> None:
        """Let through *most* a minute."""
        self._most, self._dear, self._addresses = most, dear, addresses
        self._minute = 0
        self._counts: Counter[str] = Counter()

    def allows(self, request: Request) -> bool:
        """Count a request; False: it comes too soon."""
        return self._count(request, 1) <= self._most

    def missed(self, request: Request) -> None:
        """Count a request for something that is not there once more: it may be a guess."""
        self._count(request, self._dear - 1)

    def _count(self, request: Request, weight: int) -> int:
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute = minute
            self._counts.clear()
        address = request.client.host if request.client else ""
        # Who comes from ever new addresses shares one count with all who do.
        name = address if address in self._counts or len(self._counts) < self._addresses else ""
        self._counts[name] += weight
        return self._counts[name]
