"""What one process does; apart from `bot.runtime.config`, so that the command knows it without reading in the bot."""

from enum import StrEnum


class Role(StrEnum):
    """Everything, only what Telegram and phones ask for, or only what goes out."""

    ALL = "all"
    WEB = "web"
    WORKER = "worker"
