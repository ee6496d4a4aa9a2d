"""The coordinator hears how full a meeting became: only on change, never at night."""

from bot.domain.enums import ActivityKind, RoleKey
from bot.services.activities import fullness, rescheduling, signups
from storage.engine import Database
from storage.models import ActivityRole, Occurrence
from storage.work import Work
from tests.services.meetings import ADMIN, COORDINATOR, NOW, deliver, make_town, meeting, messages, person, wall


async def small(work: Work) -> Occurrence:
    """Return a meeting that needs two hosts and has room for three."""
    await make_town(work)
    roles = {RoleKey.HOST: (2, 3)}
    return await meeting(work, "2026-12-05T13:00", roles, kind=ActivityKind.OTHER, coordinator=COORDINATOR)


async def look(work: Work) -> int:
    """Look once, and return how many messages the coordinator gets."""
    await fullness.run(work)
    told = len(await messages(work, "meeting_state", COORDINATOR))
    await deliver(work)
    return told


async def test_only_what_changed_since_the_last_time_is_told(database: Database) -> None:
    async with database.write(NOW) as work:
        row = await small(work)
        told = [await look(work), await look(work)]
        for number in (1, 2, 3):
            await signups.join(work, row.id, await person(work, number), RoleKey.HOST)
            told += [await look(work), await look(work)]
        assert told == [0, 0, 0, 0, 1, 0, 1, 0]
        await rescheduling.call_off(work, row.id, None, by=ADMIN)
        assert [await look(work), await look(work)] == [1, 0]


async def test_what_filled_up_before_the_first_look_is_told(database: Database) -> None:
    async with database.write(NOW) as work:
        row = await small(work)
        for number in (1, 2, 3):
            await signups.join(work, row.id, await person(work, number), RoleKey.HOST)
        assert [await look(work), await look(work)] == [1, 0]


async def test_a_coordinator_is_not_told_what_they_called_off_themselves(database: Database) -> None:
    async with database.write(NOW) as work:
        row = await small(work)
        await look(work)
        await rescheduling.call_off(work, row.id, None, by=COORDINATOR)
        assert await look(work) == 0
        other = await meeting(work, "2026-12-06T13:00", {RoleKey.HOST: (0, 3)}, coordinator=COORDINATOR)
        await rescheduling.call_off(work, other.id, None, by=COORDINATOR)
        assert await look(work) == 0


async def test_with_other_numbers_a_meeting_is_full_or_not_any_more(database: Database) -> None:
    async with database.write(NOW) as work:
        row = await small(work)
        for number in (1, 2):
            await signups.join(work, row.id, await person(work, number), RoleKey.HOST)
        await look(work)
        role = await work.session.get(ActivityRole, (row.activity_id, RoleKey.HOST))
        assert role is not None
        told = []
        for maximum in (2, 1, 30):
            role.maximum = maximum
            told.append(await look(work))
        assert told == [1, 0, 1]


async def test_what_changes_and_changes_back_between_two_looks_is_not_told(database: Database) -> None:
    async with database.write(NOW) as work:
        row = await small(work)
        await look(work)
        rows = [
            (await signups.join(work, row.id, await person(work, number), RoleKey.HOST)).signup for number in (1, 2)
        ]
        assert rows[1] is not None
        await signups.leave(work, rows[1].id, 2, version=rows[1].version)
        assert await look(work) == 0


async def test_what_changes_at_night_is_told_in_the_morning_if_it_still_is_so(database: Database) -> None:
    async with database.write(wall("2026-11-24T21:00")) as work:
        row = await small(work)
        assert await fullness.next_due(work) is None
        await look(work)
    async with database.write(wall("2026-11-24T23:30")) as work:
        for number in (1, 2):
            await signups.join(work, row.id, await person(work, number), RoleKey.HOST)
        assert await look(work) == 0
        assert await fullness.next_due(work) == wall("2026-11-25T08:00")
    async with database.write(wall("2026-11-25T08:00")) as work:
        assert await look(work) == 1


async def test_after_the_start_and_without_a_set_up_there_is_nothing_to_tell(database: Database) -> None:
    async with database.write(NOW) as work:
        assert await look(work) == 0
        assert await fullness.next_due(work) is None
        row = await small(work)
        await look(work)
    async with database.write(wall("2026-12-05T13:00")) as work:
        await signups.join(work, row.id, await person(work, 1), RoleKey.HOST)
        await rescheduling.call_off(work, row.id, None)
        assert await look(work) == 0
