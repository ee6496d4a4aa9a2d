"""The theme of a report, guessed from its words.

Source: Reporting, "Theme": the guess is the first button, under the threshold nothing is guessed;
"Broken or dirty things in public space: 'Dit maakt de gemeente.'"
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.bayes import Bayes, held_out, pieces
from bot.domain.enums import Kind, Theme
from bot.domain.phrases import PhraseBook, tokens

#: One phrase in so many is held out: never trained on, only measured with.
HELD_OUT = 4
#: How far the likeliest theme must be before the next, in log odds ...
MARGIN = 6.0
#: ... and by the square root of the number of pieces, since many pieces together exaggerate.
MARGIN_PER_ROOT = 0.6
#: So many themes are offered first when one is guessed.
LIKELY = 3


class Phrase(Protocol):
    """What somebody typed, and its theme, as the data files have it."""

    @property
    def label(self) -> str:
        """The value of the theme."""

    @property
    def text(self) -> str:
        """The words."""


@dataclass(frozen=True, slots=True)
class ThemeGuesser:
    """What was learned about the words of each theme, ready to guess with."""

    model: Bayes

    @classmethod
    def of(cls, phrases: Iterable[Phrase], terms: Iterable[Phrase]) -> "ThemeGuesser":
        """Return a guesser of the *phrases* that are not held out and all *terms*; `KeyError` for an unknown theme."""
        kept = [phrase for phrase in phrases if not held_out(phrase.text, HELD_OUT)]
        said = ((row.label, pieces(row.text)) for row in [*kept, *terms])
        return cls(Bayes.of([theme.value for theme in Theme], said))

    def plus(self, learned: Mapping[str, Mapping[str, int]]) -> "ThemeGuesser":
        """Return this guesser with what was *learned* from workers' corrections (see `bot.domain.lessons`)."""
        return ThemeGuesser(self.model.plus(learned))

    def rank(self, text: str) -> tuple[list[Theme], bool]:
        """Return all themes, the likeliest first, and whether the first one is sure enough to be guessed."""
        scores, known = self.model.scores(pieces(text))
        ranked = sorted(zip(scores, Theme, strict=True), key=lambda entry: -entry[0])
        ahead = ranked[0][0] - ranked[1][0]
        sure = ahead >= max(MARGIN, MARGIN_PER_ROOT * math.sqrt(known)) and ranked[0][1] is not Theme.OTHER
        return [theme for _, theme in ranked], sure

    def guess(self, text: str) -> list[Theme]:
        """Return the themes that *text* is likely about, the likeliest first; none when it is not sure of one."""
        ranked, sure = self.rank(text)
        if not sure:
            return []
        ranked.remove(Theme.OTHER)
        return ranked[:LIKELY]


def offered(likely: Sequence[Theme]) -> list[Theme]:
    """Return all themes for the buttons: those that are likely first, the others in their own order."""
    return [*likely, *(theme for theme in Theme if theme not in likely)]


def municipality_mends(text: str, kind: Kind | None, public_space: PhraseBook) -> bool:
    """Tell whether to say "Dit maakt de gemeente. Meld het zelf: ..." (Reporting, "Theme").

    Broken or dirty things in public space, in a place report or before its kind is known.
    """
    return kind in {None, Kind.PLACE} and bool(public_space.find(tokens(text)))
