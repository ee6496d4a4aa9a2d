"""The token, what @BotFather was told about the bot, and whether our clock goes like Telegram's."""

import logging
from collections.abc import AsyncIterator
from datetime import UTC
from email.utils import parsedate_to_datetime

import aiohttp
from telegram.error import RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.runtime.clock import Clock
from bot.runtime.doctor.finding import Finding, Grade
from bot.runtime.polling import explain, retry_after

log = logging.getLogger(__name__)

#: Reminders may be so many seconds beside the time; Telegram's answer tells whole seconds.
_MOST_BESIDE_S = 5.0
_TIMEOUT = aiohttp.ClientTimeout(10)


def with_advice(error: TelegramError) -> str:
    """Return what kept Telegram from answering, and what to do about it."""
    words = explain(error)
    if isinstance(error, RetryAfter):
        return f"{words} {round(retry_after(error))} s: run the doctor again after that"
    return words if ":" in words else f"{words}: check the network of this machine, and BUURTBODE_TELEGRAM_API_URL"


async def look(bot: ExtBot[None] | None, api_url: str, clock: Clock) -> AsyncIterator[Finding]:
    """Yield what is found; *bot* is initialised when the token is right."""
    if bot is None:
        yield Finding(
            Grade.WRONG, "token", "there is none: put the token of @BotFather as BUURTBODE_TELEGRAM_TOKEN in .env"
        )
    else:
        try:
            await bot.initialize()
        except TelegramError as error:
            yield Finding(Grade.WRONG, "token", with_advice(error))
        else:
            for finding in _about(bot):
                yield finding
    yield await _clock(api_url, clock)


def _about(bot: ExtBot[None]) -> list[Finding]:
    found = [Finding(Grade.OK, "token", f"Telegram knows the bot as @{bot.username}")]
    if bot.bot.can_read_all_group_messages:
        advice = "off: tell @BotFather /setprivacy, Enable; then put the bot out of each group and add it again"
        found.append(Finding(Grade.ADVICE, "privacy mode", advice))
    else:
        found.append(Finding(Grade.OK, "privacy mode", "on: talk in groups does not come to the bot"))
    if not bot.bot.can_join_groups:
        found.append(Finding(Grade.WRONG, "joining groups", "not allowed: tell @BotFather /setjoingroups, Enable"))
    return found


async def _clock(api_url: str, clock: Clock) -> Finding:
    """Compare our clock with the date in an answer of Telegram's server."""
    try:
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session, session.head(api_url) as response:
            told = parsedate_to_datetime(response.headers.get("Date", ""))
            told = told if told.tzinfo else told.replace(tzinfo=UTC)  # "-0000": it does not say where
    except (aiohttp.ClientError, OSError, ValueError, OverflowError) as error:
        log.debug("no time from Telegram", extra={"why": type(error).__name__})
        return Finding(Grade.ADVICE, "clock", "can't be compared, since Telegram's server tells no time")
    # Whole seconds, cut off: on average half a second has passed.
    beside = (clock.now() - told).total_seconds() - 0.5
    if abs(beside) <= _MOST_BESIDE_S:
        return Finding(Grade.OK, "clock", "goes like Telegram's")
    way = "ahead of" if beside > 0 else "behind"
    todo = "let the machine keep time by itself (timedatectl set-ntp true)"
    return Finding(Grade.WRONG, "clock", f"is {abs(round(beside))} s {way} Telegram's: {todo}")
