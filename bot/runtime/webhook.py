"""The second door of intake: Telegram brings each update by itself, and hears 200 once it is committed.

Whoever does not know the secret is refused before anything of theirs is read. Who waits for the database, or comes when
a hundred wait already, is told to come again; Telegram then keeps the update, and those of the same chat behind it.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable
from contextlib import suppress

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from telegram import WebhookInfo
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.runtime.backoff import Backoff
from bot.runtime.health import Watch
from bot.runtime.intake import Intake
from bot.runtime.metrics import Metrics
from bot.runtime.polling import explain, retry_after
from bot.runtime.reading import ALLOWED_UPDATES
from bot.runtime.web import BODY_S, HEADERS

log = logging.getLogger(__name__)

PATH = "/telegram"
#: So many updates wait here at most, in one process; Telegram opens no more connections than this in all.
MOST_WAITING = 100
#: Telegram's updates are a few kilobytes.
LARGEST = 1024 * 1024
#: Less than Telegram, or a proxy, waits for an answer (seconds).
_PATIENCE_S = 50.0
_LOOK_EVERY_S = 30.0
_COMPLAIN_EVERY_S = 60.0
_SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 a header's name


def secret_of(token: str) -> str:
    """Return what Telegram shows us to be believed: made from the bot's token, so that it changes with it."""
    return hmac.new(token.encode(), b"buurtbode webhook", hashlib.sha256).hexdigest()


class Door:
    """The route that Telegram calls. *intake* is asked for at each request: None while this process takes nothing."""

    def __init__(self, token: str, intake: Callable[[], Intake | None]) -> None:
        """Let in whoever shows the secret of this token."""
        self._secret, self._intake = secret_of(token).encode(), intake
        self._inside = 0
        self._complained = -_COMPLAIN_EVERY_S

    def routes(self) -> list[BaseRoute]:
        """Return where it is found."""
        return [Route(PATH, self.take, methods=["POST"])]

    async def take(self, request: Request) -> Response:
        """Return 200 when this update never has to be brought again, 503 when it has to, else why it is refused."""
        shown = request.headers.get(_SECRET_HEADER, "").encode(errors="replace")
        if not hmac.compare_digest(shown, self._secret):
            self._complain()
            return _refused(403)
        intake = self._intake()
        if intake is None or max(self._inside, intake.waiting) >= MOST_WAITING:
            return _refused(503)
        self._inside += 1
        try:
            return await self._hand_over(request, intake)
        finally:
            self._inside -= 1

    async def _hand_over(self, request: Request, intake: Intake) -> Response:
        try:
            async with asyncio.timeout(BODY_S):
                body = await _read(request)
        except TimeoutError:
            return _refused(408)
        except ClientDisconnect:
            return _refused(400)
        if body is None:
            return _refused(413)
        future = intake.take(_parsed(body))
        # Not awaited itself: when the server ends, the update in hand is finished all the same.
        await asyncio.wait({future}, timeout=_PATIENCE_S)
        if not future.done() or future.cancelled():
            return _refused(503)
        return Response(status_code=200, headers=HEADERS)

    def _complain(self) -> None:
        """Log that somebody was turned away, once a minute: it may be Telegram, with the secret of an older token."""
        if time.monotonic() - self._complained >= _COMPLAIN_EVERY_S:
            self._complained = time.monotonic()
            log.warning("turned away at the webhook: no secret, or a wrong one")


async def _read(request: Request) -> bytes | None:
    """Return the body; None when it is larger than any update, of which no more is read than that."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LARGEST:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _parsed(body: bytes) -> object:
    """Return the update; what is no JSON as text, which intake sets aside like any update that can't be read."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body.decode(errors="replace")


def _refused(status: int) -> Response:
    """Return a refusal that ends the connection, whatever is still on its way here."""
    again = {"Retry-After": "1"} if status == 503 else {}
    return Response(status_code=status, headers=HEADERS | again | {"Connection": "close"})


class Hook:
    """Tells Telegram where to bring updates, and watches that it does."""

    def __init__(self, bot: ExtBot[None], url: str, token: str, metrics: Metrics) -> None:
        """Have them brought to the web server at *url*."""
        self._bot, self._url, self._secret, self._metrics = bot, url + PATH, secret_of(token), metrics
        self._last_error = 0.0

    async def keep(self, stopping: asyncio.Event, watch: Watch) -> None:
        """Register, then look now and then whether it holds, until *stopping*; *watch* hears whether it answers."""
        backoff = Backoff(stopping, log)
        registered = False
        while not stopping.is_set():
            try:
                with watch.attempt():
                    registered = registered and self._holds(await self._bot.get_webhook_info())
                    if not registered:
                        await self._register()
                        registered = True
                        continue
            except BadRequest as error:
                await backoff.wait(f"Telegram refuses the webhook ({error.message})")
            except TelegramError as error:
                await backoff.wait(explain(error), at_least=retry_after(error))
            else:
                backoff.reset()
                with suppress(TimeoutError):
                    async with asyncio.timeout(_LOOK_EVERY_S):
                        await stopping.wait()

    async def _register(self) -> None:
        await self._bot.set_webhook(
            self._url, max_connections=MOST_WAITING, allowed_updates=list(ALLOWED_UPDATES), secret_token=self._secret
        )
        log.info("webhook registered")

    def _holds(self, info: WebhookInfo) -> bool:
        """Return whether updates are brought to us; log what Telegram says went wrong since the last look."""
        self._metrics.show_at_telegram(info.pending_update_count)
        failed_at = info.last_error_date.timestamp() if info.last_error_date else 0.0
        if failed_at > self._last_error:
            self._last_error = failed_at
            log.warning("Telegram could not bring an update", extra={"why": info.last_error_message})
        if info.url != self._url:
            log.warning("somebody else changed the webhook; registering it again")
        return info.url == self._url
