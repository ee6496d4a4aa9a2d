"""*Doorzetten*: to a partner by e-mail, and the question to the resident that comes first with a person."""

from handlers.partners import acts, flow, photos, resident, sending
from handlers.routes import Route

__all__ = ["BUTTONS", "COMMANDS"]

COMMANDS: list[Route] = []
BUTTONS: list[Route] = [*flow.BUTTONS, *photos.BUTTONS, *sending.BUTTONS, *acts.BUTTONS, *resident.BUTTONS]
