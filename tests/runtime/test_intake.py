"""Intake: every update exactly once, whatever fails."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from telegram import Update

from bot.domain.enums import Language, OutboxState, Reachable
from bot.domain.notices.triage import ReportCard
from bot.runtime import handling, intake
from bot.runtime.reading import chat_of
from bot.runtime.shapes import sound
from handlers.context import Scope, Toast
from storage.engine import Database
from storage.models import DeadUpdate, HandledUpdate, Outbox, Person, UpdateAttempt
from storage.models.base import Base
from storage.queries import intake as queries
from storage.work import Work
from tests.runtime import raws
from tests.runtime.doors import NOW, Door, door
from tests.runtime.echo import Tapped


async def count(database: Database, table: type[Base]) -> int:
    async with database.read(NOW) as work:
        return await work.session.scalar(select(func.count()).select_from(table)) or 0


async def echo(update: Update, scope: Scope) -> None:
    """Say something about the message, and fail on "boom"."""
    if update.message is None:
        return
    if "boom" in (update.message.text or ""):
        raise RuntimeError(update.message.text)
    scope.work.say({"text": "echo"}, chat=update.message.chat.id, key=f"echo:{update.update_id}")


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


async def test_a_batch_ends_after_50_ms_of_work_and_the_rest_goes_first_into_the_next(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handling, "BATCH_WORK_S", 0.0)
    async with door(database, echo) as here:
        await here.gives([raws.text("hallo", update_id=n) for n in range(1, 6)])
    assert here.seen == [1, 2, 3, 4, 5]
    assert len(here.scopes) == 5
    assert await count(database, HandledUpdate) == 5


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
        await here.gives([raws.text("/boom", update_id=3, chat=-100, entities=[_COMMAND])])
        assert await count(database, Outbox) == 1
        here.clock.at = NOW + timedelta(minutes=11)
        await here.gives([raws.text("boom", update_id=4)])
        assert await count(database, Outbox) == 2
    assert await count(database, DeadUpdate) == 4


_COMMAND = {"type": "bot_command", "offset": 0, "length": 5}
_ODD: list[object] = [
    None,
    17,
    "text",
    [],
    {},
    {"update_id": None},
    {"update_id": "9"},
    {"update_id": True},
    {"update_id": -5},
    {"update_id": 2**70},
    {"update_id": 11, "message": "no message"},
    {"update_id": 12, "message": {"message_id": "x"}},
    {"update_id": 13, "message": {"message_id": 1, "date": 1, "chat": {"id": 2**80, "type": "private"}}},
    {"update_id": 14, "callback_query": []},
    raws.text("tekst", update_id=15, user=2**64),
    {"update_id": 16, "message": {"date": "nooit", "chat": None}},
]


async def test_no_raw_update_stops_intake(database: Database) -> None:
    async with door(database, echo) as here:
        await here.gives([*_ODD, raws.text("hallo", update_id=99)])
        for odd in _ODD:
            await here.gives([odd])
    assert here.seen.count(99) >= 1
    async with database.read(NOW) as work:
        dead = {row.update_id for row in await queries.dead(work.session)}
    assert {11, 12, 13, 14, 15, 16} <= dead
    assert 99 not in dead
    assert sum(update_id < 0 for update_id in dead) == 10


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_text_that_the_database_refuses_is_set_aside(database: Database) -> None:
    async def remember(update: Update, scope: Scope) -> None:
        assert update.message is not None
        person = scope.people[update.message.chat.id]
        person.name = (update.message.text or "").replace("*", "\x00")

    async with door(database, remember) as here:
        await here.gives([raws.text("nul * teken", update_id=1), raws.text("heel", update_id=2, user=502)])
    async with database.read(NOW) as work:
        assert [row.update_id for row in await queries.dead(work.session)] == [1]
        assert await work.session.scalar(select(Person.name).where(Person.id == 502)) == "heel"


async def test_signs_that_no_database_keeps_are_replaced(database: Database) -> None:
    async def remember(update: Update, scope: Scope) -> None:
        assert update.message is not None
        scope.people[update.message.chat.id].name = update.message.text

    async with door(database, remember) as here:
        await here.gives([raws.text("half \ud83d teken", update_id=1), raws.text("nul\x00", update_id=2, user=502)])
    async with database.read(NOW) as work:
        assert await queries.dead(work.session) == []
        assert (await work.session.scalars(select(Person.name).order_by(Person.id))).all() == [
            "half \ufffd teken",
            "nul\ufffd",
        ]


async def test_what_is_no_update_is_set_aside_without_troubling_its_neighbours(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with door(database, echo) as here:
        await here.gives([raws.text("hallo", update_id=1), *_ODD, raws.text("hallo", update_id=2, user=502)])
    assert here.seen == [1, 2], "each once: the batch did not fail"
    assert len(here.scopes) == 1
    assert {record.message for record in caplog.records} == {"update set aside"}


@pytest.mark.parametrize(
    "message",
    [
        {"chat": {"id": 502, "type": "private"}},
        {"chat": {"id": 502, "type": "group"}},
        {"from": None},
        {"from": None, "chat": {"id": -100, "type": "supergroup"}},
        {"location": {"latitude": 91, "longitude": 5}},
        {"location": {"latitude": float("nan"), "longitude": 5}},
        {"message_id": True},
        {"message_id": 1.5},
        {"text": ["hallo"]},
        {"migrate_to_chat_id": 502},
        {"date": 10**15},
    ],
)
async def test_what_telegram_promises_is_held_to(message: dict[str, object]) -> None:
    raw = raws.text("hallo", update_id=1)
    assert sound(raw) is raw
    with pytest.raises(ValueError, match=r"."):
        sound(raw | {"message": raw["message"] | message})


def test_an_update_tells_of_one_thing() -> None:
    raw = raws.text("hallo", update_id=1)
    with pytest.raises(ValueError, match="two things"):
        sound(raw | raws.tap("zz:1", update_id=1, message_id=1))


async def test_what_takes_too_long_has_failed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handling, "SLOWEST_S", 0.3)

    async def hang(update: Update, scope: Scope) -> None:
        if update.update_id == 1:
            await work_forever(scope)

    async def work_forever(scope: Scope) -> None:
        while True:
            await scope.work.session.execute(select(Person.id))

    async with door(database, hang) as here:
        await here.gives([raws.text("hang", update_id=1), raws.text("hallo", update_id=2, user=502)])
    async with database.read(NOW) as work:
        (dead,) = await queries.dead(work.session)
    assert dead.update_id == 1
    assert "TimeoutError" in dead.error


class Away(Database):
    """A database that fails a number of times before it works, as its driver would."""

    failures = 0

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.failed = asyncio.Event()

    @asynccontextmanager
    async def write(self, now: datetime) -> AsyncIterator[Work]:
        if self.failures:
            self.failed.set()
            self.failures -= 1
            broken = OperationalError("COMMIT", {}, Exception("database is locked"))
            broken.connection_invalidated = True
            raise broken
        async with super().write(now) as work:
            yield work


async def test_a_database_that_is_away_is_nobodys_failure(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(intake, "_PAUSES", (0.001,))
    database = Away(migrated_url)
    database.failures = 7
    with caplog.at_level(logging.WARNING):
        async with door(database, echo) as here:
            await here.gives([raws.text("hallo", update_id=n) for n in range(1, 4)])
            assert here.intake.trouble_since is None
    assert here.seen == [1, 2, 3]
    assert [record.message for record in caplog.records] == ["database failed; trying on", "database is back"]
    assert await count(database, DeadUpdate) == 0
    await database.close()


async def test_while_the_database_is_away_a_stop_leaves_updates_unacknowledged(migrated_url: str) -> None:
    database = Away(migrated_url)
    database.failures = 10_000
    here = Door(database, echo)
    running = asyncio.create_task(here.intake.run())
    future = here.intake.take(raws.text("hallo", update_id=1))
    await database.failed.wait()
    here.intake.stop()
    await asyncio.wait_for(running, 30)
    assert future.cancelled()
    assert here.intake.take(raws.text("later", update_id=2)).cancelled()
    await database.close()


async def test_each_tap_is_answered_exactly_once_after_the_commit(database: Database) -> None:
    async def act(update: Update, scope: Scope) -> None:
        assert update.callback_query is not None
        if update.update_id == 2:
            scope.toasts[update.callback_query.id] = Toast(update.callback_query.id, "gelukt")
        if update.update_id == 3:
            raise RuntimeError

    async with door(database, act) as here:
        taps = [raws.tap("zz:1", update_id=n, message_id=n) for n in (1, 2, 3)]
        await here.gives(taps)
        await here.gives(taps)
    assert sorted((toast.query_id, toast.text) for toast in here.answered) == [
        ("q1", None),
        ("q2", "gelukt"),
        ("q3", None),
    ]


async def test_new_people_get_a_row_with_a_language_and_can_be_reached_once_they_wrote(database: Database) -> None:
    async with door(database, echo) as here:
        await here.gives(
            [
                raws.text("hallo", update_id=1, user=501),
                raws.text("hello", update_id=2, user=502, language="en-GB"),
                raws.text("merhaba", update_id=3, user=503, language="tr"),
                raws.text("/start", update_id=4, user=504, chat=-100, entities=[_COMMAND | {"length": 6}]),
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


async def test_a_tap_proves_that_a_prompt_arrived(database: Database) -> None:
    keyboard = [[{"text": "Een", "callback_data": "zz:1"}]]
    async with database.write(NOW) as work:
        work.say({"text": "Kies", "keyboard": keyboard}, chat=501, key="prompt:501")
        work.say({"text": "Kies", "keyboard": keyboard}, chat=502, key="prompt:502")
        work.session.add_all([Person(id=501, created_at=NOW), Person(id=502, created_at=NOW)])
    async with door(database) as here:
        await here.gives(
            [
                raws.tap("zz:1", update_id=1, message_id=41, user=501),
                raws.tap("zz:2", update_id=2, message_id=42, user=502),
            ]
        )
    assert list(here.scopes[0].shown) == [(501, 41)], "a tap on another button is one on an older prompt"
    async with database.read(NOW) as work:
        rows = (await work.session.scalars(select(Outbox).order_by(Outbox.chat_id))).all()
    assert [(row.message_id, row.state) for row in rows] == [(41, OutboxState.WAITING), (None, OutboxState.WAITING)]


async def test_what_killed_the_process_three_times_is_set_aside_unrun(database: Database) -> None:
    async with database.write(NOW) as work:
        work.session.add_all([UpdateAttempt(update_id=2, attempts=3), UpdateAttempt(update_id=3, attempts=2)])
    async with door(database, echo, careful=intake.BATCH) as here:
        await here.gives([raws.text("hallo", update_id=n) for n in (1, 2, 3)])
        assert here.seen == [1, 3]
        assert await count(database, UpdateAttempt) == 0
    async with database.read(NOW) as work:
        (dead,) = await queries.dead(work.session)
    assert dead.update_id == 2
    assert "DeadlyError" in dead.error


async def test_after_an_unclean_start_each_attempt_is_committed_before_it_begins(database: Database) -> None:
    attempts: list[int | None] = []

    async def look(update: Update, scope: Scope) -> None:
        async with database.read(NOW) as work:
            row = await work.session.get(UpdateAttempt, update.update_id)
            attempts.append(row.attempts if row else None)

    async with door(database, look, careful=2) as here:
        await here.gives([raws.text("een", update_id=1), raws.text("twee", update_id=2)])
        await here.gives([raws.text("drie", update_id=3)])
    assert attempts == [1, 1, None]


async def test_setting_aside_goes_on_when_the_apology_fails(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(handling, "apologise", fail)
    async with door(database, echo) as here:
        await here.gives([raws.text("boom", update_id=1), raws.text("hallo", update_id=2)])
    assert await count(database, DeadUpdate) == 1
    assert await count(database, HandledUpdate) == 2


async def test_a_tap_proves_that_a_card_arrived_or_shows_that_it_came_twice(database: Database) -> None:
    async with database.write(NOW) as work:
        for number in (1, 2, 3):
            work.put(ReportCard(number, 7), chat=-100)
        await work.flush()
        await work.session.execute(
            update(Outbox).where(Outbox.about == 2).values(message_id=52, state=OutboxState.SENT)
        )
        work.session.add(Person(id=501, created_at=NOW))
    async with door(database) as here:
        taps = [raws.tap(Tapped(n).encode(), update_id=n, message_id=40 + n, chat=-100) for n in (1, 2)]
        await here.gives([*taps, raws.tap("nonsense", update_id=9, message_id=49, chat=-100)])
    assert list(here.scopes[0].shown) == [(-100, 41)]
    assert here.scopes[0].strays == {(-100, 42)}
    async with database.read(NOW) as work:
        rows = (await work.session.scalars(select(Outbox).order_by(Outbox.key))).all()
    assert [(row.key, row.message_id) for row in rows] == [
        ("card:1:7", 41),
        ("card:2:7", 52),
        ("card:3:7", None),
        ("stray_card:-100:42", 42),
    ]


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


@pytest.mark.parametrize(
    "raw", [None, [], {}, {"message": 1}, {"message": {}}, {"message": {"chat": 5}}, {"message": {"chat": {"id": []}}}]
)
def test_what_tells_of_no_chat_has_none(raw: object) -> None:
    assert chat_of(raw) is None
