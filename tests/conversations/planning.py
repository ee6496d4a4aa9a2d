"""Helpers for conversations about making activities: `/activiteit` up to what is kept, and what became of it."""

from sqlalchemy import select

from bot.services import setup
from bot.services.town import areas
from storage.models import Activity, Occurrence
from tests.conversations.meetings import ZONE
from tests.town import TOWN_FILE, Town
from tests.town_people import Someone

ROUNDS = "Rondes van Buurtpreventie Filmwijk"


async def begins(someone: Someone, title: str, *, place: str = "Buurthuis", kind: str = "Andere activiteit") -> None:
    """Answer what comes before the day and time: kind, title, place and, but of a round, Filmwijk."""
    await someone.starts()
    await someone.says("/activiteit")
    await someone.taps("Nieuwe activiteit")
    await someone.taps(kind)
    await someone.says(title)
    await someone.says(place)
    if kind != ROUNDS:
        await someone.says("Filmwijk")


async def makes(
    someone: Someone, title: str, when: str, *, repeats: str = "Eén keer", kind: str = "Andere activiteit"
) -> None:
    """Make an activity in Filmwijk and keep it."""
    await begins(someone, title, kind=kind)
    await someone.says(when)
    await someone.taps(repeats)
    await someone.taps("Zo is het goed")
    if kind != ROUNDS:
        await someone.taps("Tot het begint")
    await someone.taps("✅ Maken")


async def activity_of(town: Town, title: str) -> Activity:
    """Return the activity with this title."""
    async with town.reading() as work:
        return (await work.session.scalars(select(Activity).where(Activity.title == title))).one()


async def occurrences_of(town: Town, title: str) -> list[Occurrence]:
    """Return the dates of an activity."""
    async with town.reading() as work:
        query = select(Occurrence).join(Activity).where(Activity.title == title).order_by(Occurrence.starts_at)
        return list((await work.session.scalars(query)).all())


async def dates_of(town: Town, title: str) -> list[str]:
    """Return the local beginnings of the dates of an activity."""
    return [row.starts_at.astimezone(ZONE).strftime("%d-%m %H:%M") for row in await occurrences_of(town, title)]


async def load_again(town: Town) -> None:
    """Run the set-up file again."""
    file, lines = setup.parse(TOWN_FILE.read_text())
    async with town.writing() as work:
        await setup.load(work, file, lines, areas.builtin())
