"""What may go to a partner, and how patient we are with partners and with mail servers.

Source: Reporting, "Partners" and "Chasing".
"""

import re
from datetime import timedelta

from bot.domain.enums import Kind
from bot.domain.reports import SEALED_KINDS

#: A partner that is silent for so long: the holder is nudged.
SILENT_FOR = timedelta(days=14)
#: A mail that no server took for so long is given up, and the card says so.
GIVE_UP_AFTER = timedelta(days=3)
#: Characters of a summary.
MAX_SUMMARY = 2000

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
_NO_PARTNER = re.compile(
    r"\b(?:politie|police|veilig\W*thuis)\b|@(?:[\w-]+\.)*(?:politie|veiligthuis\w*)\.", re.IGNORECASE
)
_WORK_NUMBER = re.compile(r"\+?\d(?:[ ()./-]{0,2}\d){8,14}")


def holds_only_number(kind: Kind, *, sealed: bool, about_people: bool) -> bool:
    """Tell whether a mail about this report may hold no content, and needs the resident's yes first.

    It is about a person: nuisance, person, self, sealed for whatever reason, or a place report "about people".
    """
    return sealed or about_people or kind in SEALED_KINDS


def back_off(attempts: int) -> timedelta:
    """Return how long a mail waits after *attempts* attempts (from 1) that no server took."""
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * (1 << min(attempts - 1, 10)))


def is_no_partner(name: str, email: str | None) -> bool:
    """Tell whether this is the police or Veilig Thuis: people call these, nothing is mailed to them."""
    return bool(_NO_PARTNER.search(name) or _NO_PARTNER.search(email or ""))


def work_number(text: str) -> str | None:
    """Return the phone number that *text* is, with single spaces; None when it is none."""
    plain = " ".join(text.split())
    return plain if len(plain) <= 30 and _WORK_NUMBER.fullmatch(plain) else None


def one_line(text: str) -> str:
    """Return *text* as a header may hold it: no line breaks, no control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
