"""What workers look up: `/open`, `/mijn` and `/zoek`, in their group and in private."""

from handlers.finding import listing, searching, showing
from handlers.routes import Route

__all__ = ["BUTTONS", "COMMANDS"]

COMMANDS: list[Route] = [*listing.COMMANDS, *searching.COMMANDS]
BUTTONS: list[Route] = [*listing.BUTTONS, *searching.BUTTONS, *showing.BUTTONS]
