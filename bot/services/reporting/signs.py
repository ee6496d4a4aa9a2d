"""What the words of a report say by themselves: danger, people, a theme, a wijk, a broken lamp."""

from functools import cache

from bot import data
from bot.domain.age import says_under_16
from bot.domain.bayes import held_out
from bot.domain.complaints import complaint_book, is_complaint
from bot.domain.danger import SAFE, DangerSense, DangerWords, is_other_script
from bot.domain.drafts import Signs
from bot.domain.enums import Language, Theme
from bot.domain.phrases import PhraseBook
from bot.domain.reports import needs_help_line
from bot.domain.themes import HELD_OUT as THEMES_HELD_OUT
from bot.domain.themes import municipality_mends
from bot.domain.traces import asks_about_people
from bot.services.town import places, themes
from storage.queries import town
from storage.work import Work


async def read(work: Work, text: str) -> Signs:
    """Return what *text* shows; nothing of it is certain, it only decides what is asked and offered first."""
    danger = danger_sense().find(text)
    likely = (await themes.guesser(work)).guess(text)
    return Signs(
        unread=is_other_script(text),
        danger=danger.sorts[0] if danger else None,
        people=asks_about_people(text, _people()),
        public_thing=municipality_mends(text, None, _public_space()),
        theme=likely[0] if likely else None,
        likely=likely,
        under_16=says_under_16(text),
        areas=await places.named(work, text) if text else [],
        complaint=await complains(work, text),
    )


async def complains(work: Work, text: str) -> bool:
    """Tell whether *text* is clearly a complaint about the organisation, its workers or its volunteers."""
    organisation = await town.organisation(work.session)
    return is_complaint(text, _complaints(organisation.name))


def help_lines_of(danger: str | None) -> tuple[str, ...]:
    """Return the keys of the help lines for a sort of danger; none for another."""
    return danger_words().lines.get(danger or "", ())


def shows_help_line(language: Language, *, spoken: bool) -> bool:
    """Tell whether the help line is shown since danger words could not be looked for."""
    return needs_help_line(spoken=spoken, language=language, listed=data.danger_languages())


@cache
def danger_words() -> DangerWords:
    """Return the danger words of the data file."""
    return DangerWords.of(data.danger_words(), data.danger_exceptions())


@cache
def danger_sense() -> DangerSense:
    """Return the danger words and what sentences of the data files teach; what is about a theme is no danger.

    Safety is left out of the latter: its terms are words of danger too.
    """
    everyday = [
        data.PhraseRow(SAFE, row.text)
        for row in [*data.theme_terms(), *data.theme_phrases()]
        if row.label != Theme.SAFETY and not held_out(row.text, THEMES_HELD_OUT)
    ]
    return DangerSense.of(
        danger_words(), [*data.danger_known(), *data.danger_terms(), *everyday], data.danger_phrases()
    )


@cache
def _people() -> PhraseBook:
    return PhraseBook.of({"people": data.people_words()}, data.people_exceptions())


@cache
def _complaints(organisation: str) -> PhraseBook:
    return complaint_book(data.complaint_words(), data.complaint_exceptions(), organisation)


@cache
def _public_space() -> PhraseBook:
    return PhraseBook.of({"public": data.public_space_words()}, data.public_space_exceptions())
