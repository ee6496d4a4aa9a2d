"""A resident's own reports: the number of a new one, the list, the talk, the draft behind a message."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import MessageDirection
from storage.connections import connection_of
from storage.models import Album, NumberSequence, Outbox, Report, ReportMedia, ReportMessage
from storage.queries import partners

#: An album is known by so much of its name, which Telegram makes of 17 digits.
_KNOWN_BY = 64


async def next_number(session: AsyncSession, year: int) -> int:
    """Give out the next number of a local calendar year; only this one row is locked until the commit."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    connection = await connection_of(session)
    return int((await connection.execute(_next_number(dialect.insert), {"year": year, "last": 1})).scalar_one())


@cache
def _next_number(insert_into: Callable[[Any], Any]) -> Any:  # noqa: ANN401 the dialect's
    table = NumberSequence.metadata.tables[NumberSequence.__tablename__]
    return (
        insert_into(table)
        .on_conflict_do_update(index_elements=["year"], set_={"last": table.c.last + 1})
        .returning(table.c.last)
    )


_REPORTS = Report.metadata.tables[Report.__tablename__]
_OF_DRAFT = select(_REPORTS.c.id).where(_REPORTS.c.draft_id == bindparam("draft"))


async def of_draft(session: AsyncSession, draft_id: int) -> Report | None:
    """Return the report that a draft became."""
    for row in session.new:
        if isinstance(row, Report) and row.draft_id == draft_id:
            return row
    found = await (await connection_of(session)).scalar(_OF_DRAFT, {"draft": draft_id})
    return None if found is None else await session.get(Report, found)


async def of_resident(
    session: AsyncSession, person_id: int, *, before: int | None = None, limit: int
) -> Sequence[Report]:
    """Return somebody's own reports, newest first; *before* is the id of the last one seen."""
    query = select(Report).where(Report.resident_id == person_id)
    if before is not None:
        query = query.where(Report.id < before)
    return (await session.scalars(query.order_by(Report.id.desc()).limit(limit))).all()


async def media_of(session: AsyncSession, report_id: int) -> Sequence[ReportMedia]:
    """Return what was sent along and is still there, in its order."""
    query = select(ReportMedia).where(ReportMedia.report_id == report_id, ReportMedia.removed_at.is_(None))
    return (await session.scalars(query.order_by(ReportMedia.position))).all()


async def talk(session: AsyncSession, report_id: int, *, limit: int) -> Sequence[ReportMessage]:
    """Return the latest messages between resident and worker, oldest first.

    A worker's message counts once it went on its way to the resident; so do all that stand here.
    """
    query = select(ReportMessage).where(ReportMessage.report_id == report_id)
    rows = (await session.scalars(query.order_by(ReportMessage.id.desc()).limit(limit))).all()
    return rows[::-1]


async def unread(session: AsyncSession, report_ids: Sequence[int]) -> frozenset[int]:
    """Return which of the reports have a worker's message or question that their resident did not open yet."""
    asked = (mail.report_id for mail in await partners.asking(session, report_ids))
    query = select(ReportMessage.report_id).where(
        ReportMessage.report_id.in_(report_ids),
        ReportMessage.direction != MessageDirection.RESIDENT,
        ReportMessage.read_at.is_(None),
    )
    return frozenset((await session.scalars(query)).all()) | frozenset(asked)


async def album(session: AsyncSession, chat_id: int, media_group_id: str) -> Album | None:
    """Return the album that a part belongs to, when an earlier part came in."""
    return await session.get(Album, (chat_id, media_group_id[:_KNOWN_BY]))


async def begin_album(session: AsyncSession, chat_id: int, media_group_id: str, *, about: int, now: datetime) -> None:
    """Keep that an album began, and what its later parts join (a draft, an answer)."""
    session.add(Album(chat_id=chat_id, media_group_id=media_group_id[:_KNOWN_BY], about=about, at=now))
    await session.flush()


async def sent_since(session: AsyncSession, chat_id: int, since: datetime) -> list[int]:
    """Return the ids of our messages that stand in a chat since *since*, oldest first."""
    query = select(Outbox.message_id, Outbox.parts).where(
        Outbox.chat_id == chat_id, Outbox.message_id.is_not(None), Outbox.sent_at >= since
    )
    found: set[int] = set()
    for message_id, parts in await session.execute(query):
        found.add(message_id)
        found.update(int(part) for part in parts or ())
    return sorted(found)


async def blocks_of(session: AsyncSession, person_id: int) -> bool:
    """Tell whether this resident is blocked from the card of any of their reports."""
    query = select(Report.id).where(Report.resident_id == person_id, Report.blocked_at.is_not(None)).limit(1)
    return (await session.scalars(query)).first() is not None
