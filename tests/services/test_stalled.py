"""Reports in which nothing happens are closed and asked about by the page, however many they are."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.enums import Reachable, ReportStatus
from bot.domain.notices.chasing import StandsStill
from bot.domain.reports import ASK_AFTER, CLOSE_AFTER
from bot.services.desk import stalled
from storage.engine import Database
from storage.models import Outbox, Report, ReportEvent
from storage.queries import chasing as queries
from storage.work import Work
from tests.services.desks import NOW, OMAR, SAMIRA, open_town, someone, told

MANY = 2 * queries.STILL_PAGE + 1
NIGHT = NOW + timedelta(hours=14)


async def _stood_still(work: Work, since: datetime, count: int, *, holder: int | None = None) -> list[int]:
    found = []
    for _ in range(count):
        report = await told(work)
        report.changed_at, report.holder_id = since, holder
        found.append(report.id)
    await work.session.flush()
    return found


async def _run(database: Database, at: datetime = NOW) -> int:
    """Run the job until it is done; return how many rounds that took."""
    rounds, more = 0, True
    while more:
        rounds += 1
        async with database.write(at) as work:
            before = await _count_closed(work)
            more = await stalled.run(work)
            assert await _count_closed(work) - before <= queries.STILL_PAGE
    return rounds


async def _count_closed(work: Work) -> int:
    query = select(func.count()).where(Report.status == ReportStatus.CLOSED)
    return await work.session.scalar(query) or 0


async def _asked(database: Database) -> int:
    async with database.read(NOW) as work:
        return len((await work.session.scalars(select(ReportEvent.id).where(ReportEvent.actor_id.is_(None)))).all())


@pytest.fixture
async def town(database: Database) -> Database:
    await open_town(database)
    return database


async def test_a_backlog_is_closed_by_the_page(town: Database) -> None:
    async with town.write(NOW) as work:
        await _stood_still(work, NOW - CLOSE_AFTER - timedelta(days=1), MANY)
        (moved,) = await _stood_still(work, NOW - ASK_AFTER + timedelta(days=1), 1)
    assert await _run(town) == 3
    async with town.read(NOW) as work:
        assert await _count_closed(work) == MANY
        assert (await work.session.get_one(Report, moved)).status is ReportStatus.RECEIVED
        assert await queries.still_due(work.session, NOW, asked="") == []


async def test_each_is_asked_about_once_and_closes_three_months_later(town: Database) -> None:
    since = NOW - ASK_AFTER - timedelta(days=1)
    async with town.write(NOW) as work:
        await _stood_still(work, since, MANY)
    assert await _run(town) == 3
    assert await _asked(town) == MANY
    assert await _run(town, NOW + timedelta(days=1)) == 1, "what was asked about is not looked at again"
    assert await _asked(town) == MANY
    await _run(town, since + CLOSE_AFTER + timedelta(minutes=1))
    async with town.read(NOW) as work:
        assert await _count_closed(work) == MANY


async def test_what_waits_for_a_closed_desk_holds_up_nobody_and_is_asked_at_its_opening(town: Database) -> None:
    async with town.write(NOW) as work:
        await _stood_still(work, NOW - ASK_AFTER - timedelta(days=1), MANY)
        await _stood_still(work, NOW - CLOSE_AFTER - timedelta(days=1), 1)
    assert await _run(town, NIGHT) == 3
    assert await _run(town, NIGHT + timedelta(hours=1)) == 1
    async with town.read(NOW) as work:
        assert await _count_closed(work) == 1
        asked = (await work.session.scalars(select(Outbox).where(Outbox.kind == StandsStill.kind))).all()
        assert asked == []
    await _run(town, NOW + timedelta(days=1))
    async with town.read(NOW) as work:
        (row,) = (await work.session.scalars(select(Outbox).where(Outbox.kind == StandsStill.kind))).all()
        assert row.chat_id < 0


async def test_whoever_it_is_asked_of_finds_it_among_very_many_of_others(town: Database) -> None:
    since = NOW - ASK_AFTER - timedelta(days=1)
    async with town.write(NOW) as work:
        for worker in (SAMIRA, OMAR):
            (await someone(work, worker)).reachable = Reachable.YES
        await _stood_still(work, since - timedelta(days=1), MANY, holder=OMAR)
        mine = await _stood_still(work, since, 1, holder=SAMIRA)
        desk = (await work.session.get_one(Report, mine[0])).desk_id
    async with town.read(NOW) as work:
        assert [report.id for report in await stalled.still(work, desk, SAMIRA)] == mine
        assert len(await stalled.still(work, desk, OMAR)) == MANY
        assert await stalled.still(work, desk, 0) == []
