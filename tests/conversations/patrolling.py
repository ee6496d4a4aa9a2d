"""The patrol team of the example town with everybody cleared, and what its members were told when."""

import pytest

from bot.domain.time import to_wall
from storage.models import Occurrence, TeamMember
from tests.conversations.meetings import ZONE, occurrence
from tests.town import Town
from tests.town_people import Someone

OFF = "🚫 De ronde gaat niet door. Ga niet alleen."
ALONE = "⚠️ Je bent nu alleen. Ga niet op pad."
WANTED = "🦺 Voor deze ronde zijn nog te weinig mensen."
SHORT = "⚠️ Deze ronde heeft te weinig mensen."


class Team:
    """The team of the example town with Mia cleared as well, and its round of Tuesday 1 December, 20:00."""

    def __init__(self, town: Town, meeting: Occurrence) -> None:
        self.town, self.meeting = town, meeting
        self.jan, self.john, self.mia = (town.person(name) for name in ("Jan", "John", "Mia"))
        self.samira = town.person("Samira")
        self.everybody = [self.jan, self.john, self.mia, self.samira]

    async def now(self) -> Occurrence:
        async with self.town.reading() as work:
            found = await work.session.get(Occurrence, self.meeting.id)
        assert found is not None
        return found


@pytest.fixture
async def team(town: Town) -> Team:
    meeting = await occurrence(town, "ronde-filmwijk", "2026-12-01")
    found = Team(town, meeting)
    for someone in found.everybody:
        await someone.starts()
    async with town.writing() as work:
        row = await work.session.get(TeamMember, (meeting.team_id, found.mia.id))
        assert row is not None
        row.vog_on = row.vog_on or to_wall(town.now, ZONE).date()
    await town.advance(minutes=1)
    return found


def when_told(someone: Someone, words: str) -> list[str]:
    """Return the local times at which somebody was told *words*."""
    return [f"{to_wall(m.date, ZONE):%dT%H:%M}" for m in someone.messages if words in m.text]
