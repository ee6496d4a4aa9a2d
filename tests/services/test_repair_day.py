"""Numbers, attendance and sums of a Repair Café's day, on SQLite and on PostgreSQL."""

import asyncio
import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.activities.repairing import RepairOutcome, RepairReason, Skill, Stage
from bot.domain.enums import WALKED_IN, RoleKey, SignupState
from bot.services import retention
from bot.services.activities import attendance, rescheduling, signups
from bot.services.activities.attendance import Marked
from bot.services.repair_cafe import repair_day, skills
from bot.services.repair_cafe.repair_day import Done
from storage.engine import Database
from storage.models import Occurrence, PersonSkill, RepairItem, Signup
from tests.patience import PATIENCE_S
from tests.services.meetings import COORDINATOR, NOW, messages, person, wall
from tests.services.repair_cafes import ANN, BOB, DAY, cafe


async def test_two_hosts_who_tap_at_once_give_each_number_once(database: Database) -> None:
    occurrence_id, ids = await cafe(database, visitors=10)
    ready = asyncio.Barrier(20)

    async def tap(host: int, signup_id: int) -> Done:
        if not database.is_sqlite:
            await asyncio.wait_for(ready.wait(), PATIENCE_S)
        async with database.write(DAY) as work:
            seen = await work.session.get(Signup, signup_id)
            assert seen is not None
            await work.session.get(Occurrence, occurrence_id)
            await asyncio.sleep(0)
            return (await repair_day.arrive(work, signup_id, host, version=1)).done

    taps = [tap(host, signup_id) for signup_id in ids for host in (ANN, BOB)]
    assert Counter(await asyncio.gather(*taps)) == {Done.DONE: 10, Done.CHANGED: 10}
    async with database.read(DAY) as work:
        numbers = (await work.session.scalars(select(RepairItem.queue_number))).all()
        assert sorted(number for number in numbers if number) == list(range(1, 11))
        assert [visit.number for visit in await repair_day.visits(work, occurrence_id)] == list(range(1, 11))


async def test_a_walk_in_takes_the_next_number_and_is_nobody(database: Database) -> None:
    occurrence_id, ids = await cafe(database, visitors=1)
    async with database.write(DAY) as work:
        await repair_day.arrive(work, ids[0], ANN, version=1)
        answer = await repair_day.walk_in(work, occurrence_id, BOB, repair_day.as_item("Fiets"))
        assert answer.visit is not None
        assert (answer.visit.number, answer.visit.signup.person_id) == (2, WALKED_IN)
        assert not answer.visit.has_telegram
        assert (await repair_day.walk_in(work, occurrence_id, 1, repair_day.as_item("Fiets"))).done is Done.NOT_THERE
        called = await repair_day.call(work, answer.visit.signup.id, ANN, version=answer.visit.signup.version)
        assert called.done is Done.DONE
        assert {row.chat_id for row in await messages(work, "repair_call")} == set(), "nobody is rung"
        assert await rescheduling.call_off(work, occurrence_id, None) is rescheduling.Changed.DONE
        assert WALKED_IN not in {row.chat_id for row in await messages(work, "called_off")}
    async with database.write(DAY) as work:
        assert (await repair_day.walk_in(work, occurrence_id, ANN, repair_day.as_item("Fiets"))).done is Done.NOT_THERE


async def test_a_mistaken_arrival_gives_its_number_to_the_next(database: Database) -> None:
    _occurrence_id, (first, second) = await cafe(database, visitors=2)
    async with database.write(DAY) as work:
        wrong = await repair_day.arrive(work, first, ANN, version=1)
        assert wrong.visit is not None
        undone = await repair_day.undo_arrival(work, first, ANN, version=wrong.visit.signup.version)
        right = await repair_day.arrive(work, second, ANN, version=1)
        assert undone.visit is not None
        assert right.visit is not None
        assert (undone.visit.number, right.visit.number) == (None, 1)
        stale = await repair_day.arrive(work, first, ANN, version=1)
        assert stale.done is Done.CHANGED


async def test_a_reason_belongs_to_what_did_not_go_and_goes_with_a_correction(database: Database) -> None:
    occurrence_id, (signup_id,) = await cafe(database, visitors=1)
    async with database.write(wall("2026-12-05T14:00")) as work:

        async def item() -> RepairItem:
            return (await work.session.scalars(select(RepairItem))).one()

        async def version() -> int:
            return (await work.session.get_one(Signup, signup_id)).version

        await repair_day.arrive(work, signup_id, ANN, version=await version())
        await repair_day.finish(work, signup_id, ANN, RepairOutcome.NOT_FIXED, version=await version())
        await repair_day.give_reason(work, signup_id, BOB, RepairReason.NO_PARTS, version=await version())
        assert ((await item()).outcome, (await item()).outcome_reason) == ("niet_gelukt", "geen_onderdeel")
        await repair_day.finish(work, signup_id, BOB, RepairOutcome.FIXED, version=await version())
        await repair_day.give_reason(work, signup_id, BOB, RepairReason.NO_PARTS, version=await version())
        assert ((await item()).outcome, (await item()).outcome_reason) == ("gelukt", None)
        of = await repair_day.tally_of(work, occurrence_id)
        assert (of.repairs, of.fixed, of.kg, of.unnoted) == (1, 1, 3, 0)


async def test_attendance_can_be_corrected_by_the_coordinator_and_says_who_set_it(database: Database) -> None:
    occurrence_id, ids = await cafe(database, visitors=1)
    async with database.write(wall("2026-12-05T14:00")) as work:
        occurrence = await work.session.get_one(Occurrence, occurrence_id)
        host = next(
            row
            for row in await work.session.scalars(select(Signup).where(Signup.role == RoleKey.HOST))
            if row.person_id == ANN
        )
        for state in (SignupState.PRESENT, SignupState.DONE, SignupState.LEFT_EARLY, SignupState.NO_SHOW):
            marked, signup = await attendance.mark(work, host.id, state, COORDINATOR, version=host.version)
            assert (marked, signup.state if signup else None) == (Marked.DONE, state)
        again = await attendance.mark(work, host.id, SignupState.NO_SHOW, COORDINATOR, version=host.version)
        assert again[0] is Marked.ALREADY
        stale = await attendance.mark(work, host.id, SignupState.PRESENT, COORDINATOR, version=1)
        assert stale[0] is Marked.CHANGED
        assert not await repair_day.may_run(work, occurrence, ANN), "a host who did not come keeps no list"
        people = await attendance.listed(work, occurrence, COORDINATOR)
        assert [(each.signup.id, each.by) for each in people if each.was_set] == [(host.id, "Jan")]
        for stranger in (ANN, BOB, 1):
            assert await attendance.listed(work, occurrence, stranger) == []
            refused = await attendance.mark(work, ids[0], SignupState.NO_SHOW, stranger, version=1)
            assert refused == (Marked.NOT_THERE, None)


async def test_nobody_stayed_away_before_it_began_and_who_cancelled_has_no_attendance(database: Database) -> None:
    _occurrence_id, (signup_id,) = await cafe(database, visitors=1)
    async with database.write(DAY) as work:
        early = await attendance.mark(work, signup_id, SignupState.NO_SHOW, COORDINATOR, version=1)
        assert early[0] is Marked.NOT_NOW
        await signups.leave(work, signup_id, 1, version=1)
    async with database.write(wall("2026-12-05T14:00")) as work:
        gone = await attendance.mark(work, signup_id, SignupState.PRESENT, COORDINATOR, version=2)
        assert gone[0] is Marked.NOT_NOW
        assert (await repair_day.arrive(work, signup_id, ANN, version=2)).done is Done.CHANGED


async def test_who_fits_follows_what_repairers_say_they_can(database: Database) -> None:
    occurrence_id, _ids = await cafe(database, visitors=0)
    async with database.write(DAY) as work:
        for person_id, name in ((301, "Cas"), (302, "Dina"), (303, None)):
            await signups.join(work, occurrence_id, await person(work, person_id, name), RoleKey.REPAIRER)
        assert await skills.may_pick(work, occurrence_id, 301)
        assert not await skills.may_pick(work, occurrence_id, ANN)
        await skills.set_to(work, 301, Skill.BICYCLE, can=True)
        await skills.set_to(work, 301, Skill.BICYCLE, can=True)
        await skills.set_to(work, 303, Skill.BICYCLE, can=True)
        await skills.set_to(work, 302, Skill.TEXTILE, can=True)
        assert await skills.fitting(work, occurrence_id, "bicycle") == skills.Fitting(("Cas",), 1)
        assert await skills.fitting(work, occurrence_id, "clock") == skills.Fitting((), 0)
        assert await skills.fitting(work, occurrence_id, None) == skills.Fitting(("Cas", "Dina"), 1)
        await skills.set_to(work, 301, Skill.BICYCLE, can=False)
        assert await skills.of(work, 301) == frozenset()


@pytest.mark.parametrize(("days", "left"), [(89, 1), (91, 0)])
async def test_after_ninety_days_of_a_day_only_things_and_outcomes_are_left(
    database: Database, days: int, left: int
) -> None:
    occurrence_id, (signup_id,) = await cafe(database, visitors=1)
    async with database.write(DAY) as work:
        await signups.join(work, occurrence_id, await person(work, 301, "Cas"), RoleKey.REPAIRER)
        await skills.set_to(work, 301, Skill.BICYCLE, can=True)
        await repair_day.walk_in(work, occurrence_id, ANN, repair_day.as_item("het ding van Jan"))
        arrived = await repair_day.arrive(work, signup_id, ANN, version=1)
        assert arrived.visit is not None
        assert arrived.visit.item is not None
        arrived.visit.item.brand = "Philips, van Jan"
        ended = (await work.session.get_one(Occurrence, occurrence_id)).ends_at
    async with database.write(ended + timedelta(days=days)) as work:
        while any((await retention.erase_some(work)).values()):
            pass
    async with database.read(NOW) as work:
        assert len((await work.session.scalars(select(PersonSkill))).all()) == left
        rows = (await work.session.scalars(select(Signup))).all()
        if not left:
            assert {(row.person_id, row.changed_by) for row in rows} == {(0, None)}
            items = (await work.session.scalars(select(RepairItem).order_by(RepairItem.queue_number))).all()
            assert [(item.item_type, item.brand) for item in items] == [("?", None), ("Lamp", None)]


async def test_who_has_arrived_can_not_sign_off_and_still_comes(database: Database) -> None:
    _occurrence_id, (signup_id,) = await cafe(database, visitors=1)
    async with database.write(DAY) as work:
        await repair_day.arrive(work, signup_id, ANN, version=1)
        left, _mine = await signups.leave(work, signup_id, 1, version=2)
        assert left is signups.Left.STARTED
        came, _mine = await signups.confirm(work, signup_id, 1, version=1)
        assert came is signups.Came.COMING
        assert (await work.session.get_one(Signup, signup_id)).state is SignupState.PRESENT


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_two_hosts_tap_numbers_stay_apart_and_stages_make_sense(database: Database, seed: int) -> None:
    occurrence_id, ids = await cafe(database, visitors=6)
    chance = random.Random(seed)
    acts = (
        repair_day.arrive,
        repair_day.undo_arrival,
        repair_day.call,
        repair_day.undo_call,
        repair_day.leave,
        repair_day.no_show,
    )
    shown: dict[int, dict[int, int]] = {host: {} for host in (ANN, BOB, COORDINATOR)}
    async with database.write(wall("2026-12-05T14:00")) as work:
        for _step in range(120):
            host = chance.choice((ANN, BOB, COORDINATOR))
            if chance.random() < 0.4:  # this host looks anew; else taps what was shown before
                shown[host] = {
                    visit.signup.id: visit.signup.version for visit in await repair_day.visits(work, occurrence_id)
                }
            if chance.random() < 0.05:
                await repair_day.walk_in(work, occurrence_id, host, repair_day.as_item("Fiets"))
                continue
            signup_id = chance.choice(ids)
            version = shown[host].get(signup_id, 0)
            before = (await work.session.get_one(Signup, signup_id)).version
            if chance.random() < 0.3:
                outcome = chance.choice(list(RepairOutcome))
                answer = await repair_day.finish(work, signup_id, host, outcome, version=version)
            else:
                answer = await chance.choice(acts)(work, signup_id, host, version=version)
            after = (await work.session.get_one(Signup, signup_id)).version
            assert (after > before) is (answer.done is Done.DONE)
            assert answer.done is not Done.DONE or version == before, "a stale tap does nothing"
            visits = await repair_day.visits(work, occurrence_id)
            numbers = [visit.number for visit in visits if visit.number]
            assert len(numbers) == len(set(numbers))
            for visit in visits:
                there = visit.stage in (Stage.WAITING, Stage.TURN, Stage.DONE, Stage.LEFT)
                assert (visit.number is not None) is there
                assert (visit.stage is Stage.DONE) is bool(visit.item and visit.item.outcome)
