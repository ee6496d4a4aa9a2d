"""Drawing notices. `handlers.views.all` enters every view in `registry.VIEWS`.

It is imported last in `handlers/__init__.py` and not here: views show buttons, buttons live with the conversations,
and conversations import `handlers.views.drawing`.
"""

from handlers.views.registry import VIEWS

__all__ = ["VIEWS"]
