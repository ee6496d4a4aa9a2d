"""Calendars through a year, through both clock changes, and whatever is done to a series."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from bot.domain.enums import ActivityKind, Language, RoleKey, SignupState
from bot.domain.time import local_date, to_wall
from bot.services.activities import calendars, making, offers, recurrence, rescheduling, signups
from bot.services.activities.calendars import Link
from bot.texts import Translator
from handlers.views.activities.calendar import feed
from storage.engine import Database
from storage.models import Activity, ActivityRole, Occurrence, Outbox, Signup
from storage.queries import calendars as queries
from storage.work import Work
from tests.calendar_files import Read, read
from tests.services.meetings import ZONE, make_town, person, wall

START = datetime(2026, 9, 7, 6, tzinfo=UTC)
FATIMA = 1
#: The first meeting, as the clock on the wall says.
FIRST = datetime.fromisoformat("2026-09-07T10:00")


async def weekly(work: Work, *, starts: str = "2026-09-07T10:00", ends: str = "2026-09-07T11:30") -> Activity:
    """Return a series on Mondays at ten, for as many helpers as want to come."""
    row = Activity(
        key="koffie",
        kind=ActivityKind.OTHER,
        title="Koffie",
        area_code="WK003401",
        place="Buurthuis",
        starts=starts,
        ends=ends,
        repeats="FREQ=WEEKLY;BYDAY=MO",
    )
    work.session.add(row)
    await work.session.flush()
    work.session.add(ActivityRole(activity_id=row.id, role=RoleKey.HELPER, minimum=0, maximum=None))
    await work.session.flush()
    return row


async def dates(work: Work) -> list[Occurrence]:
    return list((await work.session.scalars(select(Occurrence).order_by(Occurrence.starts_at))).all())


async def fetched(work: Work) -> Read:
    who = await person(work, FATIMA, "Fatima")
    return read(await feed(work, Translator(Language.DUTCH, ZONE), who, bot_username="bode_bot"))


async def test_a_year_of_a_weekly_series_stays_at_ten_in_lists_reminders_and_feed(database: Database) -> None:
    seen: dict[str, str] = {}
    now = START
    while now < START + timedelta(days=366):
        async with database.write(now) as work:
            if now == START:
                await make_town(work)
                await weekly(work)
            await recurrence.extend_series(work)
            who = await person(work, FATIMA, "Fatima")
            for meeting in await dates(work):
                if meeting.starts_at > now:
                    await signups.join(work, meeting.id, who, RoleKey.HELPER)
        async with database.read(now) as work:
            seen |= {entry.uid: entry.wall for entry in (await fetched(work)).entries}
        now += timedelta(days=28)
    async with database.read(now) as work:
        found = await dates(work)
        reminders = await work.session.scalars(select(Outbox).where(Outbox.kind == "signup_reminder"))
        due = [to_wall(row.due_at, ZONE) for row in reminders]
    walls = [to_wall(row.starts_at, ZONE) for row in found]
    assert len(found) >= 52
    assert walls == [FIRST + timedelta(weeks=number) for number in range(len(found))]
    assert {row.starts_at.hour for row in found} == {8, 9}
    assert [to_wall(row.ends_at, ZONE).time() for row in found] == [time(11, 30)] * len(found)
    assert sorted(seen.values()) == [f"{at:%Y-%m-%d %H:%M}" for at in walls]
    # The reminder of the first meeting was due before anybody could sign up for it.
    assert sorted(due) == [at - timedelta(days=1) for at in walls[1:]]


async def test_moving_one_date_and_editing_the_series_doubles_no_date(database: Database) -> None:
    async with database.write(START) as work:
        await make_town(work)
        series = await weekly(work)
        await recurrence.extend_series(work)
        _first, second, third, *_rest = await dates(work)
        await rescheduling.move(work, second.id, wall("2026-09-15T15:00"), wall("2026-09-15T16:30"))
        await signups.join(work, third.id, await person(work, FATIMA), RoleKey.HELPER)
        await edit(work, series, "2026-09-08T10:00", "FREQ=WEEKLY;BYDAY=TU")
        found = await dates(work)
        days = [local_date(row.starts_at, ZONE) for row in found]
        assert len(days) == len(set(days))
        weeks = [day.isocalendar().week for day in days]
        assert len(weeks) == len(set(weeks)) > 5
        assert {day for day in days if day.weekday() != 1} == {date(2026, 9, 21)}
        assert date(2026, 9, 21) in days  # somebody goes there
        moved = next(row for row in found if row.id == second.id)
        assert moved.starts_at == wall("2026-09-15T15:00")


async def edit(work: Work, series: Activity, starts: str, repeats: str | None) -> None:
    """Give a series other dates, as the set-up file does."""
    await work.session.refresh(series)
    begin = datetime.fromisoformat(starts)
    series.starts, series.repeats = starts, repeats
    series.ends = (begin + timedelta(minutes=90)).isoformat(timespec="minutes")
    await making.follow(work, series, renamed=False)
    await recurrence.extend_series(work)


STEP = st.one_of(
    st.tuples(st.just("edit"), st.integers(0, 6), st.integers(8, 20)),
    st.tuples(st.just("move"), st.integers(0, 30), st.integers(-6, 6)),
    st.tuples(st.just("off"), st.integers(0, 30), st.just(0)),
    st.tuples(st.just("join"), st.integers(0, 30), st.just(0)),
    st.tuples(st.just("sleep"), st.integers(1, 20), st.just(0)),
)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=3, max_size=14))
def test_whatever_is_moved_and_edited_no_date_is_doubled(migrated_url: str, steps: list[tuple[str, int, int]]) -> None:
    asyncio.run(_edits(migrated_url, steps))


class _UndoError(Exception):
    """Leaves the database as it was."""


async def _edits(url: str, steps: list[tuple[str, int, int]]) -> None:
    database = Database(url)
    try:
        async with database.write(START) as work:
            await make_town(work)
            series = await weekly(work)
            await recurrence.extend_series(work)
            for step in steps:
                await _edited(work, series, *step)
                _no_date_twice(await dates(work))
            raise _UndoError
    except _UndoError:
        pass
    finally:
        await database.close()


async def _edited(work: Work, series: Activity, what: str, one: int, other: int) -> None:
    """Do one thing to the series, or let time pass."""
    coming = [row for row in await dates(work) if row.starts_at > work.now]
    chosen = coming[one % len(coming)] if coming else None
    if what == "edit":
        day = local_date(work.now, ZONE) + timedelta(days=1)
        day += timedelta(days=(one - day.weekday()) % 7)
        await edit(work, series, f"{day}T{other:02}:00", f"FREQ=WEEKLY;BYDAY={_DAYS[one]}")
    elif what == "sleep":
        work.now += timedelta(days=one)
        await recurrence.extend_series(work)
    elif chosen is not None and what == "move":
        shift = timedelta(days=other, hours=one % 5)
        await rescheduling.move(work, chosen.id, chosen.starts_at + shift, chosen.ends_at + shift)
    elif chosen is not None and what == "off":
        await rescheduling.call_off(work, chosen.id, None)
    elif chosen is not None:
        await signups.join(work, chosen.id, await person(work, FATIMA), RoleKey.HELPER)
    await work.flush()


def _no_date_twice(found: list[Occurrence]) -> None:
    assert len({row.nominal_on for row in found}) == len(found)
    days = [local_date(row.starts_at, ZONE) for row in found if row.called_off_at is None]
    assert len(set(days)) == len(days), sorted(days)


async def test_a_secret_opens_one_calendar_until_it_is_renewed_or_its_person_goes(database: Database) -> None:
    async with database.write(START) as work:
        await make_town(work)
        fatima, henk = await person(work, FATIMA), await person(work, 2)
        how, first = await calendars.make_link(work, fatima, seen=0)
        _how, other = await calendars.make_link(work, henk, seen=0)
        assert how is Link.MADE
        # A double tap in the same moment: what it saw is not what there is.
        assert await calendars.make_link(work, fatima, seen=0) == (Link.CHANGED, "")
        seen = calendars.stamp(await calendars.feed_of(work, fatima))
        how, second = await calendars.make_link(work, fatima, seen=seen)
        assert how is Link.RENEWED
        assert calendars.stamp(await calendars.feed_of(work, fatima)) > seen
        assert len({first, second, other}) == 3
    async with database.read(START) as work:
        opened = [await calendars.whose(work, secret) for secret in (first, second, other, "", "x" * 32)]
        assert [found[1].id if found else None for found in opened] == [None, FATIMA, 2, None, None]
    async with database.write(START) as work:
        assert await calendars.remove_link(work, await person(work, 2), seen=0) is Link.CHANGED
        await work.session.delete(await person(work, FATIMA))
    async with database.read(START) as work:
        assert await calendars.whose(work, second) is None


async def test_only_a_phone_that_comes_back_follows_the_feed(database: Database) -> None:
    async with database.write(START) as work:
        await make_town(work)
        _how, secret = await calendars.make_link(work, await person(work, FATIMA), seen=0)
    follows = []
    for hours in (1, 1, 6, 6 + 13 * 24, 6 + 15 * 24):
        now = START + timedelta(hours=hours)
        async with database.write(now) as work:
            if hours <= 6:
                found = await calendars.whose(work, secret)
                assert found is not None
                assert await calendars.note_fetch(work, found[0], etag="same") == START + timedelta(hours=1)
        async with database.read(now) as work:
            follows.append(await calendars.follows_feed(work, FATIMA))
    assert follows == [False, False, True, True, False]


async def files(work: Work) -> list[Outbox]:
    query = select(Outbox).where(Outbox.kind == "calendar_file")
    return list((await work.session.scalars(query.execution_options(populate_existing=True))).all())


async def test_who_signs_up_somebody_else_gets_neither_file_nor_entry(database: Database) -> None:
    async with database.write(START) as work:
        await make_town(work)
        await weekly(work)
        await recurrence.extend_series(work)
        meeting = (await dates(work))[0]
        row = Signup(
            occurrence_id=meeting.id, person_id=(await person(work, FATIMA)).id, role=RoleKey.HELPER, for_name="Oma",
            queued_at=work.now, version=0,
        )  # fmt: skip
        offers.change(work, row, SignupState.SIGNED_UP)
        work.session.add(row)
        await work.flush()
        assert row.placed_at == START
        assert await files(work) == []
        assert (await fetched(work)).entries == []


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_feed_is_found_and_filled_by_indexes(database: Database) -> None:
    plans = {}
    async with database.read(START) as work:
        for query in (queries.by_secret_query("x" * 64), queries.of_person_query(FATIMA, now=START)):
            compiled = query.compile(work.session.get_bind(), compile_kwargs={"literal_binds": True})
            rows = await work.session.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))
            plans[query] = "\n".join(row[-1] for row in rows)
    found, filled = plans.values()
    assert "SCAN" not in found, found
    assert "ix_signup_person_state" in filled, filled
    assert "SCAN" not in filled, filled
