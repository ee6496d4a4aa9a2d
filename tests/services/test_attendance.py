"""Attendance of every kind of meeting, on both databases: who keeps it, when, and what it leaves as it was."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.activities.attendance import KEPT, STATES
from bot.domain.enums import ActivityKind, Attendance, RoleKey, RoundOutcome, SignupState
from bot.services import retention, rounds
from bot.services.activities import attendance, rescheduling, signups
from bot.services.activities.attendance import Marked
from bot.services.rounds import Closed
from storage.engine import Database
from storage.models import Occurrence, RoleGrant, Round, Signup
from storage.queries import signups as signup_queries
from storage.work import Work
from tests.services.meetings import ADMIN, COORDINATOR, NOW, WORKER, make_town, meeting, messages, person, team, wall

DAY = "2026-12-12T10:00"
START, END = wall(DAY), wall("2026-12-12T15:00")
HOST, OTHER_COORDINATOR = 301, 302
ROLES = {RoleKey.HELPER: (0, 40), RoleKey.HOST: (0, 2), RoleKey.STALL: (0, 40)}


async def day(
    database: Database, kind: ActivityKind, *people: int, coordinator: int | None = COORDINATOR
) -> tuple[int, list[int]]:
    """Return a meeting that Jan (or a beheerder) looks after, with the sign-ups of helpers and of a host."""
    async with database.write(NOW) as work:
        await make_town(work)
        row = await meeting(work, DAY, ROLES, kind=kind, hours=5, coordinator=coordinator, title="Dag")
        await person(work, OTHER_COORDINATOR, "Piet")
        await meeting(work, "2026-12-19T10:00", ROLES, kind=kind, coordinator=OTHER_COORDINATOR, title="Anders")
        for who, role in [(HOST, RoleKey.HOST), *((who, RoleKey.HELPER) for who in people)]:
            await signups.join(work, row.id, await person(work, who, f"P{who}"), role)
        rows = await signup_queries.of_occurrence(work.session, row.id)
        return row.id, [signup.id for signup in rows if signup.role is RoleKey.HELPER]


async def states(work: Work, occurrence_id: int) -> Counter[SignupState]:
    """Return how many sign-ups are in which state."""
    rows = await work.session.scalars(select(Signup.state).where(Signup.occurrence_id == occurrence_id))
    return Counter(rows.all())


@pytest.mark.parametrize("kind", [ActivityKind.OTHER, ActivityKind.ROMMELROUTE])
async def test_only_who_looks_after_a_meeting_reads_and_sets_it(database: Database, kind: ActivityKind) -> None:
    row, (helper,) = await day(database, kind, 1)
    async with database.write(START) as work:
        occurrence = await work.session.get_one(Occurrence, row)
        for stranger in (1, HOST, OTHER_COORDINATOR, WORKER, ADMIN, 999):
            assert await attendance.listed(work, occurrence, stranger) == []
            assert await attendance.mark(work, helper, SignupState.NO_SHOW, stranger, version=1) == (
                Marked.NOT_THERE,
                None,
            )
            assert await attendance.mark_all(work, row, stranger) == (Marked.NOT_THERE, 0)
            assert row not in {found.id for found, _activity in (await attendance.begun(work, stranger))[0]}
        marked, signup = await attendance.mark(work, helper, SignupState.NO_SHOW, COORDINATOR, version=1)
        assert (marked, signup.changed_by if signup else None) == (Marked.DONE, COORDINATOR)
        found, _following = await attendance.begun(work, COORDINATOR)
        assert [occurrence.id for occurrence, _activity in found] == [row]


async def test_without_a_coordinator_the_beheerders_keep_it(database: Database) -> None:
    row, (helper,) = await day(database, ActivityKind.OTHER, 1, coordinator=None)
    async with database.write(START) as work:
        assert (await attendance.mark(work, helper, SignupState.PRESENT, ADMIN, version=1))[0] is Marked.DONE
        assert [occurrence.id for occurrence, _activity in (await attendance.begun(work, ADMIN))[0]] == [row]
        assert (await attendance.begun(work, COORDINATOR))[0] == []


async def test_everybody_was_there_by_one_tap_but_who_was_corrected_and_who_has_no_place(database: Database) -> None:
    row, helpers = await day(database, ActivityKind.ROMMELROUTE, 1, 2, 3, 4)
    async with database.write(START - timedelta(hours=1)) as work:
        await signups.leave(work, helpers[3], 4, version=1)
        assert await attendance.mark_all(work, row, COORDINATOR) == (Marked.NOT_NOW, 0)
    async with database.write(START) as work:
        await attendance.mark(work, helpers[0], SignupState.NO_SHOW, COORDINATOR, version=1)
        assert await attendance.mark_all(work, row, COORDINATOR) == (Marked.DONE, 3)
        assert await attendance.mark_all(work, row, COORDINATOR) == (Marked.DONE, 0)
        assert (await states(work, row))[SignupState.PRESENT] == 3
        assert (await states(work, row))[SignupState.NO_SHOW] == 1
    async with database.write(END) as work:
        assert await attendance.mark_all(work, row, COORDINATOR) == (Marked.DONE, 3)
        assert (await states(work, row))[SignupState.DONE] == 3
        assert not (await states(work, row)).keys() - {*STATES, SignupState.CANCELLED, SignupState.SEEKS_STAND_IN}


async def test_two_who_say_it_of_everybody_at_once_write_it_once(database: Database) -> None:
    row, _helpers = await day(database, ActivityKind.OTHER, *range(1, 9))

    async def tap() -> int:
        async with database.write(END) as work:
            await work.session.get(Occurrence, row)
            await asyncio.sleep(0)
            return (await attendance.mark_all(work, row, COORDINATOR))[1]

    assert sorted(await asyncio.gather(tap(), tap())) == [0, 9]


async def test_nobody_s_calendar_changes_by_who_was_there(database: Database) -> None:
    row, (helper,) = await day(database, ActivityKind.OTHER, 1)
    async with database.write(END) as work:
        before = [(file.key, file.version) for file in await messages(work, "calendar_file")]
        for state in (SignupState.DONE, SignupState.NO_SHOW, SignupState.SIGNED_UP):
            version = (await work.session.get_one(Signup, helper)).version
            assert (await attendance.mark(work, helper, state, COORDINATOR, version=version))[0] is Marked.DONE
        await work.flush()
        assert before
        assert [(file.key, file.version) for file in await messages(work, "calendar_file")] == before
        await rescheduling.call_off(work, row, None)


async def test_what_was_called_off_has_nobody_and_says_so(database: Database) -> None:
    row, (helper,) = await day(database, ActivityKind.OTHER, 1)
    async with database.write(START) as work:
        await rescheduling.call_off(work, row, None)
        assert (await attendance.mark(work, helper, SignupState.DONE, COORDINATOR, version=1))[0] is Marked.CALLED_OFF
        assert await attendance.mark_all(work, row, COORDINATOR) == (Marked.CALLED_OFF, 0)
        assert (await attendance.begun(work, COORDINATOR))[0] == []


async def test_after_ninety_days_it_is_gone_for_everybody(database: Database) -> None:
    row, (helper,) = await day(database, ActivityKind.OTHER, 1)
    async with database.write(END + KEPT - timedelta(seconds=1)) as work:
        assert (await attendance.mark(work, helper, SignupState.DONE, COORDINATOR, version=1))[0] is Marked.DONE
        assert len((await attendance.begun(work, COORDINATOR))[0]) == 1
    async with database.write(END + KEPT) as work:
        assert await attendance.mark(work, helper, SignupState.NO_SHOW, COORDINATOR, version=2) == (
            Marked.NOT_THERE,
            None,
        )
        assert await attendance.mark_all(work, row, COORDINATOR) == (Marked.NOT_THERE, 0)
        assert (await attendance.begun(work, COORDINATOR))[0] == []
    async with database.write(END + KEPT + timedelta(seconds=1)) as work:
        while any((await retention.erase_some(work)).values()):
            pass
        assert (await work.session.scalars(select(Signup).where(Signup.occurrence_id == row))).all() == []


async def walked(database: Database) -> tuple[int, dict[int, int], datetime]:
    """Return a round that two walk and a third does not, with their sign-ups, and its end."""
    async with database.write(NOW) as work:
        await make_town(work)
        squad = await team(work, dict.fromkeys((11, 12, 13), True))
        roles = {RoleKey.WALKER: (2, 4)}
        row = await meeting(work, "2026-12-01T20:00", roles, kind=ActivityKind.PATROL, team=squad, hours=1)
        for number in (11, 12, 13):
            await signups.join(work, row.id, await person(work, number), RoleKey.WALKER)
        found = await signup_queries.of_occurrence(work.session, row.id)
        for signup in found:
            signup.attendance = Attendance.COMING
        return row.id, {signup.person_id: signup.id for signup in found}, row.ends_at


async def test_a_round_is_corrected_by_its_coordinator_and_worker_once_it_is_over(database: Database) -> None:
    row, walkers, end = await walked(database)
    start = end - timedelta(hours=1)
    at = int(start.timestamp())
    async with database.write(start) as work:
        for who in (11, 12):
            await rounds.arrive(work, row, who, at=at)
        version = (await work.session.get_one(Signup, walkers[13])).version
        early = await attendance.mark(work, walkers[13], SignupState.NO_SHOW, COORDINATOR, version=version)
        assert early[0] is Marked.NOT_NOW, "who is counted on decides whether a round goes ahead"
        assert await attendance.mark_all(work, row, COORDINATOR) == (Marked.NOT_NOW, 0)
    async with database.write(end) as work:
        occurrence = await work.session.get_one(Occurrence, row)
        for stranger in (11, 12, 13, ADMIN, OTHER_COORDINATOR):
            assert await attendance.listed(work, occurrence, stranger) == []
            refused = await attendance.mark(work, walkers[13], SignupState.NO_SHOW, stranger, version=version)
            assert refused == (Marked.NOT_THERE, None)
            assert (await attendance.begun(work, stranger))[0] == []
        for keeper, state in ((COORDINATOR, SignupState.NO_SHOW), (WORKER, SignupState.LEFT_EARLY)):
            version = (await work.session.get_one(Signup, walkers[13])).version
            assert (await attendance.mark(work, walkers[13], state, keeper, version=version))[0] is Marked.DONE
            assert [found.id for found, _activity in (await attendance.begun(work, keeper))[0]] == [row]
        # Whoever was corrected while the round was still open can close it all the same.
        version = (await work.session.get_one(Signup, walkers[11])).version
        await attendance.mark(work, walkers[11], SignupState.LEFT_EARLY, COORDINATOR, version=version)
        assert await rounds.close(work, row, 11, RoundOutcome.NOTHING, at=at) is Closed.DONE
        found = {signup.person_id: signup for signup in await work.session.scalars(select(Signup))}
        assert [found[who].state for who in (11, 12, 13)] == [
            SignupState.LEFT_EARLY,
            SignupState.DONE,
            SignupState.LEFT_EARLY,
        ]
        assert found[13].changed_by == WORKER
        assert len((await work.session.scalars(select(Round))).one().walkers) == 2
        grant = (await work.session.scalars(select(RoleGrant).where(RoleGrant.person_id == WORKER))).one()
        grant.taken_at = work.now
        await work.session.flush()
        assert not await attendance.may_see(work, occurrence, WORKER), "a right that was taken away is gone at once"
        assert (await attendance.begun(work, WORKER))[0] == []
