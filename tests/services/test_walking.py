"""Teams, rounds and questions under the lock: two who act at once, on SQLite and on PostgreSQL."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select

from bot.domain.enums import ActivityKind, Attendance, RoleKey, SignupState, WalkCallState
from bot.services import patrol
from bot.services.activities import offers, signups
from bot.services.patrol import Answer, Asked, calls, chain
from bot.services.patrol.calls import Called, Said
from bot.services.patrol.chain import StepIn
from storage.engine import Database
from storage.models import Occurrence, Organisation, Person, Signup, Team, TeamMember, WalkCall
from storage.queries import signups as queries
from storage.queries.retention.patrol import forget_calls
from storage.work import Work
from tests.services.meetings import (
    COORDINATOR,
    NOW,
    WORKER,
    make_town,
    meeting,
    messages,
    person,
    states,
    team,
    wall,
)

WALKER = RoleKey.WALKER


async def squad_of(database: Database, members: int) -> int:
    """Return the id of a team with so many members with a VOG, numbered from 11."""
    async with database.write(NOW) as work:
        await make_town(work)
        return (await team(work, {11 + number: True for number in range(members)})).id


async def shift(work: Work, team_id: int, starts: str = "2026-12-01T20:00", maximum: int = 4) -> Occurrence:
    squad = await work.session.get(Team, team_id)
    return await meeting(
        work, starts, {WALKER: (2, maximum)}, kind=ActivityKind.PATROL, team=squad, title="Ronde", hours=1
    )


async def test_of_many_who_say_yes_at_once_one_round_is_made(database: Database) -> None:
    team_id = await squad_of(database, 6)
    async with database.write(NOW) as work:
        asked = await calls.ask(work, team_id, await person(work, 11), NOW + timedelta(hours=3))
        assert asked.call is not None
        call_id = asked.call.id

    async def say_yes(number: int) -> Said:
        async with database.write(NOW) as work:
            return (await calls.yes(work, call_id, await person(work, number), title="Extra"))[0]

    assert await asyncio.gather(*(say_yes(number) for number in range(12, 17))) == [Said.ROUND] * 5
    async with database.write(NOW) as work:
        assert await work.session.scalar(select(func.count()).select_from(Occurrence)) == 1
        rows = (await work.session.scalars(select(Signup))).all()
        assert sorted(row.person_id for row in rows) == [11, 12, 13, 14, 15, 16]
        assert {(row.state, row.attendance) for row in rows} == {(SignupState.SIGNED_UP, Attendance.COMING)}


async def test_who_signs_up_while_the_vog_is_withdrawn_has_no_place_afterwards(database: Database) -> None:
    team_id = await squad_of(database, 2)
    async with database.write(NOW) as work:
        only = (await shift(work, team_id)).id

    async def join() -> None:
        async with database.write(NOW) as work:
            await signups.join(work, only, await person(work, 11), WALKER)

    async def withdraw() -> None:
        async with database.write(NOW) as work:
            await patrol.withdraw_vog(work, team_id, 11, by=WORKER)

    await asyncio.gather(join(), withdraw(), join())
    async with database.write(NOW) as work:
        assert (await states(work, only)).get(11, SignupState.CANCELLED) is SignupState.CANCELLED


async def test_a_question_is_for_members_with_a_vog_and_dies_with_that_of_who_asked(database: Database) -> None:
    team_id = await squad_of(database, 2)
    async with database.write(NOW) as work:
        later = NOW + timedelta(hours=3)
        assert (await calls.ask(work, team_id, await person(work, 99), later)).outcome is Called.NOT_THERE
        assert (await calls.ask(work, team_id, await person(work, 11), NOW)).outcome is Called.NO_TIME
        asked = await calls.ask(work, team_id, await person(work, 11), later)
        assert asked.call is not None
        assert await calls.yes(work, asked.call.id, await person(work, 99), title="X") == (Said.NOT_THERE, None)
        await patrol.withdraw_vog(work, team_id, 11, by=WORKER)
        assert await calls.yes(work, asked.call.id, await person(work, 12), title="X") == (Said.OVER, None)
        assert asked.call.state is WalkCallState.WITHDRAWN


async def test_asking_to_join_is_answered_once_by_the_coordinator_only(database: Database) -> None:
    team_id = await squad_of(database, 1)
    async with database.write(NOW) as work:
        nameless = await person(work, 50)
        assert await patrol.ask(work, 77, nameless) is Asked.NOT_THERE
        assert await patrol.ask(work, team_id, nameless) is Asked.NO_NAME
        child = await person(work, 51, "Kim", under_16=True)
        assert await patrol.ask(work, team_id, child) is Asked.TOO_YOUNG
        nameless.name = "Fatima"
        assert await patrol.ask(work, team_id, nameless) is Asked.DONE
        assert await patrol.ask(work, team_id, nameless) is Asked.ALREADY
        asked = int(NOW.timestamp())
        attempts = [(50, asked, WORKER), (50, asked, 50), (50, asked - 1, COORDINATOR), (50, asked, COORDINATOR)]
        outcomes = [
            await patrol.answer(work, team_id, who, asked=at, yes=True, by=by)
            for who, at, by in [*attempts, attempts[3]]
        ]
        assert outcomes == [Answer.NOT_YOURS, Answer.NOT_YOURS, Answer.ALREADY, Answer.ACCEPTED, Answer.ALREADY]
        assert await patrol.ask(work, team_id, nameless) is Asked.MEMBER


async def test_joining_again_takes_a_new_tick_of_the_vog(database: Database) -> None:
    team_id = await squad_of(database, 1)
    async with database.write(NOW) as work:
        member = await person(work, 11)
        await patrol.leave(work, team_id, member)
        left = await work.session.get_one(TeamMember, (team_id, 11))
        assert (left.left_at, left.vog_on, left.vog_by) == (NOW, None, None)
        assert await patrol.ask(work, team_id, member) is Asked.DONE
        await patrol.answer(work, team_id, 11, asked=int(NOW.timestamp()), yes=True, by=COORDINATOR)
        row = await work.session.get(TeamMember, (team_id, 11))
        assert row is not None
        assert row.vog_on is None


async def test_the_steps_of_the_chain_are_done_once(database: Database) -> None:
    team_id = await squad_of(database, 3)
    async with database.write(NOW) as work:
        only = (await shift(work, team_id)).id
        await signups.join(work, only, await person(work, 11), WALKER)
        await chain.run(work)
        assert await chain.next_due(work) == wall("2026-12-01T18:00")
    for _again in range(2):
        async with database.write(wall("2026-12-01T18:30")) as work:
            await chain.run(work)
            assert [row.chat_id for row in await messages(work, "walkers_wanted")] == [12, 13]
            assert sorted(row.chat_id for row in await messages(work, "round_short")) == [WORKER, COORDINATOR]
            assert await messages(work, "called_off") == []
    for _again in range(2):
        async with database.write(wall("2026-12-01T19:00")) as work:
            await chain.run(work)
            told = sorted(row.chat_id for row in await messages(work, "called_off"))
            assert told == [11, 12, 13, WORKER, COORDINATOR]
            assert await chain.next_due(work) is None


async def test_calls_and_refused_requests_are_forgotten_after_a_week(database: Database) -> None:
    team_id = await squad_of(database, 1)
    async with database.write(NOW) as work:
        await calls.ask(work, team_id, await person(work, 11), NOW + timedelta(hours=3))
        await person(work, 50, "Fatima")
        fatima = await work.session.get(Person, 50)
        assert fatima is not None
        await patrol.ask(work, team_id, fatima)
        await patrol.answer(work, team_id, 50, asked=int(NOW.timestamp()), yes=False, by=COORDINATOR)
        assert await forget_calls(work.session, NOW + timedelta(days=6)) == 0
        assert await forget_calls(work.session, NOW + timedelta(days=8)) == 2
        assert (await work.session.scalars(select(WalkCall))).all() == []


async def test_nobody_is_pushed_out_of_a_round_before_others_are_asked(database: Database) -> None:
    team_id = await squad_of(database, 3)
    async with database.write(NOW) as work:
        only = (await shift(work, team_id, maximum=2)).id
        for number in (11, 12):
            await signups.join(work, only, await person(work, number), WALKER)
        await chain.run(work)
        assert await chain.step_in(work, only, await person(work, 13)) is StepIn.FULL
        assert (await states(work, only))[11] is SignupState.SIGNED_UP
    async with database.write(wall("2026-12-01T18:00")) as work:
        await chain.run(work)
        assert await chain.step_in(work, only, await person(work, 13)) is StepIn.COMING
        assert await chain.step_in(work, only, await person(work, 11)) is StepIn.COMING
        assert await chain.step_in(work, only, await person(work, 12)) is StepIn.FULL
        assert await states(work, only) == {
            11: SignupState.SIGNED_UP,
            12: SignupState.REPLACED,
            13: SignupState.SIGNED_UP,
        }
        assert await chain.step_in(work, only, await person(work, 99)) is StepIn.NOT_THERE
    async with database.write(wall("2026-12-01T20:00")) as work:
        assert await chain.step_in(work, only, await person(work, 12)) is StepIn.STARTED


async def test_the_two_questions_are_asked_whatever_the_table_says(database: Database) -> None:
    team_id = await squad_of(database, 1)
    async with database.write(NOW) as work:
        organisation = await work.session.get(Organisation, 1)
        assert organisation is not None
        organisation.reminders = {"patrol": ["2d"]}
        only = await shift(work, team_id)
        await signups.join(work, only.id, await person(work, 11), WALKER)
        leads = [row.key.split(":", 2)[2] for row in await messages(work, "signup_reminder", 11)]
        assert leads == ["2d", "1d@19:00", "3h"]


async def test_a_place_that_was_offered_is_for_the_first_who_taps_once_others_are_asked(database: Database) -> None:
    team_id = await squad_of(database, 3)
    async with database.write(NOW) as work:
        only = (await shift(work, team_id, "2026-12-02T09:00", maximum=1)).id
        for number in (11, 12):
            await signups.join(work, only, await person(work, number), WALKER)
        await chain.run(work)
    async with database.write(wall("2026-12-01T20:00")) as work:
        row = await queries.of_person(work.session, only, 11, WALKER)
        assert row is not None
        row.state = SignupState.CANCELLED
        await offers.run(work)
        assert (await states(work, only))[12] is SignupState.OFFERED
    async with database.write(wall("2026-12-01T20:30")) as work:
        await chain.run(work)
        assert (await states(work, only))[12] is SignupState.WAITING
        assert [row.chat_id for row in await messages(work, "walkers_wanted")] == [12, 13]
        assert await chain.step_in(work, only, await person(work, 12)) is StepIn.COMING
        row = await queries.of_person(work.session, only, 12, WALKER)
        assert row is not None
        assert (row.state, row.attendance) == (SignupState.SIGNED_UP, Attendance.COMING)
