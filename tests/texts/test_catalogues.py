"""Every sentence of every module exists in every language, with the same placeholders and tags."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

import bot.texts
from bot.domain.enums import Language

TEXTS = Path(bot.texts.__file__).parent
LOCALES = TEXTS / "locale"
MODULES = sorted(path.stem for path in TEXTS.glob("*.py") if path.stem not in {"__init__", "catalogue", "translator"})
OTHERS = [language for language in Language if language is not Language.DUTCH]
KEYWORDS = {"t": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
Id = tuple[str | None, tuple[str, ...]]


def _forms(words: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    if words is None:
        return ()
    return (words,) if isinstance(words, str) else tuple(words)


def _used(module: str) -> set[Id]:
    found = extract_from_file("python", TEXTS / f"{module}.py", keywords=KEYWORDS)
    return {(context, _forms(words)) for _line, words, _comments, context in found}


def _catalogue(language: Language, module: str) -> dict[Id, Message]:
    path = LOCALES / language.value / f"{module}.po"
    if not path.exists():
        return {}
    with path.open("rb") as stream:
        return {(message.context, _forms(message.id)): message for message in read_po(stream) if message.id}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("module", MODULES)
def test_every_sentence_is_translated_where_it_belongs(module: str, language: Language) -> None:
    catalogue = _catalogue(language, module)
    missing = [words for context, words in sorted(_used(module), key=str) if not _is_done(catalogue, (context, words))]
    assert missing == []


def _is_done(catalogue: dict[Id, Message], words: Id) -> bool:
    message = catalogue.get(words)
    forms = () if message is None else _forms(message.string)
    return message is not None and bool(forms) and all(forms) and not message.fuzzy


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("module", MODULES)
def test_no_catalogue_holds_what_nobody_says(module: str, language: Language) -> None:
    assert set(_catalogue(language, module)) - _used(module) == set()


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("module", MODULES)
def test_placeholders_and_tags_are_the_same(module: str, language: Language) -> None:
    for (_context, words), message in _catalogue(language, module).items():
        for string in _forms(message.string):
            allowed = {frozenset(re.findall(r"{(\w*)}", form)) for form in words}
            assert frozenset(re.findall(r"{(\w*)}", string)) in allowed, string
            assert sorted(re.findall(r"</?\w+", string)) == sorted(re.findall(r"</?\w+", words[-1])), string


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_of_two_modules_is_translated_the_same_in_both(language: Language) -> None:
    seen: defaultdict[Id, set[tuple[str, ...]]] = defaultdict(set)
    for module in MODULES:
        for words, message in _catalogue(language, module).items():
            seen[words].add(_forms(message.string))
    assert {words: strings for words, strings in seen.items() if len(strings) > 1} == {}


@pytest.mark.parametrize("module", MODULES)
def test_source_tags_are_telegrams_and_closed(module: str) -> None:
    for _context, words in _used(module):
        for form in words:
            tags = re.findall(r"<(/?)(\w+)", form)
            assert {name for _, name in tags} <= {"b", "i", "code", "blockquote", "u", "s", "a"}, form
            assert sum(not slash for slash, _ in tags) == sum(bool(slash) for slash, _ in tags), form
