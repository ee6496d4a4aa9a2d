"""Rommelroute: the address of a stall, checked for its form and written in one way.

Source: Rommelroute: "Sign up with address (or a spot on the shared field for people in flats)".
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.phrases import PhraseBook, tokens

MAX_ADDRESS = 120
_FULL_POSTCODE = re.compile(r"(?<!\w)([1-9]\d{3})\s?([A-Za-z]{2})(?!\w)")
_BARE_POSTCODE = re.compile(r"(?P<rest>.*\d\S*(?:\s[A-Za-z])?)\s(?P<digits>[1-9]\d{3})(?:\s[^\d]*)?")
#: "12", "12a", "12 A", "12-3", "12 bis", and the town behind it.
_NUMBER = re.compile(
    r"(?<!\w)(?P<number>\d{1,5})"
    r"(?:\s?[-/]\s?(?P<after>\w{1,4})|\s?(?P<letter>[A-Za-z]|hs|bis|bg|huis|boven|beneden|rood|zwart)(?!\w))?"
    r"(?:\s[^\d]*)?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_SMALL_WORDS = frozenset({"aan", "de", "den", "der", "en", "het", "in", "op", "te", "ten", "ter", "van"})
_FLAT = PhraseBook.of(
    {"flat": ["*flat|*flats", "flatje|flatgebouw", "appartement*|apartment*", "galerij*", "portiek*",
              "etage|verdieping|floor", "3|4|5|6|7|8|9|10 hoog", "drie|vier|vijf|zes|zeven|acht hoog"]}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """An address written in one way: "Filmstraat", 12, "A", and "1325 AB", "1325" or None."""

    street: str
    number: int
    addition: str = ""
    postcode: str | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        """The same for every way in which people write this door; without the postcode."""
        return "".join(tokens(self.street)), self.number, self.addition

    def __str__(self) -> str:
        """The address on one line."""
        line = f"{self.street} {self.number}{'-' if self.addition[:1].isdigit() else ''}{self.addition}"
        return f"{line}, {self.postcode}" if self.postcode else line


class AddressProblem(StrEnum):
    """What is missing or wrong in an address."""

    NO_STREET = "no_street"
    NO_NUMBER = "no_number"
    NO_POSTCODE = "no_postcode"
    NOT_IN_TOWN = "not_in_town"
    TOO_LONG = "too_long"


def parse_address(
    text: str, postcodes: Collection[str] = (), *, needs_postcode: bool = False
) -> Address | AddressProblem:
    """Return the address in "filmstraat 12a, 1325ab Almere", or what is wrong with it.

    A postcode that is given must be one of the town's *postcodes* (four digits; none: any).
    Street before number, as in the Netherlands; the last number is that of the house.
    """
    line = " ".join(text.replace(",", " ").split())
    if len(line) > MAX_ADDRESS:
        return AddressProblem.TOO_LONG
    line, postcode = _split_postcode(line)
    if postcode and postcodes and postcode[:4] not in postcodes:
        return AddressProblem.NOT_IN_TOWN
    found = next((match for match in _NUMBER.finditer(line) if match.end() == len(line)), None)
    street = (line[: found.start()] if found else line).strip(" -.")
    if not _LETTER.search(street):
        return AddressProblem.NO_STREET
    if found is None or int(found["number"]) == 0:
        return AddressProblem.NO_NUMBER
    if needs_postcode and postcode is None:
        return AddressProblem.NO_POSTCODE
    addition = (found["after"] or found["letter"] or "").upper()
    return Address(_street(street), int(found["number"]), addition, postcode)


def _split_postcode(line: str) -> tuple[str, str | None]:
    """Return the line without its postcode (and the town behind it), and the postcode."""
    if found := _FULL_POSTCODE.search(line):
        before = line[: found.start()].strip()
        return before or line[found.end() :].strip(), f"{found[1]} {found[2].upper()}"
    if found := _BARE_POSTCODE.fullmatch(line):
        return found["rest"], found["digits"]
    return line, None


def _street(name: str) -> str:
    """Return a street with capitals where people typed none, or nothing else."""
    words = name.split()
    return " ".join(_word(word, first=place == 0) for place, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    if word.lower() in _SMALL_WORDS and not first:
        return word.lower()
    return word.capitalize() if word in (word.lower(), word.upper()) else word


def looks_like_flat(text: str) -> bool:
    """Tell whether an address speaks of a flat, so that the shared field is offered first."""
    return bool(_FLAT.find(tokens(text)))
