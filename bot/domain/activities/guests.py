"""People without Telegram whom somebody else signs up: the first name is all that is kept of them."""

import re
import unicodedata

MAX_NAME = 30
#: A first name, perhaps a double one, perhaps with the first letter of another: "Jan", "Anne-Marie", "Jan B.".
#: Two letters of Persian and of Indian scripts are kept apart, or joined, by these; a name has no other invisible sign.
_JOINERS = "\u200c\u200d"
_NAME = re.compile(r"[^\W\d_]+(?:[-'’ ][^\W\d_]+){0,2}(?: ?\.)?")


def is_first_name(typed: str) -> bool:
    """Tell whether *typed*, on one line, is a first name: letters with their marks only, no number, no address."""
    return len(typed) <= MAX_NAME and _NAME.fullmatch(_without_marks(typed)) is not None


def _without_marks(typed: str) -> str:
    """Return *typed* without what stands on or under letters, as in Hindi and in a decomposed "ë", or joins them."""
    return "".join(sign for sign in typed if sign not in _JOINERS and not unicodedata.category(sign).startswith("M"))
