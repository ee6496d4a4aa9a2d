"""Companions and people without Telegram take places like everybody, on SQLite and on PostgreSQL."""

import asyncio

from sqlalchemy import func, select

from bot.domain.enums import HOLDING, ActivityKind, Language, RoleKey, SignupState
from bot.services.activities import guests, offers, signups
from bot.services.activities.guests import Along
from bot.services.activities.offers import Answered
from bot.services.activities.signups import Joined, Left
from storage.engine import Database
from storage.models import ActivityRole, Occurrence, Person, Signup
from storage.queries import activities as activity_queries
from storage.queries import signups as queries
from storage.work import Work
from tests.services.meetings import COORDINATOR, NOW, deliver, make_town, meeting, messages, person, team, wall

START = "2026-12-05T19:00"
VISITOR, HOST = RoleKey.VISITOR, RoleKey.HOST


async def dinner(work: Work, maximum: int, *, plus_one: bool = True) -> Occurrence:
    """Return a dinner for *maximum* visitors who may bring somebody, looked after by Jan."""
    await make_town(work)
    roles = {VISITOR: (0, maximum), HOST: (0, 2)}
    row = await meeting(work, START, roles, kind=ActivityKind.OTHER, coordinator=COORDINATOR, title="Buurtdiner")
    role = await work.session.get(ActivityRole, (row.activity_id, VISITOR))
    assert role is not None
    role.plus_one = plus_one
    return row


async def join(work: Work, row: Occurrence, person_id: int, role: RoleKey = VISITOR, name: str = "") -> Signup:
    """Return the sign-up of somebody who joins."""
    result = await signups.join(work, row.id, await person(work, person_id), role, for_name=name)
    assert result.signup is not None, result.outcome
    return result.signup


async def bring(work: Work, signup: Signup, *, companion: bool = True) -> Along:
    """Say that a companion comes, or not."""
    person_id, version = signup.person_id, signup.version
    return (await guests.bring(work, signup.id, person_id, version=version, companion=companion))[0]


async def test_a_companion_takes_a_place_and_gives_it_back(database: Database) -> None:
    async with database.write(NOW) as work:
        row = await dinner(work, 3)
        ann, bob = await join(work, row, 1), await join(work, row, 2)
        assert await bring(work, ann) is Along.BRINGS
        assert await bring(work, bob) is Along.NO_ROOM
        assert await queries.held(work.session, row.id, VISITOR) == 3
        assert (await activity_queries.taken(work.session, [row.id]))[(row.id, VISITOR)] == 3
        kim = await join(work, row, 3)
        before = kim.state
        assert await bring(work, ann, companion=False) is Along.ALONE
        assert (before, kim.state) == (SignupState.WAITING, SignupState.OFFERED)
        assert await bring(work, kim) is Along.CHANGED


async def test_who_waits_for_two_is_offered_two_and_holds_nobody_up(database: Database) -> None:
    async with database.write(NOW) as work:
        row = await dinner(work, 2)
        first, second = await join(work, row, 1), await join(work, row, 2)
        pair, single = await join(work, row, 3), await join(work, row, 4)
        assert await bring(work, pair) is Along.BRINGS
        await signups.leave(work, first.id, 1, version=first.version)
        assert (pair.state, single.state) == (SignupState.WAITING, SignupState.OFFERED)
        await signups.leave(work, single.id, 4, version=single.version)
        await signups.leave(work, second.id, 2, version=second.version)
        assert pair.state is SignupState.OFFERED
        assert await queries.held(work.session, row.id, VISITOR) == 2
        assert (await join(work, row, 5)).state is SignupState.WAITING


async def test_a_single_place_goes_to_who_asks_when_only_pairs_wait(database: Database) -> None:
    async with database.write(NOW) as work:
        row = await dinner(work, 2)
        first = await join(work, row, 1)
        await join(work, row, 2)
        pair = await join(work, row, 3)
        await bring(work, pair)
        await signups.leave(work, first.id, 1, version=first.version)
        await offers.run(work)
        assert pair.state is SignupState.WAITING
        assert (await join(work, row, 4)).state is SignupState.SIGNED_UP


async def test_shortly_before_the_start_only_who_fits_is_told_also_of_a_companion_s_place(database: Database) -> None:
    async with database.write(NOW) as work:
        row = await dinner(work, 2)
        ann = await join(work, row, 1)
        await bring(work, ann)
        pair, single = await join(work, row, 3), await join(work, row, 4)
        await bring(work, pair)
    async with database.write(wall("2026-12-05T17:00")) as work:
        ann = await join(work, row, 1)
        assert await bring(work, ann, companion=False) is Along.ALONE
        await offers.run(work)
        assert [message.chat_id for message in await messages(work, "free_place")] == [4]
        fresh = await queries.anew(work.session, pair.id)
        assert fresh is not None
        assert (await offers.take_free(work, pair.id, 3, fresh.version))[0] is Answered.TAKEN
        assert (await offers.take_free(work, single.id, 4, single.version))[0] is Answered.PLACE


async def test_nobody_brings_somebody_where_it_is_not_allowed_or_too_late(database: Database) -> None:
    async with database.write(NOW) as work:
        row = await dinner(work, 5, plus_one=False)
        ann = await join(work, row, 1)
        assert await bring(work, ann) is Along.CLOSED
        assert (await guests.bring(work, ann.id, 2, version=ann.version, companion=True))[0] is Along.NOT_THERE
        assert (await guests.bring(work, 5, 2, version=1, companion=True))[0] is Along.NOT_THERE
    async with database.write(wall(START)) as work:
        assert await bring(work, ann) is Along.CLOSED
        assert ann.seats == 1


async def test_pairs_and_singles_at_once_never_take_more_than_there_is(database: Database) -> None:
    async with database.write(NOW) as work:
        row = await dinner(work, 5)
        for number in range(20):
            await person(work, 100 + number)

    async def come(person_id: int) -> None:
        async with database.write(NOW) as work:
            who = await work.session.get(Person, person_id)
            assert who is not None
            result = await signups.join(work, row.id, who, VISITOR)
            assert result.signup is not None
        async with database.write(NOW) as work:
            fresh = await queries.anew(work.session, result.signup.id)
            assert fresh is not None
            await guests.bring(work, fresh.id, person_id, version=fresh.version, companion=True)

    await asyncio.gather(*(come(100 + number) for number in range(20)))
    async with database.read(NOW) as work:
        query = select(func.sum(Signup.seats)).where(Signup.occurrence_id == row.id, Signup.state.in_(HOLDING))
        assert await work.session.scalar(query) == 5


# -- without Telegram ------------------------------------------------------------------------------------------------


async def test_a_host_and_the_coordinator_sign_others_up_and_nobody_else_does(database: Database) -> None:
    async with database.write(NOW) as work:
        row = await dinner(work, 3)
        await join(work, row, 1, HOST)
        await join(work, row, 1, VISITOR, "Jan")
        again = await signups.join(work, row.id, await person(work, 1), VISITOR, for_name="Jan")
        assert again.outcome is Joined.ALREADY
        await join(work, row, COORDINATOR, VISITOR, "Jan")
        refused = await signups.join(work, row.id, await person(work, 2), VISITOR, for_name="Piet")
        assert refused.outcome is Joined.NOT_FOR_OTHERS
        assert await queries.held(work.session, row.id, VISITOR) == 2
        assert await messages(work, "signup_reminder", COORDINATOR) == []


async def test_nobody_signs_others_up_for_a_round(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        squad = await team(work, {11: True})
        shift = await meeting(
            work, START, {RoleKey.WALKER: (2, 4)}, kind=ActivityKind.PATROL, team=squad, title="Ronde"
        )
        result = await signups.join(work, shift.id, await person(work, 11), RoleKey.WALKER, for_name="Jan")
        assert result.outcome is Joined.NOT_FOR_OTHERS


async def test_offers_for_others_come_one_by_one_to_who_signed_them_up(database: Database) -> None:
    async with database.write(NOW) as work:
        row = await dinner(work, 2)
        first, second = await join(work, row, 1), await join(work, row, 2)
        jan = await join(work, row, COORDINATOR, VISITOR, "Jan")
        piet = await join(work, row, COORDINATOR, VISITOR, "Piet")
        await signups.leave(work, first.id, 1, version=first.version)
        await signups.leave(work, second.id, 2, version=second.version)
        assert (jan.state, piet.state) == (SignupState.OFFERED, SignupState.WAITING)
        (offered,) = await messages(work, "place_offered")
        assert (await offers.accept(work, offered.about or 0, COORDINATOR))[0] is Answered.PLACE
        await offers.run(work)
        assert (jan.state, piet.state) == (SignupState.SIGNED_UP, SignupState.OFFERED)
        await deliver(work)


async def test_a_guest_who_helps_is_late_like_everybody(database: Database) -> None:
    async with database.write(NOW) as work:
        row = await dinner(work, 2)
        jan = await join(work, row, COORDINATOR, HOST, "Jan")
        await join(work, row, 3, HOST)
    async with database.write(wall("2026-12-05T12:00")) as work:
        left, _mine = await signups.leave(work, jan.id, COORDINATOR, version=jan.version)
        assert left is Left.SEEKS_STAND_IN
        assert (await person(work, COORDINATOR)).language is Language.DUTCH
