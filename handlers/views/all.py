"""Importing this module enters every view in `registry.VIEWS`: one import per module of views."""

from handlers.views import absence as _absence  # noqa: F401 enters its views
from handlers.views import chasing as _chasing  # noqa: F401 enters its views
from handlers.views import conversation as _conversation  # noqa: F401 enters its views
from handlers.views import eyes as _eyes  # noqa: F401 enters its views
from handlers.views import following as _following  # noqa: F401 enters its views
from handlers.views import letters as _letters  # noqa: F401 enters its views
from handlers.views import overview as _overview  # noqa: F401 enters its views
from handlers.views import partners as _partners  # noqa: F401 enters its views
from handlers.views import reports as _reports  # noqa: F401 enters its views
from handlers.views import resident as _resident  # noqa: F401 enters its views
from handlers.views import system as _system  # noqa: F401 enters its views
from handlers.views import triage as _triage  # noqa: F401 enters its views
from handlers.views import triage_calls as _triage_calls  # noqa: F401 enters its views
from handlers.views import triage_words as _triage_words  # noqa: F401 enters its views
from handlers.views.activities import calendar as _calendar  # noqa: F401 enters its views
from handlers.views.activities import fullness as _fullness  # noqa: F401 enters its views
from handlers.views.activities import meetings as _meetings  # noqa: F401 enters its views
from handlers.views.activities import news as _news  # noqa: F401 enters its views
from handlers.views.activities import patrol as _patrol  # noqa: F401 enters its views
from handlers.views.activities import repair as _repair  # noqa: F401 enters its views
from handlers.views.activities import round_months as _round_months  # noqa: F401 enters its views
from handlers.views.activities import rounds as _rounds  # noqa: F401 enters its views
from handlers.views.activities import stalls as _stalls  # noqa: F401 enters its views
from handlers.views.activities import walk_calls as _walk_calls  # noqa: F401 enters its views
