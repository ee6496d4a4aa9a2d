"""/antwoorden: the beheerder keeps the standard answers."""

from handlers.routes import Route
from handlers.standard_answers import pages, writing

__all__ = ["BUTTONS", "COMMANDS"]

COMMANDS: list[Route] = pages.COMMANDS
BUTTONS: list[Route] = [*pages.BUTTONS, *writing.BUTTONS]
