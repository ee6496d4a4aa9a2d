"""All notices: frozen dataclasses of ids that the outbox keeps and `handlers.views` draws."""

from bot.domain.notices import activities as _activities  # noqa: F401 enters its notices
from bot.domain.notices import after as _after  # noqa: F401 enters its notices
from bot.domain.notices import calendar as _calendar  # noqa: F401 enters its notices
from bot.domain.notices import chasing as _chasing  # noqa: F401 enters its notices
from bot.domain.notices import conversation as _conversation  # noqa: F401 enters its notices
from bot.domain.notices import eyes as _eyes  # noqa: F401 enters its notices
from bot.domain.notices import following as _following  # noqa: F401 enters its notices
from bot.domain.notices import fullness as _fullness  # noqa: F401 enters its notices
from bot.domain.notices import overview as _overview  # noqa: F401 enters its notices
from bot.domain.notices import partners as _partners  # noqa: F401 enters its notices
from bot.domain.notices import patrol as _patrol  # noqa: F401 enters its notices
from bot.domain.notices import repair as _repair  # noqa: F401 enters its notices
from bot.domain.notices import reports as _reports  # noqa: F401 enters its notices
from bot.domain.notices import rounds as _rounds  # noqa: F401 enters its notices
from bot.domain.notices import stalls as _stalls  # noqa: F401 enters its notices
from bot.domain.notices import system as _system  # noqa: F401 enters its notices
from bot.domain.notices import triage as _triage  # noqa: F401 enters its notices
from bot.domain.notices.base import REGISTRY, Notice, notice

__all__ = ["REGISTRY", "Notice", "notice"]
