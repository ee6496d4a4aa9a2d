"""Guessing a report's theme, and learning every night from what workers corrected."""

from functools import cache

from bot import data
from bot.domain.lessons import Correction, Lessons
from bot.domain.themes import ThemeGuesser
from storage.queries import themes
from storage.work import Work

#: More would teach little, and the night's lesson must end soon after the bot is told to stop.
MOST_CORRECTIONS = 5_000


@cache
def shipped() -> ThemeGuesser:
    """Return the guesser of the data files, which knows no corrections."""
    return ThemeGuesser.of(data.theme_phrases(), data.theme_terms())


@cache
def _made() -> dict[str, ThemeGuesser]:
    """Return the guesser that was made last, by the digest of its lessons: the same digest is the same guesser."""
    return {}


async def guesser(work: Work) -> ThemeGuesser:
    """Return the guesser with the newest lessons; every process asks the database which those are."""
    digest = await themes.digest(work.session)
    if digest is None:
        return shipped()
    made = _made()
    if digest not in made:
        found = shipped().plus(await themes.lessons(work.session))
        made.clear()
        made[digest] = found
    return made[digest]


async def gather(work: Work) -> list[Correction]:
    """Return what there is to learn from."""
    return await themes.corrections(work.session, most=MOST_CORRECTIONS)


async def keep(work: Work, lessons: Lessons) -> None:
    """Put *lessons* in the place of those of the night before: of what was erased since, nothing is left."""
    await themes.keep(work.session, lessons)
