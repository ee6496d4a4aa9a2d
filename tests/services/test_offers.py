"""Free places along the waiting list: offered, answered, passed on, first-to-tap; and stand-ins."""

import asyncio
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.domain.enums import HOLDING, ActivityKind, OfferState, Reachable, RoleKey, SignupState
from bot.domain.notices.activities import PlaceOffered
from bot.services.activities import offers, rescheduling, signups, stand_ins
from bot.services.activities.offers import Answered
from bot.services.activities.signups import Joined, Left
from bot.services.activities.stand_ins import TakenOver
from storage.engine import Database
from storage.models import ActivityRole, Occurrence, Offer, Signup
from storage.queries import offers as offer_queries
from storage.queries import signups as queries
from storage.work import Work
from tests.databases import sqlite_url
from tests.services.meetings import (
    ADMIN,
    COORDINATOR,
    NOW,
    deliver,
    make_town,
    meeting,
    messages,
    person,
    states,
    team,
    wall,
)

START = "2026-12-05T13:00"
WAITING, OFFERED, CANCELLED = SignupState.WAITING, SignupState.OFFERED, SignupState.CANCELLED
SIGNED_UP = SignupState.SIGNED_UP


async def full(database: Database, *, waiting: int = 2, maximum: int = 1, start: str = START) -> int:
    """Return a meeting whose host places are taken by person 1 …, with people 11, 12 … on the waiting list."""
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, start, {RoleKey.HOST: (1, maximum)})
        for number in [*range(1, maximum + 1), *range(11, 11 + waiting)]:
            await signups.join(work, occurrence.id, await person(work, number), RoleKey.HOST)
        return occurrence.id


async def leave(work: Work, occurrence_id: int, person_id: int) -> Left:
    row = await queries.of_person(work.session, occurrence_id, person_id, RoleKey.HOST)
    assert row is not None
    return (await signups.leave(work, row.id, person_id, version=row.version))[0]


async def offer_of(work: Work, person_id: int) -> Offer:
    query = select(Offer).where(Offer.person_id == person_id).order_by(Offer.id.desc())
    row = (await work.session.scalars(query)).first()
    assert row is not None
    return row


async def test_a_free_place_is_offered_to_the_first_until_an_hour_that_is_named(database: Database) -> None:
    occurrence_id = await full(database)
    async with database.write(wall("2026-12-01T10:00")) as work:
        assert await leave(work, occurrence_id, 1) is Left.FREED
        assert await states(work, occurrence_id) == {1: CANCELLED, 11: OFFERED, 12: WAITING}
        (row,) = await messages(work, "place_offered")
        assert row.chat_id == 11
        assert row.due_at - wall("2026-12-01T10:00") < timedelta(seconds=1)
        # 24 hours between 08:00 and 22:00: 12 today, 12 tomorrow.
        assert row.valid_until == (await offer_of(work, 11)).expires_at == wall("2026-12-02T20:00")


async def test_yes_gives_the_place_and_its_reminders(database: Database) -> None:
    occurrence_id = await full(database)
    async with database.write(wall("2026-12-01T10:00")) as work:
        await leave(work, occurrence_id, 1)
        offer = await offer_of(work, 11)
        await deliver(work)
    async with database.write(wall("2026-12-01T12:00")) as work:
        assert (await offers.accept(work, offer.id, 12))[0] is Answered.NOT_THERE
        assert (await offers.accept(work, offer.id, 11))[0] is Answered.PLACE
        assert (await offers.accept(work, offer.id, 11))[0] is Answered.PLACE
        assert (await offers.decline(work, offer.id, 11))[0] is Answered.TOO_LATE
        assert await states(work, occurrence_id) == {1: CANCELLED, 11: SIGNED_UP, 12: WAITING}
        assert [row.due_at for row in await messages(work, "signup_reminder", 11)] == [wall("2026-12-04T13:00")]
        assert [row.key for row in await messages(work, "place_offered")] == [PlaceOffered(offer.id).key]


async def test_no_passes_it_on_at_once(database: Database) -> None:
    occurrence_id = await full(database)
    async with database.write(wall("2026-12-01T10:00")) as work:
        await leave(work, occurrence_id, 1)
        offer = await offer_of(work, 11)
        await deliver(work)
        assert (await offers.decline(work, offer.id, 11))[0] is Answered.DECLINED
        assert (await offers.decline(work, offer.id, 11))[0] is Answered.DECLINED
        assert await states(work, occurrence_id) == {1: CANCELLED, 11: CANCELLED, 12: OFFERED}


async def test_silence_passes_it_on_by_the_job(database: Database) -> None:
    occurrence_id = await full(database)
    async with database.write(wall("2026-12-01T10:00")) as work:
        await leave(work, occurrence_id, 1)
        await deliver(work)
    async with database.write(wall("2026-12-02T19:59")) as work:
        await offers.run(work)
        assert (await states(work, occurrence_id))[11] is OFFERED
    async with database.write(wall("2026-12-02T20:00")) as work:
        offer = await offer_of(work, 11)
        assert (await offers.accept(work, offer.id, 11))[0] is Answered.TOO_LATE
        await offers.run(work)
        assert await states(work, occurrence_id) == {1: CANCELLED, 11: CANCELLED, 12: OFFERED}
        # 6 hours to answer from 20:00: two this evening, four from 08:00.
        assert (await offer_of(work, 12)).expires_at == wall("2026-12-03T12:00")


async def test_who_never_got_the_offer_does_not_lose_the_place_in_the_queue(database: Database) -> None:
    occurrence_id = await full(database)
    async with database.write(wall("2026-12-01T10:00")) as work:
        await leave(work, occurrence_id, 1)
    async with database.write(wall("2026-12-02T20:00")) as work:
        await offers.run(work)
        assert await states(work, occurrence_id) == {1: CANCELLED, 11: OFFERED, 12: WAITING}


async def test_who_blocked_the_bot_is_passed_over(database: Database) -> None:
    occurrence_id = await full(database)
    async with database.write(wall("2026-12-01T10:00")) as work:
        (await person(work, 11)).reachable = Reachable.BLOCKED
        await leave(work, occurrence_id, 1)
        assert await states(work, occurrence_id) == {1: CANCELLED, 11: WAITING, 12: OFFERED}


async def test_a_place_that_is_free_at_night_is_offered_at_eight(database: Database) -> None:
    occurrence_id = await full(database)
    async with database.write(wall("2026-12-01T23:30")) as work:
        await leave(work, occurrence_id, 1)
        (row,) = await messages(work, "place_offered")
        assert row.due_at == wall("2026-12-02T08:00")


async def test_in_the_last_three_hours_the_first_who_taps_has_it(database: Database) -> None:
    occurrence_id = await full(database, waiting=3)
    async with database.write(wall("2026-12-05T10:30")) as work:
        row = await queries.of_person(work.session, occurrence_id, 1, RoleKey.HOST)
        assert row is not None
        row.state = CANCELLED
        row.changed_at = work.now
        await offers.run(work)
        await offers.run(work)
        assert [row.chat_id for row in await messages(work, "free_place")] == [11, 12, 13]
        assert (await states(work, occurrence_id))[12] is WAITING
    answers = []
    for person_id in (12, 11, 12, 13):
        async with database.write(wall("2026-12-05T10:40")) as work:
            signup = await queries.of_person(work.session, occurrence_id, person_id, RoleKey.HOST)
            assert signup is not None
            answers.append((await offers.take_free(work, signup.id, person_id, signup.version))[0])
    assert answers == [Answered.PLACE, Answered.TAKEN, Answered.PLACE, Answered.TAKEN]


async def test_nothing_is_offered_after_the_start(database: Database) -> None:
    occurrence_id = await full(database)
    async with database.write(wall("2026-12-05T10:30")) as work:
        occurrence = await work.session.get(Occurrence, occurrence_id)
        assert occurrence is not None
        await offers.fill(work, occurrence)
        signup = await queries.of_person(work.session, occurrence_id, 11, RoleKey.HOST)
        assert signup is not None
        signup_id, version = signup.id, signup.version
    async with database.write(wall(START)) as work:
        await offers.run(work)
        assert await messages(work, "free_place") == []
        assert (await offers.take_free(work, signup_id, 11, version))[0] is Answered.TOO_LATE


async def test_one_pending_offer_per_person(database: Database) -> None:
    occurrence_id = await full(database, waiting=1)
    async with database.write(wall("2026-12-01T10:00")) as work:
        other = await meeting(work, "2026-12-06T13:00", {RoleKey.HOST: (0, 1)}, title="Anders")
        for number in (2, 11, 12):
            await signups.join(work, other.id, await person(work, number), RoleKey.HOST)
        await leave(work, occurrence_id, 1)
        await leave(work, other.id, 2)
        assert await states(work, occurrence_id) == {1: CANCELLED, 11: OFFERED}
        assert await states(work, other.id) == {2: CANCELLED, 11: WAITING, 12: OFFERED}


async def test_who_joins_while_others_wait_goes_behind_them(database: Database) -> None:
    occurrence_id = await full(database, waiting=1)
    async with database.write(wall("2026-12-01T10:00")) as work:
        await leave(work, occurrence_id, 1)
        result = await signups.join(work, occurrence_id, await person(work, 30), RoleKey.HOST)
        assert (result.outcome, result.position) == (Joined.WAITING, 1)


async def test_a_larger_maximum_reaches_the_waiting_list_by_the_job(database: Database) -> None:
    occurrence_id = await full(database, waiting=3)
    async with database.write(wall("2026-12-01T10:00")) as work:
        occurrence = await work.session.get(Occurrence, occurrence_id)
        assert occurrence is not None
        role = await work.session.get(ActivityRole, (occurrence.activity_id, RoleKey.HOST))
        assert role is not None
        role.maximum = 3
        await offers.run(work)
        assert await states(work, occurrence_id) == {1: SIGNED_UP, 11: OFFERED, 12: OFFERED, 13: WAITING}


async def test_calling_off_tells_everyone_at_once_and_takes_offers_back(database: Database) -> None:
    occurrence_id = await full(database)
    night = wall("2026-12-04T23:30")
    async with database.write(wall("2026-12-01T10:00")) as work:
        await leave(work, occurrence_id, 1)
        await deliver(work)
    async with database.write(night) as work:
        assert await rescheduling.call_off(work, occurrence_id, "Ziek") is rescheduling.Changed.DONE
        assert await rescheduling.call_off(work, occurrence_id, "Ziek") is rescheduling.Changed.ALREADY
        told = await messages(work, "called_off")
        assert [row.chat_id for row in told] == [11, 12]
        assert all(row.due_at - night < timedelta(seconds=1) for row in told)
        assert not any(row.silent for row in told)
        assert (await offer_of(work, 11)).state is OfferState.WITHDRAWN
        await offers.run(work)
        assert await states(work, occurrence_id) == {1: CANCELLED, 11: WAITING, 12: WAITING}


async def test_moving_keeps_the_nominal_date_and_offers_anew(database: Database) -> None:
    occurrence_id = await full(database)
    async with database.write(wall("2026-12-01T10:00")) as work:
        await leave(work, occurrence_id, 1)
        await deliver(work)
        first = await offer_of(work, 11)
        moved = await rescheduling.move(work, occurrence_id, wall("2026-12-06T13:00"), wall("2026-12-06T16:00"))
        assert moved is rescheduling.Changed.DONE
        occurrence = await work.session.get(Occurrence, occurrence_id)
        assert occurrence is not None
        assert occurrence.nominal_on.isoformat() == "2026-12-05"
        assert first.state is OfferState.WITHDRAWN
        assert (await offer_of(work, 11)).id != first.id
        assert [row.chat_id for row in await messages(work, "moved")] == [11, 12]


# -- stand-ins ----------------------------------------------------------------------------------------------------


async def test_others_are_asked_the_first_takes_over_and_both_know(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        squad = await team(work, {11: True, 12: True, 13: True, 14: False})
        shift = await meeting(
            work, "2026-12-01T20:00", {RoleKey.WALKER: (2, 4)}, kind=ActivityKind.PATROL, team=squad, title="Ronde"
        )
        for number in (11, 12):
            await signups.join(work, shift.id, await person(work, number), RoleKey.WALKER)
    async with database.write(wall("2026-12-01T15:00")) as work:
        row = await queries.of_person(work.session, shift.id, 11, RoleKey.WALKER)
        assert row is not None
        assert (await signups.leave(work, row.id, 11, version=row.version))[0] is Left.SEEKS_STAND_IN
        assert [message.chat_id for message in await messages(work, "stand_in_wanted")] == [13]
        (coordinator,) = await messages(work, "no_stand_in")
        assert (coordinator.chat_id, coordinator.due_at) == (COORDINATOR, wall("2026-12-01T17:00"))
        seeking = row.version

        async def take(person_id: int) -> TakenOver:
            taker = await person(work, person_id)
            return (await stand_ins.take_over(work, row.id, taker, version=seeking))[0]

        assert [await take(who) for who in (14, 99, 12, 13, 13)] == [
            TakenOver.NOT_THERE,
            TakenOver.NOT_THERE,
            TakenOver.ALREADY_COMES,
            TakenOver.DONE,
            TakenOver.ALREADY_COMES,
        ]
        assert await states(work, shift.id) == {11: SignupState.REPLACED, 12: SIGNED_UP, 13: SIGNED_UP}
        assert [message.chat_id for message in await messages(work, "stand_in_found")] == [11]
        assert len(await messages(work, "signup_reminder", 13)) == 1


async def test_nobody_to_ask_means_that_the_coordinator_hears_it_now(database: Database) -> None:
    async with database.write(NOW) as work:
        await make_town(work)
        occurrence = await meeting(work, START, {RoleKey.HOST: (1, 1)})
        await signups.join(work, occurrence.id, await person(work, 1), RoleKey.HOST)
    async with database.write(wall("2026-12-05T09:00")) as work:
        assert await leave(work, occurrence.id, 1) is Left.SEEKS_STAND_IN
        (row,) = await messages(work, "no_stand_in")
        assert (row.chat_id, row.due_at) == (ADMIN, wall("2026-12-05T09:00"))


# -- whatever happens ----------------------------------------------------------------------------------------------

PEOPLE = range(1, 7)
STEPS = st.one_of(
    st.tuples(st.just("join"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("leave"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("yes"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("no"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("tap"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("take over"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("hours"), st.integers(1, 40)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(maximum=st.integers(1, 3), hours=st.integers(1, 120), steps=st.lists(STEPS, max_size=30))
def test_holders_and_open_offers_never_exceed_the_maximum(
    migrated_file: Path, maximum: int, hours: int, steps: list[tuple[str, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "town.db"
        shutil.copyfile(migrated_file, path)
        asyncio.run(_play(sqlite_url(path), maximum, hours, steps))


async def _play(url: str, maximum: int, hours: int, steps: list[tuple[str, int]]) -> None:
    database = Database(url)
    now = NOW
    try:
        async with database.write(now) as work:
            await make_town(work)
            occurrence = await meeting(work, START, {RoleKey.HOST: (0, maximum)})
            occurrence.starts_at = now + timedelta(hours=hours)
            occurrence.ends_at = occurrence.starts_at + timedelta(hours=3)
            for number in PEOPLE:
                await person(work, number)
        for step, number in steps:
            now += timedelta(hours=number) if step == "hours" else timedelta(minutes=7)
            async with database.write(now) as work:
                await _step(work, occurrence.id, step, number)
            async with database.write(now) as work:
                await offers.run(work)
                await deliver(work)
            async with database.read(now) as work:
                await _check(work, occurrence.id, maximum)
    finally:
        await database.close()


async def _step(work: Work, occurrence_id: int, step: str, number: int) -> None:
    row = await queries.of_person(work.session, occurrence_id, number, RoleKey.HOST)
    offer = None if row is None else await offer_queries.pending_offer_of(work.session, row.id)
    who = await person(work, number)
    if step == "join":
        await signups.join(work, occurrence_id, who, RoleKey.HOST)
    elif step == "leave" and row is not None:
        await signups.leave(work, row.id, number, version=row.version)
    elif step == "yes" and offer is not None:
        await offers.accept(work, offer.id, number)
    elif step == "no" and offer is not None:
        await offers.decline(work, offer.id, number)
    elif step == "tap" and row is not None:
        await offers.take_free(work, row.id, number, row.version)
    elif step == "take over":
        for given_up in await queries.seeking(work.session, occurrence_id):
            await stand_ins.take_over(work, given_up.id, who, version=given_up.version)


async def _check(work: Work, occurrence_id: int, maximum: int) -> None:
    held = select(func.count()).where(Signup.occurrence_id == occurrence_id, Signup.state.in_(HOLDING))
    assert (await work.session.scalar(held) or 0) <= maximum
    offered = select(Signup.person_id).where(Signup.occurrence_id == occurrence_id, Signup.state == OFFERED)
    pending = select(Offer.person_id).where(Offer.state == OfferState.PENDING)
    people = sorted((await work.session.scalars(pending)).all())
    assert people == sorted((await work.session.scalars(offered)).all())
    assert len(people) == len(set(people))
