"""What intake takes for an update, and what becomes of anything else."""

import pytest
from sqlalchemy import select
from telegram import Update

from bot.runtime.reading import chat_of
from bot.runtime.shapes import sound
from handlers.context import Scope
from storage.engine import Database
from storage.models import Person
from storage.queries import intake as queries
from tests.runtime import raws
from tests.runtime.doors import NOW, door, echo

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


@pytest.mark.chaos
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


@pytest.mark.parametrize(
    "raw", [None, [], {}, {"message": 1}, {"message": {}}, {"message": {"chat": 5}}, {"message": {"chat": {"id": []}}}]
)
def test_what_tells_of_no_chat_has_none(raw: object) -> None:
    assert chat_of(raw) is None
