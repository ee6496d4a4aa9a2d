"""Danger in what people type, and the help lines that go with it.

Source: Reporting, "Danger, without a gate": fire, break-in now, violence at home, suicide; per
language. Words only decide whether somebody is asked "Is iemand nu in gevaar?"; they never decide
that there is danger.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.phrases import PhraseBook, tokens

#: The line that goes with every danger, also when no word was found.
EMERGENCY = "emergency"


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
        found = {hit.label for hit in self.book.find(tokens(text))}
        sorts = tuple(key for key in self.lines if key in found)
        return Danger(sorts, tuple(dict.fromkeys(line for key in sorts for line in self.lines[key])))


def is_other_script(text: str) -> bool:
    """Tell whether most letters of *text* are of a script (Arabic, Cyrillic …) in which no list has words.

    A language without a list gets the help line anyway (Reporting, "Danger, without a gate").
    """
    letters = [char for char in text if char.isalpha()]
    latin = sum(unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return len(letters) > 2 * latin
