"""Making activities, on SQLite and on PostgreSQL: the clock's changes, races between editing and signing up."""

import asyncio
from datetime import date, time, timedelta
from itertools import pairwise

from sqlalchemy import select

from bot.domain.activities.plans import Places, Plan, Repeats
from bot.domain.enums import ActivityKind, RoleKey, RoleName
from bot.domain.notices.activities import Moved
from bot.services.activities import making, news, plans, recurrence, rescheduling, signups
from bot.services.activities.making import Made
from storage.engine import Database
from storage.models import Activity, AuditEntry, NewsWish, Occurrence, Outbox, Person, RoleGrant, Signup
from storage.work import Work
from tests.services.meetings import ADMIN, COORDINATOR, NOW, WORKER, ZONE, deliver, make_town, messages, person, team

AREA = "WK003401"


def coffee(**changes: object) -> Plan:
    """Return a plan of a weekly activity, changed as asked."""
    plan = Plan(
        kind=ActivityKind.OTHER,
        title="Koffie",
        place="Buurthuis",
        area=AREA,
        day=date(2026, 11, 24),
        begins=time(10),
        ends=time(12),
        repeats=Repeats.WEEKLY,
        roles={RoleKey.VISITOR: Places(maximum=2)},
    )
    return plan.model_copy(update=changes)


async def worker(work: Work) -> Person:
    """Return a worker of the small town."""
    found = await work.session.get(Person, WORKER)
    assert found is not None
    return found


async def dates(work: Work) -> list[Occurrence]:
    """Return all dates, first one first."""
    return list((await work.session.scalars(select(Occurrence).order_by(Occurrence.starts_at))).all())


async def made(work: Work, plan: Plan) -> Activity:
    """Make the activity of a plan as the worker."""
    result = await making.make(work, await worker(work), plan)
    assert result.outcome is Made.DONE
    assert result.activity is not None
    return result.activity


async def test_a_year_of_a_weekly_series_stays_at_ten_o_clock_and_never_doubles(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        activity_id = (await made(work, coffee())).id
    for weeks in range(0, 53, 4):
        async with database.write(NOW + timedelta(weeks=weeks)) as work:
            await recurrence.extend_series(work)
            if weeks == 8:
                activity = await work.session.get(Activity, activity_id)
                assert activity is not None
                plan = await plans.plan_of(work, activity, copy=False)
                assert (await making.change(work, await worker(work), plan)).outcome is Made.DONE
    async with database.read(NOW) as work:
        rows = await dates(work)
    days = [row.starts_at.astimezone(ZONE).date() for row in rows]
    assert len(days) == len(set(days)) > 52
    assert {row.starts_at.astimezone(ZONE).time() for row in rows} == {time(10)}
    assert all(later - earlier == timedelta(weeks=1) for earlier, later in pairwise(days))


async def test_who_joins_while_the_series_is_edited_keeps_the_place(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        activity = await made(work, coffee())
        plan = await plans.plan_of(work, activity, copy=False)
        rows = await dates(work)
        people = [await person(work, number) for number in range(1, 5)]
    ids = [row.id for row in rows[:4]]

    async def joins(at: int) -> None:
        async with database.write(NOW) as work:
            await signups.join(work, ids[at], await person(work, people[at].id), RoleKey.VISITOR)

    async def edits() -> None:
        later = plan.model_copy(update={"begins": time(14), "ends": time(16)})
        async with database.write(NOW) as work:
            assert (await making.change(work, await worker(work), later)).outcome is Made.DONE

    await asyncio.gather(*(joins(at) for at in range(4)), edits())
    async with database.read(NOW) as work:
        after = {row.id: row for row in await dates(work)}
        kept = (await work.session.scalars(select(Signup))).all()
    assert len(kept) == 4
    assert {signup.occurrence_id for signup in kept} == set(ids)
    assert len({row.nominal_on for row in after.values()}) == len(after) == len(rows)
    assert all(after[row_id].starts_at.astimezone(ZONE).hour in (10, 14) for row_id in ids)


async def test_more_places_are_offered_to_who_waits(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        activity = await made(work, coffee())
        row = (await dates(work))[2]
        for number in range(1, 4):
            await signups.join(work, row.id, await person(work, number), RoleKey.VISITOR)
        plan = await plans.plan_of(work, activity, copy=False)
        plan.roles = {RoleKey.VISITOR: Places(maximum=3)}
        result = await making.change(work, await worker(work), plan)
        assert [kept.id for kept in result.kept] == [row.id]
        await work.flush()
        offered = (await work.session.scalars(select(Outbox).where(Outbox.kind == "place_offered"))).all()
    assert [message.chat_id for message in offered] == [3]


async def test_only_who_may_makes_and_changes(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        squad = await team(work, {11: True, 12: True})
        resident, member = await person(work, 1), await person(work, 11)
        coordinator, admin = await person(work, COORDINATOR), await work.session.get(Person, ADMIN)
        assert admin is not None
        round_ = coffee(
            kind=ActivityKind.PATROL, team=squad.id, roles={RoleKey.WALKER: Places(minimum=2, maximum=4)}, area=None
        )
        for stranger in (resident, member):
            assert (await making.make(work, stranger, coffee())).outcome is Made.STRANGER
            assert (await making.make(work, stranger, round_)).outcome is Made.STRANGER
        assert (await making.make(work, admin, round_)).outcome is Made.STRANGER
        assert (await making.make(work, await worker(work), round_)).outcome is Made.DONE
        patrol = (await making.make(work, coordinator, round_.model_copy(update={"title": "Avond"}))).activity
        assert patrol is not None
        assert patrol.area_code == AREA
        assert (await making.end(work, admin, patrol.id, None)).outcome is Made.STRANGER
        assert (await making.end(work, coordinator, patrol.id, None)).outcome is Made.DONE
        assert (await making.end(work, coordinator, patrol.id, None)).outcome is Made.GONE
        own = await made(work, coffee())
        plan = await plans.plan_of(work, own, copy=False)
        assert (await making.change(work, resident, plan)).outcome is Made.STRANGER
        assert (await making.change(work, admin, plan)).outcome is Made.DONE
        assert (await making.change(work, admin, coffee())).outcome is Made.GONE
        assert (await making.make(work, admin, Plan(kind=ActivityKind.OTHER))).outcome is Made.NOT_WHOLE
        past = coffee(day=date(2026, 11, 20))
        assert (await making.make(work, admin, past)).outcome is Made.PAST
        late = coffee(deadline_days=0, deadline_at=time(11))
        assert (await making.make(work, admin, late)).outcome is Made.DEADLINE
        audit = (await work.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))).all()
    assert set(audit) == {"activity_made", "activity_ended", "activity_changed"}


async def test_a_series_of_the_set_up_file_that_ends_after_midnight_keeps_its_end(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        activity = await made(work, coffee())
        activity.starts, activity.ends, activity.repeats = "2026-11-24T22:00", "2026-11-25T00:30", None
        plan = await plans.plan_of(work, activity, copy=False)
        assert (await making.change(work, await worker(work), plan)).outcome is Made.DONE
        assert activity.ends == "2026-11-25T00:30"


async def test_two_announcements_at_once_reach_everybody_once(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        await made(work, coffee())
        row = (await dates(work))[0]
        for number in range(1, 6):
            await person(work, number)
            work.session.add(NewsWish(person_id=number, area_code=AREA, kind=ActivityKind.OTHER, given_at=NOW))
        work.session.add(RoleGrant(person_id=COORDINATOR, role=RoleName.ADMIN, given_at=NOW))

    async def tells() -> int:
        async with database.write(NOW) as work:
            return (await news.announce(work, await worker(work), row.id, [AREA]))[1]

    assert sorted(await asyncio.gather(tells(), tells(), tells())) == [0, 0, 5]
    async with database.read(NOW) as work:
        sent = (await work.session.scalars(select(Outbox.chat_id).where(Outbox.kind == "announced"))).all()
    assert sorted(sent) == [1, 2, 3, 4, 5]


async def test_a_change_on_top_of_somebody_elses_is_not_kept(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        activity = await made(work, coffee())
        first = await plans.plan_of(work, activity, copy=False)
        second = await plans.plan_of(work, activity, copy=False)
        first.place, second.title = "Kerk", "Thee"
        assert (await making.change(work, await worker(work), first)).outcome is Made.DONE
        assert (await making.change(work, await worker(work), second)).outcome is Made.CHANGED
        assert (activity.title, activity.place) == ("Koffie", "Kerk")
        again = await plans.plan_of(work, activity, copy=False)
        again.roles = {RoleKey.VISITOR: again.roles[RoleKey.VISITOR].model_copy(update={"plus_one": True})}
        stale = await plans.plan_of(work, activity, copy=False)
        assert (await making.change(work, await worker(work), again)).outcome is Made.DONE
        assert (await making.change(work, await worker(work), stale)).outcome is Made.CHANGED
        copy = await plans.plan_of(work, activity, copy=True)
        assert copy.roles[RoleKey.VISITOR].plus_one


async def test_a_new_name_is_told_once_to_each_who_has_a_place_and_a_move_is_not_lost_by_it(
    database: Database,
) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        activity = await made(work, coffee())
        rows = await dates(work)
        for row in rows[1:3]:
            await signups.join(work, row.id, await person(work, 1), RoleKey.VISITOR)
        await signups.join(work, rows[2].id, await person(work, 2), RoleKey.VISITOR)
        moved = rows[2].starts_at + timedelta(hours=3), rows[2].ends_at + timedelta(hours=3)
        assert await rescheduling.move(work, rows[2].id, *moved) is rescheduling.Changed.DONE
        plan = await plans.plan_of(work, activity, copy=False)
        plan.title = "Thee"
        assert await making.renamed_people(work, plan) == 2
        assert (await making.change(work, await worker(work), plan)).outcome is Made.DONE
        await work.flush()
        query = select(Outbox).where(Outbox.kind == "moved").order_by(Outbox.id)
        told = [Moved.from_payload(row.payload or {}) for row in await work.session.scalars(query)]
        sequences = {row.id: row.sequence for row in await dates(work)}
    last = [
        (row.person, row.occurrence, row.time, row.name) for row in told if row.sequence == sequences[row.occurrence]
    ]
    assert sorted(last) == sorted(
        [(1, rows[1].id, False, True), (1, rows[2].id, True, True), (2, rows[2].id, True, True)]
    )


async def test_a_date_that_everybody_left_follows_the_series_and_its_people_stay_known(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        activity = await made(work, coffee())
        rows = await dates(work)
        for row in rows[1:3]:
            await signups.join(work, row.id, await person(work, 1), RoleKey.VISITOR)
        for signup in (await work.session.scalars(select(Signup))).all():
            await signups.leave(work, signup.id, 1, version=signup.version)
        plan = await plans.plan_of(work, activity, copy=False)
        plan.begins, plan.ends = time(14), time(16)
        result = await making.change(work, await worker(work), plan)
        assert (result.outcome, list(result.kept)) == (Made.DONE, [])
        assert {row.starts_at.astimezone(ZONE).hour for row in await dates(work)} == {14}
        plan = await plans.plan_of(work, activity, copy=False)
        plan.day = date(2026, 11, 25)
        assert (await making.change(work, await worker(work), plan)).outcome is Made.DONE
        after = {row.id: row for row in await dates(work)}
        assert {row.id for row in after.values() if row.called_off_at is not None} == {row.id for row in rows[1:3]}
        assert len((await work.session.scalars(select(Signup))).all()) == 2
        standing = [row.starts_at.astimezone(ZONE).date() for row in after.values() if row.called_off_at is None]
        assert {day.weekday() for day in standing} == {2}


async def test_who_read_the_news_of_a_date_hears_that_it_moved_under_the_same_link(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        activity = await made(work, coffee(repeats=Repeats.NO))
        (row,) = await dates(work)
        for number in (1, 2):
            await person(work, number)
            work.session.add(NewsWish(person_id=number, area_code=AREA, kind=ActivityKind.OTHER, given_at=NOW))
        await work.flush()
        assert (await news.announce(work, await worker(work), row.id, [AREA]))[1] == 2
        await deliver(work)
        plan = await plans.plan_of(work, activity, copy=False)
        plan.day = date(2026, 11, 26)
        assert (await making.change(work, await worker(work), plan)).outcome is Made.DONE
        (same,) = await dates(work)
        assert (same.id, same.nominal_on) == (row.id, date(2026, 11, 26))
        assert [message.chat_id for message in await messages(work, "news_changed")] == [1, 2]
        await deliver(work)
        await signups.join(work, row.id, await person(work, 1), RoleKey.VISITOR)
        assert await rescheduling.call_off(work, row.id, "Ziek") is rescheduling.Changed.DONE
        assert [message.chat_id for message in await messages(work, "news_changed")] == [2]
        assert [message.chat_id for message in await messages(work, "called_off")] == [1]
