"""Turning Dutch source sentences into the reader's language, with dates and plurals of that language.

Dutch is the source. Each other language has a folder `locale/<language>/` with one gettext catalogue (.po) per
conversation; all of them together are the language. They are read when the program starts, without a compile step.
"""

import html
from datetime import date, datetime
from functools import cache, lru_cache
from gettext import NullTranslations
from importlib import resources
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from bot.domain.enums import Language
from bot.texts.catalogue import Catalogue


class Translator:
    """Sentences and dates of one language, for one local time zone.

    Calling it, or `gettext`, translates; `ngettext` also picks the plural; `pgettext` tells apart by context.
    """

    def __init__(self, language: Language, zone: ZoneInfo) -> None:
        """Read the language's catalogues (once per process)."""
        self.language = language
        self.zone = zone
        self._messages = _messages(language)

    def gettext(self, message: str) -> str:
        """Return *message* in this language."""
        return self._messages.gettext(message)

    __call__ = gettext

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the form of the sentence that fits *number*."""
        return self._messages.ngettext(one, many, number)

    def pgettext(self, context: str, message: str) -> str:
        """Return *message* as it reads in *context*."""
        return self._messages.pgettext(context, message)

    def day(self, on: date) -> str:
        """Return a local date as "vrijdag 4 december"."""
        return _day(on, self.language.value)

    def day_of(self, at: datetime) -> str:
        """Return the local day of a UTC moment as "vrijdag 4 december"."""
        return self.day(at.astimezone(self.zone).date())

    def time(self, at: datetime) -> str:
        """Return the local time of a UTC moment as "20:00"."""
        return format_time(at.astimezone(self.zone), "HH:mm", locale=self.language.value)

    def moment(self, at: datetime) -> str:
        """Return day and time, "donderdag 3 december 20:00"."""
        return f"{self.day_of(at)} {self.time(at)}"


def escape(typed: str) -> str:
    """Return what somebody typed so that it is shown as typed in an HTML message."""
    return html.escape(typed, quote=False)


@lru_cache(maxsize=1_000)  # it takes longer than all else in a message, and most tell of the same few days
def _day(on: date, language: str) -> str:
    return format_date(on, "EEEE d MMMM", locale=language)


@cache
def _messages(language: Language) -> NullTranslations:
    """Return all catalogues of *language* as one; Dutch has none, it is the source."""
    if language is Language.DUTCH:
        return NullTranslations()
    folder = resources.files("bot.texts") / "locale" / language.value
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".po")), key=lambda file: file.name)
    return Catalogue(file.read_text(encoding="utf-8") for file in files)
