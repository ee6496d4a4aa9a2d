"""Following a report of somebody else: where it stands, and leaving it again."""

from handlers.following import leaving
from handlers.following.leaving import page
from handlers.routes import Route

__all__ = ["BUTTONS", "COMMANDS", "page"]

COMMANDS: list[Route] = []
BUTTONS: list[Route] = leaving.BUTTONS
