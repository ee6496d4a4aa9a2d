"""Catalogues are read as gettext's own tools read them."""

import io
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import bot.texts
from bot.domain.enums import Language
from bot.texts.catalogue import Catalogue

_LOCALES = Path(bot.texts.__file__).parent / "locale"
_FILES = [path for language in Language for path in sorted((_LOCALES / language.value).glob("*.po"))]

_HEADER = r"""msgid ""
msgstr ""
"Language: pl\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\n"

"""
_POLISH = (
    _HEADER
    + r"""# Two lines, and signs that must be escaped.
#, python-brace-format
msgid ""
"Hij zei: \"{naam}\"\n"
"en ging\tweg."
msgstr ""
"Powiedział: \"{naam}\"\n"
"i wyszedł\\poszedł."

msgid "{n} melding"
msgid_plural "{n} meldingen"
msgstr[0] "{n} zgłoszenie"
msgstr[1] "{n} zgłoszenia"
msgstr[2] "{n} zgłoszeń"

msgctxt "straat"
msgid "Open"
msgstr "Otwarta"

msgid "Open"
msgstr "Otwórz"

#, fuzzy
msgid "Dicht"
msgstr "Może"

msgid "Leeg"
msgstr ""

#~ msgid "Weg"
#~ msgstr "Precz"
"""
)


def _compiled(text: str) -> GNUTranslations:
    file = io.BytesIO()
    write_mo(file, read_po(io.BytesIO(text.encode())))
    file.seek(0)
    return GNUTranslations(file)


def _messages(text: str) -> list[Message]:
    return [message for message in read_po(io.BytesIO(text.encode())) if message.id]


@pytest.mark.parametrize(
    "text", [_POLISH, *(path.read_text() for path in _FILES)], ids=["polish", *(path.stem for path in _FILES)]
)
def test_every_sentence_reads_as_gettexts_own_reader_reads_it(text: str) -> None:
    ours, theirs = Catalogue([text]), _compiled(text)
    for message in _messages(text):
        if not isinstance(message.id, str):
            one, many = message.id
            for n in (0, 1, 2, 5, 12, 22, 101, 1_000_000):
                assert ours.ngettext(one, many, n) == theirs.ngettext(one, many, n)
        elif message.context:
            assert ours.pgettext(message.context, message.id) == theirs.pgettext(message.context, message.id)
        else:
            assert ours.gettext(message.id) == theirs.gettext(message.id)


def test_what_is_not_translated_stays_as_it_is() -> None:
    polish = Catalogue([_POLISH])
    assert [polish.gettext(words) for words in ("Dicht", "Leeg", "Weg", "Nergens")] == [
        "Dicht",
        "Leeg",
        "Weg",
        "Nergens",
    ]
    assert [polish.ngettext("een mens", "{n} mensen", n) for n in (1, 2)] == ["een mens", "{n} mensen"]
    assert polish.pgettext("winkel", "Open") == "Open"


def test_of_a_sentence_in_two_files_the_first_counts_or_the_one_with_its_plural() -> None:
    first, second = (f'{_HEADER}msgid "{{n}} melding"\nmsgstr "{word}"\n' for word in ("raz", "dwa"))
    assert Catalogue([first, second]).gettext("{n} melding") == "raz"
    assert Catalogue([first, _POLISH]).ngettext("{n} melding", "{n} meldingen", 5) == "{n} zgłoszeń"
