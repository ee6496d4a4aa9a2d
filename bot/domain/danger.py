"""Danger in what people type, and the help lines that go with it.

Source: Reporting, "Danger, without a gate": fire, break-in now, violence at home, suicide; per
language. Words only decide whether somebody is asked "Is iemand nu in gevaar?"; they never decide
that there is danger.

Two look together, since each misses what the other finds: phrases that somebody wrote down
(`DangerWords`), and a model of how people tell of danger (`DangerSense`).
"""

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.bayes import MOST_LETTERS, Bayes, counts_of, held_out, pieces
from bot.domain.phrases import PhraseBook, tokens

#: What is no danger, among the labels of phrases; and danger of a sort that nobody named.
SAFE, ANY = "safe", "any"
#: One phrase in so many is held out: never trained on, only measured with.
HELD_OUT = 3
#: How many log odds it takes to sound like danger: so many, and more the more pieces there are (by their root).
ALARM = 5.0
ALARM_PER_ROOT = 0.6
#: With a phrase that was found, the first is not asked and the second lowered by so much: then the rest must speak
#: against it clearly ("mijn mond stond in brand").
FOUND = 4.0
_UNSEEN = 0.05
_SENTENCE = re.compile(r"[.!?\n\r]+")


class DangerSort(Protocol):
    """A sort of danger as the data file has it."""

    @property
    def key(self) -> str:
        """Its name: fire, break_in, violence_home, suicide ..."""

    @property
    def lines(self) -> Sequence[str]:
        """The keys of its help lines, the first to call first."""

    @property
    def phrases(self) -> Mapping[str, Sequence[str]]:
        """Its phrases per language code."""


class Said(Protocol):
    """A sentence or term with its label, as the data files have it."""

    @property
    def label(self) -> str:
        """A sort of danger, `SAFE` or `ANY`."""

    @property
    def text(self) -> str:
        """The words."""


@dataclass(frozen=True, slots=True)
class Danger:
    """What was found: the sorts of danger and their help lines, each once, the first first."""

    sorts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether any danger word was found."""
        return bool(self.sorts)


@dataclass(frozen=True, slots=True)
class DangerWords:
    """The danger words of all languages, ready to be looked for.

    All languages are looked for at once: people type in another one than they chose.
    """

    book: PhraseBook
    lines: Mapping[str, tuple[str, ...]]
    languages: frozenset[str]

    @classmethod
    def of(cls, sorts: Iterable[DangerSort], never: Iterable[str]) -> "DangerWords":
        """Return the words of *sorts*, the most urgent first, and their exceptions *never*.

        `ValueError` for a phrase that can't be read.
        """
        kept = tuple(sorts)
        book = PhraseBook.of(
            {sort.key: [phrase for phrases in sort.phrases.values() for phrase in phrases] for sort in kept}, never
        )
        languages = frozenset(language for sort in kept for language in sort.phrases)
        return cls(book, {sort.key: tuple(sort.lines) for sort in kept}, languages)

    def find(self, text: str) -> Danger:
        """Return the danger that the words of *text* speak of; empty when none do."""
        return self.danger({hit.label for hit in self.book.find(tokens(text))})

    def danger(self, found: Collection[str]) -> Danger:
        """Return the danger of the sorts in *found*, the most urgent first, with their lines."""
        sorts = tuple(key for key in self.lines if key in found)
        return Danger(sorts, tuple(dict.fromkeys(line for key in sorts for line in self.lines[key])))


def is_other_script(text: str) -> bool:
    """Tell whether most letters of *text* are of a script (Arabic, Cyrillic …) in which no list has words.

    A language without a list gets the help line anyway (Reporting, "Danger, without a gate").
    """
    if text.isascii():
        return False
    letters = [char for char in text if char.isalpha()]
    latin = sum(unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return len(letters) > 2 * latin


@dataclass(frozen=True, slots=True)
class DangerSense:
    """The danger words, and what was learned from sentences with and without danger."""

    words: DangerWords
    _alarm: Bayes
    _sorts: Bayes

    @classmethod
    def of(cls, words: DangerWords, known: Iterable[Said], phrases: Iterable[Said] = ()) -> "DangerSense":
        """Return a sense trained on all of *known* and on the *phrases* that are not held out.

        `KeyError` for a label that is no sort of danger.
        """
        rows = [*known, *(row for row in phrases if not held_out(row.text, HELD_OUT))]
        # Counted once, phrase by phrase: all their pieces at once are three times as large as what is kept.
        counts = counts_of([SAFE, ANY, *words.lines], ((row.label, pieces(row.text, pairs=True)) for row in rows))
        sorts = {sort: counts[sort] for sort in words.lines}
        any_danger = counts[ANY]
        for found in sorts.values():
            any_danger.update(found)
        alarm = Bayes.counted({SAFE: counts[SAFE], ANY: any_danger}, unseen=_UNSEEN)
        return cls(words, alarm, Bayes.counted(sorts))

    def find(self, text: str) -> Danger:
        """Return the danger that *text* speaks of, sentence by sentence; empty when there is none."""
        found = {sort for sentence in _sentences(text) for sort in self._sorts_in(sentence)}
        return self.words.danger(found)

    def _sorts_in(self, sentence: str) -> tuple[str, ...]:
        """Return the sorts that *sentence* sounds like: those of its words, else the likeliest one."""
        found = pieces(sentence, pairs=True)
        (safe, danger), known = self._alarm.scores(found)
        root = math.sqrt(known)
        if named := self.words.find(sentence).sorts:
            return named if danger - safe >= (ALARM_PER_ROOT - FOUND) * root else ()
        if danger - safe < max(ALARM, ALARM_PER_ROOT * root):
            return ()
        scores, _ = self._sorts.scores(found)
        return (max(zip(scores, self._sorts.labels, strict=True))[1],)


def _sentences(text: str) -> list[str]:
    parts = (part.strip() for part in _SENTENCE.split(text))
    return [part[at : at + MOST_LETTERS] for part in parts for at in range(0, len(part), MOST_LETTERS)]
