"""Importing this module enters every view in `registry.VIEWS`: one import per module of views."""

from handlers.views import activities as _activities  # noqa: F401 enters its views
from handlers.views import reports as _reports  # noqa: F401 enters its views
from handlers.views import resident as _resident  # noqa: F401 enters its views
from handlers.views import system as _system  # noqa: F401 enters its views
from handlers.views import triage as _triage  # noqa: F401 enters its views
from handlers.views import triage_calls as _triage_calls  # noqa: F401 enters its views
from handlers.views import triage_words as _triage_words  # noqa: F401 enters its views
