"""Taking roles away and looking into groups, on SQLite and on PostgreSQL."""

import asyncio

from sqlalchemy import func, select

from bot.domain.enums import Chase, ReportStatus, RoleName
from bot.domain.notices.triage import DangerPing
from bot.services import triage
from bot.services.desk import cards, eyes, roles
from bot.services.desk.eyes import Confirmed
from bot.services.desk.roles import Taken
from storage.engine import Database
from storage.models import Desk, GroupGuest, Outbox, Report, RoleGrant
from storage.queries import staff
from storage.work import Work
from tests.services.desks import NOW, OMAR, SAMIRA, WILMA, open_town, someone, told

CHAT, STRANGER = -1001, 777


async def _hidden(work: Work) -> bool:
    return (await work.session.scalars(select(Desk).where(Desk.chat_id == CHAT))).one().sealed_cards_only


async def test_of_two_beheerders_who_take_each_others_role_one_stays(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        work.session.add(RoleGrant(person_id=OMAR, role=RoleName.ADMIN, given_at=NOW))

    async def takes(admin_id: int, person_id: int) -> Taken:
        async with database.write(NOW) as work:
            return await roles.take_away(work, admin_id, person_id, RoleName.ADMIN)

    outcomes = await asyncio.gather(takes(WILMA, OMAR), takes(OMAR, WILMA))
    assert sorted(outcomes) == [Taken.DONE, Taken.STRANGER]
    async with database.read(NOW) as work:
        assert len(await staff.with_role(work.session, RoleName.ADMIN)) == 1


async def test_open_reports_go_back_and_an_admins_stay(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        reports = [await told(work) for _ in range(3)]
        for report, holder in zip(reports, (OMAR, OMAR, WILMA), strict=True):
            assert (await triage.take(work, report.id, await someone(work, holder), report.version)).done
        assert await roles.take_away(work, SAMIRA, OMAR, RoleName.WORKER) is Taken.STRANGER
        assert await roles.take_away(work, WILMA, WILMA, RoleName.SAFETY) is Taken.OFFICER
        assert await roles.take_away(work, WILMA, OMAR, RoleName.WORKER) is Taken.DONE
        assert await roles.take_away(work, WILMA, OMAR, RoleName.WORKER) is Taken.SAME
        assert await roles.take_away(work, WILMA, WILMA, RoleName.WORKER) is Taken.DONE
        assert [report.holder_id for report in reports] == [None, None, WILMA]
        assert [report.status for report in reports[:2]] == [ReportStatus.RECEIVED] * 2


async def test_a_take_that_slipped_through_is_settled(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work)
        assert await roles.take_away(work, WILMA, OMAR, RoleName.WORKER) is Taken.DONE
        report.holder_id, report.status = OMAR, ReportStatus.TAKEN
        await work.session.flush()
        await roles.settle(work)
        assert report.holder_id is None


async def test_a_group_is_hidden_exactly_while_somebody_unknown_is_there(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        await eyes.joined(work, CHAT, OMAR)
        assert not await _hidden(work)
        for _ in range(2):
            await eyes.joined(work, CHAT, STRANGER)
        assert await _hidden(work)
        desk = (await work.session.scalars(select(Desk).where(Desk.chat_id == CHAT))).one()
        assert await eyes.confirm(work, desk.id, STRANGER, SAMIRA) is Confirmed.STRANGER
        assert await eyes.confirm(work, desk.id, 778, WILMA) is Confirmed.GONE
        assert await _hidden(work)
        assert await eyes.confirm(work, desk.id, STRANGER, WILMA) is Confirmed.DONE
        assert not await _hidden(work)
        await eyes.left(work, CHAT, STRANGER)
        await eyes.joined(work, CHAT, STRANGER)
        assert await _hidden(work)
        await eyes.left(work, CHAT, STRANGER)
        await eyes.joined(work, -4242, STRANGER)  # no desk's group
        assert await work.session.scalar(select(func.count()).select_from(GroupGuest)) == 0


async def test_the_count_asks_again_only_when_there_are_more(database: Database) -> None:
    await open_town(database)
    known = [OMAR, SAMIRA]
    async with database.write(NOW) as work:
        desk = (await work.session.scalars(select(Desk).where(Desk.chat_id == CHAT))).one()
        for total, hidden in ((2, False), (3, True), (3, True), (1, False)):
            await eyes.counted(work, CHAT, total=total, looked_for=known, inside=known)
            assert await _hidden(work) is hidden
        await eyes.counted(work, CHAT, total=4, looked_for=known, inside=known)
        assert await eyes.confirm(work, desk.id, eyes.UNSEEN, WILMA) is Confirmed.DONE
        for total, hidden in ((4, False), (3, False), (4, True)):
            await eyes.counted(work, CHAT, total=total, looked_for=known, inside=known)
            assert await _hidden(work) is hidden
        await eyes.joined(work, CHAT, STRANGER)
        await eyes.look_again(work)
        assert await _hidden(work)


async def test_danger_that_only_a_former_worker_read_is_called_about_again(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work, danger=True)
        report.danger = True
        await cards.refresh(work, report)
        assert (await triage.take(work, report.id, await someone(work, OMAR), report.version)).done
        report.opened_at, report.chased = NOW, Chase.THRICE
        await work.flush()
        before = await work.session.scalar(select(func.count()).where(Outbox.kind == DangerPing.kind)) or 0
        assert await roles.take_away(work, WILMA, OMAR, RoleName.WORKER) is Taken.DONE
        back = await work.session.get_one(Report, report.id)
        assert (back.holder_id, back.opened_at, back.chased) == (None, None, None)
        await work.flush()
        assert await work.session.scalar(select(func.count()).where(Outbox.kind == DangerPing.kind)) == before + 1
        await cards.refresh(work, report)
        await work.flush()
        assert await work.session.scalar(select(func.count()).where(Outbox.kind == DangerPing.kind)) == before + 1
