"""Telling Telegram which commands there are: those of everybody, and those of staff in their own chats and groups."""

import logging
from datetime import UTC, datetime

from telegram import (
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.domain.enums import Language, RoleName
from bot.runtime.telegram_errors import Trouble, reason_of, refusal_of
from bot.runtime.translators import Translators
from handlers import menu
from handlers.menu import Where
from storage.engine import Database
from storage.failures import is_database_failure
from storage.queries import eyes, staff

log = logging.getLogger(__name__)

#: What is the same for every chat, until it passes.
_PASSES = frozenset({Trouble.FLOOD, Trouble.AWAY})


async def introduce(bot: ExtBot[None], translators: Translators) -> None:
    """Tell Telegram the commands of private chats and of groups: Dutch, and each other language."""
    scopes: tuple[tuple[Where, BotCommandScope], ...] = (
        ("private", BotCommandScopeAllPrivateChats()),
        ("groups", BotCommandScopeAllGroupChats()),
    )
    for where, scope in scopes:
        try:
            await _set(bot, translators, where, scope)
        except BadRequest as error:
            log.error("commands refused", extra={"scope": where, "why": error.message})


class StaffMenus:
    """The commands in the chats of staff and in the groups of desks. What fails here harms nothing: they work without.

    Telegram keeps what it was told, so who has no role any more is told the commands of everybody.
    """

    def __init__(self, bot: ExtBot[None], translators: Translators, database: Database) -> None:
        """Tell them by *bot*, from what stands in *database*."""
        self._bot, self._translators, self._database = bot, translators, database
        self._told: dict[int, Where] = {}

    async def tell(self) -> None:
        """Tell the commands of each chat that was not told yet, or that is another kind of chat by now."""
        for chat, where in (await self._chats()).items():
            if self._told.get(chat) == where:
                continue
            try:
                await self._tell(BotCommandScopeChat(chat), where)
            except TelegramError as error:
                passes = refusal_of(error, private=chat > 0).trouble in _PASSES
                log.log(
                    logging.WARNING if passes else logging.DEBUG,
                    "commands of staff not told",
                    extra={"scope": where, "why": reason_of(error)},
                )
                if passes:
                    return
                # The bot is not in this group (yet), or somebody blocked it or left Telegram: the others are told.
            else:
                self._told[chat] = where

    async def _tell(self, scope: BotCommandScope, where: Where) -> None:
        if where == "private":
            for language in Language:
                await self._bot.delete_my_commands(scope=scope, language_code=_code(language))
        else:
            await _set(self._bot, self._translators, where, scope)

    async def _chats(self) -> dict[int, Where]:
        try:
            async with self._database.read(datetime.now(UTC)) as work:
                people, desks = await staff.ever_staff(work.session), await eyes.desk_chats(work.session)
        except Exception as error:
            if not is_database_failure(error):
                raise
            log.warning("commands of staff not told: the database failed", extra={"why": type(error).__name__})
            return {}
        private = {chat: _kind_of_chat(roles) for chat, roles in people.items()}
        return private | dict.fromkeys(desks, "desks")


def _kind_of_chat(roles: set[RoleName]) -> Where:
    if RoleName.ADMIN in roles:
        return "admins"
    return "workers" if RoleName.WORKER in roles else "private"


async def _set(bot: ExtBot[None], translators: Translators, where: Where, scope: BotCommandScope) -> None:
    for language in Language:
        commands = menu.commands(translators.of(language), where)
        await bot.set_my_commands(commands, scope=scope, language_code=_code(language))


def _code(language: Language) -> str | None:
    return None if language is Language.DUTCH else language.value
