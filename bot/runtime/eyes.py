"""The daily look at who is in the groups of desks: asked of Telegram with no transaction open, then judged in one."""

import logging
from collections.abc import Callable
from datetime import time
from typing import Any

from telegram import ChatMember
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.runtime.clock import Clock
from bot.runtime.telegram_errors import Trouble, reason_of, refusal_of
from bot.services.desk import eyes, roles
from bot.services.schedule import Chore
from storage.engine import Database
from storage.work import Work

log = logging.getLogger(__name__)

_AWAY = frozenset({ChatMember.LEFT, ChatMember.BANNED})


async def bring_back(work: Work) -> None:
    """Bring back what somebody took in the very moment in which the role went."""
    await roles.settle(work)


#: Each morning before the desks open.
DAILY_LOOK = Chore("look_into_groups", time(7, 30), bring_back)


class Eyes:
    """Looks into every desk's group: how many are there, and which of those who may be."""

    def __init__(self, database: Database, clock: Clock, bot: Callable[[], ExtBot[Any]]) -> None:
        """Ask *bot* once it is there."""
        self._database, self._clock, self._bot = database, clock, bot

    async def look(self) -> None:
        """Look into all groups; one that can't be looked into is left as it is."""
        async with self._database.read(self._clock.now()) as work:
            wanted = await eyes.people_to_look_for(work)
        for chat_id, people in wanted.items():
            try:
                total = await self._bot().get_chat_member_count(chat_id)
                inside = [person_id for person_id in people if await self._is_inside(chat_id, person_id)]
            except TelegramError as error:
                log.warning("can't look into a group", extra={"chat": chat_id, "reason": reason_of(error)})
                continue
            async with self._database.write(self._clock.now()) as work:
                await eyes.counted(work, chat_id, total=total - 1, looked_for=people, inside=inside)

    async def _is_inside(self, chat_id: int, person_id: int) -> bool:
        try:
            member = await self._bot().get_chat_member(chat_id, person_id)
        except TelegramError as error:
            if refusal_of(error, private=False).trouble is Trouble.NO_MEMBER:
                return False
            raise
        return member.status not in _AWAY and getattr(member, "is_member", True)
