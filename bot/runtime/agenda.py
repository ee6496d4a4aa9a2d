"""`/agenda/<secret>.ics`: somebody's private calendar, for the phone that follows it.

The secret is all that opens it. It stands in no log (the server keeps no access log), every other secret is answered
exactly like a page that does not exist, and rights are read anew at each request.
"""

import hashlib
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.runtime.clock import Clock
from bot.runtime.translators import Translators
from bot.runtime.web import HEADERS, Pace, not_found
from bot.services.activities import calendars
from handlers.views.activities.calendar import feed as draw_feed
from storage.engine import Database
from storage.failures import is_database_failure, why
from storage.models import CalendarFeed

log = logging.getLogger(__name__)

#: A phone asks a few times a day; a server that asks for many phones has some more.
_A_MINUTE, _A_GUESS = 120, 10


class Agenda:
    """The endpoint over one database."""

    def __init__(
        self, database: Database, clock: Clock, translators: Translators, bot_username: Callable[[], str]
    ) -> None:
        """Use the app's own parts; the bot's name is empty until the app has begun."""
        self._database, self._clock, self._translators = database, clock, translators
        self._username = bot_username
        self._pace = Pace(_A_MINUTE, dear=_A_GUESS)

    def routes(self) -> list[BaseRoute]:
        """Return where it is found."""
        return [Route("/agenda/{secret}.ics", self.answer, methods=["GET", "HEAD"])]

    async def answer(self, request: Request) -> Response:
        """Return the calendar, 304 when the phone has it already, 404 for a secret that opens nothing.

        429 for who asks too often, 503 while the database is away or we begin: a phone then keeps what it has.
        """
        if not self._pace.allows(request):
            return _later(429)
        if not self._username():
            return _later(503)
        try:
            return await self._look(request)
        except Exception as error:
            if not is_database_failure(error):
                raise
            log.warning("no calendar: the database is away", extra={"why": why(error)})
            return _later(503)

    async def _look(self, request: Request) -> Response:
        async with self._database.read(self._clock.now()) as work:
            found = await calendars.whose(work, request.path_params["secret"])
            if found is None:
                self._pace.missed(request)
                return not_found()
            feed, person = found
            body = await draw_feed(work, self._translators(person), person, bot_username=self._username())
        etag = hashlib.sha256(body).hexdigest()[:32]
        changed_at = await self._note(feed, etag)
        headers = HEADERS | {
            "ETag": f'"{etag}"',
            "Last-Modified": format_datetime(changed_at, usegmt=True),
            "Cache-Control": "private, no-cache",
        }
        if _has_it(request, etag, changed_at):
            return Response(status_code=304, headers=headers)
        disposition = {"Content-Disposition": 'inline; filename="agenda.ics"'}
        return Response(body, headers=headers | disposition, media_type="text/calendar")

    async def _note(self, feed: CalendarFeed, etag: str) -> datetime:
        """Note that the feed was fetched; return since when it reads like this (UTC)."""
        now = self._clock.now()
        if feed.changed_at is not None and calendars.is_noted(feed, etag=etag, now=now):
            return feed.changed_at
        async with self._database.write(now) as work:
            return await calendars.note_fetch(work, feed, etag=etag)


def _later(status: int) -> Response:
    return Response(status_code=status, headers=HEADERS | {"Retry-After": "60"})


def _has_it(request: Request, etag: str, changed_at: datetime) -> bool:
    """Return whether the phone says that it has this calendar; what it says of the etag wins from the date."""
    if (named := request.headers.get("if-none-match")) is not None:
        return named.strip() == "*" or etag in {one.strip().removeprefix("W/").strip('"') for one in named.split(",")}
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (ValueError, OverflowError):
        return False
    since = since if since.tzinfo else since.replace(tzinfo=UTC)
    return changed_at.replace(microsecond=0) <= since
