"""Telling Telegram which commands there are: in private chats, in groups, in desks' groups and in workers' chats."""

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

from bot.domain.enums import Language
from bot.runtime.translators import Translators
from handlers import menu
from handlers.menu import Where
from storage.engine import Database
from storage.failures import is_database_failure
from storage.queries import finding

log = logging.getLogger(__name__)


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


async def introduce_to_staff(bot: ExtBot[None], translators: Translators, database: Database) -> None:
    """Tell the commands of workers, to their own chats and the groups of desks only. What fails here harms nothing.

    They work without; somebody who becomes a worker later sees them in the menu after the next start.
    """
    try:
        async with database.read(datetime.now(UTC)) as work:
            desks, workers = await finding.desk_chats(work.session), await finding.reachable_workers(work.session)
    except Exception as error:
        if not is_database_failure(error):
            raise
        log.warning("commands of staff not told: the database failed", extra={"why": type(error).__name__})
        return
    places: list[tuple[Where, int]] = [("desks", chat) for chat in desks] + [("staff", chat) for chat in workers]
    for where, chat in places:
        try:
            await _set(bot, translators, where, BotCommandScopeChat(chat))
        except BadRequest as error:  # the bot is not in this group yet
            log.debug("commands of staff not told", extra={"scope": where, "why": error.message})
        except TelegramError as error:
            log.warning("commands of staff not told", extra={"scope": where, "why": error.message})


async def _set(bot: ExtBot[None], translators: Translators, where: Where, scope: BotCommandScope) -> None:
    for language in Language:
        commands = menu.commands(translators.of(language), where)
        code = None if language is Language.DUTCH else language.value
        await bot.set_my_commands(commands, scope=scope, language_code=code)
