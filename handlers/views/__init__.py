"""Drawing notices: importing this package enters every view in `registry.VIEWS`."""

from handlers.views.registry import VIEWS

__all__ = ["VIEWS"]
