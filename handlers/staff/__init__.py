"""Being written."""

from handlers.routes import Route

COMMANDS: list[Route] = []
BUTTONS: list[Route] = []
WORDS: list[Route] = []
ROUTES: list[Route] = []
REPLIES: list[Route] = []
