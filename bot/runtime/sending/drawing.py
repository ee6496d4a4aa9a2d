"""Reading rows and drawing them, many with one look at the database; nothing here calls Telegram."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.enums import Language, OutboxState
from bot.domain.notices import Notice
from bot.runtime.clock import Clock
from bot.runtime.complaints import Complaint
from bot.runtime.sending.delivering import Payload, Shown
from bot.runtime.sending.memory import Memory
from bot.runtime.sending.pauses import database_is_away
from bot.texts import Translator
from handlers.views import VIEWS
from handlers.views.drawing import Drawing, Later, NotAnyMore, PutOut, Remove
from handlers.views.registry import Reading
from storage.engine import Database
from storage.failures import why
from storage.models import Person
from storage.queries import people, sending
from storage.queries.outbox import SAID
from storage.queries.sending import DueRow
from storage.work import Work

log = logging.getLogger(__name__)

Translators = Callable[[Person | None], Translator]


@dataclass(frozen=True, slots=True)
class Ready:
    """A row with what it should read now; `notice` is None for what a handler said."""

    row: DueRow
    drawn: Payload | Remove | PutOut
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A row that needs no call: dropped or failed, and why."""

    row: DueRow
    state: OutboxState
    reason: str
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A card that has no message of its own: its list shows it, so that one is drawn again."""

    row: DueRow
    list_id: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """A row that is gone, or was sent already, or has been moved to a later time (`due_at`)."""

    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PutOff:
    """A row that is not to go out now but at `due_at`, and is drawn anew then."""

    row: DueRow
    due_at: datetime


Outcome = Ready | Closed | Listed | Nothing | PutOff


class Drawer:
    """Draws rows in the language of their reader."""

    def __init__(self, translators: Translators, bot_username: str, memory: Memory) -> None:
        """Take whose language is whose, the bot's own name (for deep links), and what was sent lately."""
        self._translators = translators
        self._username = bot_username
        self._memory = memory
        self._complaint = Complaint(log, "can't read what to send", over="what to send can be read again")

    async def draw_all(self, database: Database, clock: Clock, row_ids: Sequence[int]) -> dict[int, Outcome]:
        """Return what to do with each of these rows now; a row whose view fails is closed as failed, the others go on.

        What was said a moment ago is not read again. Raises the database's failures only.
        """
        now, mono = clock.now(), time.monotonic()
        outcomes: dict[int, Outcome] = {}
        for row_id in row_ids:
            said = self._memory.just_said(row_id, mono)
            if said is not None and (outcome := self._undrawn(said, now)) is not None:
                outcomes[row_id] = outcome
        unread = [row_id for row_id in row_ids if row_id not in outcomes]
        if not unread:
            return outcomes
        try:
            read = await self._read(database, clock, unread)
        except Exception as error:
            self._complaint.about(why=why(error))
            raise
        self._complaint.end()
        return outcomes | read

    async def _read(self, database: Database, clock: Clock, row_ids: Sequence[int]) -> dict[int, Outcome]:
        try:
            async with database.read(clock.now()) as work:
                return await self._draw(work, row_ids)
        except Exception as error:
            if database_is_away(error):
                raise
            log.exception("drawing together failed", extra={"rows": len(row_ids)})
        outcomes: dict[int, Outcome] = {}
        for row_id in row_ids:
            outcomes[row_id] = await self._alone(database, clock, row_id)
        return outcomes

    async def _alone(self, database: Database, clock: Clock, row_id: int) -> Outcome:
        async with database.read(clock.now()) as work:
            row = (await sending.rows(work.session, [row_id])).get(row_id)
            try:
                return (await self._draw(work, [row_id]))[row_id]
            except Exception as error:
                if database_is_away(error):
                    raise
                log.exception("a view failed", extra={"row": row_id, "kind": row.kind if row else None})
                reason = f"view: {type(error).__name__}"
                return Closed(row, OutboxState.FAILED, reason) if row else Nothing()

    async def _draw(self, work: Work, row_ids: Sequence[int]) -> dict[int, Outcome]:
        rows = await sending.rows(work.session, row_ids)
        private = {row.chat_id for row in rows.values() if row.chat_id > 0 and row.kind != SAID}
        known = await people.fetch(work.session, private)
        return {row_id: await self._one(work, rows.get(row_id), known) for row_id in row_ids}

    def _undrawn(self, row: DueRow, now: datetime) -> Outcome | None:
        """Return what to do with a row that no view draws (now); None for the others."""
        if row.state is not OutboxState.WAITING or self._memory.is_done(row):
            return Nothing()
        if row.due_at > now:
            return Nothing(row.due_at)
        if row.valid_until is not None and row.valid_until <= now:
            return Closed(row, OutboxState.DROPPED, "late")
        if row.listed_in is not None:
            return Listed(row, row.listed_in)
        return Ready(row, row.payload or {"text": ""}) if row.kind == SAID else None

    async def _one(self, work: Work, row: DueRow | None, known: Mapping[int, Person]) -> Outcome:
        if row is None:
            return Nothing()
        if (outcome := self._undrawn(row, work.now)) is not None:
            return outcome
        notice = row.notice()
        if notice is None or type(notice) not in VIEWS:
            log.error("an outbox row without a view", extra={"row": row.id, "kind": row.kind})
            return Closed(row, OutboxState.FAILED, "no view")
        reading = self._reading(work, row, self._memory.shown(row), known.get(row.chat_id))
        drawn = await VIEWS[type(notice)](notice, reading)
        if isinstance(drawn, NotAnyMore):
            return Closed(row, OutboxState.DROPPED, drawn.reason, notice)
        if isinstance(drawn, Later):
            return PutOff(row, drawn.at)
        return Ready(row, drawn.to_message() if isinstance(drawn, Drawing) else drawn, notice)

    def _reading(self, work: Work, row: DueRow, shown: Shown, person: Person | None) -> Reading:
        t = self._translators(person)
        return Reading(
            work=work,
            t=t,
            chat_id=row.chat_id,
            thread_id=row.thread_id,
            message_id=shown.message_id,
            parts=tuple(shown.parts or ()),
            bot_username=self._username,
            translator=lambda language: _translator(language, t),
        )


def _translator(language: Language, like: Translator) -> Translator:
    return like if language is like.language else Translator(language, like.zone)
