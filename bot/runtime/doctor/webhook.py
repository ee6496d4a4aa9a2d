"""Where Telegram brings updates, beside what the settings say, and whether the bot answers at that address."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import urlsplit

import aiohttp
from telegram import WebhookInfo
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.runtime.clock import Clock
from bot.runtime.doctor.at_telegram import with_advice
from bot.runtime.doctor.finding import Finding, Grade
from bot.runtime.reading import ALLOWED_UPDATES
from bot.runtime.webhook import MOST_WAITING, PATH

log = logging.getLogger(__name__)

_TIMEOUT = aiohttp.ClientTimeout(10)
#: What went wrong longer ago than this, with nothing waiting, is over.
_OVER = timedelta(hours=1)
_RESTART = "start the bot again, which tells Telegram anew"
#: What Telegram says went wrong, and what to do about it: the first that fits.
_TODO = {
    "401": "the proxy asks for a password: let it pass on " + PATH + " without one",
    "403": "the bot does not know the secret: one of its processes has another token, or the proxy refuses Telegram",
    "404": "let the proxy pass on " + PATH,
    "405": "let the proxy pass on " + PATH,
    "413": "let the proxy take requests of 1 MB",
    "50": "see whether the bot runs (/readyz) and the proxy finds it",
    "timeout": "see whether the bot runs (/readyz) and the proxy waits 60 s for it",
    "timed out": "open the port in the firewall",
    "resolve": "mend the name of BUURTBODE_WEB_URL in the DNS",
    "ssl": "renew the certificate, with those between it and the root",
    "certificate": "renew the certificate, with those between it and the root",
    "connect": "see whether the proxy runs and the port is open",
}


async def look(bot: ExtBot[None], wanted: str | None, clock: Clock) -> AsyncIterator[Finding]:
    """Yield what is found; *wanted* is the address of the web server, None when the bot is to ask by itself."""
    try:
        info = await bot.get_webhook_info()
    except TelegramError as error:
        yield Finding(Grade.WRONG, "webhook", with_advice(error))
        return
    if wanted is None:
        yield _none_wanted(info)
        return
    yield await _door(wanted + PATH)
    yield _registered(info, wanted + PATH)
    if info.url == wanted + PATH:
        yield _terms(info)
        yield _brought(info, clock)


def _none_wanted(info: WebhookInfo) -> Finding:
    if not info.url:
        return Finding(Grade.OK, "webhook", "off: the bot asks Telegram for updates")
    words = (
        f"Telegram brings updates to {_host(info.url)}, so it refuses a bot that asks for them: start the bot, which"
        " ends that, or say BUURTBODE_WEBHOOK=True; does it come back, then another bot has this token"
    )
    return Finding(Grade.WRONG, "webhook", words)


def _registered(info: WebhookInfo, url: str) -> Finding:
    """Return whether Telegram brings updates to us, with the secret that is made from the token."""
    if info.url == url:
        return Finding(Grade.OK, "webhook", f"Telegram brings updates to {_host(url)}")
    if not info.url:
        return Finding(Grade.ADVICE, "webhook", "Telegram does not know the address yet: `buurtbode run` tells it")
    words = (
        f"Telegram brings updates to {_host(info.url)}, and not to {_host(url)}{PATH}: {_RESTART}; does it come back,"
        " then another bot has this token"
    )
    return Finding(Grade.WRONG, "webhook", words)


def _terms(info: WebhookInfo) -> Finding:
    """Return whether Telegram brings all that we use, as fast as we can take it."""
    missing = sorted(set(ALLOWED_UPDATES) - set(info.allowed_updates or ()))
    if missing:
        return Finding(Grade.WRONG, "webhook's updates", f"Telegram leaves out {', '.join(missing)}: {_RESTART}")
    if info.max_connections != MOST_WAITING:
        words = f"Telegram brings {info.max_connections} at a time, and not {MOST_WAITING}: {_RESTART}"
        return Finding(Grade.ADVICE, "webhook's updates", words)
    return Finding(Grade.OK, "webhook's updates", f"all that the bot uses, up to {MOST_WAITING} at a time")


def _brought(info: WebhookInfo, clock: Clock) -> Finding:
    """Return whether updates arrive."""
    waiting = info.pending_update_count
    if info.last_error_date is None:
        if waiting > MOST_WAITING:
            words = f"{waiting} updates wait at Telegram: let another process with --role web help"
            return Finding(Grade.ADVICE, "webhook's delivery", words)
        return Finding(Grade.OK, "webhook's delivery", f"nothing went wrong; {waiting} updates wait")
    said = info.last_error_message or "no reason"
    ago = clock.now() - info.last_error_date
    words = f"{waiting} updates wait; {_ago(ago)} ago Telegram could not bring one ({said}): {_todo(said)}"
    if waiting:
        return Finding(Grade.WRONG, "webhook's delivery", words)
    return Finding(Grade.ADVICE if ago < _OVER else Grade.OK, "webhook's delivery", words)


async def _door(url: str) -> Finding:
    """Knock without the secret: the bot's own door refuses that (403) and takes nothing in."""
    try:
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session, session.post(url, data=b"") as response:
            status = response.status
    except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
        log.debug("no answer at the webhook", extra={"why": type(error).__name__})
        kind = type(error).__name__
        words = f"no answer from here ({kind}): {_todo(kind)}"
        return Finding(Grade.ADVICE, "webhook's address", words)
    if status == 403:
        return Finding(Grade.OK, "webhook's address", "lets nobody in without the secret")
    if status < 300:
        words = f"lets in who does not show the secret ({status}): it is not the bot that answers at {PATH}"
        return Finding(Grade.WRONG, "webhook's address", f"{words}; let the proxy pass it on to BUURTBODE_WEB_PORT")
    return Finding(Grade.WRONG, "webhook's address", f"answers {status}: {_todo(str(status))}")


def _todo(said: str) -> str:
    fits = (todo for words, todo in _TODO.items() if words in said.lower())
    return next(fits, f"see what answers at {PATH}")


def _ago(ago: timedelta) -> str:
    minutes = max(int(ago.total_seconds() // 60), 0)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"


def _host(url: str) -> str:
    """Return whose address it is; what follows may be somebody's secret."""
    return urlsplit(url).netloc
