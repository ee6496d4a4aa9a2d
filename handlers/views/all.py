"""Importing this module enters every view in `registry.VIEWS`: one import per module of views."""

from handlers.views import reports as _reports  # noqa: F401 enters its views
from handlers.views import system as _system  # noqa: F401 enters its views
