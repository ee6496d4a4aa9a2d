"""Reading gettext catalogues (.po) as they are: a language takes 10 ms, since nothing is compiled or sorted first."""

import re
from collections import defaultdict
from collections.abc import Iterable
from gettext import NullTranslations, c2py

_FIELD = re.compile(r'(?:(msg\w+)(?:\[\d+\])? )?"(.*)"')
_ESCAPED = re.compile(r"\\(.)")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}
_PLURAL = re.compile(r"^Plural-Forms:.*?plural=(.+?);?$", re.MULTILINE)
#: Between a context and its sentence in a key, as in gettext's own files.
_OF = "\x04"


class Catalogue(NullTranslations):
    """The sentences of one language; what is in none of its files stays as it is."""

    def __init__(self, files: Iterable[str]) -> None:
        """Take the texts of the language's files, which all say the same of its plurals; fuzzy sentences are left out.

        Of a sentence that stands in two files the first counts, or the one that has its plural.
        """
        super().__init__()
        self._said: dict[str, list[str]] = {}
        for file in files:
            for entry in file.split("\n\n"):
                self._take(entry)
        rule = _PLURAL.search(self._said.get("", [""])[0])
        self._form = c2py(rule[1] if rule else "n != 1")

    def gettext(self, message: str) -> str:
        """Return *message* in this language."""
        return self._said.get(message, (message,))[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form of the sentence that fits *n*."""
        forms = self._said.get(msgid1, ())
        return forms[self._form(n)] if len(forms) > 1 else (msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Return *message* as it reads in *context*."""
        return self._said.get(f"{context}{_OF}{message}", (message,))[0]

    def _take(self, entry: str) -> None:
        """Keep what *entry* translates: lines that begin with the name of a field, or go on with the one before."""
        fields: defaultdict[str, list[str]] = defaultdict(list)
        name, fuzzy = "", False
        for line in entry.splitlines():
            fuzzy |= line.startswith("#,") and "fuzzy" in line
            if (found := _FIELD.fullmatch(line)) is None:
                continue
            if found[1]:
                name = found[1]
                fields[name].append("")
            fields[name][-1] += _ESCAPED.sub(_sign, found[2])
        key = "".join([*(f"{words}{_OF}" for words in fields["msgctxt"]), *fields["msgid"]])
        forms = fields["msgstr"]
        if any(forms) and not (fuzzy and key) and len(forms) > len(self._said.get(key, ())):
            self._said[key] = forms


def _sign(escaped: re.Match[str]) -> str:
    return _SIGNS.get(escaped[1], escaped[1])
