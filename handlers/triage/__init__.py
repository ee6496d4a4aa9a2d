"""Triage in the group: buttons of cards, replies to them; and what a resident does with a closing."""

from handlers.routes import Route
from handlers.triage import cards, correcting, replies, resident, resident_words

__all__ = ["BUTTONS", "COMMANDS", "REPLIES"]

COMMANDS: list[Route] = []
BUTTONS: list[Route] = [*cards.BUTTONS, *correcting.BUTTONS, *resident.BUTTONS, *resident_words.WORDS]
REPLIES: list[Route] = replies.REPLIES
