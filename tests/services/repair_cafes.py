"""Helpers for tests of a Repair Café's day: a café of 5 December with two hosts, on any database."""

from bot.domain.enums import RoleKey
from bot.services.activities import signups
from bot.services.activities.signups import Extra
from bot.services.repair_cafe import repair_day
from storage.engine import Database
from storage.models import Desk, RoutingRule
from tests.services.meetings import COORDINATOR, NOW, make_town, meeting, person, wall

ROLES = {RoleKey.VISITOR: (0, 12), RoleKey.HOST: (1, 2), RoleKey.REPAIRER: (0, 4)}
ANN, BOB = 201, 202
DAY = wall("2026-12-05T12:50")


async def cafe(database: Database, *, visitors: int) -> tuple[int, list[int]]:
    """Return a Repair Café with two hosts and the sign-ups of its visitors, who are persons 1, 2 …"""
    async with database.write(NOW) as work:
        await make_town(work)
        desk = Desk(key="stad", name="Stad", chat_id=-1001, contact_id=COORDINATOR)
        work.session.add(desk)
        await work.session.flush()
        work.session.add(RoutingRule(position=0, kinds=[], themes=[], areas=[], regions=[], desk_id=desk.id))
        occurrence = await meeting(work, "2026-12-05T13:00", ROLES, coordinator=COORDINATOR)
        for host in (ANN, BOB):
            await signups.join(work, occurrence.id, await person(work, host), RoleKey.HOST)
        ids = []
        for number in range(1, visitors + 1):
            extra = Extra(item=repair_day.as_item("Lamp"))
            joined = await signups.join(work, occurrence.id, await person(work, number), RoleKey.VISITOR, extra=extra)
            assert joined.signup is not None
            ids.append(joined.signup.id)
        return occurrence.id, ids
