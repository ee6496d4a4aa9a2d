"""What workers' corrections of a theme teach, kept so that nobody's words can be read back.

Only pieces of words are kept (see `bot.domain.bayes`), and of those only what at least `SHARED_BY` different people
wrote: a piece of one person's sentence, name or street stays with that person. Counted are people, not reports, so
nobody weighs more by writing more. What was erased is gone with the next lesson, which is made anew from what is kept.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.bayes import pieces
from bot.domain.enums import Theme

SHARED_BY = 3

#: How many people wrote a piece, by theme and piece.
Lessons = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Correction:
    """A report whose theme a worker set: its theme now, its words, and who told it (None: no longer known)."""

    theme: Theme
    text: str
    teller: int | None


def learned(corrections: Iterable[Correction]) -> Lessons:
    """Return what *corrections* teach; those whose teller is no longer known count as one person's together."""
    tellers: defaultdict[str, set[tuple[Theme, int | None]]] = defaultdict(set)
    for correction in corrections:
        for piece in pieces(correction.text):
            tellers[piece].add((correction.theme, correction.teller))
    lessons: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for piece, told in sorted(tellers.items()):
        if len({teller for _, teller in told}) >= SHARED_BY:
            for theme in {theme for theme, _ in told}:
                lessons[theme.value][piece] = sum(one is theme for one, _ in told)
    return dict(lessons)
