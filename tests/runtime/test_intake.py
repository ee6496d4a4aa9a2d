"""Intake: every update exactly once, whatever fails."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select
from telegram import Update

from bot.domain.enums import Language, Reachable
from bot.runtime import handling, intake
from handlers.context import Scope
from storage.engine import Database
from storage.models import DeadUpdate, HandledUpdate, Outbox, Person
from storage.queries import intake as queries
from tests.patience import PATIENCE_S
from tests.runtime import raws
from tests.runtime.doors import COMMAND, NOW, count, door, echo


async def test_a_crowd_is_handled_in_few_transactions_and_in_order(database: Database) -> None:
    async with door(database, echo) as here:
        await here.gives([raws.text("hallo", update_id=n, user=500 + n) for n in range(1, 251)])
    assert here.seen == list(range(1, 251))
    assert await count(database, Outbox) == await count(database, HandledUpdate) == 250
    assert await count(database, Person) == 250


async def test_a_redelivery_is_acknowledged_and_not_handled_again(database: Database) -> None:
    async with door(database, echo) as here:
        once, twice = raws.text("een", update_id=1), raws.text("twee", update_id=2)
        await here.gives([once, twice, once])
        await here.gives([twice])
    assert here.seen == [1, 2]
    assert await count(database, DeadUpdate) == 0


@pytest.mark.parametrize("over", ["BATCH_WORK_S", "BATCH_S"], ids=["work", "waiting"])
async def test_a_batch_ends_after_50_ms_of_work_or_200_in_all_and_the_rest_goes_first_into_the_next(
    database: Database, monkeypatch: pytest.MonkeyPatch, over: str
) -> None:
    for limit in ("BATCH_WORK_S", "BATCH_S"):
        monkeypatch.setattr(handling, limit, 0.0 if limit == over else PATIENCE_S)
    async with door(database, echo) as here:
        await here.gives([raws.text("hallo", update_id=n) for n in range(1, 6)])
    assert here.seen == [1, 2, 3, 4, 5]
    assert len(here.scopes) == 5
    assert await count(database, HandledUpdate) == 5


@pytest.mark.chaos
async def test_one_that_fails_is_tried_three_times_and_its_neighbours_are_handled_once(database: Database) -> None:
    async with door(database, echo) as here:
        await here.gives([raws.text("boom" if n == 3 else "hallo", update_id=n, user=500 + n) for n in range(1, 6)])
    assert here.seen.count(3) == 1 + intake.TRIES
    assert await count(database, HandledUpdate) == 5
    async with database.read(NOW) as work:
        dead = await queries.dead(work.session)
        texts = (await work.session.scalars(select(Outbox.payload).order_by(Outbox.chat_id))).all()
    assert [row.update_id for row in dead] == [3]
    assert "RuntimeError" in dead[0].error
    assert "boom" not in dead[0].error, "the words of an exception may be somebody's"
    assert [text["text"][:5] for text in texts if text] == ["echo", "echo", "Sorry", "echo", "echo"]


async def test_an_apology_comes_once_in_ten_minutes_and_never_to_a_group(database: Database) -> None:
    async with door(database, echo) as here:
        await here.gives([raws.text("boom", update_id=1)])
        await here.gives([raws.text("boom", update_id=2)])
        await here.gives([raws.text("/boom", update_id=3, chat=-100, entities=[COMMAND])])
        assert await count(database, Outbox) == 1
        here.clock.at = NOW + timedelta(minutes=11)
        await here.gives([raws.text("boom", update_id=4)])
        assert await count(database, Outbox) == 2
    assert await count(database, DeadUpdate) == 4


async def test_new_people_get_a_row_with_a_language_and_can_be_reached_once_they_wrote(database: Database) -> None:
    async with door(database, echo) as here:
        await here.gives(
            [
                raws.text("hallo", update_id=1, user=501),
                raws.text("hello", update_id=2, user=502, language="en-GB"),
                raws.text("merhaba", update_id=3, user=503, language="tr"),
                raws.text("/start", update_id=4, user=504, chat=-100, entities=[COMMAND | {"length": 6}]),
            ]
        )
    async with database.read(NOW) as work:
        people = {person.id: person for person in (await work.session.scalars(select(Person))).all()}
    assert [people[n].language for n in (501, 502, 503)] == [Language.DUTCH, Language.ENGLISH, Language.DUTCH]
    assert [people[n].reachable for n in (501, 504)] == [Reachable.YES, Reachable.NEVER_STARTED]
    assert people[501].last_seen_at == NOW
    assert people[504].last_seen_at is None
    assert {person.name for person in people.values()} == {None}, "Telegram's own name is never stored"


async def test_talk_in_a_group_is_not_read_and_leaves_no_trace(database: Database) -> None:
    reply = {"message_id": 3, "date": 1, "chat": {"id": -100, "type": "supergroup", "title": "G"}, "text": "kaart"}
    ours = reply | {"from": {"id": 7, "is_bot": True, "first_name": "B"}}
    theirs = reply | {"from": {"id": 8, "is_bot": False, "first_name": "S"}}
    async with door(database, echo) as here:
        await here.gives(
            [
                raws.text("roddel", update_id=1, user=601, chat=-100),
                raws.text("antwoord", update_id=2, user=602, chat=-100, reply_to_message=theirs),
                raws.text("antwoord", update_id=3, user=603, chat=-100, reply_to_message=ours),
                raws.text("", update_id=4, user=604, chat=-100, new_chat_title="Groep"),
            ]
        )
    assert here.seen == [3, 4]
    async with database.read(NOW) as work:
        assert set((await work.session.scalars(select(Person.id))).all()) == {603, 604}


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_two_processes_that_get_the_same_updates_handle_each_once(migrated_url: str) -> None:
    here, there = Database(migrated_url), Database(migrated_url)
    async with door(here, echo) as one, door(there, echo) as two:
        forth = [raws.text("hallo", update_id=n, user=500 + n % 7) for n in range(1, 120)]
        await asyncio.gather(one.gives(forth), two.gives(list(reversed(forth))))
        assert sorted(one.seen + two.seen) == list(range(1, 120))
    assert await count(here, Outbox) == 119
    assert await count(here, DeadUpdate) == 0
    await asyncio.gather(here.close(), there.close())


async def test_who_writes_beside_a_busy_group_does_not_wait_for_all_of_it(database: Database) -> None:
    async def think(_update: Update, _scope: Scope) -> None:
        await asyncio.sleep(0.02)

    busy = [raws.tap("zz:1", update_id=number, message_id=5, user=700 + number, chat=-1001) for number in range(1, 61)]
    async with door(database, think) as here:
        await here.gives([*busy, raws.text("Hoi", update_id=99, user=501)])
    assert here.seen.index(99) <= 2, "it is among the first, though it came last"
    assert [number for number in here.seen if number < 99] == list(range(1, 61)), "the group keeps its order"


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_of_one_chat_a_process_waits_for_the_message_that_another_has_in_hand(migrated_url: str) -> None:
    order: list[int] = []
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def act(update: Update, _scope: Scope) -> None:
        order.append(update.update_id)
        if update.update_id == 1:
            begun.set()
            await may_end.wait()
            order.append(update.update_id)

    databases = [Database(migrated_url) for _ in range(3)]
    async with databases[0].write(NOW) as work:  # known already, or they would wait for who writes the person first
        work.session.add_all([Person(id=501, created_at=NOW), Person(id=502, created_at=NOW)])
    async with door(databases[0], act) as one, door(databases[1], act) as two, door(databases[2], act) as three:
        first = asyncio.create_task(one.gives([raws.text("een", update_id=1, user=501)]))
        await asyncio.wait_for(begun.wait(), PATIENCE_S)
        second = asyncio.create_task(two.gives([raws.text("twee", update_id=2, user=501)]))
        await three.gives([raws.text("hallo", update_id=3, user=502)])
        await asyncio.sleep(0.2)
        may_end.set()
        await asyncio.gather(first, second)
    assert order == [1, 3, 1, 2], "another chat waits for nobody"
    for database in databases:
        await database.close()
