"""What the outbox remembers of messages that it no longer edits."""

from datetime import UTC, datetime

from sqlalchemy import update

from bot.domain.enums import OutboxState
from storage.engine import Database
from storage.models import Outbox
from storage.queries import reports

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def _arrives(database: Database, chat: int, message_id: int) -> None:
    async with database.write(NOW) as work:
        work.say({"text": "vraag"}, chat=chat, key=f"prompt:{chat}")
    async with database.write(NOW) as work:
        arrived = update(Outbox).where(Outbox.key == f"prompt:{chat}")
        await work.session.execute(arrived.values(message_id=message_id, sent_at=NOW, state=OutboxState.SENT))


async def test_every_question_that_stood_in_a_private_chat_is_found_again(database: Database) -> None:
    for chat, message_id in ((7, 11), (8, 12), (7, 13), (7, 14)):
        await _arrives(database, chat, message_id)
    async with database.read(NOW) as work:
        assert await reports.sent_since(work.session, 7, NOW) == [11, 13, 14]
        assert await reports.sent_since(work.session, 8, NOW) == [12]


async def test_of_groups_only_the_newest_message_is_remembered(database: Database) -> None:
    for message_id in (11, 12):
        await _arrives(database, -1001, message_id)
    async with database.read(NOW) as work:
        assert await reports.sent_since(work.session, -1001, NOW) == [12]
