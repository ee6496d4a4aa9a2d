"""People without Telegram whom somebody else signs up: the first name is all that is kept of them."""

import re

MAX_NAME = 30
#: A first name, perhaps a double one, perhaps with the first letter of another: "Jan", "Anne-Marie", "Jan B.".
_NAME = re.compile(r"[^\W\d_]+(?:[-'’ ][^\W\d_]+){0,2}(?: ?\.)?")


def is_first_name(typed: str) -> bool:
    """Tell whether *typed*, on one line, is a first name: letters only, no number, no address."""
    return len(typed) <= MAX_NAME and _NAME.fullmatch(typed) is not None
