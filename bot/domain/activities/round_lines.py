"""The one line about a round: what may not stand in it (no names, number plates or looks).

Names and looks can't be recognised, they are asked not to be written; a plate or a phone number is refused. When in
doubt it is refused: who writes the line can write it otherwise. "1325BD" may be a postcode or a plate of before 1978:
it is a postcode where its digits are those of a postcode of the town, and a plate everywhere else.
"""

import re
import unicodedata
from collections.abc import Container
from enum import StrEnum

MAX_LINE = 300

#: The sidecodes of Dutch number plates (RDW): L is a letter, D a digit.
SIDECODES = (
    "LL-DD-DD", "DD-DD-LL", "DD-LL-DD", "LL-DD-LL", "LL-LL-DD", "DD-LL-LL", "DD-LLL-D",
    "D-LLL-DD", "LL-DDD-L", "L-DDD-LL", "LLL-DD-L", "L-DD-LLL", "D-LL-DDD", "DDD-LL-D",
)  # fmt: skip
_DASH = "[-./_]?"
_DASH_OR_BLANK = " ?[-./_]? ?"


def _pattern(code: str, between: str, letter: str) -> str:
    return code.replace("-", between).replace("L", letter).replace("D", r"\d")


#: With blanks between its parts it may well be a sentence ("om 20 uur 5 fietsen"); plates of today have no vowels.
_PLATE = re.compile(
    "(?<![a-z0-9])(?:"
    + "|".join(
        [
            *(_pattern(code, _DASH, "[a-z]") for code in SIDECODES),
            *(_pattern(code, _DASH_OR_BLANK, "[bcdfghjklmnpqrstvwxyz]") for code in SIDECODES),
        ]
    )
    + ")(?![a-z0-9])"
)
#: As people write it; no postcode ends in SA, SD or SS. With dashes it is a plate.
_POSTCODE = re.compile(r"(?<![a-z0-9-])([1-9]\d{3}) ?(?!s[ads])[a-z]{2}(?![a-z0-9])")
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[-/.]\d{1,2}[-/.]20\d\d|20\d\d-\d{1,2}-\d{1,2})(?!\d)")
#: Nine digits or more, however they are grouped: with the zero, with +31, or with neither.
_LONG_NUMBER = re.compile(r"(?:\d[ \-./()]{0,3}){9,}")
#: A number without the code of the town: "036" left out.
_SHORT_NUMBER = re.compile(r"(?<!\d)(?:\d{7}|\d{3}[ \-.]\d{4}|\d{3}[ \-.]\d{2}[ \-.]\d{2})(?!\d)")


class Unfit(StrEnum):
    """Why a line is not taken."""

    EMPTY = "empty"
    LONG = "long"
    PLATE = "plate"
    PHONE = "phone"


def tidy(text: str) -> str:
    """Return what was typed as one line."""
    return " ".join(text.split())


def unfit(text: str, *, postcodes: Container[str] = ()) -> Unfit | None:
    """Return why *text* is not taken as the line about a round; None when it may be kept.

    *postcodes* are those of the town, their four digits.
    """
    line = _plain(text)
    if not line:
        return Unfit.EMPTY
    if len(tidy(text)) > MAX_LINE:
        return Unfit.LONG
    line = _DATE.sub(" on ", line)
    if _LONG_NUMBER.search(line) or _SHORT_NUMBER.search(line):
        return Unfit.PHONE
    line = _POSTCODE.sub(lambda found: " in " if found[1] in postcodes else found[0], line)
    return Unfit.PLATE if _PLATE.search(line) else None


def _plain(text: str) -> str:
    """Return *text* in small letters, with every sort of dash, blank and digit as the plain one."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    mapped = (_plain_sign(sign) for sign in plain)
    return " ".join("".join(mapped).split())


def _plain_sign(sign: str) -> str:
    if sign.isdecimal():
        return str(int(sign))
    match unicodedata.category(sign):
        case "Pd":
            return "-"
        case "Cf":
            return ""
        case _:
            return sign
