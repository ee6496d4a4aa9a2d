"""What people type where a button could be tapped: words, numbers, and nothing at all.

Source: Reporting, "Anything starts a report": every button can also be typed (its word or
number; *ja, nee, terug, stop* always).
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from bot.domain.phrases import tokens

_NUMBER = re.compile(r"(?:nr|nummer|number|no|optie|option|keuze)? ?(\d{1,3})")
#: Longer texts are something told, not a button's word.
MAX_WORDS = 5


class Word(StrEnum):
    """A word that is understood at every step."""

    YES = "yes"
    NO = "no"
    BACK = "back"
    STOP = "stop"
    SKIP = "skip"
    HELP = "help"
    SEND = "send"


_WORDS: Mapping[Word, str] = MappingProxyType(
    {
        Word.YES: """ja|j|jaa|jaaa|jawel|jazeker|ja hoor|ja graag|ja klopt|klopt|zeker
            ok|oke|okay|oké|goed|prima|akkoord
            yes|y|yep|yeah|yup|sure|yes please|correct|right|👍|✅""",
        Word.NO: """nee|n|neen|nee hoor|nee dank je|nee bedankt|nee dankjewel|liever niet|niet|no|nope|nah|no thanks
            no thank you|👎|❌""",
        Word.BACK: """terug|ga terug|vorige|stap terug|een stap terug|back|go back|previous|⬅️|◀️""",
        Word.STOP: """stop|stoppen|stop maar|ik stop|ik wil stoppen|annuleer|annuleren|afbreken|klaar ermee|laat maar
            cancel|quit|exit|never mind|nevermind|stop it|⏹️""",
        Word.SKIP: """overslaan|sla over|geen|weet ik niet|weet niet|ik weet het niet
            skip|skip it|none|dont know|i dont know|⏭️""",
        Word.HELP: """help|hulp|uitleg|ik snap het niet|snap ik niet|ik begrijp het niet|wat moet ik doen
            hoe werkt dit|hoe werkt het|i dont understand|how does this work|info|menu|❓""",
        Word.SEND: """versturen|verstuur|verstuur maar|verzenden|verzend|stuur|stuur maar|send|send it|submit""",
    }
)
_COUNTED = (
    "een one 1e eerste first", "twee two 2e tweede second", "drie three 3e derde third",
    "vier four 4e vierde fourth", "vijf five 5e vijfde fifth", "zes six 6e zesde sixth",
    "zeven seven 7e zevende seventh", "acht eight 8e achtste eighth", "negen nine 9e negende ninth",
    "tien ten 10e tiende tenth",
)  # fmt: skip
_SMALL_TALK = frozenset(
    tokens(
        "hoi hallo hey hi hello goedemorgen goedemiddag goedenavond goeiemorgen goeiedag goede goeden good dag "
        "dank bedankt dankjewel dankuwel thanks thank merci ok oke okay salam salaam"
    )
)
#: What may stand behind them.
_SMALL_WORDS = _SMALL_TALK | frozenset(
    tokens(
        "je jij jullie u wel zeer heel erg hoor daar allemaal alvast buurtbode morgen middag avond "
        "you very much there all morning afternoon evening"
    )
)
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")


def normalise(text: str) -> str:
    """Return the words of *text* in small letters with single spaces; no accents, signs or emoji."""
    return " ".join(tokens(_KEYCAP.sub(r" \1 ", text)))


def _signs(text: str) -> str:
    """Return *text* without spaces and without what only chooses the look of an emoji."""
    return "".join(char for char in text if char not in " \ufe0e\ufe0f\u200d" and not "🏻" <= char <= "🏿")


_BY_TEXT: Mapping[str, Word] = MappingProxyType(
    {
        normalise(said) or _signs(said): word
        for word, lines in _WORDS.items()
        for line in lines.splitlines()
        for said in line.strip().split("|")
    }
)
_BY_COUNT: Mapping[str, int] = MappingProxyType(
    {said: number for number, words in enumerate(_COUNTED, start=1) for said in words.split()}
)


def word(text: str) -> Word | None:
    """Return the word that *text* is in Dutch or English, whatever the language of the talk."""
    return _BY_TEXT.get(normalise(text) or _signs(text))


def number(text: str) -> int | None:
    """Return the number that *text* is: "2", "2.", "nummer 2", "twee", "two" or a keycap emoji."""
    plain = normalise(text)
    if found := _NUMBER.fullmatch(plain):
        return int(found[1])
    return _BY_COUNT.get(plain)


def is_empty(text: str) -> bool:
    """Tell whether *text* holds no word and no number: only emoji, signs or nothing."""
    return not tokens(text)


def is_small_talk(text: str) -> bool:
    """Tell whether *text* is a greeting or thanks and nothing else, which tells nothing yet."""
    words = tokens(text)
    return bool(words) and words[0] in _SMALL_TALK and _SMALL_WORDS.issuperset(words)


def choose(text: str, labels: Sequence[str]) -> int | None:
    """Return the index of the button that *text* names, by its word or its number from 1.

    The whole label, or its beginning when no other button begins so; None without a match or
    when several fit.
    """
    typed = normalise(text)
    plain = [normalise(label) for label in labels]
    if typed and plain.count(typed) == 1:
        return plain.index(typed)
    counted = number(text)
    if counted is not None:
        return counted - 1 if 1 <= counted <= len(labels) else None
    if len(typed) < 3 or len(typed.split()) > MAX_WORDS:
        return None
    fits = [at for at, label in enumerate(plain) if label.startswith(typed) or f" {typed} " in f" {label} "]
    return fits[0] if len(fits) == 1 else None


def is_back(text: str) -> bool:
    """Tell whether *text* asks to go one step back."""
    return word(text) is Word.BACK


def is_stop(text: str) -> bool:
    """Tell whether *text* asks to leave the conversation."""
    return word(text) is Word.STOP
