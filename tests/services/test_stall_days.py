"""The day of a Rommelroute on both databases: numbers, who may see what when, the closing, and what is erased."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.activities.stall_route import KEPT
from bot.domain.enums import ActivityKind, RoleKey, StallState
from bot.domain.notices.stalls import StallNumber, StallPanel, StallThanks
from bot.services import retention
from bot.services.activities import rescheduling, signups
from bot.services.activities.signups import Extra
from bot.services.rommelroute import stall_days, stall_lists
from bot.services.rommelroute.stall_days import Done
from bot.services.rommelroute.stalls import StallDraft
from storage.engine import Database
from storage.models import Occurrence, Stall, StallFavourite
from storage.queries import signups as queries
from storage.queries import stalls as stall_queries
from storage.work import Work
from tests.services.meetings import COORDINATOR, NOW, make_town, meeting, messages, person, wall

STARTS, DEADLINE = "2026-12-12T10:00", "2026-12-09T20:00"
VISITOR = 500


@pytest.fixture
async def market(database: Database) -> int:
    """A route with three stalls (people 1 to 3), a coordinator and a visitor."""
    async with database.write(NOW) as work:
        await make_town(work)
        await person(work, VISITOR)
        route = await meeting(
            work,
            STARTS,
            {RoleKey.STALL: (0, 80)},
            kind=ActivityKind.ROMMELROUTE,
            hours=5,
            deadline=DEADLINE,
            coordinator=COORDINATOR,
            title="Rommelroute",
        )
        for at, house in enumerate(("4", "1", "3"), start=1):
            await stall(work, route, at, house)
    return route.id


async def stall(work: Work, route: Occurrence, person_id: int, house: str) -> None:
    draft = StallDraft("Filmstraat", house, "1325 AB", sells="boeken")
    who = await person(work, person_id)
    await signups.join(work, route.id, who, RoleKey.STALL, extra=Extra(stall=draft))


async def numbers(work: Work, route: int) -> dict[int, int | None]:
    """Return each person's number."""
    rows = await stall_queries.of_occurrence(work.session, route)
    return {signup.person_id: stall.number for stall, signup in rows}


async def test_numbers_come_with_the_deadline_along_the_street(database: Database, market: int) -> None:
    async with database.write(wall(DEADLINE) - timedelta(seconds=1)) as work:
        assert await stall_days.next_due(work) == wall(DEADLINE)
        await stall_days.run(work)
        assert await numbers(work, market) == {1: None, 2: None, 3: None}
    async with database.write(wall(DEADLINE)) as work:
        await stall_days.run(work)
        assert await numbers(work, market) == {1: 3, 2: 1, 3: 2}
        assert len(await messages(work, StallNumber.kind)) == 3
        assert await stall_days.next_due(work) == wall(STARTS)


async def test_many_jobs_at_once_give_each_number_once(database: Database, market: int) -> None:
    async def job() -> None:
        async with database.write(wall(DEADLINE)) as work:
            await stall_days.run(work)

    await asyncio.gather(*(job() for _ in range(4)))
    async with database.write(wall(DEADLINE)) as work:
        assert sorted(number or 0 for number in (await numbers(work, market)).values()) == [1, 2, 3]
        assert len(await messages(work, StallNumber.kind)) == 3


async def test_a_withdrawn_number_is_given_to_nobody(database: Database, market: int) -> None:
    async with database.write(wall(DEADLINE)) as work:
        await stall_days.run(work)
    async with database.write(wall(DEADLINE) + timedelta(hours=1)) as work:
        gone = await queries.of_person(work.session, market, 1, RoleKey.STALL)
        assert gone is not None
        await signups.leave(work, gone.id, 1, version=gone.version)
        route = await work.session.get_one(Occurrence, market)
        route.deadline_at = work.now + timedelta(hours=1)
        await stall(work, route, 4, "1")
        route.deadline_at = wall(DEADLINE)
    async with database.write(wall(DEADLINE) + timedelta(hours=2)) as work:
        await stall_days.run(work)
        assert await numbers(work, market) == {2: 1, 3: 2, 4: 4}


@pytest.mark.parametrize(
    ("at", "visitors"),
    [
        ("2026-12-01T12:00", False),
        ("2026-12-11T23:59", False),
        ("2026-12-12T00:00", True),
        ("2026-12-12T12:00", True),
        ("2026-12-12T23:59", True),
        ("2026-12-13T00:00", False),
    ],
)
async def test_only_the_organiser_sees_the_stalls_on_any_other_day(
    database: Database, market: int, at: str, visitors: bool
) -> None:
    async with database.read(wall(at)) as work:
        for person_id in (VISITOR, 1):
            assert (await stall_lists.seen_by(work, market, person_id) is not None) is visitors
        organiser = await stall_lists.seen_by(work, market, COORDINATOR)
        assert organiser is not None
        assert [shown.stall.house_number for shown in organiser.stalls] == ["1", "3", "4"]


async def test_the_day_opens_closes_and_thanks(database: Database, market: int) -> None:
    async with database.write(wall(DEADLINE)) as work:
        await stall_days.run(work)
    async with database.write(wall(STARTS)) as work:
        await stall_days.run(work)
        assert len(await messages(work, StallPanel.kind)) == 3
        ((row, signup), *_rest) = await stall_queries.of_occurrence(work.session, market)
        done, _ = await stall_days.set_state(work, row.id, signup.person_id, StallState.SOLD_OUT)
        assert (done, row.state) == (Done.DONE, "uitverkocht")
        done, _ = await stall_days.set_state(work, row.id, VISITOR, StallState.OPEN)
        assert (done, row.state) == (Done.NOT_THERE, "uitverkocht")
    async with database.write(wall("2026-12-12T15:00")) as work:
        await stall_days.run(work)
        rows = await stall_queries.of_occurrence(work.session, market)
        assert {row.state for row, _ in rows} == {"dicht"}
        assert len(await messages(work, StallThanks.kind)) == 3
        assert await stall_days.next_due(work) == work.now + KEPT
        done, _ = await stall_days.set_state(work, rows[0][0].id, rows[0][1].person_id, StallState.OPEN)
        assert done is Done.NOT_NOW


async def test_a_bot_that_was_away_all_day_closes_it_late(database: Database, market: int) -> None:
    async with database.write(wall("2026-12-12T20:00")) as work:
        await stall_days.run(work)
        assert {row.state for row, _ in await stall_queries.of_occurrence(work.session, market)} == {"dicht"}
        assert await messages(work, StallNumber.kind) == []
        assert await stall_days.next_due(work) == wall("2026-12-12T15:00") + KEPT
    async with database.write(wall("2026-12-19T15:00")) as work:
        await stall_days.run(work)
        assert await stall_days.next_due(work) is None


async def test_stars_and_addresses_go_a_week_after_the_day(database: Database, market: int) -> None:
    async with database.write(wall(STARTS)) as work:
        ((row, _signup), *_rest) = await stall_queries.of_occurrence(work.session, market)
        for on in (True, True, False, True):
            found = await stall_lists.star(work, row.id, VISITOR, on=on)
            assert found is not None
            assert (row.id in found[0].favourites) is on
        assert await stall_lists.star(work, 1, VISITOR, on=True) is None
    ends = wall("2026-12-12T15:00")
    for days, left in ((6, True), (8, False)):
        async with database.write(ends + timedelta(days=days)) as work:
            while any((await retention.erase_some(work)).values()):
                pass
            star = await work.session.get(StallFavourite, (VISITOR, row.id))
            kept = await work.session.get_one(Stall, row.id, populate_existing=True)
            assert (star is not None, kept.street is not None) == (left, left)
            organiser = await stall_lists.seen_by(work, market, COORDINATOR)
            assert organiser is not None
            assert bool(organiser.stalls) is left


async def test_moving_keeps_the_number_and_needs_the_newest_version(database: Database, market: int) -> None:
    async with database.write(wall(DEADLINE)) as work:
        await stall_days.run(work)
    async with database.write(wall(DEADLINE) + timedelta(hours=1)) as work:
        signup = await queries.of_person(work.session, market, 1, RoleKey.STALL)
        assert signup is not None
        field = StallDraft(shared_field=True, sells="taart")
        done, _ = await stall_days.move(work, signup.id, VISITOR, field, version=signup.version)
        assert done is Done.NOT_THERE
        done, _ = await stall_days.move(work, signup.id, 1, field, version=signup.version - 1)
        assert done is Done.CHANGED
        done, _ = await stall_days.move(work, signup.id, 1, field, version=signup.version)
        row = await queries.stall(work.session, signup.id)
        assert row is not None
        assert (done, row.street, row.shared_field, row.sells, row.number) == (Done.DONE, None, True, "taart", 3)
    async with database.write(wall(STARTS)) as work:
        done, _ = await stall_days.move(work, signup.id, 1, field, version=signup.version)
        assert done is Done.STARTED


async def test_an_open_deadline_moves_with_the_day_and_a_past_one_stays(database: Database, market: int) -> None:
    async with database.write(NOW) as work:
        await rescheduling.move(work, market, wall("2026-12-19T10:00"), wall("2026-12-19T15:00"))
        route = await work.session.get_one(Occurrence, market)
        assert route.deadline_at == wall("2026-12-16T20:00")
        await rescheduling.move(work, market, NOW + timedelta(days=1), NOW + timedelta(days=1, hours=5))
        assert route.deadline_at == NOW + timedelta(days=1)
    async with database.write(NOW + timedelta(hours=30)) as work:
        assert await stall_days.next_due(work) is not None
    async with database.write(NOW + timedelta(hours=2)) as work:
        route = await work.session.get_one(Occurrence, market)
        route.deadline_at = NOW
        await rescheduling.move(work, market, wall("2026-12-19T10:00"), wall("2026-12-19T15:00"))
        assert route.deadline_at == NOW
