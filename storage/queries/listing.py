"""List messages: one message that shows many cards which have no message of their own (`Outbox.listed_in`)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import OutboxState, Priority, ReportStatus
from bot.domain.notices.system import CardList
from storage.ids import new_id
from storage.models import Outbox, Report
from storage.queries import outbox, sending
from storage.queries.outbox import OutboxItem
from storage.queries.sending import DueRow

if TYPE_CHECKING:
    from storage.work import Work

#: Three lists show two hundred and some that waited already, and three messages find room soon (`bot.runtime.limits`).
#: Telegram takes a keyboard of at most 100 buttons and about 10,000 bytes.
MOST_ON_A_LIST = 75
#: A list that is older than this takes no new cards: it has scrolled out of sight.
_TAKES_CARDS = timedelta(minutes=5)
#: The condition of an index, to the letter: SQLite uses it only then.
IN_GROUP = Outbox.chat_id < literal_column("0")


@dataclass(frozen=True)
class Place:
    """A chat, or (with *thread_id*) one topic of it."""

    chat_id: int
    thread_id: int | None = None

    def rows(self) -> ColumnElement[bool]:
        """Return the condition of the rows that are of this place."""
        in_chat = Outbox.chat_id == self.chat_id
        return in_chat if self.thread_id is None else and_(in_chat, Outbox.thread_id == self.thread_id)


async def list_cards(
    work: "Work", kind: type[CardList], chat_id: int, thread_id: int | None, row_ids: Sequence[int]
) -> list[int]:
    """Show cards on lists: on the newest list while it has room for all of them, else on as many new ones as needed.

    Returns the rows of the lists that show them.
    """
    if not row_ids:
        return []
    current = await _current(work.session, kind, chat_id, thread_id, work.now)
    if current is not None and current[1] + len(row_ids) <= MOST_ON_A_LIST:
        await _join(work.session, row_ids, current[0])
        work.written += await sending.again(work.session, [current[0]])
        return [current[0]]
    items = []
    for start in range(0, len(row_ids), MOST_ON_A_LIST):
        item = _new_list(kind, chat_id, thread_id, work.now)
        items.append(item)
        await _join(work.session, row_ids[start : start + MOST_ON_A_LIST], item.id)
    work.written += await outbox.write(work.session, items)
    return [item.id for item in items]


async def new_cards(session: AsyncSession, chat_id: int, row_ids: Collection[int]) -> dict[int | None, list[int]]:
    """Return which of these rows are cards that wait to be sent as new messages, by topic, the oldest first."""
    found = await session.execute(
        select(Outbox.thread_id, Outbox.id)
        .where(
            Outbox.id.in_(row_ids),
            Outbox.chat_id == chat_id,
            Outbox.state == OutboxState.WAITING,
            Outbox.message_id.is_(None),
            Outbox.listed_in.is_(None),
        )
        .order_by(Outbox.id)
        .with_for_update()
    )
    return _by_thread(found.all())


async def members(session: AsyncSession, list_id: int) -> list[DueRow]:
    """Return the cards that a list shows, the oldest first."""
    found = await session.execute(
        select(*sending.DUE).where(Outbox.listed_in == list_id).order_by(Outbox.priority, Outbox.id)
    )
    return [DueRow(*row) for row in found]


async def reports_of(session: AsyncSession, cards: Sequence[DueRow]) -> Sequence[Report]:
    """Return the reports that these cards are about: with one statement, for who draws a line of each."""
    about = [card.about for card in cards if card.about is not None]
    return (await session.scalars(select(Report).where(Report.id.in_(about)))).all()


async def show_listed(work: "Work", chat_id: int, row_ids: Collection[int]) -> None:
    """Have those of these rows that stand on a list shown there as they read now: it is drawn again."""
    found = await work.session.scalars(
        update(Outbox)
        .where(
            Outbox.id.in_(row_ids),
            Outbox.chat_id == chat_id,
            Outbox.state == OutboxState.WAITING,
            Outbox.listed_in.is_not(None),
        )
        .values(state=OutboxState.SENT, payload=null())
        .returning(Outbox.listed_in)
        .execution_options(synchronize_session=False)
    )
    if lists := {list_id for list_id in found if list_id is not None}:
        work.written += await sending.again(work.session, lists)


async def unlist(work: "Work", row: Outbox) -> bool:
    """Have a listed card shown as a message of its own, for somebody who waits for it, and its list without it.

    Returns False when no list shows it (any more), which *row* may not know yet.
    """
    list_id = row.listed_in
    shown = await work.session.execute(
        update(Outbox)
        .where(Outbox.id == row.id, Outbox.listed_in.is_not(None))
        .values(
            listed_in=null(),
            message_id=null(),
            parts=null(),
            version=Outbox.version + 1,
            fresh=Outbox.version + 1,
            state=OutboxState.WAITING,
            priority=int(Priority.ANSWER),
            due_at=work.now,
            not_before=null(),
            attempts=0,
        )
        .returning(*sending.ITEM)
        .execution_options(synchronize_session=False)
    )
    items = [OutboxItem(**dict(found._mapping)) for found in shown]
    work.written += items
    if items and list_id is not None:
        work.written += await sending.again(work.session, [list_id])
    return bool(items)


async def move_messages(
    session: AsyncSession, place: Place, *, to: int, first: Collection[int] = (), most: int
) -> tuple[dict[int | None, list[int]], bool]:
    """Move a page of the rows of a chat to chat *to* (of a topic of it: to topic *to*) and forget their message ids.

    The rows *first* are among it, as far as they are there. Returns the cards of open reports that stood there, by the
    topic in which they did, and whether there are more rows.
    """
    page = await session.scalars(select(Outbox.id).where(place.rows()).limit(most).with_for_update())
    found = {*page, *await _of_these(session, first, place)}
    if not found:
        return {}, False
    stood = await session.execute(
        select(Outbox.thread_id, Outbox.id)
        .join(Report, Report.id == Outbox.about)
        .where(
            Outbox.id.in_(found),
            Outbox.kind.in_(sending.card_kinds()),
            Outbox.state == OutboxState.SENT,
            or_(Outbox.message_id.is_not(None), Outbox.listed_in.is_not(None)),
            Report.status != ReportStatus.CLOSED,
        )
        .order_by(Outbox.id)
    )
    cards = _by_thread(stood.all())
    await session.execute(
        update(Outbox)
        .where(Outbox.id.in_(found))
        .values(
            {
                Outbox.chat_id if place.thread_id is None else Outbox.thread_id: to,
                Outbox.message_id: null(),
                Outbox.parts: null(),
                Outbox.listed_in: null(),
                Outbox.version: Outbox.version + 1,
                Outbox.fresh: Outbox.version + 1,
                Outbox.not_before: null(),
            }
        )
        .execution_options(synchronize_session=False)
    )
    return cards, len(found) >= most


async def _of_these(session: AsyncSession, row_ids: Collection[int], place: Place) -> list[int]:
    """Return which of these rows are of a place; asked by id alone, or SQLite would read all that is of it."""
    if not row_ids:
        return []
    rows = select(Outbox.id, Outbox.chat_id, Outbox.thread_id).where(Outbox.id.in_(row_ids)).with_for_update()
    return [
        row_id
        for row_id, chat_id, thread_id in await session.execute(rows)
        if chat_id == place.chat_id and place.thread_id in (None, thread_id)
    ]


async def _current(
    session: AsyncSession, kind: type[CardList], chat_id: int, thread_id: int | None, now: datetime
) -> tuple[int, int] | None:
    """Return the newest list of this topic that still takes cards, and how many it shows."""
    newest = await session.scalar(current_query(kind, chat_id, thread_id, now))
    if newest is None:
        return None
    count = await session.scalar(select(func.count()).where(Outbox.listed_in == newest))
    return newest, count or 0


def current_query(kind: type[CardList], chat_id: int, thread_id: int | None, now: datetime) -> Select[int]:
    """Return the query of the newest list that takes cards, among the few messages of a group about no report."""
    return (
        select(Outbox.id)
        .where(
            Outbox.chat_id == chat_id,
            IN_GROUP,
            Outbox.about.is_(None),
            Outbox.kind == kind.kind,
            Outbox.thread_id.is_(None) if thread_id is None else Outbox.thread_id == thread_id,
            Outbox.created_at > now - _TAKES_CARDS,
            Outbox.state.in_((OutboxState.WAITING, OutboxState.SENT)),
        )
        # Not by id alone: PostgreSQL would walk down all messages, in hope of one soon.
        .order_by(Outbox.created_at.desc(), Outbox.id.desc())
        .limit(1)
    )


def _new_list(kind: type[CardList], chat_id: int, thread_id: int | None, now: datetime) -> OutboxItem:
    list_id = new_id()
    notice = kind(list_id)
    return OutboxItem(
        id=list_id,
        kind=notice.kind,
        chat_id=chat_id,
        thread_id=thread_id,
        key=notice.key,
        payload=notice.to_payload(),
        due_at=now,
        created_at=now,
        priority=notice.priority,
    )


async def _join(session: AsyncSession, row_ids: Sequence[int], list_id: int) -> None:
    """Let a list show these cards: they wait no more."""
    await session.execute(
        update(Outbox)
        .where(Outbox.id.in_(row_ids))
        .values(listed_in=list_id, state=OutboxState.SENT, payload=null(), attempts=0, not_before=null(), reason=null())
        .execution_options(synchronize_session=False)
    )


def _by_thread(rows: Sequence[tuple[int | None, int]]) -> dict[int | None, list[int]]:
    found: dict[int | None, list[int]] = {}
    for thread_id, row_id in rows:
        found.setdefault(thread_id, []).append(row_id)
    return found
