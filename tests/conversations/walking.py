"""Helpers for conversations about a round that is walked: Jan coordinates, John and Mia walk, Samira is the worker."""

from datetime import date

from bot.domain.enums import Attendance, RoleKey
from storage.models import Occurrence, Round, TeamMember
from storage.queries import rounds as queries
from storage.queries import signups as signup_queries
from tests.conversations.meetings import fill, occurrence, wait_until
from tests.town import Town
from tests.town_people import Someone

ROUND, ROUND_ON = "ronde-filmwijk", "2026-12-01"


async def walkers(town: Town, *names: str, on: str = ROUND_ON) -> tuple[Occurrence, list[Someone]]:
    """Return a round and these people, who have a VOG, signed up and said yes; everybody has started the bot."""
    for name in ("Jan", "John", "Mia", "Samira", "Omar", "Wilma"):
        await town.person(name).starts()
    people = [town.person(name) for name in names]
    shift = await occurrence(town, ROUND, on)
    await clear(town, shift, people)
    await fill(town, shift, RoleKey.WALKER, people)
    async with town.writing() as work:
        for row in await signup_queries.of_occurrence(work.session, shift.id):
            row.attendance = Attendance.COMING
    return shift, people


async def clear(town: Town, shift: Occurrence, people: list[Someone]) -> None:
    """Tick the VOG of these members."""
    async with town.writing() as work:
        for someone in people:
            member = await work.session.get(TeamMember, (shift.team_id, someone.id))
            assert member is not None
            member.vog_on = member.vog_on or date(2026, 1, 1)


async def walking(town: Town, *names: str) -> tuple[Occurrence, list[Someone]]:
    """Return an open round and who walks it, at 19:50."""
    shift, people = await walkers(town, *names)
    await wait_until(town, f"{ROUND_ON}T19:50")
    for someone in people:
        await someone.taps("Ik ben er")
    return shift, people


async def round_of(town: Town, shift: Occurrence) -> Round | None:
    """Return the round that was made of a shift."""
    async with town.reading() as work:
        return await queries.of_occurrence(work.session, shift.id)
