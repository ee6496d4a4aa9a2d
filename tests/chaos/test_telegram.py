"""Telegram is away, or wants us to wait: everything arrives, in order, once, and the log stays short."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.demo.telegram.faults import Fault, Kind
from bot.domain.enums import OutboxState, Reachable
from bot.runtime.sending import pauses
from bot.runtime.sending.dispatch import MOST_UNMARKED
from storage.engine import Database
from storage.models import Person
from tests.chaos.sizes import FULL, sized
from tests.patience import PATIENCE_S
from tests.runtime.office import Note, Office, opened, texts

pytestmark = pytest.mark.chaos

AWAY_S, PEOPLE = sized((1.5, 20), (60.0, 500))


@pytest.fixture
async def office(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    if not FULL:
        monkeypatch.setattr(pauses, "_FIRST_S", 0.02)
        monkeypatch.setattr(pauses, "_LONGEST_S", 0.3)
    async with opened(database) as running:
        yield running


@pytest.mark.lasts(70)
async def test_telegram_away_for_minutes_loses_nothing_and_keeps_the_order_of_each_chat(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    people = [office.world.add_person(f"P{number}", started=True) for number in range(PEOPLE)]
    office.world.faults.waiting += [
        Fault("sendMessage", "cut", count=PEOPLE // 2),
        Fault("sendMessage", "error", count=10**9, status=502, description="Bad Gateway"),
    ]
    words = [f"bericht {number}" for number in range(6)]
    ends = time.monotonic() + AWAY_S
    with caplog.at_level(logging.INFO, logger="bot"):
        for word in words:
            async with office.writing() as work:
                for person in people:
                    work.say({"text": word}, chat=person.id)
            await asyncio.sleep((ends - time.monotonic()) / len(words))
        await asyncio.sleep(max(0.0, ends - time.monotonic()))
        office.world.faults.clear()
        began = time.monotonic()
        async with asyncio.timeout(PATIENCE_S):
            await office.sender.idle()
    print(f"{PEOPLE * len(words)} messages said {time.monotonic() - began:.1f} s after {AWAY_S} s")  # noqa: T201
    assert [texts(person.chat) for person in people] == [words] * PEOPLE
    assert {row.state for row in await office.rows()} == {OutboxState.SENT}
    assert len(caplog.records) <= 5 + AWAY_S / 20, "\n".join(record.getMessage() for record in caplog.records)


@pytest.mark.parametrize("kind", ["cut", "half"])
async def test_connections_cut_in_the_middle_repeat_only_what_was_cut(office: Office, kind: Kind) -> None:
    people = [office.world.add_person(f"P{number}", started=True) for number in range(30)]
    cuts = sized(20, 200)
    office.world.faults.waiting.append(Fault("sendMessage", kind, count=cuts, done=True))
    wanted = [str(number) for number in range(sized(2, 20))]
    for word in wanted:
        async with office.writing() as work:
            for person in people:
                work.say({"text": word}, chat=person.id)
    async with asyncio.timeout(PATIENCE_S):
        await office.sender.idle()
    assert not office.world.faults.waiting
    assert [list(dict.fromkeys(texts(person.chat))) for person in people] == [wanted] * 30
    assert sum(len(person.chat.messages) for person in people) == 30 * len(wanted) + cuts
    assert {row.state for row in await office.rows()} == {OutboxState.SENT}


async def test_a_storm_of_429_delays_and_neither_loses_nor_repeats(office: Office) -> None:
    people = [office.world.add_person(f"P{number}", started=True) for number in range(20)]
    storm = sized(40, 600)
    office.world.faults.flood("sendMessage", retry_after=1, count=storm)
    for word in ("een", "twee", "drie"):
        async with office.writing() as work:
            for person in people:
                work.say({"text": word}, chat=person.id)
    async with asyncio.timeout(200):
        await office.sender.idle()
    calls = office.world.calls.of("sendMessage")
    assert [texts(person.chat) for person in people] == [["een", "twee", "drie"]] * 20
    assert sum(call.status == 429 for call in calls) == storm
    assert len(calls) == storm + 60
    refused = [call.monotonic for call in calls if call.status == 429]
    a_second = max(sum(at <= other < at + 0.9 for other in refused) for at in refused)
    assert a_second <= MOST_UNMARKED, "what is on the wire when the storm begins, and nothing more"


async def test_403_of_one_in_ten_harms_nobody_else_and_ends_when_they_come_back(office: Office) -> None:
    people = [office.world.add_person(f"P{number}", started=True) for number in range(sized(50, 1_000))]
    async with office.writing() as work:
        work.session.add_all(Person(id=p.id, created_at=work.now, reachable=Reachable.YES) for p in people)
    blocked = people[::10]
    for person in blocked:
        await person.blocks()
    for number in range(2):
        async with office.writing() as work:
            for person in people:
                work.put(Note(1_000 * person.id + number), chat=person.id)
    async with asyncio.timeout(PATIENCE_S):
        await office.sender.idle()
    async with office.database.read(office.clock.now()) as work:
        query = select(Person.id).where(Person.reachable == Reachable.BLOCKED).order_by(Person.id)
        assert (await work.session.scalars(query)).all() == [person.id for person in blocked]
    states = Counter(row.state for row in await office.rows())
    assert states == {OutboxState.SENT: 2 * (len(people) - len(blocked)), OutboxState.FAILED: 2 * len(blocked)}
    for person in blocked:
        await person.unblocks()
        await office.put(Note(1_000 * person.id + 2), chat=person.id)
    await office.idle()
    assert [len(person.chat.visible) for person in people] == [1 if p in blocked else 2 for p in people]
