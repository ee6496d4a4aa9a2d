"""Residents who tell a report to the end by typing, without waiting for what the bot answers.

In private the words of a button count as a tap on it, so a whole conversation can be written in advance. What each
ends in is checked in the database: a figure counts only when every report is there as it was told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from sqlalchemy import select

from bot.demo.telegram import Person, World
from bot.domain.enums import Kind, Theme
from storage.models import DeadUpdate, Report
from storage.work import Work


@dataclass(frozen=True)
class Story:
    """What is told first, with a number that makes it this resident's, the typed answers, and the report of it."""

    words: str
    answers: Sequence[str]
    kind: Kind
    theme: Theme
    area: str
    sealed: bool

    def lines(self, number: int) -> list[str]:
        """Return all that resident *number* types."""
        return [self.told(number), *self.answers, "versturen"]

    def told(self, number: int) -> str:
        """Return the first line of resident *number*."""
        return f"{self.words} ({number})"


STORIES = (
    Story(
        "De lantaarnpaal is kapot",
        ("een plek op straat", "de straat en de buurt", "geef het door voor mij", "Almere Stad West", "Stedenwijk"),
        Kind.PLACE,
        Theme.LIVABILITY,
        "WK003427",
        sealed=False,
    ),
    Story(
        "Mijn buren maken elke nacht ruzie",
        ("overlast of ruzie", "samen leven", "Almere Haven", "De Werven", "ja"),
        Kind.NUISANCE,
        Theme.COHESION,
        "WK003402",
        sealed=True,
    ),
    Story(
        "Een moestuin voor de buurt",
        ("een idee voor de buurt", "groen en energie", "Almere Poort", "Duin"),
        Kind.IDEA,
        Theme.SUSTAINABILITY,
        "WK003466",
        sealed=False,
    ),
)


def story_of(number: int) -> Story:
    """Return the story of resident *number*."""
    return STORIES[number % len(STORIES)]


def move_in(world: World, count: int, *, first: int = 0) -> dict[int, Person]:
    """Put *count* residents into Telegram, by their numbers from *first* on."""
    return {number: world.add_person(f"Bewoner {number}") for number in range(first, first + count)}


async def type_all(people: Mapping[int, Person]) -> int:
    """Have everybody type their whole conversation: each the first line, then each the second, and so on.

    Returns how many messages that are.
    """
    count = 0
    for person, line in _in_turn(people):
        await person.writes(line)
        count += 1
    return count


def _in_turn(people: Mapping[int, Person]) -> Iterator[tuple[Person, str]]:
    lines = {number: story_of(number).lines(number) for number in people}
    for row in zip_longest(*lines.values()):
        yield from ((person, line) for person, line in zip(people.values(), row, strict=True) if line is not None)


async def check_reports(work: Work, people: Mapping[int, Person]) -> None:
    """Fail unless each of *people* has exactly the report of their story, and no update was set aside."""
    dead = (await work.session.scalars(select(DeadUpdate.error))).all()
    assert not dead, dead[0]
    found = {report.resident_id: report for report in (await work.session.scalars(select(Report))).all()}
    for number, person in people.items():
        story, report = story_of(number), found.pop(person.id, None)
        assert report is not None, f"no report of {story.told(number)!r}"
        told = (report.text, report.kind, report.theme, report.area_code, report.sealed)
        assert told == (story.told(number), story.kind, story.theme, story.area, story.sealed)
    assert not found, f"{len(found)} reports too many"
