"""A group with very many messages moves by the page: nobody is held up, and nothing is left behind."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, event, func, insert, select

from bot.domain.enums import OutboxState, ReportStatus
from storage import moving
from storage.engine import Database
from storage.models import ChatMove, Desk, Outbox, TopicMove
from tests import plans
from tests.services.desks import NOW, open_town, told

OLD, NEW, TOPIC, ANEW = -1001, -1009, 7, 8
MANY = 2 * moving.PAGE + 30


@pytest.fixture
async def talked(database: Database) -> Database:
    """A town in whose group of Stad West very much was said, the last of it about three reports; one is closed."""
    await open_town(database)
    async with database.write(NOW) as work:
        reports = [await told(work) for _ in range(3)]
        reports[0].status, reports[0].closed_at = ReportStatus.CLOSED, NOW
        await work.session.execute(insert(Outbox), [_row(number) for number in range(MANY)])
        cards = [_row(MANY + at) | {"kind": "report_card", "about": report.id} for at, report in enumerate(reports)]
        await work.session.execute(insert(Outbox), cards)
    return database


def _row(number: int) -> dict[str, Any]:
    moments = dict.fromkeys(("due_at", "created_at", "sent_at"), NOW)
    sent = {"kind": "note", "chat_id": OLD, "thread_id": TOPIC, "state": OutboxState.SENT, "message_id": 100 + number}
    return {"id": number + 1, "key": f"note:{number}", **sent, **moments}


async def _left(database: Database) -> int:
    async with database.read(NOW) as work:
        here = (Outbox.chat_id == OLD, Outbox.thread_id == TOPIC)
        return await work.session.scalar(select(func.count()).select_from(Outbox).where(*here)) or 0


class _Written:
    """How many rows of the outbox each transaction changed, and all statements that were sent."""

    def __init__(self, database: Database) -> None:
        self.counts, self.statements = [0], plans.Statements()
        event.listen(database.writer.sync_engine, "after_cursor_execute", self._note)

    def _note(self, _connection: Connection, cursor: Any, sql: str, values: Any, _context: object, many: bool) -> None:  # noqa: ANN401 SQLAlchemy's own
        self.statements.setdefault(sql, (sql, values[0] if many else values))
        if sql.startswith("UPDATE outbox SET"):
            self.counts[-1] += cursor.rowcount


async def _all_pages(database: Database, written: _Written) -> None:
    more = True
    while more:
        written.counts.append(0)
        async with database.write(NOW) as work:
            more = await moving.go_on(work)


def _is_by_the_page(counts: Sequence[int]) -> bool:
    """Whether each transaction changed a page at most; a card of an open report is put on its list as well."""
    return sum(counts) >= MANY and max(counts) <= moving.PAGE + 5 and len(counts) > 2


async def test_a_group_with_very_many_messages_moves_by_the_page(talked: Database) -> None:
    written = _Written(talked)
    async with talked.write(NOW) as work:
        await moving.chat_moved(work, OLD, NEW, first=[MANY])
        assert (await work.session.get_one(Outbox, MANY)).chat_id == NEW, "what is in hand goes first"
        assert not (await work.session.scalars(select(Desk).where(Desk.chat_id == OLD))).all()
    assert await _left(talked) > moving.PAGE
    await _all_pages(talked, written)
    asked = dict(written.statements)
    assert await _left(talked) == 0
    assert _is_by_the_page(written.counts)
    async with talked.write(NOW) as work:
        listed = (await work.session.scalars(select(Outbox.about).where(Outbox.listed_in.is_not(None)))).all()
        assert len(listed) == 2, "of the open reports"
        fresh = select(func.count()).where(Outbox.kind == "note", Outbox.message_id.is_(None), Outbox.fresh == 2)
        assert await work.session.scalar(fresh) == MANY
        assert await work.session.get(ChatMove, OLD) is not None
        assert await plans.whole_reads(await work.session.connection(), asked) == []
    await _is_idle(talked)


async def test_a_topic_with_very_many_messages_moves_by_the_page(talked: Database) -> None:
    async with talked.write(NOW) as work:
        desk = (await work.session.scalars(select(Desk).where(Desk.chat_id == OLD))).one()
        desk.thread_id = TOPIC
    written = _Written(talked)
    async with talked.write(NOW) as work:
        await moving.topic_moved(work, OLD, TOPIC, ANEW, first=[MANY])
        assert (await work.session.get_one(Outbox, MANY)).thread_id == ANEW
        assert (await work.session.get_one(Desk, desk.id, populate_existing=True)).thread_id == ANEW
        await moving.topic_moved(work, OLD, TOPIC, ANEW, first=[MANY])
    assert await _left(talked) > 0
    await _all_pages(talked, written)
    asked = dict(written.statements)
    assert await _left(talked) == 0
    async with talked.write(NOW) as work:
        assert len((await work.session.scalars(select(TopicMove))).all()) == 1
        assert await plans.whole_reads(await work.session.connection(), asked) == []
    await _is_idle(talked)


async def _is_idle(database: Database) -> None:
    """Nothing is left to do, and nothing is written."""
    idle = _Written(database)
    async with database.write(NOW) as work:
        assert await moving.go_on(work) is False
        assert work.written == []
    assert idle.counts == [0]


async def test_what_is_written_to_a_message_that_has_not_followed_yet_is_said_anew(talked: Database) -> None:
    async with talked.write(NOW) as work:
        await moving.chat_moved(work, OLD, NEW)
        late = (await work.session.scalars(select(Outbox).where(Outbox.chat_id == OLD).limit(1))).one()
        work.say({"text": "x"}, chat=NEW, key=late.key, message_id=None)
    await _all_pages(talked, _Written(talked))
    async with talked.read(NOW) as work:
        row = await work.session.get_one(Outbox, late.id)
        assert (row.chat_id, row.message_id, row.state) == (NEW, None, OutboxState.WAITING)
