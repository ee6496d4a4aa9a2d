"""What the sender remembers of what it did, because a read of the table may be older than its mark."""

from collections import OrderedDict
from dataclasses import dataclass

from bot.domain.enums import OutboxState
from bot.runtime.sending.delivering import Shown
from storage.queries.outbox import SAID, OutboxItem
from storage.queries.sending import DueRow

_REMEMBERED = 5_000
#: What was said so short ago (seconds) need not be read to be sent; so many such texts are kept.
_JUST_S, _MOST_SAID = 0.25, 200


@dataclass(frozen=True, slots=True)
class Known:
    """The newest version of a row that was dealt with, and what stands in the chat since."""

    version: int
    shown: Shown


class Memory:
    """Rows that were said, sent or closed lately, messages that turned out to be gone, topics that are gone."""

    def __init__(self) -> None:
        """Begin empty: after a start the table knows everything."""
        self._known: OrderedDict[int, Known] = OrderedDict()
        self._lost: OrderedDict[tuple[int, int], None] = OrderedDict()
        self._replace: set[int] = set()
        self._gone_threads: set[tuple[int, int]] = set()
        self._said: OrderedDict[int, tuple[OutboxItem, float]] = OrderedDict()

    def hear(self, item: OutboxItem, now: float) -> None:
        """Keep what a handler just said, so that the answer need not be read first; *now* in monotonic seconds."""
        if item.kind == SAID:
            self._said[item.id] = (item, now)
            if len(self._said) > _MOST_SAID:
                self._said.popitem(last=False)

    def just_said(self, row_id: int, now: float) -> DueRow | None:
        """Return a row of which all is known since its commit a moment ago: a new text, for a new message."""
        item, at = self._said.pop(row_id, (None, now))
        if item is None or now - at > _JUST_S or item.version > 1 or item.message_id is not None:
            return None
        return DueRow(
            id=item.id,
            kind=item.kind,
            chat_id=item.chat_id,
            thread_id=item.thread_id,
            about=item.about,
            key=item.key,
            version=item.version,
            fresh=item.fresh,
            payload=item.payload,
            priority=int(item.priority),
            due_at=item.due_at,
            valid_until=item.valid_until,
            silent=item.silent,
            state=OutboxState.WAITING,
            message_id=None,
            parts=None,
            listed_in=None,
        )

    def dealt_with(self, row: DueRow, shown: Shown) -> None:
        """Remember that this version of *row* is done and what stands in the chat now."""
        self._known[row.id] = Known(row.version, shown)
        self._known.move_to_end(row.id)
        self._replace.discard(row.id)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def is_done(self, row: DueRow) -> bool:
        """Return whether this version of *row* was dealt with already."""
        known = self._known.get(row.id)
        return known is not None and row.version <= known.version

    def shown(self, row: DueRow) -> Shown:
        """Return what *row* is shown as; nothing when it must become a new message."""
        known = self._known.get(row.id)
        found = known.shown if known and row.fresh <= known.version else Shown(row.message_id, row.parts)
        lost = found.message_id is not None and (row.id, found.message_id) in self._lost
        return Shown(None) if lost else found

    def has_message(self, row_id: int) -> bool:
        """Return whether we sent a message for this row lately."""
        known = self._known.get(row_id)
        return known is not None and known.shown.message_id is not None

    def lose(self, row_id: int, message_id: int) -> None:
        """Remember that the message of a row is gone, so that it is sent anew."""
        self._lost[(row_id, message_id)] = None
        while len(self._lost) > _REMEMBERED:
            self._lost.popitem(last=False)

    def replace(self, row_id: int) -> None:
        """Remember that the message of a row can't be edited into what it should be: delete it and send anew."""
        self._replace.add(row_id)

    def must_replace(self, row_id: int) -> bool:
        """Return whether the message of a row is to be deleted and sent anew."""
        return row_id in self._replace

    def lose_thread(self, chat_id: int, thread_id: int) -> None:
        """Remember that a topic is gone."""
        self._gone_threads.add((chat_id, thread_id))

    def thread(self, row: DueRow) -> int | None:
        """Return the topic that *row* goes to, None when it is gone."""
        gone = row.thread_id is not None and (row.chat_id, row.thread_id) in self._gone_threads
        return None if gone else row.thread_id
