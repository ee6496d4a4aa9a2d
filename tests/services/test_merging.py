"""Merging on SQLite and on PostgreSQL: two at once, closing at the same moment, and who may."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.enums import CloseReason, Kind, ReportStatus
from bot.domain.notices.following import FollowedNews, FollowedNoMore
from bot.services import triage
from bot.services.reporting import following, reports
from bot.services.triage import Bar, Verdict
from storage.engine import Database
from storage.models import Outbox, Person, Report, ReportEvent
from storage.queries import following as queries
from storage.queries import pass_on
from storage.queries.retention.reports import forget_reports
from storage.work import Work
from tests.patience import PATIENCE_S
from tests.services.desks import FATIMA, NOW, OMAR, SAMIRA, open_town, someone, told

PIET = 502
Act = Callable[[Work], Awaitable[Verdict]]


async def _two(work: Work, *, kind: Kind = Kind.PLACE) -> tuple[Report, Report]:
    """Two reports of two residents, both held by Samira."""
    work.session.add(Person(id=PIET, created_at=NOW))
    first, second = await told(work, kind=kind), await told(work, kind=kind)
    second.resident_id = PIET
    for report in (first, second):
        assert (await triage.take(work, report.id, await someone(work, SAMIRA), report.version)).done
    return first, second


async def _both(database: Database, one: Act, other: Act) -> list[Verdict]:
    """Do both at the same time, each in its own transaction."""
    ready = asyncio.Barrier(2)

    async def run(act: Act) -> Verdict:
        if not database.is_sqlite:
            await asyncio.wait_for(ready.wait(), PATIENCE_S)
        async with database.write(NOW) as work:
            return await act(work)

    return list(await asyncio.gather(run(one), run(other)))


def _merges(report_id: int, into: int) -> Act:
    async def act(work: Work) -> Verdict:
        await work.session.get(Report, into)  # what was read before the lock must not count
        await work.session.get(Report, report_id)
        await asyncio.sleep(0)
        done = await triage.merge(work, report_id, await someone(work, SAMIRA), None, into)
        return done.outcome.verdict

    return act


def _closes(report_id: int) -> Act:
    async def act(work: Work) -> Verdict:
        await work.session.get(Report, report_id)
        await asyncio.sleep(0)
        outcome = await triage.close(work, report_id, await someone(work, SAMIRA), None, reason=CloseReason.SOLVED)
        return outcome.verdict

    return act


@pytest.mark.parametrize("attempt", range(4))
async def test_of_two_who_merge_both_ways_at_once_one_is_refused(database: Database, attempt: int) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second = await _two(work)
    ways = [_merges(first.id, second.id), _merges(second.id, first.id)]
    verdicts = await _both(database, *(ways if attempt % 2 else ways[::-1]))

    assert set(verdicts) == {Verdict.DONE, Verdict.IMPOSSIBLE}
    async with database.read(NOW) as work:
        rows = (await work.session.scalars(select(Report).where(Report.id.in_((first.id, second.id))))).all()
        merged = [row for row in rows if row.merged_into is not None]
        kept = [row for row in rows if row.merged_into is None]
        assert len(merged) == len(kept) == 1
        assert merged[0].merged_into == kept[0].id
        assert (merged[0].status, kept[0].status) == (ReportStatus.CLOSED, ReportStatus.TAKEN)
        assert [row.person_id for row in await queries.followers(work.session, kept[0].id)] == [merged[0].resident_id]


@pytest.mark.parametrize("attempt", range(4))
async def test_closing_the_other_while_merging_loses_nobody(database: Database, attempt: int) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second = await _two(work)
    both = [_merges(second.id, first.id), _closes(first.id)]
    verdicts = await _both(database, *(both if attempt % 2 else both[::-1]))

    merged = verdicts[0 if attempt % 2 else 1]
    async with database.read(NOW) as work:
        told_of = (await work.session.scalars(select(Outbox.chat_id).where(Outbox.kind == FollowedNews.kind))).all()
        one = await work.session.get(Report, second.id)
        assert one is not None
        if merged is Verdict.DONE:
            assert list(told_of) == [PIET]
        else:
            assert merged is Verdict.IMPOSSIBLE
            assert (list(told_of), one.status, one.merged_into) == ([], ReportStatus.TAKEN, None)


async def test_merging_is_written_down_at_both(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second = await _two(work)
        samira = await someone(work, SAMIRA)
        assert (await triage.merge(work, second.id, samira, second.version - 1, first.id)).outcome.verdict is (
            Verdict.STALE
        )
        assert (await triage.merge(work, second.id, samira, second.version, first.id)).outcome.done
        for report, action in ((first, "merged"), (second, "closed")):
            rows = await work.session.scalars(
                select(ReportEvent.action).where(ReportEvent.report_id == report.id).order_by(ReportEvent.id.desc())
            )
            assert rows.first() == action
        assert (second.close_reason, second.merged_into) == (CloseReason.ALREADY_REPORTED, first.id)


@pytest.mark.parametrize(
    ("spoil", "bar"),
    [
        ({"danger": True}, Bar.DANGER),
        ({"desk_id": 0}, Bar.DESK),
        ({"status": ReportStatus.CLOSED}, Bar.CLOSED),
        ({"sealed": True}, Bar.SEALED),
    ],
)
async def test_what_stands_in_the_way(database: Database, spoil: dict[str, object], bar: Bar) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second = await _two(work)
        with work.session.no_autoflush:
            for name, value in spoil.items():
                setattr(first, name, value)
            assert await triage.may_merge(work, second, first, SAMIRA) is bar
            assert await triage.may_merge(work, second, None, SAMIRA) is Bar.GONE
            assert await triage.may_merge(work, second, second, SAMIRA) is Bar.ITSELF
            work.session.expire_all()
            work.session.expunge_all()


async def test_sealed_ones_need_one_resident_and_somebody_who_may_open_both(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second = await _two(work, kind=Kind.NUISANCE)
        assert await triage.may_merge(work, second, first, SAMIRA) is Bar.SEALED
        second.resident_id = FATIMA
        await work.session.flush()
        assert await triage.may_merge(work, second, first, SAMIRA) is None
        assert await triage.may_merge(work, second, first, OMAR) is Bar.SEALED
        second.call_me = {"number": "0612345678"}
        assert (await triage.merge(work, second.id, await someone(work, SAMIRA), None, first.id)).outcome.done
        assert [each.call_me for each in (first, second)] == [{"number": "0612345678"}, None]
        assert await queries.count_of(work.session, first.id) == 0


async def test_the_likely_ones_are_near_recent_and_of_the_same_wijk_and_theme(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW - timedelta(weeks=13)) as work:
        await told(work)
    async with database.write(NOW) as work:
        first, second = await _two(work)
        far, near, elsewhere = await told(work), await told(work), await told(work, area="WK003418")
        second.lat, second.lon = 52.37, 5.21
        far.lat, far.lon = 52.38, 5.21
        near.lat, near.lon = 52.3705, 5.21
        hurt = await told(work, danger=True)
        await work.session.flush()
        found = [each.id for each in await triage.likely(work, second, SAMIRA)]
        assert found == [near.id, first.id]
        assert not {far.id, elsewhere.id, hurt.id} & set(found)


async def test_followers_hear_it_when_the_resident_takes_the_report_back_and_are_forgotten(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second = await _two(work)
        await triage.merge(work, second.id, await someone(work, SAMIRA), None, first.id)
        assert not await following.follow(work, first, PIET)
        assert not await following.follow(work, first, FATIMA)
        assert await reports.withdraw(work, await someone(work, FATIMA), first.id)
    async with database.read(NOW) as work:
        told_of = (await work.session.scalars(select(Outbox.chat_id).where(Outbox.kind == FollowedNews.kind))).all()
        assert list(told_of) == [PIET]
    async with database.write(NOW + timedelta(days=91)) as work:
        assert await forget_reports(work.session, work.now)
        assert await queries.count_of(work.session, first.id) == 0


async def test_followers_hear_no_more_of_a_report_that_is_sealed_because_of_age(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second = await _two(work)
        await triage.merge(work, second.id, await someone(work, SAMIRA), None, first.id)
        words = "Ik ben 12 jaar"
        outcome = await reports.reply(work, await someone(work, FATIMA), first.id, draft_id=77, text=words)
        assert outcome is reports.ReplyOutcome.SENT
        assert first.sealed
        assert await queries.count_of(work.session, first.id) == 0
        await work.flush()
        told_of = await work.session.scalars(select(Outbox.chat_id).where(Outbox.kind == FollowedNoMore.kind))
        assert list(told_of) == [PIET]


async def test_what_a_resident_asked_to_pass_on_is_not_lost_by_merging(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        first, second = await _two(work)
        second.pass_on = True
        await triage.merge(work, second.id, await someone(work, SAMIRA), None, first.id)
        assert [each.id for each in await pass_on.waiting(work.session, first.desk_id, limit=5)] == [first.id]
