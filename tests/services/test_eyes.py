"""Guests of groups that desks have left, and of groups in which very much stands."""

from datetime import timedelta

from sqlalchemy import func, select, update

from bot.domain.enums import OutboxState
from bot.domain.notices.triage import ReportCard
from bot.services.desk import cards, eyes
from storage.engine import Database
from storage.models import Desk, GroupGuest, Outbox
from tests.services.desks import NOW, open_town, told

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


async def test_all_that_stands_in_a_group_is_judged_again_by_the_page_the_newest_first(database: Database) -> None:
    await open_town(database)
    many = 2 * eyes.PAGE + 5
    async with database.write(NOW) as work:
        reports = [await told(work) for _ in range(many)]
        for report in reports:
            await cards.begin(work, report)
    shown = update(Outbox).values(state=OutboxState.SENT, message_id=Outbox.id)
    async with database.write(NOW) as work:
        await work.session.execute(shown)

    async def drawn_again() -> list[int]:
        """Return the reports whose card is to be drawn, and let them be drawn."""
        async with database.write(NOW) as work:
            waiting = select(Outbox.about).where(Outbox.kind == ReportCard.kind, Outbox.state == OutboxState.WAITING)
            found = sorted(about or 0 for about in await work.session.scalars(waiting))
            await work.session.execute(shown)
            return found

    async with database.write(NOW) as work:
        await eyes.joined(work, GROUP, STRANGER)
    ids = [report.id for report in reports]
    assert await drawn_again() == ids[-eyes.PAGE :]
    for expected in (ids[5 : 5 + eyes.PAGE], ids[:5], []):
        async with database.write(NOW + timedelta(minutes=1)) as work:
            assert bool(await eyes.next_page(work)) is bool(expected)
            await eyes.go_on(work)
        assert await drawn_again() == expected

    async with database.write(NOW) as work:
        await eyes.left(work, GROUP, STRANGER)
    assert await drawn_again() == ids[-eyes.PAGE :], "shown again when nobody unknown is there"
