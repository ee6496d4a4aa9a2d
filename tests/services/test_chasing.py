"""Who is chased, on SQLite and on PostgreSQL, and when the clock must stop for it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.domain.enums import Chase, CloseReason, MessageDirection, OutboxState, Reachable, RoleName, Theme
from bot.domain.notices.chasing import ChaseDesk, ChaseHolder
from bot.domain.notices.triage import DangerPing
from bot.domain.promises import Promises, promise
from bot.services import triage
from bot.services.desk import chasing
from storage.engine import Database
from storage.models import Outbox, Report, ReportMessage, RoleGrant
from storage.queries import chasing as queries
from storage.queries import triage as triage_queries
from storage.work import Work
from tests.services.desks import FATIMA, NOW, SAMIRA, open_town, someone, told

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)


async def _promised(work: Work) -> Report:
    report = await told(work)
    made = promise(Theme.LIVABILITY, work.now, Promises(), ZONE)
    assert made is not None
    report.promise_on = made.last_day
    await work.session.flush()
    return report


async def _kinds(work: Work) -> list[str]:
    kinds = [ChaseDesk.kind, ChaseHolder.kind]
    rows = await work.session.scalars(
        select(Outbox.kind).where(Outbox.kind.in_(kinds), Outbox.state == OutboxState.WAITING).order_by(Outbox.id)
    )
    return list(rows.all())


@pytest.mark.parametrize(
    ("now", "stops"),
    [
        # Wednesday before King's Day (Monday 27 April), in summer time: Tuesday, Wednesday, and three times.
        ("2026-04-22T10:00", ["2026-04-28T08:30", "2026-04-29T08:30", "2026-05-06T08:30"]),
        ("2026-03-26T10:00", ["2026-03-31T08:30", "2026-04-01T08:30", "2026-04-10T08:30"]),
        ("2026-10-22T10:00", ["2026-10-27T08:30", "2026-10-28T08:30", "2026-11-04T08:30"]),
        ("2026-12-22T02:00", ["2026-12-28T08:30", "2026-12-29T08:30", "2027-01-06T08:30"]),
    ],
)
async def test_the_clock_stops_at_each_chase_over_holidays_and_clock_changes(
    database: Database, now: str, stops: list[str]
) -> None:
    await open_town(database)
    at = datetime.fromisoformat(now).replace(tzinfo=ZONE).astimezone(UTC)
    async with database.write(at) as work:
        report_id = (await _promised(work)).id
    seen: list[str] = []
    for _ in stops:
        async with database.read(at) as work:
            due = await chasing.next_due(work)
        assert due is not None
        assert due > at
        async with database.write(due - timedelta(minutes=1)) as work:
            before = (await someone_chased(work, report_id), await _kinds(work))
            await chasing.run(work)
            assert (await someone_chased(work, report_id), await _kinds(work)) == before
        async with database.write(due) as work:
            await chasing.run(work)
        seen.append(due.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M"))
        at = due
    assert seen == stops
    async with database.read(at) as work:
        assert await someone_chased(work, report_id) is Chase.THRICE
        assert await chasing.next_due(work) is None


async def someone_chased(work: Work, report_id: int) -> Chase | None:
    """Return what staff heard of this report, read anew."""
    return await work.session.scalar(select(Report.chased).where(Report.id == report_id))


async def test_a_bot_that_was_away_tells_only_what_is_so_now(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report_id = (await _promised(work)).id
    async with database.write(NOW + 4 * DAY) as work:  # a day late, and nobody heard of the last day
        await chasing.run(work)
        await chasing.run(work)
    async with database.read(NOW + 4 * DAY) as work:
        assert await someone_chased(work, report_id) is Chase.LATE
        assert await _kinds(work) == [ChaseDesk.kind]


async def test_who_wants_no_message_back_is_served_when_an_answer_stands_ready(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        samira = await someone(work, SAMIRA)
        samira.reachable = Reachable.YES
        report = await _promised(work)
        report.may_write_back = False
        assert (await triage.take(work, report.id, samira, report.version)).done
    async with database.write(NOW + 3 * DAY) as work:
        assert len(await chasing.of_person(work, report.desk_id, SAMIRA)) == 1
        work.session.add(
            ReportMessage(
                report_id=report.id,
                direction=MessageDirection.ANSWER,
                author_id=SAMIRA,
                text="Kom langs.",
                created_at=NOW,
            )
        )
        await work.session.flush()
        assert await chasing.of_person(work, report.desk_id, SAMIRA) == []
        await chasing.run(work)
        assert await _kinds(work) == []


async def test_taking_from_somebody_who_does_not_have_it_any_more_changes_nothing(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        samira = await someone(work, SAMIRA)
        report = await _promised(work)
        assert (await triage.take(work, report.id, samira, report.version)).done
    async with database.write(NOW) as work:
        outcome = await chasing.take_late(work, report.id, await someone(work, 9002), None)
        assert outcome.verdict is triage.Verdict.HELD
        assert (
            await chasing.take_late(work, report.id, await someone(work, 501), SAMIRA)
        ).verdict is triage.Verdict.STRANGER
        assert outcome.report is not None
        assert outcome.report.holder_id == SAMIRA
    assert report.promise_on == date(2026, 11, 26)


async def test_a_report_opened_again_waits_from_then_on_also_of_who_wants_no_message(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await _promised(work)
        report.may_write_back = False
        report.kept_at = NOW
        samira, fatima = await someone(work, SAMIRA), await someone(work, FATIMA)
        await triage.take(work, report.id, samira, report.version)
        await triage.send(
            work, report.id, samira, draft_id=1, direction=MessageDirection.ANSWER, text="Wij komen kijken."
        )
        await triage.close(work, report.id, samira, None, reason=CloseReason.SOLVED)
        report_id = report.id
    async with database.write(NOW + 7 * DAY) as work:
        assert await chasing.next_due(work) is None
        assert (await triage.reopen(work, report_id, fatima)).done
    async with database.write(NOW + 10 * DAY) as work:
        assert [row.id for row in await chasing.of_person(work, report.desk_id, SAMIRA)] == [report_id]
    async with database.read(datetime(2026, 12, 10, 9, 0, tzinfo=UTC)) as work:
        assert await chasing.of_contact(work, report.desk_id) == []
    async with database.read(datetime(2026, 12, 11, 9, 0, tzinfo=UTC)) as work:
        assert [row.id for row in await chasing.of_contact(work, report.desk_id)] == [report_id]


async def test_danger_opened_again_without_its_holder_calls_anew(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await told(work, danger=True)
        samira, fatima = await someone(work, SAMIRA), await someone(work, FATIMA)
        await triage.take(work, report.id, samira, report.version)
        report.opened_at = NOW
        await triage.close(work, report.id, samira, None, reason=CloseReason.SOLVED)
        grant = await work.session.get_one(RoleGrant, (SAMIRA, RoleName.WORKER))
        grant.taken_at = NOW
        await work.session.flush()
        assert (await triage.reopen(work, report.id, fatima)).done
        await work.flush()
        assert report.promise_on is None
        assert [report.opened_at] == [None]
        called = await work.session.scalars(select(Outbox.key).where(Outbox.kind == DangerPing.kind))
        released = await triage_queries.last_event(work.session, report.id, "released")
        assert released is not None
        assert DangerPing(report.id, report.desk_id, released.id).key in called.all()


async def test_a_backlog_is_chased_by_the_page_with_one_message_and_then_nothing_is_read(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    await open_town(database)
    async with database.write(NOW) as work:
        reports = [await _promised(work) for _ in range(5)]
    more = []
    for _ in range(3):
        async with database.write(NOW + 4 * DAY) as work:
            more.append(await chasing.run(work))
    assert more == [True, True, False]
    async with database.read(NOW + 4 * DAY) as work:
        assert [await someone_chased(work, report.id) for report in reports] == [Chase.LATE] * 5
        assert await _kinds(work) == [ChaseDesk.kind]
        assert not await queries.due(work.session, reports[0].desk_id, date(2026, 11, 27))


async def test_whose_day_is_not_known_is_looked_at_once_and_nobody_hears_twice(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report = await _promised(work)
    async with database.write(NOW + 4 * DAY) as work:  # as the migration leaves what was late before it
        await work.session.execute(update(Report).values(chased=Chase.LATE, chase_on=Report.promise_on))
        await chasing.run(work)
        assert await _kinds(work) == []
    async with database.read(NOW + 4 * DAY) as work:
        assert await queries.next_chase(work.session, report.desk_id) == date(2026, 12, 4)


async def test_a_chase_begins_anew_at_another_desk_and_ends_with_who_asked(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        report_id = (await _promised(work)).id
    async with database.write(NOW + 4 * DAY) as work:
        await chasing.run(work)
        report = await work.session.get_one(Report, report_id)
        report.chased = None  # as it is given to another desk
        await work.session.flush()
        assert await queries.next_chase(work.session, report.desk_id) == report.promise_on
        report.resident_id = None
        await work.session.flush()
        assert not await chasing.run(work)
        assert report.chased is None
        assert not await queries.due(work.session, report.desk_id, date(2026, 11, 27))
