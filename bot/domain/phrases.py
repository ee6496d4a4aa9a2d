"""Finding words and phrases in what people type: the common tool of danger, themes and people.

A phrase is written as words with a few signs: `brand*` begins so, `*brand` ends so, `a|b` either,
`een?` may be absent, `...` stands for up to three words. Case, accents, punctuation and emoji do
not matter, in the phrase as in the text.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

GAP = 3
#: Letters at the start or end of a word by which phrases with a star are looked up.
_KEY = 3
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("[\u0027\u2018\u2019\u02bc`\u00b4\u00ad\u200b-\u200d\u2060\ufeff]")


def tokens(text: str) -> tuple[str, ...]:
    """Return the words and numbers of *text*: small letters, no accents, nothing between them."""
    bare = _APOSTROPHES.sub("", text)
    if bare.isascii():  # most texts: nothing to take apart
        return tuple(_WORD.findall(bare.lower()))
    folded = unicodedata.normalize("NFKD", bare).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return tuple(_WORD.findall(plain))


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a phrase: whole words, beginnings and endings that fit it."""

    words: frozenset[str]
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    optional: bool = False

    def fits(self, token: str) -> bool:
        """Tell whether *token* is this word."""
        return (
            token in self.words
            or (bool(self.starts) and token.startswith(self.starts))
            or (bool(self.ends) and token.endswith(self.ends))
        )


#: Stands in a phrase for up to `GAP` words.
_ANYTHING = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, ready to be looked for: its first word, and what follows."""

    first: Element
    rest: tuple[Element | None, ...]

    def end(self, words: Sequence[str], start: int) -> int | None:
        """Return where the phrase ends when it begins at *start*: the longest way, or None."""
        return _end(self.rest, words, start + 1) if self.first.fits(words[start]) else None


def _end(elements: tuple[Element | None, ...], words: Sequence[str], at: int) -> int | None:
    if not elements:
        return at
    first, rest = elements[0], elements[1:]
    if first is None:
        ends = (_end(rest, words, at + skip) for skip in range(GAP, -1, -1))
        return next((end for end in ends if end is not None), None)
    if at < len(words) and first.fits(words[at]):
        end = _end(rest, words, at + 1)
        if end is not None:
            return end
    return _end(rest, words, at) if first.optional else None


def parse_phrase(text: str) -> Phrase:
    """Return the phrase written in *text*; `ValueError` when it has no first word to look up."""
    elements = tuple(_ANYTHING if word == "..." else _element(word) for word in text.split())
    if not elements or elements[0] is None or elements[0].optional or elements[-1] is None:
        raise ValueError(f"a phrase begins and ends with a word: {text!r}")
    return Phrase(elements[0], elements[1:])


def _element(text: str) -> Element:
    optional = text.endswith("?")
    words, starts, ends = set(), [], []
    for part in text.rstrip("?").split("|"):
        bare = "".join(tokens(part.strip("*")))
        if not bare or (part[0] == part[-1] == "*") or ("*" in part and len(bare) < _KEY):
            raise ValueError(f"not a word of a phrase: {text!r}")
        if part.endswith("*"):
            starts.append(bare)
        elif part.startswith("*"):
            ends.append(bare)
        else:
            words.add(bare)
    return Element(frozenset(words), tuple(starts), tuple(ends), optional)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found: what it stands for, and its words from `start` up to `end`."""

    label: str
    start: int
    end: int

    def overlaps(self, other: "Hit") -> bool:
        """Tell whether both share a word."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Many phrases under labels, found together in one walk over the words of a text.

    What shares a word with one of its exceptions does not count: "brandt niet" beside "brandt".
    """

    _index: Mapping[str, tuple[tuple[str, Phrase], ...]] = field(repr=False)
    _never: "PhraseBook | None" = None

    @classmethod
    def of(cls, phrases: Mapping[str, Iterable[str]], never: Iterable[str] = ()) -> "PhraseBook":
        """Return a book of the phrases per label, and its exceptions *never*.

        `ValueError` for one that is not a phrase.
        """
        exceptions = tuple(never)
        index: defaultdict[str, list[tuple[str, Phrase]]] = defaultdict(list)
        for label, texts in phrases.items():
            for text in texts:
                phrase = parse_phrase(text)
                for key in _keys(phrase):
                    index[key].append((label, phrase))
        return cls(
            {key: tuple(found) for key, found in index.items()},
            cls.of({"never": exceptions}) if exceptions else None,
        )

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Return every phrase in *words* (as `tokens` gives them), in reading order."""
        never = self._never.find(words) if self._never else []
        return [hit for hit in self._all(words) if not any(hit.overlaps(other) for other in never)]

    def _all(self, words: Sequence[str]) -> list[Hit]:
        hits = []
        for start, word in enumerate(words):
            for key in (word, f"{word[:_KEY]}*", f"*{word[-_KEY:]}"):
                for label, phrase in self._index.get(key, ()):
                    end = phrase.end(words, start)
                    if end is not None:
                        hits.append(Hit(label, start, end))
        return hits


def _keys(phrase: Phrase) -> set[str]:
    first = phrase.first
    starts = {f"{start[:_KEY]}*" for start in first.starts}
    return {*first.words, *starts, *(f"*{end[-_KEY:]}" for end in first.ends)}
