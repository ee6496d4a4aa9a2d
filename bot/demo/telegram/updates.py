"""Updates for the bot: kept until acknowledged, handed out by long poll or taken by the webhook."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.demo.telegram.errors import OTHER_POLLER, WEBHOOK_ACTIVE, WEBHOOK_TOOK_OVER, conflict
from bot.demo.telegram.model import Json

KEPT: Final = timedelta(hours=24)
EVERY_KIND: Final = frozenset(
    {
        "message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
        "edited_business_message", "deleted_business_messages", "guest_message", "message_reaction",
        "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query", "shipping_query",
        "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member",
        "chat_join_request", "chat_boost", "removed_chat_boost", "managed_bot",
    }
)  # fmt: skip
BY_DEFAULT: Final = EVERY_KIND - {"chat_member", "message_reaction", "message_reaction_count"}
LONGEST_POLL: Final = 50.0


@dataclass(frozen=True, slots=True)
class Queued:
    """One update that waits; *lane* is the queue it stands in when it goes by webhook."""

    update_id: int
    kind: str
    at: datetime
    lane: str
    body: Json


class UpdateQueue:
    """The bot's updates, oldest first; *now* is the world's clock."""

    def __init__(self, now: Callable[[], datetime], first_id: int = 100_000_001) -> None:
        """Begin empty, ids from *first_id*."""
        self._now = now
        self.next_id = first_id
        self.pending: deque[Queued] = deque()
        self.allowed: frozenset[str] = BY_DEFAULT
        self.webhook_set = False
        self.on_put: Callable[[Queued], None] | None = None
        self.on_change: Callable[[], None] | None = None
        self._poller: asyncio.Future[None] | None = None

    @property
    def polled(self) -> bool:
        """Whether a long poll waits now."""
        return self._poller is not None

    def allow(self, kinds: Iterable[object] | None) -> None:
        """Remember which kinds the bot wants from now on: None keeps the last choice, none at all is the default."""
        if kinds is not None:
            self.allowed = frozenset(k for k in kinds if k in EVERY_KIND) or BY_DEFAULT

    def put(self, kind: str, payload: Json, *, lane: str) -> None:
        """Add an update unless its kind is not wanted."""
        if kind not in self.allowed:
            return
        self._add(Queued(self.next_id, kind, self._now(), lane, {"update_id": self.next_id, kind: payload}))

    def put_raw(self, body: Json, *, lane: str = "raw") -> int:
        """Add an update exactly as given, its update_id set; return that id. For tests of odd updates."""
        update = Queued(self.next_id, "raw", self._now(), lane, {**body, "update_id": self.next_id})
        self._add(update)
        return update.update_id

    def _add(self, update: Queued) -> None:
        self.next_id += 1
        self.pending.append(update)
        if self.on_put:
            self.on_put(update)
        if self._poller and not self._poller.done():
            self._poller.set_result(None)

    def again(self, update: Queued) -> None:
        """Put an acknowledged update back, as when an acknowledgement got lost."""
        self.pending.appendleft(update)

    def expire(self) -> None:
        """Drop what is older than 24 hours."""
        limit = self._now() - KEPT
        while self.pending and self.pending[0].at < limit:
            self.pending.popleft()

    def drop_all(self) -> None:
        """Forget everything that waits."""
        self.pending.clear()

    def remove(self, update: Queued) -> None:
        """Forget one update, delivered by webhook."""
        if update in self.pending:
            self.pending.remove(update)
        if self.on_change:
            self.on_change()

    def webhook_taken(self, is_set: bool) -> None:
        """End a long poll that runs, since a webhook was set; or allow polling again."""
        self.webhook_set = is_set
        if is_set:
            self._end_poller(WEBHOOK_TOOK_OVER)

    def _end_poller(self, why: str) -> None:
        if self._poller and not self._poller.done():
            self._poller.set_exception(conflict(why))

    def _confirm(self, offset: int) -> None:
        if offset > 0:
            while self.pending and self.pending[0].update_id < offset:
                self.pending.popleft()
        elif offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Confirm everything below *offset* and return up to *limit* updates, waiting up to *seconds* for the first.

        Raises 409 while a webhook is set, and when a later poll ends this one.
        """
        if self.webhook_set:
            raise conflict(WEBHOOK_ACTIVE)
        self._end_poller(OTHER_POLLER)
        self.expire()
        self._confirm(offset)
        if not self.pending and seconds > 0:
            mine = asyncio.get_running_loop().create_future()
            self._poller = mine
            if self.on_change:
                self.on_change()
            try:
                async with asyncio.timeout(min(seconds, LONGEST_POLL)):
                    await mine
            except TimeoutError:
                pass
            finally:
                if self._poller is mine:
                    self._poller = None
        return [update.body for update, _ in zip(self.pending, range(limit), strict=False)]
