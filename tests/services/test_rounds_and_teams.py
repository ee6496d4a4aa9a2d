"""Between the never-alone chain and a round that is walked: whoever walks no more, who is left hears it at once."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.enums import Attendance, Reachable, RoleKey, SignupState
from bot.domain.notices import Notice
from bot.domain.notices.activities import CalledOff, StandInWanted
from bot.domain.notices.patrol import MemberLeft, MemberRemoved, NotAlone, NotReached, NowAlone, WalkersWanted
from bot.domain.notices.rounds import RoundAlone, RoundMissing
from bot.services import patrol, rounds
from bot.services.activities import rescheduling, signups
from bot.services.delivery import Undeliverable
from bot.services.patrol import Removed, chain
from bot.services.rounds import Arrived
from storage.engine import Database
from storage.models import Occurrence, Round, Signup, TeamMember
from storage.queries import signups as signup_queries
from storage.work import Work
from tests.services.meetings import COORDINATOR, NOW, WORKER, deliver, messages, person, states, wall
from tests.services.test_rounds import AT, LATER, START, shift

SOON = START - timedelta(minutes=10)
ALONE = NowAlone.kind


async def team_of(work: Work, row: int) -> int:
    return (await work.session.get_one(Occurrence, row)).team_id or 0


async def told(work: Work, kind: str) -> list[int]:
    """Return who gets a message of a kind now, ascending."""
    return sorted(row.chat_id for row in await messages(work, kind))


async def arrive(database: Database, row: int, *people: int) -> None:
    async with database.write(SOON) as work:
        await rounds.run(work)
        await work.flush()
        for who in people:
            await rounds.arrive(work, row, who, at=AT)
        await deliver(work)


async def opened(work: Work, row: int) -> list[int]:
    walked = (await work.session.scalars(select(Round).where(Round.occurrence_id == row))).first()
    return [] if walked is None else sorted(walked.walkers)


async def test_ik_loop_niet_before_the_start_is_ik_kan_niet(database: Database) -> None:
    row = await shift(database, 11, 12)
    await arrive(database, row, 11)
    async with database.write(SOON) as work:
        assert await rounds.deny(work, row, 12, at=AT) is Arrived.GONE
        assert await told(work, ALONE) == [11]
        assert await told(work, StandInWanted.kind) == [13, 14]
        assert await told(work, WalkersWanted.kind) == []  # asked once, not twice
        assert (await states(work, row))[12] is SignupState.SEEKS_STAND_IN
        assert [found.chat_id for found in await messages(work, "walk_card")] == [11, 12]  # nothing old stands there
        await deliver(work)
        assert await rounds.arrive(work, row, 12, at=AT) is Arrived.OPEN
        assert await opened(work, row) == [11, 12]
        assert await told(work, NotAlone.kind) == []  # the open round says so


async def test_once_it_began_who_waits_hears_it_too(database: Database) -> None:
    row = await shift(database, 11, 12)
    await arrive(database, row, 11)
    async with database.write(LATER) as work:
        assert await rounds.deny(work, row, 12, at=AT) is Arrived.GONE
        assert await told(work, ALONE) == [11]
        await deliver(work)
    async with database.write(START + timedelta(minutes=30)) as work:
        await rounds.run(work)
        assert await told(work, RoundMissing.kind) == []  # who was told not to go is not asked to


@pytest.mark.parametrize("moment", [SOON, LATER])
@pytest.mark.parametrize("how", ["vog", "leaves", "removed"])
async def test_who_may_walk_no_more_during_the_round_leaves_nobody_unwarned(
    database: Database, moment: object, how: str
) -> None:
    row = await shift(database, 11, 12)
    await arrive(database, row, 11, 12)
    async with database.write(LATER if moment == LATER else SOON) as work:
        team = await team_of(work, row)
        if how == "vog":
            await patrol.withdraw_vog(work, team, 12, by=WORKER)
        elif how == "leaves":
            await patrol.leave(work, team, await person(work, 12))
        else:
            done = await patrol.remove(work, team, 12, by=await person(work, COORDINATOR))
            assert done is Removed.DONE
        assert await told(work, ALONE) == [11]
        assert await opened(work, row) == [11, 12]  # they set out: both are asked whether they are home
        await deliver(work)
    async with database.write(START) as work:
        await chain.run(work)
        assert (await work.session.get_one(Occurrence, row)).called_off_at is None
    async with database.write(START + timedelta(minutes=91)) as work:
        await rounds.run(work)
        assert await told(work, "walk_unclosed") == [11, 12]


async def test_of_three_who_walk_one_may_stop_without_a_warning(database: Database) -> None:
    row = await shift(database, 11, 12, 13)
    await arrive(database, row, 11, 12, 13)
    async with database.write(LATER) as work:
        await patrol.withdraw_vog(work, await team_of(work, row), 12, by=WORKER)
        assert await told(work, ALONE) == []


async def test_a_round_that_became_short_too_late_is_made_sure_of_again_and_called_off_when_it_starts(
    database: Database,
) -> None:
    row = await shift(database, 11, 12)
    async with database.write(NOW) as work:
        await chain.run(work)
    async with database.write(START - timedelta(hours=1)) as work:
        await chain.run(work)
        await deliver(work)
    async with database.write(START - timedelta(minutes=40)) as work:
        await patrol.withdraw_vog(work, await team_of(work, row), 12, by=WORKER)
        await chain.run(work)
        assert await told(work, ALONE) == [11]
        assert await told(work, WalkersWanted.kind) == [13, 14]
        assert await told(work, "round_short") == [WORKER, COORDINATOR]
        await deliver(work)
    async with database.write(START) as work:
        await chain.run(work)
        assert (await work.session.get_one(Occurrence, row)).called_off_at == START
        assert {11, 13, 14} <= set(await told(work, CalledOff.kind))


async def test_only_who_was_told_to_be_alone_hears_that_it_is_over(database: Database) -> None:
    row = await shift(database, 11, 12)
    async with database.write(START - timedelta(minutes=30)) as work:
        own = await signup_queries.of_person(work.session, row, 12, RoleKey.WALKER)
        assert own is not None
        await signups.leave(work, own.id, 12, version=own.version)
        await deliver(work)
        await chain.step_in(work, row, await person(work, 13))
        assert await told(work, NotAlone.kind) == [11]


async def test_a_silent_walker_is_asked_when_the_other_would_be_alone(database: Database) -> None:
    row = await shift(database, 11, 12, 13)
    async with database.write(START - timedelta(minutes=30)) as work:
        silent = await signup_queries.of_person(work.session, row, 13, RoleKey.WALKER)
        own = await signup_queries.of_person(work.session, row, 12, RoleKey.WALKER)
        assert silent is not None
        assert own is not None
        silent.attendance = Attendance.UNKNOWN
        await signups.leave(work, own.id, 12, version=own.version)
        assert await told(work, ALONE) == [11]
        assert await told(work, WalkersWanted.kind) == [13]
        await deliver(work)
        await chain.step_in(work, row, await person(work, 13))
        assert await told(work, NotAlone.kind) == [11]


async def test_calling_off_draws_what_stands_with_walkers_again(database: Database) -> None:
    row = await shift(database, 11, 12)
    await arrive(database, row, 11)
    async with database.write(SOON) as work:
        await rescheduling.call_off(work, row, None)
        assert await told(work, "walk_card") == [11, 12]


async def test_moving_a_round_draws_what_stands_with_walkers_again(database: Database) -> None:
    row = await shift(database, 11, 12)
    await arrive(database, row, 11)
    async with database.write(SOON) as work:
        await rescheduling.move(work, row, START + timedelta(minutes=5), START + timedelta(hours=1))
        assert await told(work, "walk_card") == [11, 12]
        await rounds.run(work)
        moved = AT + 300
        assert await rounds.arrive(work, row, 11, at=AT) is Arrived.MOVED
        assert await rounds.arrive(work, row, 11, at=moved) is Arrived.THERE
        assert await rounds.arrive(work, row, 12, at=moved) is Arrived.OPEN


async def test_a_round_is_called_off_or_opened_in_the_same_minute_never_both(database: Database) -> None:
    row = await shift(database, 11, 12)
    async with database.write(NOW) as work:
        for own in await signup_queries.of_occurrence(work.session, row):
            own.attendance = Attendance.UNKNOWN
    async with database.write(SOON) as work:
        await chain.run(work)  # noted only now: judged when it starts

    async def tap(who: int) -> Arrived:
        async with database.write(START) as work:
            return await rounds.arrive(work, row, who, at=AT)

    async def settle() -> None:
        async with database.write(START) as work:
            await chain.run(work)

    taps = await asyncio.gather(tap(11), settle(), tap(12))
    async with database.write(START) as work:
        off = (await work.session.get_one(Occurrence, row)).called_off_at is not None
        assert bool(await opened(work, row)) is not off
        assert (Arrived.OPEN in taps) is not off


async def test_at_night_the_coordinator_hears_of_a_drop_out_in_the_morning(database: Database) -> None:
    row = await shift(database, 11, 12)
    ten = wall("2026-12-02T10:00")
    async with database.write(NOW) as work:
        await rescheduling.move(work, row, ten, ten + timedelta(hours=1))
        for own in await signup_queries.of_occurrence(work.session, row):
            own.attendance = Attendance.COMING
    async with database.write(wall("2026-12-01T23:00")) as work:
        await chain.run(work)
        await patrol.withdraw_vog(work, await team_of(work, row), 12, by=WORKER)
        await chain.run(work)
        assert await told(work, ALONE) == [11]
        assert {found.due_at for found in await messages(work, "round_short")} == {wall("2026-12-02T08:00")}


# -- who came along unplanned -----------------------------------------------------------------------------------------


async def test_one_names_a_member_who_did_not_sign_up(database: Database) -> None:
    row = await shift(database, 11, 12)
    async with database.write(NOW) as work:
        (await work.session.get_one(TeamMember, (await team_of(work, row), 14))).vog_on = None
    await arrive(database, row, 11)
    async with database.write(LATER) as work:
        assert await rounds.name(work, row, 11, 14, at=AT) is Arrived.THERE  # without a VOG nobody walks
        assert await rounds.name(work, row, 11, 13, at=AT) is Arrived.OPEN
        assert await opened(work, row) == [11, 13]
        assert (await states(work, row))[13] is SignupState.PRESENT
        assert await rounds.name(work, row, 11, 12, at=AT) is Arrived.OPEN
        assert await rounds.deny(work, row, 13, at=AT) is Arrived.GONE
        assert await opened(work, row) == [11, 12]


async def test_nobody_comes_along_unplanned_when_all_places_are_taken(database: Database) -> None:
    row = await shift(database, 11, 12)
    async with database.write(NOW) as work:
        settings = await signup_queries.role_of(
            work.session, await work.session.get_one(Occurrence, row), RoleKey.WALKER
        )
        assert settings is not None
        settings.maximum = 2
    await arrive(database, row, 11)
    async with database.write(LATER) as work:
        assert await rounds.name(work, row, 11, 13, at=AT) is Arrived.THERE
        assert await opened(work, row) == []


async def test_two_who_name_the_same_member_at_once_make_one_place(database: Database) -> None:
    row = await shift(database, 11)
    await arrive(database, row, 11)

    async def name(second: int) -> Arrived:
        async with database.write(LATER) as work:
            return await rounds.name(work, row, 11, second, at=AT)

    outcomes = Counter(await asyncio.gather(name(13), name(13), name(14)))
    assert outcomes == {Arrived.OPEN: 3}
    async with database.read(LATER) as work:
        rows = (await work.session.scalars(select(Signup).where(Signup.occurrence_id == row))).all()
        assert sorted(Counter(found.person_id for found in rows).values()) == [1] * len(rows)
        assert len(await opened(work, row)) == 2


# -- who can't be told ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("warning", [NowAlone, RoundAlone, CalledOff])
async def test_who_blocked_the_bot_is_called_by_the_coordinator_else_by_the_worker(
    database: Database, warning: type[Notice]
) -> None:
    row = await shift(database, 11, 12)
    async with database.write(SOON) as work:
        given = {NowAlone: (row, 1, 11), RoundAlone: (row, AT, 11, 1), CalledOff: (row, 11)}[warning]
        await patrol.call_them(work, Undeliverable(11, Reachable.BLOCKED, warning(*given)))
        assert await told(work, NotReached.kind) == [COORDINATOR]
        await patrol.call_them(work, Undeliverable(COORDINATOR, Reachable.BLOCKED, NotReached(row, 11, COORDINATOR)))
        await patrol.call_them(work, Undeliverable(WORKER, Reachable.BLOCKED, NotReached(row, 11, WORKER)))
        assert await told(work, NotReached.kind) == [WORKER, COORDINATOR]
        await deliver(work)
        await patrol.call_them(work, Undeliverable(14, Reachable.BLOCKED, CalledOff(row, 14)))  # had no place
        assert await told(work, NotReached.kind) == []


# -- out of the team --------------------------------------------------------------------------------------------------


async def test_a_member_is_taken_out_by_coordinator_or_worker_only(database: Database) -> None:
    row = await shift(database, 11, 12)
    async with database.write(NOW) as work:
        team = await team_of(work, row)
        for who, by in ((12, 11), (12, 9003), (COORDINATOR, WORKER), (COORDINATOR, COORDINATOR), (WORKER, WORKER)):
            assert await patrol.remove(work, team, who, by=await person(work, by)) is Removed.NOT_YOURS
        assert await patrol.remove(work, team, 77, by=await person(work, WORKER)) is Removed.NO_MEMBER
        assert await patrol.remove(work, team, 12, by=await person(work, COORDINATOR)) is Removed.DONE
        assert await patrol.remove(work, team, 12, by=await person(work, WORKER)) is Removed.NO_MEMBER
        assert await states(work, row) == {11: SignupState.SIGNED_UP, 12: SignupState.CANCELLED}
        assert await told(work, MemberRemoved.kind) == [12]
        assert await told(work, MemberLeft.kind) == [WORKER]
