"""When the overview of a desk is due: 08:45 on its own working days, planned in a row, never for a day that ended."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.domain.hours import parse_hours
from bot.domain.time import dutch_holidays, to_wall
from bot.services.desk import overview
from storage.engine import Database
from storage.models import Desk, Outbox, Recurring
from tests.services.desks import NOW, SAMIRA, open_town, someone, told

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WORKING = "ma-vr 08:30-17:00"


@pytest.mark.parametrize(
    ("moment", "hours", "due"),
    [
        ("2026-11-23T08:44", WORKING, "2026-11-23T08:45"),
        ("2026-11-23T08:45", WORKING, "2026-11-24T08:45"),
        ("2026-11-27T12:00", WORKING, "2026-11-30T08:45"),
        ("2026-12-24T12:00", WORKING, "2026-12-28T08:45"),
        ("2026-11-23T12:00", "do 13:00-15:00", "2026-11-26T08:45"),
        ("2027-03-26T12:00", "dagelijks 9-12", "2027-03-27T08:45"),
        ("2027-03-27T12:00", "dagelijks 9-12", "2027-03-30T08:45"),
    ],
)
def test_it_is_due_at_a_quarter_to_nine_on_days_on_which_the_desk_works(moment: str, hours: str, due: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM).astimezone(UTC)
    assert to_wall(overview.next_after(at, parse_hours(hours), AMSTERDAM), AMSTERDAM) == datetime.fromisoformat(due)


@given(st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 the zone follows
def test_it_is_never_due_on_a_day_off(moment: datetime) -> None:
    due = overview.next_after(moment, parse_hours(WORKING), AMSTERDAM)
    wall = to_wall(due, AMSTERDAM)
    assert due > moment
    assert (wall.hour, wall.minute) == (8, 45)
    assert wall.weekday() < 5
    assert wall.date() not in dutch_holidays(wall.year)


async def test_rows_plan_it_and_it_is_put_once_and_only_on_its_day(database: Database) -> None:
    await open_town(database)

    async def at(moment: datetime) -> list[tuple[str, int, datetime | None]]:
        async with database.write(moment) as work:
            await overview.run(work)
            await work.flush()
            desks = {desk.id: desk.key for desk in (await work.session.scalars(select(Desk))).all()}
            dues = {
                row.name.partition(":")[2]: row.next_due_at
                for row in (await work.session.scalars(select(Recurring))).all()
            }
            assert set(dues) == {str(desk) for desk in desks}
            rows = (await work.session.scalars(select(Outbox).where(Outbox.kind == "desk_overview"))).all()
            return sorted((desks[int(row.key.partition(":")[2])], row.version, row.valid_until) for row in rows)

    async def next_due(moment: datetime) -> datetime | None:
        async with database.read(moment) as work:
            return await overview.next_due(work)

    assert await next_due(NOW) is None
    assert await at(NOW) == []
    tuesday = datetime(2026, 11, 24, 7, 45, tzinfo=UTC)
    assert await next_due(NOW) == tuesday
    assert await at(tuesday - timedelta(seconds=1)) == []
    midnight = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    first = [("stad", 1, midnight), ("stad-west", 1, midnight), ("veilig", 1, midnight)]
    assert await at(tuesday) == first
    assert await at(tuesday + timedelta(minutes=1)) == first, "once"
    assert await at(datetime(2026, 11, 26, 4, 0, tzinfo=UTC)) == first, "nothing of the day that ended"
    assert await next_due(NOW) == tuesday + timedelta(days=2)
    late = await at(datetime(2026, 11, 26, 12, 0, tzinfo=UTC))
    assert [version for _desk, version, _until in late] == [2, 2, 2], "late, but of this day"


async def test_a_desk_with_new_hours_is_planned_anew(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        await overview.run(work)
        desk = (await work.session.scalars(select(Desk).where(Desk.key == "stad"))).one()
        desk.hours = "za 10:00-12:00"
    async with database.write(NOW) as work:
        await overview.run(work)
        row = await work.session.get_one(Recurring, f"overview:{desk.id}")
        assert row.next_due_at == datetime(2026, 11, 28, 7, 45, tzinfo=UTC)


async def test_each_sort_is_counted_by_itself(database: Database) -> None:
    await open_town(database)
    async with database.write(NOW) as work:
        today = NOW.date()
        late, due, danger, kept = [await told(work, danger=number == 2) for number in range(4)]
        late.promise_on, due.promise_on, kept.promise_on = today - timedelta(days=1), today, today - timedelta(days=1)
        kept.kept_at, kept.holder_id, late.year = work.now, (await someone(work, SAMIRA)).id, 2025
        await work.session.flush()
        found = await overview.look(work, late.desk_id)
        assert (found.late, found.today) == ([f"M-2025-{late.number:04d}"], [f"{due.number:04d}"])
        assert found.danger == [f"{danger.number:04d}"]
        assert found.nobody == [f"{danger.number:04d}", f"M-2025-{late.number:04d}", f"{due.number:04d}"]
        assert found.partner == []
        assert not found.is_empty
