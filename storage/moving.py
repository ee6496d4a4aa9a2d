"""A group that became a supergroup, a topic that was made again: everything of ours follows to the new id."""

from collections.abc import Collection

from sqlalchemy import Column, ColumnElement, Table, and_, delete, exists, select, update
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.notices.system import OpenList
from storage.models import Base, ChatMove, Desk, Outbox, TopicMove
from storage.queries import listing
from storage.queries.listing import Place
from storage.types import ChatId
from storage.work import Work

#: So many messages follow in one transaction.
PAGE = 100


async def chat_moved(work: Work, old: int, new: int, *, first: Collection[int] = ()) -> None:
    """Let every column of type `ChatId` say *new* where it said *old*; a second call changes nothing.

    Message ids of the old chat mean nothing in the new one and are forgotten. Waiting messages go there; of what
    was sent before, only the cards of open reports are shown again, in lists. A page of the messages goes at once,
    the rows *first* among it, the others by the schedule (`go_on`). The set-up file may go on naming the old id: the
    move is kept.
    """
    if old == new:
        return
    await work.flush()
    for table, column in chat_columns():
        if table is not Outbox.__table__:
            await _rename(work.session, table, column, old, new)
    if await work.session.get(ChatMove, old) is None:
        work.session.add(ChatMove(old_id=old, new_id=new, at=work.now))
        await work.session.flush()
    await _move_chat(work, old, new, first)
    await _read_anew(work.session)


async def topic_moved(work: Work, chat_id: int, old: int, new: int, *, first: Collection[int] = ()) -> None:
    """Let a desk and its messages live in topic *new* of this chat, since *old* was deleted with all that stood there.

    Open reports are shown again there, in lists. A page of the messages goes at once, the rows *first* among it, the
    others by the schedule (`go_on`). The set-up file may go on naming the old topic: the move is kept.
    """
    await work.flush()
    place = (Desk.chat_id == chat_id, Desk.thread_id == old)
    await work.session.execute(update(Desk).where(*place).values(thread_id=new))
    if await work.session.get(TopicMove, (chat_id, old)) is None:
        work.session.add(TopicMove(chat_id=chat_id, old_id=old, new_id=new, at=work.now))
        await work.session.flush()
    await _move_topic(work, chat_id, old, new, first)
    await _read_anew(work.session)


async def go_on(work: Work) -> bool:
    """Let one more page of messages follow each chat and topic that moved (a job); return whether there are more.

    Of each move there ever was one look into the outbox is taken: they are few.
    """
    more = False
    for chat in (await work.session.scalars(select(ChatMove).order_by(ChatMove.at))).all():
        more |= await _move_chat(work, chat.old_id, chat.new_id)
    for topic in (await work.session.scalars(select(TopicMove).order_by(TopicMove.at))).all():
        more |= await _move_topic(work, topic.chat_id, topic.old_id, topic.new_id)
    return more


async def _move_chat(work: Work, old: int, new: int, first: Collection[int] = ()) -> bool:
    cards, more = await listing.move_messages(work.session, Place(old), to=new, first=first, most=PAGE)
    for thread_id, row_ids in cards.items():
        await listing.list_cards(work, OpenList, new, thread_id, row_ids)
    return more


async def _move_topic(work: Work, chat_id: int, old: int, new: int, first: Collection[int] = ()) -> bool:
    cards, more = await listing.move_messages(work.session, Place(chat_id, old), to=new, first=first, most=PAGE)
    await listing.list_cards(work, OpenList, chat_id, new, cards.get(old, []))
    return more


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
