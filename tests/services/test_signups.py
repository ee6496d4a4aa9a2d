"""Signing up and leaving, on SQLite and on PostgreSQL."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import func, select

from bot.domain.enums import HOLDING, ActivityKind, RoleKey, SignupState
from bot.services.activities import signups
from bot.services.activities.signups import Came, Extra, Joined, Left
from bot.services.repair_cafe.bringing import ItemDraft
from storage.engine import Database
from storage.models import Occurrence, Person, Signup
from storage.queries import signups as queries
from tests.patience import PATIENCE_S
from tests.services.meetings import NOW, make_town, meeting, messages, person, states, team, wall

HOSTS = {RoleKey.HOST: (1, 2)}


async def test_the_last_place_is_not_sold_twice_to_twenty_who_tap_at_once(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", {RoleKey.HOST: (1, 1)})
        for number in range(20):
            await person(work, 100 + number)

    ready = asyncio.Barrier(20)

    async def tap(person_id: int) -> Joined:
        if not database.is_sqlite:
            await asyncio.wait_for(ready.wait(), PATIENCE_S)
        async with database.write(NOW) as work:
            prefetched = await work.session.get(Occurrence, occurrence.id)
            assert prefetched is not None
            await queries.held(work.session, occurrence.id, RoleKey.HOST)
            await asyncio.sleep(0)
            who = await work.session.get(Person, person_id)
            assert who is not None
            return (await signups.join(work, occurrence.id, who, RoleKey.HOST)).outcome

    outcomes = Counter(await asyncio.gather(*(tap(100 + number) for number in range(20))))

    assert outcomes == {Joined.SIGNED_UP: 1, Joined.WAITING: 19}
    async with database.read(NOW) as work:
        query = select(func.count()).where(Signup.occurrence_id == occurrence.id, Signup.state.in_(HOLDING))
        assert await work.session.scalar(query) == 1


async def test_who_comes_second_waits_and_knows_the_position(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", {RoleKey.HOST: (1, 1)})
        first = await signups.join(work, occurrence.id, await person(work, 1), RoleKey.HOST)
        second = await signups.join(work, occurrence.id, await person(work, 2), RoleKey.HOST)
        third = await signups.join(work, occurrence.id, await person(work, 3), RoleKey.HOST)
        again = await signups.join(work, occurrence.id, await person(work, 3), RoleKey.HOST)

        assert [first.outcome, second.outcome, third.outcome] == [Joined.SIGNED_UP, Joined.WAITING, Joined.WAITING]
        assert (second.position, third.position) == (1, 2)
        assert (again.outcome, again.position) == (Joined.ALREADY, 2)


async def test_a_cancelled_place_is_a_state_and_can_be_taken_again(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", HOSTS)
        joined = await signups.join(work, occurrence.id, await person(work, 1), RoleKey.HOST)
        assert joined.signup is not None
        version = joined.signup.version

        assert (await signups.leave(work, joined.signup.id, 1, version=version))[0] is Left.FREED
        assert await states(work, occurrence.id) == {1: SignupState.CANCELLED}
        assert (await signups.leave(work, joined.signup.id, 1, version=version))[0] is Left.ALREADY
        again = await signups.join(work, occurrence.id, await person(work, 1), RoleKey.HOST)
        assert again.outcome is Joined.SIGNED_UP
        assert again.signup is joined.signup
        assert (await signups.leave(work, joined.signup.id, 1, version=version))[0] is Left.CHANGED
        assert await states(work, occurrence.id) == {1: SignupState.SIGNED_UP}


async def test_nobody_leaves_for_somebody_else(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", HOSTS)
        joined = await signups.join(work, occurrence.id, await person(work, 1), RoleKey.HOST)
        assert joined.signup is not None

        assert (await signups.leave(work, joined.signup.id, 2, version=joined.signup.version))[0] is Left.NOT_THERE
        assert (await signups.confirm(work, joined.signup.id, 2, version=1))[0] is Came.NOT_THERE
        assert await states(work, occurrence.id) == {1: SignupState.SIGNED_UP}


@pytest.mark.parametrize(
    ("at", "called_off", "version", "expected"),
    [
        ("2026-12-01T12:00", False, 2, Joined.CHANGED),
        ("2026-12-01T12:00", True, 1, Joined.CALLED_OFF),
        ("2026-12-05T13:00", False, 1, Joined.STARTED),
        ("2026-12-04T20:00", False, 1, Joined.CLOSED),
    ],
)
async def test_a_place_that_is_gone_is_refused(
    database: Database, at: str, called_off: bool, version: int, expected: Joined
) -> None:
    async with database.write(wall(at)) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", HOSTS, deadline="2026-12-04T20:00")
        occurrence.called_off_at = work.now if called_off else None
        result = await signups.join(work, occurrence.id, await person(work, 1), RoleKey.HOST, version=version)

        assert result.outcome is expected
        assert await states(work, occurrence.id) == {}


async def test_a_role_that_the_meeting_does_not_have_is_not_there(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", HOSTS)
        who = await person(work, 1)

        assert (await signups.join(work, occurrence.id, who, RoleKey.STALL)).outcome is Joined.NOT_THERE
        assert (await signups.join(work, 12345, who, RoleKey.HOST)).outcome is Joined.NOT_THERE


async def test_under_16_gets_no_stall(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(
            work, "2026-12-12T10:00", {RoleKey.STALL: (0, 80)}, kind=ActivityKind.ROMMELROUTE, title="Rommelroute"
        )
        child = await person(work, 1, under_16=True)

        assert (await signups.join(work, occurrence.id, child, RoleKey.STALL)).outcome is Joined.UNDER_16


async def test_a_full_slot_is_refused_and_walking_in_never_is(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", {RoleKey.VISITOR: (0, 6)}, slot_minutes=30)
        slot = Extra(slot_at=wall("2026-12-05T13:30"), item=ItemDraft("Broek"))
        walk_in = Extra(item=ItemDraft("Lamp", category="lamp", brand="Philips"))

        outcomes = [
            (await signups.join(work, occurrence.id, await person(work, number), RoleKey.VISITOR, extra=extra)).outcome
            for number, extra in enumerate([slot, slot, *[walk_in] * 20])
        ]
        odd = Extra(slot_at=wall("2026-12-05T13:10"))
        forged = await signups.join(work, occurrence.id, await person(work, 99), RoleKey.VISITOR, extra=odd)

        assert outcomes == [Joined.SIGNED_UP, Joined.SLOT_FULL, *[Joined.SIGNED_UP] * 20]
        assert forged.outcome is Joined.SLOT_FULL


async def test_what_is_brought_is_kept_and_replaced_when_somebody_signs_up_again(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", {RoleKey.VISITOR: (0, None)})
        who = await person(work, 1)
        signup_id = 0
        for item in ("Lamp", "Broek"):
            result = await signups.join(
                work, occurrence.id, who, RoleKey.VISITOR, extra=Extra(item=ItemDraft(item, fault="stuk"))
            )
            assert result.signup is not None
            signup_id = result.signup.id
            await signups.leave(work, signup_id, 1, version=result.signup.version)

        row = await queries.repair_item(work.session, signup_id)
        assert row is not None
        assert (row.item_type, row.fault) == ("Broek", "stuk")


async def test_late_means_that_the_place_stays_filled_and_can_be_had_back(database: Database) -> None:
    async with database.write(wall("2026-12-04T13:30")) as work:
        await make_town(work)
        occurrence = await meeting(work, "2026-12-05T13:00", {RoleKey.HOST: (1, 1), RoleKey.VISITOR: (0, None)})
        host = await signups.join(work, occurrence.id, await person(work, 1), RoleKey.HOST)
        visitor = await signups.join(work, occurrence.id, await person(work, 2), RoleKey.VISITOR)
        waiting = await signups.join(work, occurrence.id, await person(work, 3), RoleKey.HOST)
        assert host.signup is not None
        assert visitor.signup is not None

        assert (await signups.leave(work, host.signup.id, 1, version=1))[0] is Left.SEEKS_STAND_IN
        assert (await signups.leave(work, visitor.signup.id, 2, version=1))[0] is Left.FREED
        assert waiting.outcome is Joined.WAITING
        assert await states(work, occurrence.id) == {
            1: SignupState.SEEKS_STAND_IN,
            2: SignupState.CANCELLED,
            3: SignupState.WAITING,
        }
        assert [row.chat_id for row in await messages(work, "stand_in_wanted")] == [3]
        assert (await signups.confirm(work, host.signup.id, 1, version=host.signup.version))[0] is Came.COMING
        assert (await states(work, occurrence.id))[1] is SignupState.SIGNED_UP


async def test_a_patrol_shift_is_not_there_for_who_has_no_vog(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        squad = await team(work, {11: True, 12: False})
        occurrence = await meeting(
            work, "2026-12-01T20:00", {RoleKey.WALKER: (2, 4)}, kind=ActivityKind.PATROL, team=squad, title="Ronde"
        )
        outcomes = {
            who: (await signups.join(work, occurrence.id, await person(work, who), RoleKey.WALKER)).outcome
            for who in (11, 12, 13, 9001, 9101)
        }

        assert outcomes.pop(11) is Joined.SIGNED_UP
        assert set(outcomes.values()) == {Joined.NOT_THERE}
