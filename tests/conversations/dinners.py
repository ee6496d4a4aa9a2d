"""Helpers for conversations about who comes along and what else is at that time: a dinner that Jan looks after."""

from bot.domain.enums import ActivityKind, RoleKey
from bot.services.activities import recurrence
from handlers.activities.buttons import OpenMeeting
from storage.models import Activity, ActivityRole, Occurrence
from tests.conversations.joining import CAFE, CAFE_ON
from tests.conversations.meetings import occurrence
from tests.town import Town
from tests.town_people import Someone

COORDINATOR = "Jan"


async def dinner(town: Town, *, maximum: int = 4) -> Occurrence:
    """Return a dinner on the day and hour of the Repair Café, where visitors may bring somebody; Jan looks after it."""
    cafe = await occurrence(town, CAFE, CAFE_ON)
    async with town.writing() as work:
        activity = Activity(
            key="buurtdiner",
            kind=ActivityKind.OTHER,
            title="Buurtdiner",
            area_code=cafe.area_code,
            place="Buurtcentrum",
            starts="2026-12-05T14:00",
            ends="2026-12-05T16:00",
            coordinator_id=town.person(COORDINATOR).id,
        )
        work.session.add(activity)
        await work.session.flush()
        for role, most, plus_one in ((RoleKey.VISITOR, maximum, True), (RoleKey.HELPER, 2, False)):
            work.session.add(
                ActivityRole(activity_id=activity.id, role=role, minimum=0, maximum=most, plus_one=plus_one)
            )
        await work.session.flush()
        await recurrence.extend_series(work)
    return await occurrence(town, "buurtdiner", CAFE_ON)


async def opens(someone: Someone, meeting: Occurrence) -> None:
    """Open the page of a meeting."""
    if not someone.messages:
        await someone.starts()
    await someone.forges(OpenMeeting(meeting.id).encode())
