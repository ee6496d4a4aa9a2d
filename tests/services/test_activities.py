"""Series made ahead, lists by key, and the plans of the queries that people wait for."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from bot.domain.enums import ActivityKind, OccurrenceState, RoleKey
from bot.services.activities import meetings, recurrence, rescheduling
from storage.engine import Database
from storage.models import Activity, Occurrence
from storage.queries import activities as queries
from storage.queries import attendance as attendance_queries
from storage.queries import signups as signup_queries
from storage.queries import town
from storage.queries.activities import Place
from storage.work import Work
from tests.services.meetings import NOW, make_town, meeting, person, team, wall


async def series(work: Work, starts: str, ends: str, repeats: str | None, deadline: str | None = None) -> Activity:
    row = Activity(
        key="lezen",
        kind=ActivityKind.OTHER,
        title="Lezen",
        area_code="WK003401",
        place="Bibliotheek",
        starts=starts,
        ends=ends,
        repeats=repeats,
        deadline=deadline,
    )
    work.session.add(row)
    await work.session.flush()
    return row


async def dates(work: Work) -> list[tuple[str, str]]:
    zone = await town.zone(work.session)
    rows = await work.session.scalars(select(Occurrence).order_by(Occurrence.starts_at))
    return [(row.nominal_on.isoformat(), f"{row.starts_at.astimezone(zone):%Y-%m-%d %H:%M}") for row in rows]


async def test_a_series_is_made_sixty_days_ahead_and_only_once(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        await series(work, "2026-11-02T10:00", "2026-11-02T11:00", "FREQ=WEEKLY;BYDAY=MO")
        await recurrence.extend_series(work)
        await recurrence.extend_series(work)
        found = await dates(work)
        assert (found[0], found[-1], len(found)) == (
            ("2026-11-30", "2026-11-30 10:00"),
            ("2027-01-18", "2027-01-18 10:00"),
            8,
        )
    async with database.write(NOW + timedelta(days=7)) as work:
        await recurrence.extend_series(work)
        assert len(await dates(work)) == 9


async def test_a_moved_meeting_is_not_made_again(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        await series(work, "2026-11-30T10:00", "2026-11-30T11:00", "FREQ=WEEKLY;COUNT=2")
        await recurrence.extend_series(work)
        first = (await work.session.scalars(select(Occurrence).order_by(Occurrence.starts_at))).first()
        assert first is not None
        await rescheduling.move(work, first.id, wall("2026-12-01T15:00"), wall("2026-12-01T16:00"))
        await recurrence.extend_series(work)
        assert await dates(work) == [("2026-11-30", "2026-12-01 15:00"), ("2026-12-07", "2026-12-07 10:00")]


async def test_a_single_meeting_is_made_however_far_ahead_with_its_deadline(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        await series(work, "2027-06-12T10:00", "2027-06-12T15:00", None, deadline="2027-06-09T20:00")
        await recurrence.extend_series(work)
        assert await dates(work) == [("2027-06-12", "2027-06-12 10:00")]
        row = (await work.session.scalars(select(Occurrence))).one()
        assert row.deadline_at == wall("2027-06-09T20:00")


async def test_the_deadline_of_a_series_moves_along_with_each_date(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        await series(work, "2026-11-30T10:00", "2026-11-30T11:00", "FREQ=WEEKLY;COUNT=2", deadline="2026-11-29T20:00")
        await recurrence.extend_series(work)
        rows = await work.session.scalars(select(Occurrence).order_by(Occurrence.starts_at))
        assert [row.deadline_at for row in rows] == [wall("2026-11-29T20:00"), wall("2026-12-06T20:00")]


async def test_without_a_set_up_there_is_nothing_to_make(database: Database) -> None:
    async with database.write(NOW) as work:
        await recurrence.extend_series(work)
        assert (await work.session.scalars(select(Occurrence))).all() == []


async def test_pages_hold_every_meeting_once(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        for number in range(15):
            await meeting(work, "2026-12-05T13:00", {RoleKey.HOST: (0, 1)}, title=f"Nummer {number}")
        after: Place | None = None
        seen: list[str] = []
        while True:
            page = await meetings.upcoming(work, area_code="WK003402", after=after)
            seen += [shown.activity.title for shown in page.meetings]
            after = page.following
            if after is None:
                break
        assert sorted(seen) == sorted(f"Nummer {number}" for number in range(15))


async def test_what_has_ended_is_not_listed_and_what_goes_on_is(database: Database) -> None:
    async with database.write(wall("2026-12-05T14:00")) as work:
        await make_town(work)
        await meeting(work, "2026-12-05T13:00", {RoleKey.HOST: (0, 1)}, title="Bezig")
        await meeting(work, "2026-12-05T10:00", {RoleKey.HOST: (0, 1)}, title="Klaar", hours=4)
        page = await meetings.upcoming(work, area_code=None)
        assert [shown.activity.title for shown in page.meetings] == ["Bezig"]


async def test_moving_and_calling_off_are_refused_when_it_is_too_late(database: Database) -> None:
    async with database.write(wall("2026-12-05T13:30")) as work:
        await make_town(work)
        going_on = await meeting(work, "2026-12-05T13:00", {RoleKey.HOST: (0, 1)})
        later = await meeting(work, "2026-12-06T13:00", {RoleKey.HOST: (0, 1)}, title="Later")
        tomorrow = wall("2026-12-07T13:00"), wall("2026-12-07T16:00")
        assert await rescheduling.move(work, 5, *tomorrow) is rescheduling.Changed.NOT_THERE
        assert await rescheduling.move(work, going_on.id, *tomorrow) is rescheduling.Changed.ENDED
        assert await rescheduling.move(work, later.id, later.starts_at, later.ends_at) is rescheduling.Changed.ALREADY
        assert await rescheduling.move(work, later.id, tomorrow[1], tomorrow[0]) is rescheduling.Changed.ENDED
        assert await rescheduling.call_off(work, 5, None) is rescheduling.Changed.NOT_THERE
        assert await rescheduling.call_off(work, later.id, "x" * 500) is rescheduling.Changed.DONE
        assert len(later.called_off_why or "") == 200
        shown = await meetings.detail(work, later.id, 1)
        assert shown is not None
        assert shown.state is OccurrenceState.CALLED_OFF
        ended = await meeting(work, "2026-12-05T09:00", {RoleKey.HOST: (0, 1)}, title="Voorbij")
        assert await rescheduling.call_off(work, ended.id, None) is rescheduling.Changed.ENDED


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_lists_are_found_by_their_index(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        await team(work, {11: True})
        await person(work, 1)
        session = work.session
        moment = datetime(2026, 11, 23, tzinfo=UTC)
        after = Place(moment, 1)
        for query, index in (
            (
                queries.upcoming_query(now=moment, area_code="WK003401", after=after, limit=7),
                "ix_occurrence_area_starts",
            ),
            (queries.upcoming_query(now=moment, area_code=None, after=after, limit=7), "ix_occurrence_starts"),
            (queries.shifts_query(11, now=moment, after=after, limit=7), "ix_occurrence_"),
            *(
                (
                    attendance_queries.begun_query(11, admin=admin, now=moment, before=None, limit=9),
                    "ix_occurrence_starts",
                )
                for admin in (False, True)
            ),
            (signup_queries.mine_query(1, now=moment, after=after, limit=7), "ix_signup_person_state"),
        ):
            compiled = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
            rows = await session.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))
            plan = "\n".join(row[-1] for row in rows)
            assert index in plan, plan
            assert "SCAN occurrence" not in plan, plan
