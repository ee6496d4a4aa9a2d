"""Who reads what language: a person theirs, a group the organisation's first one."""

from functools import cache
from zoneinfo import ZoneInfo

from bot.domain.enums import Language
from bot.texts import Translator
from storage.models import Organisation, Person


class Translators:
    """Called with a person, or None for a group, it returns the translator of whoever reads."""

    def __init__(self, zone: ZoneInfo, language: Language = Language.DUTCH) -> None:
        """Use *zone* for all times and *language* for groups."""
        self.zone, self.language, self.is_set_up = zone, language, False
        self.of = cache(lambda language: Translator(language, self.zone))

    def __call__(self, person: Person | None) -> Translator:
        """Return the translator for what *person* reads."""
        return self.of(person.language if person else self.language)

    def follow(self, organisation: Organisation | None) -> None:
        """Take over the organisation's own time zone and first language, once it was set up."""
        if organisation is None:
            return
        self.is_set_up = True
        self.language = Language(organisation.languages[0])
        zone = organisation.zone
        if zone != self.zone:
            self.zone = zone
            self.of.cache_clear()
