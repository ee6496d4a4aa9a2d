"""A group that became a supergroup, a topic that was made again: everything of ours follows to the new id."""

from sqlalchemy import Column, ColumnElement, Table, and_, delete, exists, select, update
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.notices.system import OpenList
from storage.models import Base, ChatMove, Desk, TopicMove
from storage.queries import listing
from storage.types import ChatId
from storage.work import Work


async def chat_moved(work: Work, old: int, new: int) -> None:
    """Let every column of type `ChatId` say *new* where it said *old*; a second call changes nothing.

    Message ids of the old chat mean nothing in the new one and are forgotten. Waiting messages go there; of what
    was sent before, only the cards of open reports are shown again, in lists. The set-up file may go on naming the
    old id: the move is kept.
    """
    if old == new:
        return
    await work.flush()
    cards = await listing.move_messages(work.session, old, to=new)
    for table, column in chat_columns():
        await _rename(work.session, table, column, old, new)
    await _read_anew(work.session)
    if await work.session.get(ChatMove, old) is None:
        work.session.add(ChatMove(old_id=old, new_id=new, at=work.now))
    for thread_id, row_ids in cards.items():
        await listing.list_cards(work, OpenList, new, thread_id, row_ids)


async def topic_moved(work: Work, chat_id: int, old: int, new: int) -> None:
    """Let a desk and its messages live in topic *new* of this chat, since *old* was deleted with all that stood there.

    Open reports are shown again there, in lists. The set-up file may go on naming the old topic: the move is kept.
    """
    await work.flush()
    cards = await listing.move_messages(work.session, chat_id, old, to=new)
    place = (Desk.chat_id == chat_id, Desk.thread_id == old)
    await work.session.execute(update(Desk).where(*place).values(thread_id=new))
    await _read_anew(work.session)
    work.session.add(TopicMove(chat_id=chat_id, old_id=old, new_id=new, at=work.now))
    await listing.list_cards(work, OpenList, chat_id, new, cards.get(old, []))


def chat_columns() -> list[tuple[Table, Column[int]]]:
    """Return every column that holds a chat id."""
    return [
        (table, column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, ChatId)
    ]


async def _read_anew(session: AsyncSession) -> None:
    """Let every row in hand say what stands in the database now, since others of this batch go on using it."""
    for row in list(session):
        try:
            await session.refresh(row)
        except InvalidRequestError:
            session.expunge(row)


async def _rename(session: AsyncSession, table: Table, column: Column[int], old: int, new: int) -> None:
    """Change one column; an old row whose new key is taken already gives way to the newer one."""
    if column.primary_key:
        twin = table.alias()
        same: list[ColumnElement[bool]] = [
            twin.c[key.name] == (new if key is column else key) for key in table.primary_key.columns
        ]
        await session.execute(delete(table).where(column == old, exists(select(1).where(and_(*same)))))
    await session.execute(update(table).where(column == old).values({column.name: new}))
