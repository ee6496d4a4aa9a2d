"""Words and sentences that themes, danger and people are recognised by, the help lines, and what is repaired."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import Any

import yaml

from bot.data.files import read_lines, read_text

#: The one in C where PyYAML has it: these files are read before the first message is answered.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Something said in several languages, by language code.
Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A help line: its number as it is written and as it is dialled, and what is sure about it.

    None for hours, cost, app or link: not certain or not there, so nothing is said about it.
    """

    key: str
    number: str
    dial: str
    name: Said
    what: Said
    source: str
    date: date
    hours: Said | None
    cost: Said | None
    languages: tuple[str, ...]
    app: str | None = None
    app_for: Said | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class DangerRow:
    """A sort of danger: its help lines in order, and its phrases per language."""

    key: str
    lines: tuple[str, ...]
    phrases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """What somebody typed, and what it is about: a theme, a sort of danger, or `safe`."""

    label: str
    text: str
    language: str | None = None


@cache
def _read(name: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.load(read_text(name), Loader=_LOADER)  # noqa: S506 either loader is a safe one
    return loaded


def _said(value: Mapping[str, str] | None) -> Said | None:
    return None if value is None else MappingProxyType(dict(value))


@cache
def help_lines() -> Mapping[str, HelpLine]:
    """Return the help lines by key, in the order in which they are shown."""
    return MappingProxyType(
        {
            key: HelpLine(
                key=key,
                number=row["number"],
                dial=row["dial"],
                name=MappingProxyType(row["name"]),
                what=MappingProxyType(row["what"]),
                source=row["source"],
                date=row["date"],
                hours=_said(row["hours"]),
                cost=_said(row["cost"]),
                languages=tuple(row["languages"]),
                app=row.get("app"),
                app_for=_said(row.get("app_for")),
                link=row.get("link"),
            )
            for key, row in _read("helplines.yaml").items()
        }
    )


@cache
def danger_words() -> tuple[DangerRow, ...]:
    """Return the sorts of danger, the most urgent first, with their phrases per language."""
    return tuple(
        DangerRow(
            key,
            tuple(row["lines"]),
            MappingProxyType({language: tuple(phrases) for language, phrases in row["phrases"].items()}),
        )
        for key, row in _read("danger.yaml")["danger"].items()
    )


@cache
def danger_exceptions() -> tuple[str, ...]:
    """Return the phrases that only look like danger, of all languages."""
    return tuple(phrase for phrases in _read("danger.yaml")["never"].values() for phrase in phrases)


@cache
def danger_languages() -> frozenset[str]:
    """Return the languages that have a list of danger words."""
    return frozenset(language for row in danger_words() for language in row.phrases)


@cache
def danger_known() -> tuple[PhraseRow, ...]:
    """Return sentences with and without danger, all of them to learn from."""
    return tuple(PhraseRow(label, text) for label, text in read_lines("danger_known.tsv"))


@cache
def danger_phrases() -> tuple[PhraseRow, ...]:
    """Return sentences with and without danger; those that are held out are only to measure with."""
    return tuple(PhraseRow(label, text) for label, text in read_lines("danger_phrases.tsv"))


@cache
def danger_terms() -> tuple[PhraseRow, ...]:
    """Return words and short phrases that go with each sort of danger."""
    return _terms("danger_terms.tsv")


@cache
def theme_phrases() -> tuple[PhraseRow, ...]:
    """Return sentences with their theme; those that are held out are only to measure with."""
    return tuple(PhraseRow(label, text, language) for label, language, text in read_lines("theme_phrases.tsv"))


@cache
def theme_terms() -> tuple[PhraseRow, ...]:
    """Return words and short phrases of each theme."""
    return _terms("theme_words.tsv")


def _terms(name: str) -> tuple[PhraseRow, ...]:
    return tuple(PhraseRow(label, text) for label, texts in read_lines(name) for text in texts.split(", "))


@cache
def public_space_words() -> tuple[str, ...]:
    """Return the phrases for what is broken or dirty in public space, which the municipality mends."""
    return tuple(_read("public_space.yaml")["public_space"])


@cache
def public_space_exceptions() -> tuple[str, ...]:
    """Return the phrases that only look like something broken or dirty in public space."""
    return tuple(_read("public_space.yaml")["never"])


@cache
def complaint_words() -> tuple[str, ...]:
    """Return the phrases of complaints about the organisation, which is `{us}` in them."""
    return tuple(_read("complaints.yaml")["complaint"])


@cache
def complaint_exceptions() -> tuple[str, ...]:
    """Return the phrases that only look like such a complaint."""
    return tuple(_read("complaints.yaml")["never"])


@cache
def people_words() -> tuple[str, ...]:
    """Return the words and first names that show that a place report may be about people."""
    words = _read("people.yaml")
    return (*words["people"], *words["names"])


@cache
def people_exceptions() -> tuple[str, ...]:
    """Return what only looks like people: streets that are called after somebody, and more."""
    words = _read("people.yaml")
    return (*words["never"], *_pairs(words["names"], words["streets"]))


def _pairs(first: Iterable[str], then: Iterable[str]) -> Iterable[str]:
    return (f"{one} {other}" for one, other in product(first, then))
