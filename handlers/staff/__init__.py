"""The workers' private side: opening reports, writing about them, and *Versturen*."""

from handlers.routes import Route
from handlers.staff import meldcode, ready, sending, writing
from handlers.staff.links import follow_link

__all__ = ["BUTTONS", "COMMANDS", "follow_link"]

COMMANDS: list[Route] = []
BUTTONS: list[Route] = [*writing.BUTTONS, *ready.BUTTONS, *sending.BUTTONS, *meldcode.BUTTONS]
