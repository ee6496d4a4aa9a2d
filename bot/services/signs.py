"""What the words of a report say by themselves: danger, people, a theme, a wijk, a broken lamp."""

from functools import cache

from bot import data
from bot.domain.age import says_under_16
from bot.domain.danger import DangerWords, is_other_script
from bot.domain.drafts import Signs
from bot.domain.enums import Language
from bot.domain.phrases import PhraseBook
from bot.domain.reports import needs_help_line
from bot.domain.themes import ThemeGuesser, municipality_mends
from bot.domain.traces import asks_about_people
from bot.services import places
from storage.work import Work


async def read(work: Work, text: str) -> Signs:
    """Return what *text* shows; nothing of it is certain, it only decides what is asked and offered first."""
    danger = _danger().find(text)
    themes = _themes().guess(text)
    return Signs(
        unread=is_other_script(text),
        danger=danger.sorts[0] if danger else None,
        people=asks_about_people(text, _people()),
        public_thing=municipality_mends(text, None, _public_space()),
        theme=themes[0].theme if themes else None,
        under_16=says_under_16(text),
        areas=await places.named(work, text) if text else [],
    )


def help_lines_of(danger: str | None) -> tuple[str, ...]:
    """Return the keys of the help lines for a sort of danger; none for another."""
    return _danger().lines.get(danger or "", ())


def shows_help_line(language: Language, *, spoken: bool) -> bool:
    """Tell whether the help line is shown since danger words could not be looked for."""
    return needs_help_line(spoken=spoken, language=language, listed=data.danger_languages())


@cache
def _danger() -> DangerWords:
    return DangerWords.of(data.danger_words(), data.danger_exceptions())


@cache
def _themes() -> ThemeGuesser:
    return ThemeGuesser.of(data.theme_words())


@cache
def _people() -> PhraseBook:
    return PhraseBook.of({"people": data.people_words()}, data.people_exceptions())


@cache
def _public_space() -> PhraseBook:
    return PhraseBook.of({"public": data.public_space_words()}, data.public_space_exceptions())
