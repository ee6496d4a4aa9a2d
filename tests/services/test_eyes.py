"""Guests of groups that desks have left."""

from sqlalchemy import func, select

from bot.services.desk import eyes
from storage.engine import Database
from storage.models import Desk, GroupGuest
from tests.services.desks import NOW, open_town

GROUP, STRANGER = -1001, 777


async def test_who_leaves_a_group_that_was_a_desks_is_forgotten(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        await eyes.joined(work, GROUP, STRANGER)
        desk = (await work.session.scalars(select(Desk).where(Desk.chat_id == GROUP))).one()
        desk.chat_id = -1999
    async with database.write(NOW) as work:
        await eyes.left(work, GROUP, STRANGER)
        assert await work.session.scalar(select(func.count()).select_from(GroupGuest)) == 0
