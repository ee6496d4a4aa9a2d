"""Words that point at people: names, house numbers, number plates and telephone numbers.

Sources: Reporting, "What is it about?" ("Gaat dit over mensen?"), and Buurtpreventie, "After".
"""

import re

from bot.domain.phrases import PhraseBook, tokens

#: Dutch number plates by their groups; the first two were only ever written with dashes.
_DASHED = ("LL-DD-DD", "DD-DD-LL")
_PLATES = (
    "DD-LL-DD", "LL-DD-LL", "LL-LL-DD", "DD-LL-LL", "DD-LLL-D", "D-LLL-DD", "LL-DDD-L", "L-DDD-LL",
    "LLL-DD-L", "L-DD-LLL", "D-LL-DDD", "DDD-LL-D",
)  # fmt: skip
#: Letters of plates since 1978; without dashes only these make one ("15 min 2" is none).
_PLATE_LETTERS = "BDFGHJKLNPRSTVXZ"


def _plate(groups: str, letters: str, dash: str) -> str:
    return groups.replace("-", dash).replace("L", f"[{letters}]").replace("D", r"\d")


_PLATE = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(
        [_plate(groups, "A-Z", "[-\u2013\u00b7.]") for groups in (*_DASHED, *_PLATES)]
        + [_plate(groups, _PLATE_LETTERS, " ?") for groups in _PLATES]
    )
    + r")(?![\w-])",
    re.IGNORECASE,
)
_GAP = r"[\s.\-/()]{0,2}"
_PHONE = re.compile(rf"(?<!\d)(?:0[1-9](?:{_GAP}\d){{8}}|(?:\+|00){_GAP}[1-9](?:{_GAP}\d){{8,13}}|6\d{{8}})(?!\d)")
_STREET = r"(?:straat|laan|weg|plein|hof|dreef|kade|gracht|pad|singel|park|steeg|erf|baan|plantsoen|street|road)"
_HOUSE_NUMBER = re.compile(
    rf"\w{_STREET}\s+\d{{1,4}}\s?[a-z]?(?!\w)"
    r"|\b(?:huisnummer|huisnr|house number)\b|\b(?:nummer|nr\.?|no\.?)\s*\d{1,4}(?!\d)",
    re.IGNORECASE,
)


def has_plate(text: str) -> bool:
    """Tell whether a Dutch number plate stands in *text*, with dashes, spaces or neither."""
    return bool(_PLATE.search(text))


def has_phone_number(text: str) -> bool:
    """Tell whether a telephone number of a person stands in *text*; help lines are shorter."""
    return bool(_PHONE.search(text))


def may_be_kept(text: str) -> bool:
    """Tell whether the line after a round is accepted: no number plate, no telephone number."""
    return not has_plate(text) and not has_phone_number(text)


def has_house_number(text: str) -> bool:
    """Tell whether *text* names a house: "Filmstraat 12", "huisnummer", "nr 12"."""
    return bool(_HOUSE_NUMBER.search(text))


def asks_about_people(text: str, people: PhraseBook) -> bool:
    """Tell whether a place report is asked once "Gaat dit over mensen?".

    Words like *buurman*, a house number or a name (Reporting, "What is it about?"). *people* are
    the words and names of the data file.
    """
    return has_house_number(text) or bool(people.find(tokens(text)))
