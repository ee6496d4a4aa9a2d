"""`buurtbode doctor`: does everything that the bot needs work, and what is to be done where it does not?

It may run beside the bot: it asks Telegram for no updates and says nothing to anybody.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from telegram.ext import ExtBot

from bot.runtime.clock import Clock, SystemClock
from bot.runtime.doctor import at_telegram, groups, in_database, webhook
from bot.runtime.doctor.finding import Finding, Grade
from bot.runtime.mailing import MailServer
from bot.runtime.mailing.post import AwayError, knock
from bot.runtime.router import make_bot
from storage.engine import Database

__all__ = ["Finding", "Grade", "Patient", "examine"]


@dataclass(frozen=True)
class Patient:
    """What the settings say: an empty token is none; `mail` may be what is wrong with its settings.

    `webhook` is the web server's address when Telegram is to bring updates there, None when the bot is to ask for them;
    `webhook_wrong` is what is wrong with those settings.
    """

    token: str
    api_url: str
    database_url: str
    mail: MailServer | str | None = None
    webhook: str | None = None
    webhook_wrong: str | None = None


async def examine(patient: Patient, clock: Clock | None = None) -> AsyncIterator[Finding]:
    """Yield one finding after the other, as they come."""
    clock = clock or SystemClock()
    bot = make_bot(patient.token, patient.api_url) if patient.token else None
    database = Database(patient.database_url)
    try:
        met = False
        async for finding in at_telegram.look(bot, patient.api_url, clock):
            met = met or (finding.what == "token" and finding.grade is not Grade.WRONG)
            yield finding
        async for finding in _webhook(bot if met else None, patient, clock):
            yield finding
        there = True
        async for finding in in_database.look(database, clock):
            there = there and finding.grade is not Grade.WRONG
            yield finding
        if there:
            async for finding in _groups(database, bot if met else None, clock):
                yield finding
        yield await _mail(patient.mail)
    finally:
        if bot is not None:
            await bot.shutdown()
        await database.close()


async def _webhook(bot: ExtBot[None] | None, patient: Patient, clock: Clock) -> AsyncIterator[Finding]:
    """Look whether updates come the way that the settings say; of no use before Telegram knows the token."""
    if patient.webhook_wrong is not None:
        yield Finding(Grade.WRONG, "webhook", patient.webhook_wrong)
    elif bot is not None:
        async for finding in webhook.look(bot, patient.webhook, clock):
            yield finding


async def _groups(database: Database, bot: ExtBot[None] | None, clock: Clock) -> AsyncIterator[Finding]:
    """Look at every group of the set-up file, as far as Telegram lets us."""
    for place in await in_database.places(database, clock):
        if bot is None:
            yield Finding(Grade.ADVICE, place.what, "not looked at, since Telegram does not answer")
        else:
            yield await groups.look(bot, place)


async def _mail(server: MailServer | str | None) -> Finding:
    """Look whether the mail server lets us in; nothing is mailed."""
    if server is None:
        return Finding(Grade.OK, "mail", "off: without BUURTBODE_SMTP_HOST nothing is mailed to partners")
    if isinstance(server, str):
        return Finding(Grade.WRONG, "mail", server)
    where = f"{server.host} port {server.port}"
    try:
        await knock(server)
    except AwayError as error:
        todo = _TODO.get(str(error).rpartition(" ")[0] or str(error), "check BUURTBODE_SMTP_HOST and _PORT")
        return Finding(Grade.WRONG, "mail", f"{where} does not let us in ({error}): {todo}")
    return Finding(Grade.OK, "mail", f"{where} lets us in as {server.user or 'anybody'}")


_TODO = {"SMTPAuthenticationError": "check BUURTBODE_SMTP_USER and _PASSWORD"}
