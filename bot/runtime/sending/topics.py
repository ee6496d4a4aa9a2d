"""A desk's forum topic that somebody deleted is made again, and its open reports are shown there."""

import logging

from telegram.error import TelegramError

from bot.runtime.clock import Clock
from bot.runtime.sending.delivering import Delivery
from bot.runtime.sending.whole import whole
from bot.runtime.telegram_errors import Trouble, reason_of, refusal_of
from storage.engine import Database
from storage.moving import topic_moved
from storage.queries import setup, town

log = logging.getLogger(__name__)

#: What passes by itself: the topic is made when Telegram is back.
_PASSES = frozenset({Trouble.FLOOD, Trouble.AWAY})


class Topics:
    """Makes topics again; used for one chat at a time."""

    def __init__(self, delivery: Delivery, database: Database, clock: Clock) -> None:
        """Share the sender's parts."""
        self._delivery, self._database, self._clock = delivery, database, clock

    async def make_again(self, chat_id: int, thread_id: int, row_id: int) -> bool:
        """Make the topic of a desk again; tell whether there is one. False: it is no desk's, or we may not.

        Was it made again already, the row only had not followed yet.

        Raises `TelegramError` while Telegram is away or wants us to wait, and what the database raises.
        """
        async with self._database.read(self._clock.now()) as work:
            desk = await town.desk_of_topic(work.session, chat_id, thread_id)
            now = await setup.topic_now(work.session, chat_id, thread_id)
        if now is not None and now != thread_id:
            await whole(self._follow(chat_id, thread_id, now, row_id))
            return True
        if desk is None:
            return False
        try:
            new = await self._delivery.open_topic(chat_id, desk.name)
        except TelegramError as error:
            if refusal_of(error, private=False).trouble in _PASSES:
                raise
            log.warning("a topic is gone for good", extra={"chat": chat_id, "reason": reason_of(error)})
            return False
        log.info("a topic was made again", extra={"chat": chat_id, "desk": desk.key})
        await whole(self._follow(chat_id, thread_id, new, row_id))
        return True

    async def _follow(self, chat_id: int, old: int, new: int, row_id: int) -> None:
        async with self._database.write(self._clock.now()) as work:
            await topic_moved(work, chat_id, old, new, first=[row_id])
