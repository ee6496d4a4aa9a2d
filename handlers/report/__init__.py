"""Being written."""

from handlers.routes import Route

COMMANDS: list[Route] = []
BUTTONS: list[Route] = []
STARTERS: list[Route] = []
