"""Rommelroute: the address of a stall, checked for its form and written in one way.

Source: Rommelroute: "Sign up with address (or a spot on the shared field for people in flats)".
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.phrases import PhraseBook, tokens

MAX_ADDRESS = 120
_FULL_POSTCODE = re.compile(r"(?<!\w)([1-9]\d{3})[ .]{0,2}([A-Za-z])[ ]?([A-Za-z])(?!\w)")
_BARE_POSTCODE = re.compile(r"(?P<rest>.*\d[^\s,]*(?:\s[A-Za-z])?)[\s,]+(?P<digits>[1-9]\d{3})(?:[\s,]+[^\d]*)?")
#: "12", "12a", "12 A", "12-3", "12 bis", "12-II", "12A-3"; never a telephone number, nor "12 t/m 16" as one door.
_NUMBER = re.compile(
    r"(?<!\w)(?P<number>\d{1,5})(?!-\d{4}\b|\s?[-/]\s?\d{5})"
    r"(?P<addition>(?!\s?t/m)(?:\s?[-/]\s?\w{1,4}"
    r"|\s?(?:bis|hs|bg|huis|boven|beneden|rood|zwart|wit|[ivx]{2,4}|[^\W\d_])(?![^\W\d_]))"
    r"(?:\s?[-/]\s?\w{1,4}|\s?\d{1,4})?)?(?!\w)",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[IVX]{2,4}")
_LETTER = re.compile(r"[^\W\d_]")
_STREET_ENDS = "straat|laan|weg|pad|plein|hof|dreef|kade|gracht|plantsoen|singel|park|dijk|steeg|erf|oever|markt|baan"
#: What people write before their street.
_BEFORE = re.compile(
    r"(?:(?:mijn|ons|het|my)\s+(?:adres|address)\s+(?:is\b)?|adres\b|p/a|c/o"
    r"|(?:ik|wij|we|i)\s+(?:woon|wonen|sta|staan|verkoop|verkopen|live|sell)\s+(?:op|in|aan|bij|at|on)\b)[\s:]*"
    rf"(?:(?:de|het|the)\s+(?=\S*(?:{_STREET_ENDS})\b))?",
    re.IGNORECASE,
)
#: "nr", "op nummer" and their like, between the street and the number.
_NUMBER_SIGN = re.compile(r"(?:^|\s)(?:op\s+)?(?:huis)?(?:nr|nummer|no|number)\.?$", re.IGNORECASE)
_NUMBER_FIRST = re.compile(
    rf"(?P<number>\d{{1,5}})\s?(?P<addition>[A-Za-z]\b)?\s*(?P<street>[^\d]*(?:{_STREET_ENDS}))", re.IGNORECASE
)
#: A part of a line that goes on with the number of the part before it: "Filmstraat, 12", "Filmstraat 12, a".
_GOES_ON = re.compile(r"(?:(?:huis)?(?:nr|nummer|no)\.?\s*)?(?:\d{1,5}\s?(?:[-/]?\s?\w{1,4})?|[A-Za-z])", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_NO_STREETS = frozenset({"postbus", "antwoordnummer", "flat", "kamer"})
_SMALL_WORDS = frozenset(
    {"aan", "de", "den", "der", "en", "het", "'t", "in", "op", "te", "ten", "ter", "van", "v.d", "v.d.", "v/d"}
)
_FLAT = PhraseBook.of(
    {"flat": ["*flat|*flats", "flatje|flatgebouw", "appartement*|apartment*", "galerij*", "portiek*",
              "etage|verdieping|floor", "3|4|5|6|7|8|9|10 hoog", "3hoog|4hoog|5hoog|6hoog",
              "drie|vier|vijf|zes|zeven|acht hoog"]}
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

    @property
    def house(self) -> str:
        """The number with what stands behind it, as on a door: "12A", "12-3", "4 bis"."""
        first = self.addition.partition("-")[0]
        if first[:1].isdigit() or _ROMAN.fullmatch(first):
            return f"{self.number}-{self.addition}"
        return f"{self.number} {self.addition.lower()}" if len(first) > 1 else f"{self.number}{self.addition}"

    def __str__(self) -> str:
        """The address on one line."""
        return ", ".join(filter(None, (f"{self.street} {self.house}", self.postcode)))


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
    Street before number, as in the Netherlands ("12 Filmstraat" is understood as well). The first number behind the
    street is that of the house, but for a year that belongs to the street: "Plein 1945 12".
    """
    line = _plain(text)
    if len(line) > MAX_ADDRESS:
        return AddressProblem.TOO_LONG
    line, postcode = _split_postcode(line)
    if postcode and postcodes and postcode[:4] not in postcodes:
        return AddressProblem.NOT_IN_TOWN
    found = [_door(part) for part in _parts(line)]
    door = next((door for door in found if not isinstance(door, AddressProblem)), None)
    if door is None:
        return AddressProblem.NO_NUMBER if AddressProblem.NO_NUMBER in found else AddressProblem.NO_STREET
    if needs_postcode and postcode is None:
        return AddressProblem.NO_POSTCODE
    return Address(*door, postcode)


def _plain(text: str) -> str:
    """Return *text* on one line, with digits of other scripts as ours."""
    ours = (str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in unicodedata.normalize("NFKC", text))
    parts = re.split(r"[,;\n]+", "".join(ours).replace(":", " "))
    return ", ".join(filter(None, (" ".join(part.split()) for part in parts)))


def _split_postcode(line: str) -> tuple[str, str | None]:
    """Return the line without its postcode, and the postcode."""
    if found := _FULL_POSTCODE.search(line):
        return f"{line[: found.start()]},{line[found.end() :]}", f"{found[1]} {(found[2] + found[3]).upper()}"
    if found := _BARE_POSTCODE.fullmatch(line):
        return found["rest"], found["digits"]
    return line, None


def _parts(line: str) -> list[str]:
    """Return what stands between commas; a number that stands alone goes with what is before it."""
    parts: list[str] = []
    for part in (part.strip(" .!?-–/#") for part in line.split(",")):
        if parts and _GOES_ON.fullmatch(part):
            parts[-1] += f" {part}"
        elif part:
            parts.append(part)
    return parts


def _door(part: str) -> tuple[str, int, str] | AddressProblem:
    """Return street, number and addition of *part*, or what it lacks."""
    line = re.sub(r"(?<=[^\W\d_]{3})(?=\d)", " ", _BEFORE.sub("", part, count=1))
    numbers = [found for found in _NUMBER.finditer(line) if _LETTER.search(line[: found.start()])]
    for at, found in enumerate(numbers):
        follows = numbers[at + 1] if at + 1 < len(numbers) else None
        if follows is not None and len(found["number"]) == 4 and not line[found.end() : follows.start()].strip():
            continue
        return _checked(line[: found.start()], found["number"], found["addition"])
    first = _NUMBER_FIRST.fullmatch(line)
    if first is None:
        return AddressProblem.NO_NUMBER if _LETTER.search(line) else AddressProblem.NO_STREET
    return _checked(first["street"], first["number"], first["addition"])


def _checked(street: str, number: str, addition: str | None) -> tuple[str, int, str] | AddressProblem:
    name = _cleaned(street)
    if not _LETTER.search(name) or name.lower() in _NO_STREETS:
        return AddressProblem.NO_STREET
    if int(number) == 0:
        return AddressProblem.NO_NUMBER
    return _street(name), int(number), "-".join(re.findall(r"[^\W\d_]+|\d+", addition or "")).upper()


def _cleaned(street: str) -> str:
    """Return a street without signs around it, and without "nr" behind it."""
    bare = re.sub(r"^[^\w'’]+|[^\w]+$", "", street)
    return re.sub(r"[^\w]+$", "", _NUMBER_SIGN.sub("", bare))


def _street(name: str) -> str:
    """Return a street with capitals where people typed none, and written in full."""
    words = re.sub(r"(?<=[^\W\d_]{2})str$", "straat", name).split()
    return " ".join(_word(word, first=place == 0) for place, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    lower = word.lower()
    if lower in _SMALL_WORDS and not first:
        return lower
    if word not in (lower, word.upper()):
        return word
    if _INITIALS.fullmatch(word):
        return word.upper()
    return "-".join(_capital(part) for part in lower.split("-"))


def _capital(word: str) -> str:
    return f"IJ{word[2:]}" if word.startswith("ij") else word.capitalize()


def looks_like_flat(text: str) -> bool:
    """Tell whether an address speaks of a flat, so that the shared field is offered first."""
    return bool(_FLAT.find(tokens(text)))
