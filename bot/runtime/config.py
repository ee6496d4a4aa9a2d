"""What the app is told, and what all parts of one process share."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from telegram.ext import ExtBot

from bot.runtime.clock import Clock
from bot.runtime.mailing import MailServer
from bot.runtime.metrics import Metrics
from bot.runtime.role import Role
from bot.runtime.translators import Translators
from bot.runtime.web import WebAddress
from storage.engine import Database


@dataclass(frozen=True)
class Config:
    """What the app needs to be told; `bot.settings` says where it comes from. Times in seconds.

    `webhook`: Telegram brings the updates to our web server; else we ask for them.
    """

    token: str
    api_url: str = "https://api.telegram.org"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Amsterdam"))
    poll_timeout: float = 30.0
    #: Telegram may take twenty seconds; who gives up sooner says the same thing twice.
    read_timeout: float = 30.0
    introduce: bool = True
    mail: MailServer | None = None
    web: WebAddress | None = None
    webhook: bool = False
    role: Role = Role.ALL

    @property
    def has_door(self) -> bool:
        """Whether Telegram may bring updates to this process."""
        return self.webhook and self.role is not Role.WORKER

    @property
    def seeks_duty(self) -> bool:
        """Whether this process does, or stands by for, what exactly one process does."""
        return self.role is not Role.WEB


@dataclass(frozen=True)
class Kit:
    """What all parts of one process share."""

    config: Config
    database: Database
    clock: Clock
    bot: ExtBot[None]
    translators: Translators
    metrics: Metrics
