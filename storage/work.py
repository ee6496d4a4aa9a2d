"""One unit of work: an open transaction, the moment it counts as, and what it wants to be said."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import Priority
from bot.domain.notices import Notice
from storage.ids import new_id
from storage.queries import outbox
from storage.queries.outbox import SAID, OutboxItem


class Work:
    """What services and views get: `session` for queries, `now` (UTC, fixed), `put` and `say` for messages.

    Services never commit; whoever opened the work does (see `storage.engine.Database`). Messages are written
    to the outbox when the work is flushed or committed; the sender hears of them after the commit.
    """

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        """Wrap an open session; *now* is the moment of everything that happens in it."""
        self.session = session
        self.now = now
        self.written: list[OutboxItem] = []
        self._pending: dict[str, OutboxItem] = {}
        self._said = 0

    def put(
        self,
        notice: Notice,
        *,
        chat: int,
        thread: int | None = None,
        due_at: datetime | None = None,
        valid_until: datetime | None = None,
        silent: bool = False,
        priority: Priority | None = None,
    ) -> None:
        """Have *notice* drawn and sent to *chat* at *due_at* (default now), unless *valid_until* has passed then."""
        self._add(
            OutboxItem(
                kind=notice.kind,
                chat_id=chat,
                thread_id=thread,
                key=notice.key,
                payload=notice.to_payload(),
                about=notice.about,
                due_at=due_at or self.now,
                created_at=self.now,
                valid_until=valid_until,
                silent=silent,
                priority=notice.priority if priority is None else priority,
                once=notice.once,
                anew=notice.resend,
            )
        )

    def mail(self, notice: Notice) -> None:
        """Have *notice* drawn as a letter and sent by e-mail."""
        self._add(
            OutboxItem(
                kind=notice.kind,
                channel="email",
                chat_id=0,
                key=notice.key,
                payload=notice.to_payload(),
                about=notice.about,
                due_at=self.now,
                created_at=self.now,
                priority=notice.priority,
                once=notice.once,
            )
        )

    def say(
        self,
        drawing: dict[str, Any],
        *,
        chat: int,
        key: str | None = None,
        thread: int | None = None,
        message_id: int | None = None,
        about: int | None = None,
        priority: Priority = Priority.ANSWER,
        silent: bool = False,
        not_before: datetime | None = None,
    ) -> None:
        """Have a ready drawing sent to *chat*; with *key* and *message_id* it replaces that message on the screen.

        With *key* and without *message_id* a new message is shown below and becomes the one of that key. It waits
        until *not_before* (UTC), when given.
        """
        self._add(
            OutboxItem(
                kind=SAID,
                chat_id=chat,
                thread_id=thread,
                key=key or f"said:{new_id()}",
                payload=drawing,
                about=about,
                due_at=self._next_moment(not_before),
                created_at=self.now,
                silent=silent,
                priority=priority,
                anew=key is not None and message_id is None,
                message_id=message_id,
            )
        )

    async def unsay(self, notices: Iterable[Notice], *, reason: str) -> None:
        """Make the messages of *notices* that have not gone out yet never go out."""
        await self.flush()
        if keys := [notice.key for notice in notices]:
            await outbox.drop(self.session, keys, reason=reason)

    async def flush(self) -> None:
        """Write pending rows and messages to the open transaction."""
        await self.session.flush()
        if self._pending:
            items, self._pending = list(self._pending.values()), {}
            self.written += await outbox.write(self.session, items)

    def _next_moment(self, not_before: datetime | None) -> datetime:
        """Return a moment right after all that was said before: also on an older row the last word stands last."""
        self._said += 1
        return max(self.now, not_before or self.now) + timedelta(microseconds=self._said)

    def _add(self, item: OutboxItem) -> None:
        earlier = self._pending.get(item.key)
        if earlier is None or not item.once:
            self._pending[item.key] = item
