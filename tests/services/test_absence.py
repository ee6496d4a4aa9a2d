"""Absence, on SQLite and on PostgreSQL: who may set it, that one counts, and when it ends."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.enums import CloseReason, Kind, RoleName
from bot.domain.notices.triage import PrivateText
from bot.services import triage
from bot.services.desk import absence, presence, roles
from bot.services.desk.absence import Verdict
from storage.engine import Database
from storage.models import Absence, AuditEntry, Desk, DeskWorker, Outbox, RoleGrant
from tests.services.desks import FATIMA, NOW, OMAR, SAMIRA, WILMA, open_town, someone, told

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("actor", "person", "verdict"),
    [
        (OMAR, OMAR, Verdict.DONE),
        (SAMIRA, OMAR, Verdict.DONE),  # the contact of the desk
        (WILMA, OMAR, Verdict.DONE),  # a beheerder
        (OMAR, SAMIRA, Verdict.NOT_YOURS),
        (FATIMA, OMAR, Verdict.NOT_YOURS),
        (WILMA, FATIMA, Verdict.NOT_YOURS),  # no worker
    ],
)
async def test_who_may_say_that_somebody_is_away(database: Database, actor: int, person: int, verdict: Verdict) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        assert await absence.set_away(work, await someone(work, actor), person, FRIDAY, None) is verdict
        assert (await absence.current(work, person) is not None) is (verdict is Verdict.DONE)


async def test_a_role_that_was_taken_away_counts_at_once(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        for role in (RoleName.ADMIN, RoleName.WORKER):
            grant = await work.session.get(RoleGrant, (WILMA, role))
            assert grant is not None
            grant.taken_at = NOW
        assert await absence.set_away(work, await someone(work, WILMA), OMAR, FRIDAY, None) is Verdict.NOT_YOURS


@pytest.mark.parametrize("until", [date(2026, 11, 22), date(2027, 12, 1)])
async def test_a_day_that_can_not_be(database: Database, until: date) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        assert await absence.set_away(work, await someone(work, OMAR), OMAR, until, None) is Verdict.NO_DAY


@pytest.mark.parametrize("other", [OMAR, WILMA, FATIMA, 4])
async def test_only_a_worker_of_the_same_desk_replaces(database: Database, other: int) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        verdict = await absence.set_away(work, await someone(work, OMAR), OMAR, FRIDAY, other)
        assert verdict is Verdict.NO_SUBSTITUTE


async def test_of_two_who_set_it_at_once_one_absence_counts(database: Database) -> None:
    await open_town(database)

    async def say(actor: int, until: date) -> Verdict:
        async with database.write(NOW) as work:
            return await absence.set_away(work, await someone(work, actor), OMAR, until, None)

    verdicts = await asyncio.gather(*(say(actor, FRIDAY + timedelta(days=n)) for n, actor in enumerate([OMAR, SAMIRA])))
    assert verdicts == [Verdict.DONE] * 2
    async with database.read(NOW) as work:
        assert await work.session.scalar(select(func.count()).select_from(Absence)) == 1
        assert await work.session.scalar(select(func.count()).select_from(AuditEntry)) == 2


@pytest.mark.parametrize(
    ("until", "ends"),
    [
        (date(2026, 11, 27), datetime(2026, 11, 27, 23, 0, tzinfo=UTC)),
        (date(2027, 3, 27), datetime(2027, 3, 27, 23, 0, tzinfo=UTC)),  # the night before summer time
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, 0, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 31, 23, 0, tzinfo=UTC)),  # the day winter time begins
    ],
)
async def test_it_ends_at_the_midnight_after_its_last_day(database: Database, until: date, ends: datetime) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        assert await absence.set_away(work, await someone(work, OMAR), OMAR, until, SAMIRA) is Verdict.DONE
        assert await absence.next_end(work) == ends
    async with database.write(ends - timedelta(seconds=1)) as work:
        await absence.end_over(work)
        assert (await presence.read(work)).stand_in(OMAR) == SAMIRA
    async with database.write(ends) as work:
        assert (await presence.read(work)).stand_in(OMAR) == OMAR
        await absence.end_over(work)
        assert await work.session.scalar(select(func.count()).select_from(Absence)) == 0
        assert await absence.next_end(work) is None


async def test_who_lost_the_role_replaces_nobody(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        wilma = await someone(work, WILMA)
        assert await absence.set_away(work, wilma, SAMIRA, FRIDAY, OMAR) is Verdict.DONE
        assert (await presence.read(work)).stand_in(SAMIRA) == OMAR
        assert await roles.take_away(work, WILMA, OMAR, RoleName.WORKER) is roles.Taken.DONE
        assert (await presence.read(work)).stand_in(SAMIRA) is None


async def test_what_a_substitute_closed_goes_from_the_screen_as_well(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report, omar, samira = await told(work, kind=Kind.NUISANCE), await someone(work, OMAR), SAMIRA
        assert (await triage.take(work, report.id, omar, report.version)).done
        report.desk_id = (await work.session.scalars(select(Desk).where(Desk.chat_id == -1002))).one().id
        work.session.add(DeskWorker(desk_id=report.desk_id, person_id=OMAR))
        await work.session.flush()
        assert await absence.set_away(work, omar, OMAR, FRIDAY, samira) is Verdict.DONE
        work.put(PrivateText(report.id, samira, 1), chat=samira)
        assert (await triage.close(work, report.id, omar, None, reason=CloseReason.SOLVED)).done
        await work.flush()
        shown = select(Outbox.version).where(Outbox.kind == PrivateText.kind)
        before = await work.session.scalar(shown) or 0
        row = (await work.session.scalars(select(Absence))).one()
        assert await absence.come_back(work, omar, row.id) is Verdict.DONE
        await work.flush()
        assert (await work.session.scalar(shown) or 0) > before
