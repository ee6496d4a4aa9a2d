"""Words as a search knows them: what of a text is kept to be found by, and what somebody looks for.

Case and accents do not matter, nor does the plural: "lantaarnpalen" and "lantaarnpaal" are one word here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.phrases import tokens

#: Characters of a word that count.
MAX_WORD = 40
#: Different words of one text that are kept.
MAX_WORDS = 300
#: Words of one search that count.
MAX_TERMS = 5
#: A word of so many characters is also found as the beginning of a longer one ("lantaarn", "lantaarnpaal").
MIN_BEGINNING = 4

#: Words that stand in almost every text and tell nothing.
COMMON = frozenset(
    [
        "aan",
        "al",
        "als",
        "bij",
        "daar",
        "dan",
        "dat",
        "de",
        "der",
        "deze",
        "die",
        "dit",
        "doe",
        "door",
        "dus",
        "een",
        "en",
        "er",
        "ge",
        "geen",
        "had",
        "heb",
        "hebben",
        "heeft",
        "het",
        "hier",
        "hij",
        "hoe",
        "iets",
        "ik",
        "in",
        "is",
        "ja",
        "je",
        "jij",
        "kan",
        "kunnen",
        "maar",
        "me",
        "mee",
        "meer",
        "met",
        "mij",
        "mijn",
        "na",
        "naar",
        "niet",
        "nog",
        "nu",
        "of",
        "om",
        "onze",
        "ook",
        "op",
        "over",
        "staat",
        "te",
        "tot",
        "u",
        "uit",
        "uw",
        "van",
        "veel",
        "voor",
        "want",
        "waar",
        "was",
        "wat",
        "we",
        "wel",
        "werd",
        "wie",
        "wij",
        "wil",
        "wordt",
        "worden",
        "zal",
        "ze",
        "zelf",
        "zich",
        "zij",
        "zijn",
        "zo",
        "zou",
        "a",
        "am",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "do",
        "for",
        "from",
        "has",
        "have",
        "he",
        "her",
        "his",
        "i",
        "if",
        "it",
        "its",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "she",
        "so",
        "that",
        "the",
        "their",
        "there",
        "they",
        "this",
        "to",
        "us",
        "we",
        "were",
        "what",
        "when",
        "who",
        "will",
        "with",
        "you",
        "your",
    ]
)
_DOUBLED = re.compile(r"([^\W\d])\1+")
_VOICED = {"v": "f", "z": "s"}
#: Endings of plurals and bent words, and how many characters must be left without them.
_ENDINGS = (("eren", 4), ("en", 3), ("e", 3), ("s", 3))


@dataclass(frozen=True, slots=True)
class Term:
    """One word that is looked for: itself by its `stem`, and whatever begins with `beginning` (None: nothing else)."""

    stem: str
    beginning: str | None


def stem(word: str) -> str:
    """Return what *word* (one of `tokens`) has in common with its plural: "bomen" and "boom" give the same.

    It is no word to be read: doubled letters, endings and the softening before them are taken off until nothing
    changes.
    """
    left = _plain(word)
    while (shorter := _without_ending(left)) != left:
        left = shorter
    return left


def words_of(text: str) -> tuple[str, ...]:
    """Return the stems under which *text* is found, each once, in their order; at most `MAX_WORDS`."""
    kept = dict.fromkeys(stem(word) for word in tokens(text) if word not in COMMON)
    return tuple(kept)[:MAX_WORDS]


def terms_of(typed: str) -> tuple[Term, ...]:
    """Return what somebody looks for who typed *typed*: at most `MAX_TERMS`; none when only common words were typed."""
    found = {stem(word): _plain(word) for word in _telling(tokens(typed))}
    return tuple(
        Term(root, plain if len(plain) >= MIN_BEGINNING else None) for root, plain in list(found.items())[:MAX_TERMS]
    )


def _telling(words: Iterable[str]) -> Iterable[str]:
    return (word for word in words if word not in COMMON)


def _plain(word: str) -> str:
    """Return *word* without doubled letters, and not too long."""
    return _DOUBLED.sub(r"\1", word)[:MAX_WORD]


def _without_ending(word: str) -> str:
    for ending, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word[: -len(ending)]
            break
    last = word[-1:]
    return _DOUBLED.sub(r"\1", word[:-1] + _VOICED.get(last, last))
