"""A Repair Café's day when it goes another way: another thing, a wrong tap, no time left, called off in the middle."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from bot.domain.activities.repairing import RepairOutcome, Stage
from bot.services.activities import rescheduling
from bot.services.repair_cafe import repair_day
from bot.services.repair_cafe.repair_day import Done
from storage.engine import Database
from storage.models import Occurrence, RepairItem, Signup
from storage.queries import repair as queries
from tests.patience import PATIENCE_S
from tests.services.meetings import COORDINATOR, messages, wall
from tests.services.repair_cafes import ANN, BOB, DAY, cafe


async def test_what_was_told_of_a_thing_goes_when_another_one_was_brought(database: Database) -> None:
    _occurrence_id, (signup_id,) = await cafe(database, visitors=1)
    async with database.write(DAY) as work:
        item = (await work.session.scalars(select(RepairItem))).one()
        item.brand, item.fault, item.photo = "Philips", "doet niets", "photo-1"
        same = await repair_day.change_item(work, signup_id, ANN, repair_day.as_item("Lamp"), version=1)
        assert same.visit is not None
        assert (item.brand, item.fault, item.photo) == ("Philips", "doet niets", "photo-1")
        other = repair_day.as_item("Fiets")
        await repair_day.change_item(work, signup_id, ANN, other, version=same.visit.signup.version)
        await work.session.refresh(item)
        assert [getattr(item, name) for name in ("item_type", "brand", "fault", "photo")] == ["Fiets", None, None, None]


async def test_somebody_without_telegram_put_on_the_list_by_mistake_is_off_it_again(database: Database) -> None:
    occurrence_id, _ids = await cafe(database, visitors=0)
    async with database.write(DAY) as work:
        wrong = await repair_day.walk_in(work, occurrence_id, ANN, repair_day.as_item("Fiets"))
        assert wrong.visit is not None
        undone = await repair_day.undo_arrival(work, wrong.visit.signup.id, BOB, version=wrong.visit.signup.version)
        assert undone.done is Done.DONE
        assert await repair_day.visits(work, occurrence_id) == []
        right = await repair_day.walk_in(work, occurrence_id, ANN, repair_day.as_item("Lamp"))
        assert right.visit is not None
        assert right.visit.number == 1


async def test_who_still_waits_at_the_end_goes_once_and_can_come_back(database: Database) -> None:
    occurrence_id, ids = await cafe(database, visitors=3)
    async with database.write(DAY) as work:
        for signup_id in ids:
            await repair_day.arrive(work, signup_id, ANN, version=1)
        await repair_day.call(work, ids[0], ANN, version=2)
        assert await repair_day.stop(work, occurrence_id, ANN) == (Done.CLOSED, 0)
        assert await repair_day.stop(work, occurrence_id, 1) == (Done.NOT_THERE, 0)
    ready = asyncio.Barrier(2)

    async def tap(host: int) -> tuple[Done, int]:
        if not database.is_sqlite:
            await asyncio.wait_for(ready.wait(), PATIENCE_S)
        async with database.write(wall("2026-12-05T15:45")) as work:
            return await repair_day.stop(work, occurrence_id, host)

    assert sorted(await asyncio.gather(tap(ANN), tap(BOB))) == [(Done.DONE, 0), (Done.DONE, 2)]
    async with database.write(wall("2026-12-05T15:50")) as work:
        stages = [visit.stage for visit in await repair_day.visits(work, occurrence_id)]
        assert stages == [Stage.TURN, Stage.LEFT, Stage.LEFT]
        of = await repair_day.tally_of(work, occurrence_id)
        assert (of.repairs, of.left, of.unnoted) == (0, 2, 1)
        back = await repair_day.arrive(work, ids[2], BOB, version=3)
        assert back.visit is not None
        assert (back.visit.stage, back.visit.number) == (Stage.WAITING, 3)


async def test_a_day_that_is_called_off_while_it_goes_on_is_finished_and_told(database: Database) -> None:
    occurrence_id, ids = await cafe(database, visitors=2)
    async with database.write(wall("2026-12-05T14:00")) as work:
        for signup_id in ids:
            await repair_day.arrive(work, signup_id, ANN, version=1)
        assert await rescheduling.call_off(work, occurrence_id, "brand") is rescheduling.Changed.DONE
        assert {row.chat_id for row in await messages(work, "repair_number")} == {1, 2}
        await repair_day.finish(work, ids[0], BOB, RepairOutcome.FIXED, version=2)
        assert await repair_day.stop(work, occurrence_id, BOB) == (Done.DONE, 1)
        of = await repair_day.tally_of(work, occurrence_id)
        assert (of.repairs, of.fixed, of.left) == (1, 1, 1)
    async with database.read(wall("2026-12-06T14:00")) as work:
        exported = await queries.repairs(work.session, after=0, limit=9)
        assert [row[4] for row in exported] == ["gelukt"], "who went home before their turn is no repair"


async def test_the_list_is_closed_for_everybody_once_it_is_erased(database: Database) -> None:
    occurrence_id, (signup_id,) = await cafe(database, visitors=1)
    async with database.write(DAY) as work:
        await repair_day.arrive(work, signup_id, ANN, version=1)
        end = (await work.session.get_one(Occurrence, occurrence_id)).ends_at
    for days, done in ((89, Done.DONE), (90, Done.NOT_THERE)):
        async with database.write(end + timedelta(days=days)) as work:
            version = (await work.session.get_one(Signup, signup_id)).version
            outcome = RepairOutcome.FIXED
            answer = await repair_day.finish(work, signup_id, COORDINATOR, outcome, version=version)
            assert answer.done is done
