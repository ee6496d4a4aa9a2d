"""How Telegram is called: aiohttp under python-telegram-bot (2–3 times as fast as its httpx, measured).

Neither exception texts nor logs name the address, since it holds the bot's token.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import JSONDict, ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

#: For all taps that are answered at once, all messages on the wire, and what else is asked.
CONNECTIONS = 128
#: Shorter than servers keep an idle connection, so that a call seldom meets one that was just closed.
_KEEP_ALIVE_S = 15.0

# python-telegram-bot gives durations as `timedelta` from its next major version on, and warns until one asks for it.
os.environ.setdefault("PTB_TIMEDELTA", "true")


#: Whether calls may be made here; None: nobody asks.
_may: ContextVar[Callable[[], bool] | None] = ContextVar("may", default=None)


class WithheldError(NetworkError):
    """The call was not made, since it may not be made any more."""


@contextmanager
def only_while(may: Callable[[], bool]) -> Iterator[None]:
    """Make the calls inside only while *may* says so; `WithheldError` instead of any other.

    It is asked when there is nothing left to wait for, as the last thing before a part of the call is written: a
    process may stand still at any moment, and nothing that it goes on with then may be a call of another's.
    """
    token = _may.set(may)
    try:
        yield
    finally:
        _may.reset(token)


class _Permission:
    """What one call asks before it is written."""

    def __init__(self) -> None:
        self._may = _may.get()
        self.withheld = False

    def ask(self) -> None:
        """Raise WithheldError when the call may not be made."""
        if self._may is not None and not self._may():
            self.withheld = True
            raise WithheldError("withheld")


async def _ask(_session: aiohttp.ClientSession, call: SimpleNamespace, _chunk: object) -> None:
    """Ask once more; aiohttp calls this before it writes a part of a call, the head along with the first of them."""
    call.trace_request_ctx.ask()


class AiohttpRequest(BaseRequest):
    """One pool of connections to Telegram. Times in seconds; None waits for ever.

    `read` is the longest silence while waiting for an answer, `connect` the time to reach the server, `pool` the
    time to get a free connection. Calls raise `telegram.error.NetworkError`, or its `TimedOut`, when the server
    could not be reached; whether the call took effect is unknown then.
    """

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        read: float | None = 20.0,
        connect: float | None = 10.0,
        pool: float | None = 10.0,
    ) -> None:
        """Keep the settings; `initialize` opens the pool."""
        self._connections = connections
        self._read, self._connect, self._pool = read, connect, pool
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The default of *read* in seconds."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool; a second call does nothing."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=_KEEP_ALIVE_S)
            asking = aiohttp.TraceConfig()
            asking.on_request_chunk_sent.append(_ask)
            self._session = aiohttp.ClientSession(
                connector=connector,
                auto_decompress=True,
                headers={"User-Agent": self.USER_AGENT},
                trace_configs=[asking],
            )

    async def shutdown(self) -> None:
        """Close all connections; a call after it raises RuntimeError."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """Return Telegram's answer; TelegramError for what some proxy answered in its place, JSON or not."""
        found: object = BaseRequest.parse_json_payload(payload)
        if isinstance(found, dict) and ("result" in found or "error_code" in found):
            return found
        raise TelegramError("Invalid server response")

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body of one call."""
        if self._session is None:
            raise RuntimeError("this request object is not initialised, or has been shut down")
        timeout = aiohttp.ClientTimeout(
            total=None,
            connect=_given(pool_timeout, self._pool),
            sock_connect=_given(connect_timeout, self._connect),
            sock_read=_given(read_timeout, self._read),
        )
        body, headers = _body(request_data)
        permission = _Permission()
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, trace_request_ctx=permission
            ) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut("no answer in time") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if permission.withheld:
                raise WithheldError("withheld") from None
            raise NetworkError(f"the call failed: {type(error).__name__}") from None


def _given(value: ODVInput[float], default: float | None) -> float | None:
    """Return the time-out that was passed, or *default* when none was."""
    return default if isinstance(value, DefaultValue) else value


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    """Return the body of a call and its headers: a form when there are files to upload, JSON otherwise."""
    if data is None or not (data.parameters or data.contains_files):
        return None, {}
    if not data.contains_files:
        return json.dumps(data.parameters, ensure_ascii=False).encode(), {"Content-Type": "application/json"}
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, {}
