"""All notices: frozen dataclasses of ids that the outbox keeps and `handlers.views` draws."""

from bot.domain.notices import activities as _activities  # noqa: F401 enters its notices
from bot.domain.notices import reports as _reports  # noqa: F401 enters its notices
from bot.domain.notices import system as _system  # noqa: F401 enters its notices
from bot.domain.notices import triage as _triage  # noqa: F401 enters its notices
from bot.domain.notices.base import REGISTRY, Notice, notice

__all__ = ["REGISTRY", "Notice", "notice"]
