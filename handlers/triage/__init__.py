"""Triage in the group: buttons of cards, replies to them; and what a resident does with a closing."""

from handlers.routes import Route
from handlers.triage import blocking, cards, correcting, later, merging, passing_on, replies, resident, resident_words

__all__ = ["BUTTONS", "COMMANDS", "REPLIES"]

COMMANDS: list[Route] = passing_on.COMMANDS
BUTTONS: list[Route] = [
    *cards.BUTTONS,
    *correcting.BUTTONS,
    *merging.BUTTONS,
    *blocking.BUTTONS,
    *passing_on.BUTTONS,
    *resident.BUTTONS,
    *later.BUTTONS,
    *resident_words.WORDS,
]
REPLIES: list[Route] = replies.REPLIES
