"""The theme of a report, guessed from its words.

Source: Reporting, "Theme": the guess is the first button, under the threshold nothing is guessed;
"Broken or dirty things in public space: 'Dit maakt de gemeente.'"
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.enums import Kind, Theme
from bot.domain.phrases import PhraseBook, tokens

STRONG, WEAK = 3, 1
#: One clear word, or two that point the same way at least.
THRESHOLD = 2
#: The same few words again and again show no more than this.
MOST_PER_WORD = 2


class ThemeWords(Protocol):
    """The words of one theme as the data file has them."""

    @property
    def key(self) -> str:
        """The value of the theme."""

    @property
    def strong(self) -> Sequence[str]:
        """Phrases that show the theme clearly."""

    @property
    def weak(self) -> Sequence[str]:
        """Phrases that only point to it."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A theme and how clearly the words show it."""

    theme: Theme
    score: int


@dataclass(frozen=True, slots=True)
class ThemeGuesser:
    """The words of all themes, ready to be looked for; well under a millisecond for a sentence."""

    book: PhraseBook

    @classmethod
    def of(cls, words: Iterable[ThemeWords]) -> "ThemeGuesser":
        """Return a guesser from *words*; `ValueError` for an unknown theme or a bad phrase."""
        phrases: dict[str, Sequence[str]] = {}
        for row in words:
            theme = Theme(row.key)
            phrases[f"{theme}:{STRONG}"] = row.strong
            phrases[f"{theme}:{WEAK}"] = row.weak
        return cls(PhraseBook.of(phrases))

    def guess(self, text: str) -> list[Guess]:
        """Return the themes that *text* may be about, the clearest first; none under the threshold.

        With the same score a theme that comes first in `Theme` comes first.
        """
        words = tokens(text)
        seen: defaultdict[tuple[str, tuple[str, ...]], int] = defaultdict(int)
        scores: defaultdict[Theme, int] = defaultdict(int)
        for hit in self.book.find(words):
            said = (hit.label, tuple(words[hit.start : hit.end]))
            seen[said] += 1
            if seen[said] <= MOST_PER_WORD:
                theme, _, weight = hit.label.partition(":")
                scores[Theme(theme)] += int(weight)
        order = list(Theme)
        ranked = sorted(scores.items(), key=lambda entry: (-entry[1], order.index(entry[0])))
        return [Guess(theme, score) for theme, score in ranked if score >= THRESHOLD]


def offered(guesses: Sequence[Guess]) -> list[Theme]:
    """Return all themes for the buttons: what was guessed first, the others in their own order."""
    first = [guess.theme for guess in guesses]
    return [*first, *(theme for theme in Theme if theme not in first)]


def municipality_mends(text: str, kind: Kind | None, public_space: PhraseBook) -> bool:
    """Tell whether to say "Dit maakt de gemeente. Meld het zelf: ..." (Reporting, "Theme").

    Broken or dirty things in public space, in a place report or before its kind is known.
    """
    return kind in {None, Kind.PLACE} and bool(public_space.find(tokens(text)))
