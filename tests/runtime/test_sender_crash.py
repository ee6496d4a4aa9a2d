"""A crash repeats at most what was on the wire or not yet marked, and loses nothing."""

import asyncio
import random
from collections import Counter

import pytest
from sqlalchemy import select

from bot.domain.enums import OutboxState
from bot.runtime.sending.dispatch import MOST_UNMARKED
from handlers.views.drawing import PutOut
from storage.models import Outbox
from tests.patience import PATIENCE_S
from tests.runtime.office import Note, Office, texts, words


@pytest.mark.chaos
async def test_killed_between_sending_and_marking_only_that_is_repeated(office: Office) -> None:
    people = [office.world.add_person(f"P{number}", started=True) for number in range(60)]

    def sent() -> int:
        return sum(len(person.chat.messages) for person in people)

    await office.crash()
    async with office.writing() as work:
        for person in people:
            work.say({"text": "hallo"}, chat=person.id)
    async with office.writing() as work:
        await work.session.execute(select(Outbox.id).with_for_update())
        await office.open()
        await office.world.until(lambda: sent() >= MOST_UNMARKED)
        await asyncio.sleep(0.1)
        await office.crash()
    assert sent() == MOST_UNMARKED, "with no mark coming through, no more goes out"
    await office.open()
    await office.idle()
    assert all(texts(person.chat) for person in people)
    assert 60 < sent() <= 60 + MOST_UNMARKED
    assert {row.state for row in await office.rows()} == {OutboxState.SENT}


async def test_killed_while_the_answer_is_on_its_way_one_message_per_chat_is_repeated(office: Office) -> None:
    people = [office.world.add_person(f"P{number}", started=True) for number in range(3)]
    office.world.faults.slow("sendMessage", seconds=30.0, count=3)
    async with office.writing() as work:
        for person in people:
            for text in ("een", "twee"):
                work.say({"text": text}, chat=person.id)
    await office.world.until(lambda: all(person.chat.messages for person in people))
    await office.crash()
    await office.open()
    await office.idle()
    assert [texts(person.chat) for person in people] == [["een", "een", "twee"]] * 3


@pytest.mark.parametrize("seed", range(2))
async def test_ten_kills_at_random_lose_nothing_and_repeat_little(office: Office, seed: int) -> None:
    chance = random.Random(seed)
    people = [office.world.add_person(f"P{number}", started=True) for number in range(40)]
    for kill in range(10):
        async with office.writing() as work:
            for number, person in enumerate(people[kill * 4 :]):
                work.put(Note(1000 * kill + number), chat=person.id)
        await asyncio.sleep(chance.random() / 20)
        await office.crash()
        await office.open()
    await office.idle()
    wanted = Counter(f"note {1000 * kill + number}" for kill in range(10) for number in range(40 - kill * 4))
    got = Counter(text for person in people for text in texts(person.chat))
    assert set(got) == set(wanted)
    assert (got - wanted).total() <= 10 * MOST_UNMARKED
    assert await office.sender.next_due() is None


async def test_stopping_lets_arrive_what_is_on_the_wire_and_begins_nothing_more(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    office.world.faults.slow("sendMessage", seconds=0.3)
    await office.say("een", "twee", chat=fatima.id)
    await office.world.until(lambda: fatima.chat.messages)
    await office.close()
    states = [row.state for row in await office.rows()]
    assert states == [OutboxState.SENT, OutboxState.WAITING]
    await office.open()
    await office.idle()
    assert texts(fatima.chat) == ["een", "twee"]


async def test_stopping_ends_in_time_though_telegram_is_silent(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    office.world.faults.hang("sendMessage")
    await office.say("een", chat=fatima.id)
    await office.world.until(lambda: office.world.calls.of("sendMessage"))
    async with asyncio.timeout(PATIENCE_S / 2):  # Telegram would be silent for longer
        await office.sender.stop(0.2)
        await office.close()
    assert (await office.rows())[0].state is OutboxState.WAITING
    await office.open()


async def test_who_waits_for_idle_is_let_go_when_the_sender_ends(office: Office) -> None:
    fatima = office.world.add_person("Fatima", started=True)
    office.world.faults.hang("sendMessage")
    await office.say("een", chat=fatima.id)
    waiting = asyncio.create_task(office.sender.idle())
    await office.world.until(lambda: office.world.calls.of("sendMessage"))
    await office.crash()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await office.open()


@pytest.mark.parametrize("trouble", ["cut", "flood"])
async def test_who_is_put_out_is_not_kept_out_when_telegram_fails_in_between(office: Office, trouble: str) -> None:
    samira, omar = (office.world.add_person(name) for name in ("Samira", "Omar"))
    group = office.world.add_group("Desk", admins=[samira], members=[omar], bot="administrator")
    if trouble == "cut":
        office.world.faults.cut("unbanChatMember")
    else:
        office.world.faults.flood("unbanChatMember", retry_after=1)
    words[1] = PutOut(omar.id)
    await office.put(Note(1), chat=group.id)
    await office.idle()
    assert group.members[omar.id].status == "left", "and not banned"
    assert {row.state for row in await office.rows()} == {OutboxState.SENT}
