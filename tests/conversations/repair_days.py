"""Helpers for conversations about the day of a Repair Café: visitors, hosts and repairers of 5 December."""

from datetime import datetime

from bot.domain.enums import RoleKey
from bot.services.activities import signups
from bot.services.activities.signups import Extra
from bot.services.repair_cafe import repair_day
from storage.models import Activity, Occurrence, Person
from tests.conversations.meetings import jump, occurrence, told, wall
from tests.town import Town
from tests.town_people import Someone

CAFE, CAFE_ON = "rc-stedenwijk", "2026-12-05"
TITLE = "Repair Café Stedenwijk"
NOON = "2026-12-05T12:50"


async def visits(town: Town, name: str, item: str, *, slot: str | None = None) -> Someone:
    """Return a resident who signed up to bring something."""
    (someone,) = await told(town, name)
    meeting = await occurrence(town, CAFE, CAFE_ON)
    slot_at: datetime | None = wall(slot) if slot else None
    async with town.writing() as work:
        person = await work.session.get(Person, someone.id)
        assert person is not None
        extra = Extra(slot_at=slot_at, item=repair_day.as_item(item))
        await signups.join(work, meeting.id, person, RoleKey.VISITOR, extra=extra)
    return someone


async def helps(town: Town, name: str, role: RoleKey, *, known_as: str | None = None) -> Someone:
    """Return a resident who signed up as host or repairer."""
    (someone,) = await told(town, name)
    meeting = await occurrence(town, CAFE, CAFE_ON)
    async with town.writing() as work:
        person = await work.session.get(Person, someone.id)
        assert person is not None
        person.name = known_as
        await signups.join(work, meeting.id, person, role)
    return someone


async def the_day_comes(town: Town, *, coordinator: int | None = 9101) -> Occurrence:
    """Let it be ten minutes before the Repair Café; Jan coordinates it."""
    meeting = await occurrence(town, CAFE, CAFE_ON)
    async with town.writing() as work:
        activity = await work.session.get(Activity, meeting.activity_id)
        assert activity is not None
        activity.coordinator_id = coordinator
    await jump(town, "2026-12-05T11:30")
    await town.advance(wall(NOON))
    return meeting


async def open_list(host: Someone) -> None:
    """Open the list of the day."""
    await host.taps("De lijst van de dag")


async def arrives(host: Someone, item: str) -> None:
    """Tap *aangekomen* for who brings this."""
    await host.taps("Aangekomen (")
    await host.taps(item)
