"""The carrier of e-mail: one message at a time, and no transaction open while a server is asked.

A row is marked after the server accepted it. A crash between the two repeats that one message, with the same
Message-ID. What a server refuses for good is closed as failed; while none answers, the row waits ever longer.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.domain.enums import OutboxState
from bot.domain.notices.partners import PartnerLetter
from bot.domain.partners import GIVE_UP_AFTER, back_off
from bot.runtime.clock import Clock
from bot.runtime.mailing.composing import UnsendableError, compose
from bot.runtime.mailing.post import AwayError, MailServer, RefusedError, hand_over
from bot.runtime.metrics import Metrics
from bot.runtime.sending.pauses import database_is_away
from bot.runtime.sending.whole import whole
from bot.services import partners
from bot.texts import Translator
from handlers.views.drawing import Letter, NotAnyMore
from handlers.views.registry import LETTERS, Reading
from storage.engine import Database
from storage.models import Person
from storage.queries import partners as queries
from storage.queries import sending
from storage.queries.outbox import OutboxItem
from storage.queries.partners import WaitingMail
from storage.queries.sending import DueRow, Mark
from storage.work import Work

log = logging.getLogger(__name__)

CHANNEL = "email"
_AT_ONCE = 20
#: How often it looks by itself (seconds): for rows whose pause is over, and for what other processes wrote.
_LOOK_S = 5.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 10.0
_DATABASE_PAUSE_S = 0.5
_OWN_MISTAKE = "own_mistake"
Hearing = Callable[[Work], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row with the letter that it is now."""

    row: DueRow
    notice: PartnerLetter
    letter: Letter


class _GoneError(Exception):
    """A photo that was to go along is no longer there."""


class Mailer:
    """Mails what waits, until it is stopped; without a *server* it does nothing, and rows wait for one."""

    def __init__(
        self,
        *,
        database: Database,
        bot: ExtBot[None],
        clock: Clock,
        translators: Callable[[Person | None], Translator],
        server: MailServer | None,
        may_send: Callable[[], bool] = lambda: True,
        metrics: Metrics | None = None,
    ) -> None:
        """Put the parts together; nothing happens before `run`. Nothing is begun while *may_send* says no."""
        self._may_send, self._metrics = may_send, metrics or Metrics()
        self._database, self._bot, self._clock = database, bot, clock
        self._translators, self._server = translators, server
        self._wake = asyncio.Event()
        self._asking: list[asyncio.Future[None]] = []
        self._stopping = False
        self._quiet = asyncio.Event()
        self._quiet.set()

    def push(self, items: Sequence[OutboxItem]) -> None:
        """Hear of rows that were just committed; returns at once."""
        if any(item.channel == CHANNEL for item in items):
            self._wake.set()

    async def run(self) -> None:
        """Mail until `stop`."""
        while not self._stopping:
            self._wake.clear()
            asking, self._asking = self._asking, []
            rows = await self._look()
            if rows:
                self._asking = asking + self._asking
                await self._deliver_all(rows)
                continue
            _let_go(asking)
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_S):
                    await self._wake.wait()
        _let_go(self._asking)

    async def stop(self, grace: float) -> None:
        """Begin nothing more, and wait up to *grace* seconds until what is on the wire is marked."""
        self._stopping = True
        self._wake.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self._quiet.wait()

    async def idle(self) -> None:
        """Return when nothing waits that may go now. `run` must be running."""
        asked: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._asking.append(asked)
        self._wake.set()
        await asked

    async def next_due(self) -> datetime | None:
        """Return when the next row may go that waits for its time (UTC)."""
        if self._server is None:
            return None
        now = self._clock.now()
        async with self._database.read(now) as work:
            return await queries.next_mail(work.session, after=now)

    # -- one after the other ------------------------------------------------------------------------------------

    async def _look(self) -> list[WaitingMail]:
        if self._server is None or not self._may_send():
            return []
        now = self._clock.now()
        try:
            async with self._database.read(now) as work:
                return await queries.waiting(work.session, now, limit=_AT_ONCE)
        except Exception as error:
            if not database_is_away(error):
                raise
            log.warning("can't read what to mail", extra={"error": type(error).__name__})
            return []

    async def _deliver_all(self, rows: Sequence[WaitingMail]) -> None:
        for waiting in rows:
            if self._stopping or self._server is None or not self._may_send():
                return
            self._quiet.clear()
            try:
                await self._deliver(waiting, self._server)
            except Exception as error:
                await self._broke(waiting, error)
            finally:
                self._quiet.set()

    async def _deliver(self, waiting: WaitingMail, server: MailServer) -> None:
        drawn = await self._draw(waiting.id)
        if drawn is None:
            return
        try:
            photos = [await self._photo(file_id) for file_id in drawn.letter.photos]
            message = compose(
                drawn.letter,
                photos,
                row_id=drawn.row.id,
                at=drawn.row.due_at,
                sender=server.sender,
                reply_to=server.reply_to or server.sender,
            )
            if not await hand_over(server, message, drawn.letter.to_address, may_send=self._may_send):
                return
        except RefusedError as error:
            await self._fail(drawn.row, drawn.notice, str(error.code))
        except UnsendableError:
            await self._fail(drawn.row, drawn.notice, "address")
        except _GoneError:
            await self._fail(drawn.row, drawn.notice, "photo")
        except (AwayError, TelegramError) as error:
            await self._put_off(waiting, drawn, str(error) if isinstance(error, AwayError) else type(error).__name__)
        else:
            mark = Mark(drawn.row.id, drawn.row.version, OutboxState.SENT, shown=True, at=self._clock.now())
            await self._mark(mark, lambda work: partners.accepted(work, drawn.notice))
            now = self._clock.now()
            self._metrics.sent(CHANNEL, drawn.row.priority, (now - drawn.row.due_at).total_seconds())
            log.info("mailed", extra={"row": drawn.row.id, "kind": drawn.row.kind})

    async def _draw(self, row_id: int) -> Drawn | None:
        """Return the letter of a row, or close the row when there is nothing to send (any more)."""
        async with self._database.read(self._clock.now()) as work:
            row = (await sending.rows(work.session, [row_id])).get(row_id)
            notice = row.notice() if row is not None else None
            if row is None or row.state is not OutboxState.WAITING:
                return None
            letter = await self._letter(work, notice)
        if isinstance(notice, PartnerLetter) and isinstance(letter, Letter):
            return Drawn(row, notice, letter)
        reason = letter.reason if isinstance(letter, NotAnyMore) else "no view"
        await self._fail(row, notice if isinstance(notice, PartnerLetter) else None, reason, OutboxState.DROPPED)
        return None

    async def _letter(self, work: Work, notice: object) -> Letter | NotAnyMore | None:
        if not isinstance(notice, PartnerLetter):
            return None
        t = self._translators(None)
        reading = Reading(
            work=work, t=t, chat_id=0, thread_id=None, message_id=None, bot_username="", translator=lambda _language: t
        )
        return await LETTERS[type(notice)](notice, reading)

    async def _photo(self, file_id: str) -> bytes:
        """Fetch one photo through the Bot API."""
        try:
            file = await self._bot.get_file(file_id)
            return bytes(await file.download_as_bytearray())
        except BadRequest:
            raise _GoneError from None

    async def _broke(self, waiting: WaitingMail, error: Exception) -> None:
        """Wait a little while the database is away; give a row up that our own code stumbles over."""
        try:
            if not database_is_away(error):
                log.error("a mail failed", exc_info=error, extra={"row": waiting.id})
                await self._give_up(waiting.id)
                return
        except Exception as another:
            if not database_is_away(another):
                raise
            error = another
        log.warning("can't read what to mail", extra={"error": type(error).__name__})
        await asyncio.sleep(_DATABASE_PAUSE_S)

    async def _give_up(self, row_id: int) -> None:
        """Close a row as failed, though who wants to hear of it fails as well: else it would be mailed again."""
        async with self._database.read(self._clock.now()) as work:
            row = (await sending.rows(work.session, [row_id])).get(row_id)
        if row is None:
            return
        notice = row.notice()
        try:
            await self._fail(row, notice if isinstance(notice, PartnerLetter) else None, _OWN_MISTAKE)
        except Exception as error:
            log.error("somebody who hears of mails failed", exc_info=error, extra={"row": row_id})
            await self._mark(Mark(row.id, row.version, OutboxState.FAILED, reason=_OWN_MISTAKE))

    # -- what became of it --------------------------------------------------------------------------------------

    async def _put_off(self, waiting: WaitingMail, drawn: Drawn, why: str) -> None:
        """Let the row wait; give it up when no server took it for days."""
        attempts, now = waiting.attempts + 1, self._clock.now()
        if now - drawn.row.due_at >= GIVE_UP_AFTER:
            await self._fail(drawn.row, drawn.notice, "no_answer")
            return
        self._metrics.retried(CHANNEL, "away")
        log.warning("mail put off", extra={"row": drawn.row.id, "reason": why, "attempts": attempts})
        mark = Mark(
            drawn.row.id,
            drawn.row.version,
            OutboxState.WAITING,
            reason=why[:120],
            not_before=now + back_off(attempts),
            attempts=attempts,
        )
        await self._mark(mark)

    async def _fail(
        self, row: DueRow, notice: PartnerLetter | None, reason: str, state: OutboxState = OutboxState.FAILED
    ) -> None:
        count = self._metrics.dropped if state is OutboxState.DROPPED else self._metrics.failed
        count(CHANNEL, reason)
        log.error("not mailed", extra={"row": row.id, "kind": row.kind, "reason": reason})
        mark = Mark(row.id, row.version, state, reason=reason)
        if notice is None:
            await self._mark(mark)
        else:
            await self._mark(mark, lambda work: partners.failed(work, notice, reason))

    async def _mark(self, mark: Mark, then: Hearing | None = None) -> None:
        """Write down what became of a row, however long the database is away: else it would be mailed again."""
        pause = _FIRST_PAUSE_S
        while True:
            try:
                return await whole(self._write(mark, then))
            except Exception as error:
                if not database_is_away(error):
                    raise
                log.warning("can't mark what was mailed", extra={"error": type(error).__name__})
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)

    async def _write(self, mark: Mark, then: Hearing | None) -> None:
        async with self._database.write(self._clock.now()) as work:
            await sending.mark(work.session, [mark])
            if then is not None:
                await then(work)


def _let_go(asking: Sequence[asyncio.Future[None]]) -> None:
    for asked in asking:
        if not asked.done():
            asked.set_result(None)
