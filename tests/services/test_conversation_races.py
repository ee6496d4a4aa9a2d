"""Two at once: passing a list on, and lifting blocks of one resident, on both databases."""

import asyncio
from collections import Counter

from sqlalchemy import func, select

from bot.domain.enums import Reachable
from bot.domain.notices.conversation import PassedOn
from bot.services import triage
from bot.services.desk import passing_on
from bot.services.triage import Verdict
from storage.engine import Database
from storage.models import Outbox, Person, Report, ReportEvent
from tests.services.desks import FATIMA, NOW, OMAR, SAMIRA, WILMA, open_town, someone, told


async def test_a_list_is_passed_on_once_whoever_taps(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        reports = [await told(work) for _ in range(3)]
        for report in reports:
            report.pass_on = True
        desk = reports[0].desk_id
        await work.session.flush()
        mark = (await passing_on.listed(work, desk)).mark

    async def tap(person_id: int) -> Verdict:
        async with database.write(NOW) as work:
            return (await passing_on.done(work, desk, await someone(work, person_id), mark))[0]

    verdicts = Counter(await asyncio.gather(*(tap(person) for person in (SAMIRA, OMAR, WILMA, SAMIRA))))
    assert verdicts == {Verdict.DONE: 1, Verdict.SAME: 3}
    async with database.read(NOW) as work:
        events = select(func.count()).select_from(ReportEvent).where(ReportEvent.action == "passed_on")
        told_residents = select(func.count()).select_from(Outbox).where(Outbox.kind == PassedOn.kind)
        assert await work.session.scalar(events) == 3
        assert await work.session.scalar(told_residents) == 3


async def test_a_resident_is_free_when_the_last_of_two_blocks_is_lifted_at_the_same_moment(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        reports = [await told(work) for _ in range(2)]
        for report in reports:
            report.holder_id = SAMIRA
        await work.session.flush()
        (await someone(work, SAMIRA)).reachable = Reachable.YES

    async def set_to(report_id: int, *, on: bool) -> Verdict:
        async with database.write(NOW) as work:
            version = (await work.session.get_one(Report, report_id)).version
            outcome = await triage.block(work, report_id, await someone(work, SAMIRA), version, on=on)
            return outcome.verdict

    for on in (True, False):
        verdicts = await asyncio.gather(*(set_to(report.id, on=on) for report in reports))
        assert verdicts == [Verdict.DONE, Verdict.DONE]
        async with database.read(NOW) as work:
            assert ((await work.session.get_one(Person, FATIMA)).blocked_at is not None) == on


async def test_a_block_needs_a_resident_and_changes_once(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report, samira = await told(work), await someone(work, SAMIRA)
        report.holder_id = SAMIRA
        assert (await triage.block(work, report.id, samira, report.version, on=False)).verdict is Verdict.SAME
        report.resident_id = None
        assert (await triage.block(work, report.id, samira, report.version, on=True)).verdict is Verdict.IMPOSSIBLE
        omar = await someone(work, OMAR)
        assert (await triage.block(work, report.id, omar, report.version, on=True)).verdict is Verdict.HELD
