"""Carrying one drawn row to Telegram, and deciding what its answer means for the row and its chat."""

import logging
import time
from dataclasses import dataclass, replace

from telegram.error import TelegramError

from bot.domain.enums import OutboxState, Reachable
from bot.runtime.clock import Clock
from bot.runtime.complaints import Complaint
from bot.runtime.limits import Limits, Slot
from bot.runtime.metrics import Metrics
from bot.runtime.request import WithheldError
from bot.runtime.sending.delivering import Delivery, Shown, Where, weight_of
from bot.runtime.sending.drawing import Ready
from bot.runtime.sending.entries import Entry
from bot.runtime.sending.marking import Marker, Result
from bot.runtime.sending.memory import Memory
from bot.runtime.sending.pauses import Answers, Floods, back_off, database_is_away, later
from bot.runtime.sending.queue import Queue
from bot.runtime.sending.topics import Topics
from bot.runtime.sending.uploads import Uploads
from bot.runtime.sending.whole import whole
from bot.runtime.telegram_errors import Refusal, Trouble, reason_of, refusal_of
from handlers.views.drawing import PutOut, Remove
from storage.engine import Database
from storage.moving import chat_moved
from storage.queries.sending import CHANNEL, DueRow, Mark

log = logging.getLogger(__name__)

#: A row that meets no Telegram holds its whole chat, to keep the order; when others were answered meanwhile so many
#: times only, and when there are no others for a quarter of an hour. Later it holds only itself.
_KEEPS_ORDER, _AT_MOST = 3, 90
_DATABASE_PAUSE_S = 0.5
_REACHABLE = {
    Trouble.NEVER_STARTED: Reachable.NEVER_STARTED,
    Trouble.BLOCKED: Reachable.BLOCKED,
    Trouble.DEACTIVATED: Reachable.GONE,
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that was taken out of the queue, with the room that the limits gave it."""

    entry: Entry
    slot: Slot


class Carrier:
    """Calls Telegram for one row at a time per chat; everything it learns goes to queue, memory and marker."""

    def __init__(
        self,
        delivery: Delivery,
        database: Database,
        clock: Clock,
        limits: Limits,
        queue: Queue,
        memory: Memory,
        marker: Marker,
        metrics: Metrics,
    ) -> None:
        """Share the sender's parts."""
        self._metrics = metrics
        self._delivery, self._database, self._clock, self._limits = delivery, database, clock, limits
        self._queue, self._memory, self._marker = queue, memory, marker
        self._topics = Topics(delivery, database, clock)
        self._uploads = Uploads()
        self._answers = Answers()
        self._complaint = Complaint(log, "Telegram can't be reached to send", over="Telegram takes messages again")
        self._gone: dict[int, Complaint] = {}
        self.floods = Floods()

    async def carry(self, taken: Taken, ready: Ready) -> None:
        """Deliver what was drawn, or put the row back into the queue with what was learned."""
        shown = self._memory.shown(ready.row)
        try:
            new = await self._call(ready, shown)
        except TelegramError as error:
            self._end(taken, ready, shown)
            await self._refused(taken.entry, ready, shown, error)
        except Exception as error:
            self._end(taken, ready, shown)
            log.exception("a delivery failed", extra={"row": ready.row.id, "kind": ready.row.kind})
            self._fail(ready, Trouble.REFUSED, f"{type(error).__name__} of our own")
        except BaseException:
            self._end(taken, ready, shown)
            raise
        else:
            self._end(taken, ready, shown)
            self._delivered(ready, shown, new)

    def _delivered(self, ready: Ready, shown: Shown, new: Shown) -> None:
        row = ready.row
        self._answered()
        if (gone := self._gone.get(row.chat_id)) is not None:
            gone.end()
        if not isinstance(ready.drawn, Remove | PutOut):
            self._uploads.learn(ready.drawn, new.file_id)
        self._memory.dealt_with(row, new)
        now = self._clock.now()
        self._metrics.sent(CHANNEL, row.priority, (now - row.due_at).total_seconds())
        mark = Mark(
            id=row.id,
            drawn=row.version,
            state=OutboxState.SENT,
            shown=True,
            message_id=new.message_id,
            parts=new.parts,
            at=now,
        )
        first = shown.message_id is None and new.message_id is not None
        self._marker.add(Result(mark, row.chat_id, ready.notice, first=first))

    def _answered(self) -> None:
        self._answers.hear()
        self._complaint.end()

    def close(self, row: DueRow, result: Result) -> None:
        """Remember and mark a row that needs no call (any more)."""
        self._memory.dealt_with(row, self._memory.shown(row))
        self._marker.add(result)

    def may_go(self, entry: Entry, ready: Ready) -> bool:
        """Put the row back when it turned out to be heavier, an edit that comes too soon, or in another chat."""
        row, shown = ready.row, self._memory.shown(ready.row)
        weight = 1 if isinstance(ready.drawn, Remove | PutOut) else weight_of(ready.drawn, shown)
        too_soon = shown.message_id is not None and self._limits.wait_edit(row.chat_id, row.id) > 0
        if row.chat_id == entry.chat_id and weight <= entry.weight and not too_soon:
            return True
        entry.chat_id, entry.weight, entry.new = row.chat_id, weight, shown.message_id is None
        self._queue.push(entry, time.monotonic())
        return False

    async def _call(self, ready: Ready, shown: Shown) -> Shown:
        row, drawn = ready.row, ready.drawn
        if isinstance(drawn, Remove):
            if drawn.instead is None:
                await self._delivery.delete(row.chat_id, drawn.message_ids)
            else:
                await self._delivery.remove(row.chat_id, drawn.message_ids, instead=drawn.instead)
            return Shown(None) if shown.message_id in drawn.message_ids else shown
        if isinstance(drawn, PutOut):
            await self._delivery.put_out(row.chat_id, drawn.person)
            return shown
        drawn = await self._uploads.rendered(drawn)
        where = Where(row.chat_id, self._memory.thread(row), row.silent)
        if shown.message_id is None:
            return await self._delivery.send(where, drawn)
        if self._memory.must_replace(row.id):
            return await self._delivery.replace(where, drawn, shown)
        return await self._delivery.edit(where, drawn, shown)

    def _end(self, taken: Taken, ready: Ready, shown: Shown) -> None:
        if isinstance(ready.drawn, Remove | PutOut):
            self._limits.skip(taken.slot)
        else:
            self._limits.end(taken.slot, edited=None if shown.message_id is None else ready.row.id)

    async def _refused(self, entry: Entry, ready: Ready, shown: Shown, error: TelegramError) -> None:
        row = ready.row
        refusal = refusal_of(error, private=row.chat_id > 0)
        if refusal.trouble is not Trouble.AWAY:
            self._answered()
        match refusal.trouble:
            case Trouble.MESSAGE_GONE if shown.message_id is not None:
                self._memory.lose(row.id, shown.message_id)
                self._back(replace(entry, new=True))
            case Trouble.OTHER_CONTENT if not self._memory.must_replace(row.id):
                self._memory.replace(row.id)
                self._back(entry)
            case Trouble.THREAD_GONE if row.thread_id is not None and self._memory.thread(row) is not None:
                await self._make_topic_again(entry, row, row.thread_id)
            case Trouble.MIGRATED if refusal.new_chat is not None:
                await self._move(entry, row, refusal.new_chat)
            case Trouble.FLOOD | Trouble.AWAY:
                self._put_off(entry, row, refusal, error)
            case _:
                self._fail(ready, refusal.trouble, reason_of(error))

    def _back(self, entry: Entry) -> None:
        self._queue.push(entry, time.monotonic())

    def _back_soon(self, entry: Entry) -> None:
        """Put a row back while the database is away, or the lease is in doubt; nothing of its chat overtakes it."""
        now = time.monotonic()
        self._queue.pause(entry.chat_id, now + _DATABASE_PAUSE_S, now)
        self._queue.push(entry, now)

    async def _make_topic_again(self, entry: Entry, row: DueRow, thread_id: int) -> None:
        """Have the row go to its desk's topic made anew; where that can't be, to the group without a topic."""
        try:
            if not await self._topics.make_again(row.chat_id, thread_id, row.id):
                self._memory.lose_thread(row.chat_id, thread_id)
        except TelegramError as error:
            self._put_off(entry, row, refusal_of(error, private=False), error)
        except Exception as error:
            if not database_is_away(error):
                raise
            self._back_soon(entry)
        else:
            self._back(replace(entry, new=True))

    async def _move(self, entry: Entry, row: DueRow, new_chat: int) -> None:
        """Follow a group that became a supergroup; its rows wait there."""
        log.info("a group became a supergroup", extra={"chat": row.chat_id, "new_chat": new_chat})
        try:
            await whole(self._follow(row, new_chat))
        except Exception as error:
            if not database_is_away(error):
                raise
            self._back_soon(entry)
        else:
            self._back(replace(entry, chat_id=new_chat, new=True))

    async def _follow(self, row: DueRow, new: int) -> None:
        async with self._database.write(self._clock.now()) as work:
            await chat_moved(work, row.chat_id, new, first=[row.id])

    def _put_off(self, entry: Entry, row: DueRow, refusal: Refusal, error: TelegramError) -> None:
        """Let the row wait: as long as Telegram says, or ever longer while it is away."""
        if isinstance(error, WithheldError):  # another process may have it now; if not, it goes as it was
            self._back_soon(entry)
            return
        now = time.monotonic()
        flood = refusal.trouble is Trouble.FLOOD
        attempts = entry.attempts if flood else entry.attempts + 1
        seconds = refusal.seconds if flood else back_off(attempts)
        if flood:
            self.floods.hear(row.chat_id, seconds, now)
        alone, answers = (entry.alone, entry.answers) if flood else self._answers.missed(entry)
        if flood or (alone <= _KEEPS_ORDER and attempts <= _AT_MOST):
            self._queue.pause(row.chat_id, now + seconds, now)
        waiting = replace(entry, attempts=attempts, alone=alone, answers=answers, after=now + seconds)
        self._queue.push(waiting, now)
        reason = "flood" if flood else type(error).__name__
        self._metrics.retried(CHANNEL, "flood" if flood else "away")
        if not flood:
            self._complaint.about(reason=reason)
        # While Telegram is away that is the line to read; of a row that it does not take, one is enough.
        level = logging.WARNING if flood or entry.alone < alone == _KEEPS_ORDER else logging.DEBUG
        log.log(level, "put off", extra={"row": row.id, "chat": row.chat_id, "reason": reason, "seconds": seconds})
        self._marker.add(
            Result(
                Mark(
                    id=row.id,
                    drawn=row.version,
                    state=OutboxState.WAITING,
                    reason=reason,
                    not_before=later(self._clock.now(), seconds),
                    attempts=attempts,
                ),
                row.chat_id,
            )
        )

    def _fail(self, ready: Ready, trouble: Trouble, description: str) -> None:
        """Give up on the row: this message, or this chat, will not do."""
        row = ready.row
        out_of_reach = trouble in _REACHABLE or trouble is Trouble.CHAT_GONE
        reason = trouble.name.lower() if out_of_reach else description
        out_of_reach = out_of_reach or isinstance(ready.drawn, PutOut)
        if trouble is Trouble.CHAT_GONE:
            words, over = "a group can't be reached: `buurtbode doctor` tells why", "a group can be reached again"
            self._gone.setdefault(row.chat_id, Complaint(log, words, over=over)).about(chat=row.chat_id)
        # That somebody blocked the bot, or a group put it out, is their choice; what else is refused is our fault.
        level = logging.INFO if out_of_reach else logging.ERROR
        log.log(level, "not delivered", extra={"row": row.id, "kind": row.kind, "chat": row.chat_id, "reason": reason})
        self._metrics.failed(CHANNEL, trouble.name.lower())
        mark = Mark(id=row.id, drawn=row.version, state=OutboxState.FAILED, reason=reason)
        reachable = _REACHABLE.get(trouble)
        self.close(row, Result(mark, row.chat_id, ready.notice, out_of_reach=out_of_reach, reachable=reachable))
