"""Telegram delivers again, late, and out of order across chats: one report each, and no apology."""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.demo.telegram.observers import Change
from bot.demo.telegram.updates import Queued
from storage.models import Report
from tests.chaos.crowd import STORIES, Resident
from tests.chaos.sizes import sized
from tests.patience import PATIENCE_S
from tests.town import Town

pytestmark = pytest.mark.chaos

#: Those who wait for a bot that is away fit into one answer of Telegram's.
TALKING, WAITING = sized((10, 10), (200, 90))


def residents(town: Town, count: int) -> list[Resident]:
    """Return so many new residents, who notice what they are told."""
    people = [town.world.add_person(f"Bewoner {number}") for number in range(count)]
    found = [Resident(town.world, one, STORIES[at % len(STORIES)]) for at, one in enumerate(people)]
    by_chat = {one.person.id: one for one in found}

    def tell(change: Change) -> None:
        if change.chat is not None and change.chat.id in by_chat:
            by_chat[change.chat.id].changed.set()

    town.world.on_change(tell)
    return found


def kept(town: Town) -> list[Queued]:
    """Return a list that all updates from now on are added to."""
    found: list[Queued] = []
    before: Callable[[Queued], None] | None = town.world.updates.on_put

    def keep(update: Queued) -> None:
        found.append(update)
        if before is not None:
            before(update)

    town.world.updates.on_put = keep
    return found


async def reported(town: Town, people: list[Resident]) -> None:
    """Expect one report of each of them, whose number they were told."""
    await town.settle()
    async with town.reading() as work:
        found = {report.resident_id: report.number for report in await work.session.scalars(select(Report))}
        assert len((await work.session.scalars(select(Report.id))).all()) == len(people)
    assert {one.person.id: one.numbers for one in people} == {person: {number} for person, number in found.items()}


async def test_all_that_was_delivered_comes_again_in_another_order(town: Town) -> None:
    updates, people = kept(town), residents(town, TALKING)
    await asyncio.gather(*(one.talks() for one in people))
    await reported(town, people)
    await town.restart()
    await town.resident("Laatkomer").starts()
    sent = len(town.world.calls.sends)
    random.Random(TALKING).shuffle(updates)
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(*(town.app.intake.take(update.body) for update in [*updates, *updates]))
    await reported(town, people)
    assert len(updates) >= 6 * TALKING
    assert len(town.world.calls.sends) == sent


async def test_all_that_was_written_while_the_bot_was_away_for_a_day_is_answered(town: Town) -> None:
    await town.stop()
    people = residents(town, WAITING)
    talking = [asyncio.create_task(one.talks()) for one in people]
    while len(town.world.updates.pending) < WAITING:  # noqa: ASYNC110 they only need their turn
        await asyncio.sleep(0)
    waiting = town.world.updates.pending
    mixed = random.Random(WAITING).sample(list(waiting), len(waiting))
    waiting.clear()
    waiting.extend(mixed)
    town.sleep(town.now + timedelta(hours=23, minutes=58))
    await town.restart()
    await asyncio.gather(*talking)
    await reported(town, people)
