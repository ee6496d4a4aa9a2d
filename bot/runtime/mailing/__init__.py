"""E-mail: rows of the outbox whose channel is "email", drawn as letters and handed to a mail server."""

from bot.runtime.mailing.mailer import Mailer
from bot.runtime.mailing.post import MailServer

__all__ = ["MailServer", "Mailer"]
