"""What intake asks of the database: handled and dead updates, attempts, messages that were tapped, process marks."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, bindparam, delete, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import OutboxState
from storage.connections import connection_of
from storage.models import DeadUpdate, HandledUpdate, Outbox, ProcessMark, UpdateAttempt
from storage.types import UtcDateTime

#: How long a batch waits for another process's locks (milliseconds) before it gives way and tries again.
_LOCK_TIMEOUT_MS = 5_000

# All ids are one value: rows of VALUES are another statement, to be made anew, for every number of them.
_CLAIM = """
INSERT INTO handled_update (update_id, at) SELECT {id}, :at FROM {ids} WHERE true
ON CONFLICT (update_id) DO NOTHING RETURNING update_id
"""
_AT = bindparam("at", type_=UtcDateTime())
_CLAIM_IN_SQLITE = text(_CLAIM.format(id="value", ids="json_each(:ids)")).bindparams(_AT)
_CLAIM_IN_POSTGRES = text(_CLAIM.format(id="id", ids="unnest(CAST(:ids AS bigint[])) AS id")).bindparams(_AT)

_HANDLED = HandledUpdate.metadata.tables[HandledUpdate.__tablename__]
_UNCLAIM = delete(_HANDLED).where(_HANDLED.c.update_id.in_(bindparam("ids", expanding=True)))


def _is_postgres(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "postgresql"


async def lock_chats(session: AsyncSession, chats: Collection[int]) -> None:
    """On PostgreSQL: hold these chats until the transaction ends, taken in ascending order; elsewhere nothing."""
    if not chats or not _is_postgres(session):
        return
    await session.execute(text(f"SET LOCAL lock_timeout = {_LOCK_TIMEOUT_MS}"))
    statement = text("SELECT pg_advisory_xact_lock(chat) FROM unnest(CAST(:chats AS bigint[])) AS chat")
    await session.execute(statement, {"chats": sorted(chats)})


async def claim(session: AsyncSession, update_ids: Sequence[int], *, now: datetime) -> set[int]:
    """Mark updates as handled and return those that were not yet."""
    if not update_ids:
        return set()
    ids = sorted(set(update_ids))
    statement, given = (_CLAIM_IN_POSTGRES, ids) if _is_postgres(session) else (_CLAIM_IN_SQLITE, json.dumps(ids))
    connection = await connection_of(session)
    return set((await connection.scalars(statement, {"ids": given, "at": now})).all())


async def unclaim(session: AsyncSession, update_ids: Collection[int]) -> None:
    """Take the mark away again from updates that this transaction does not get round to."""
    connection = await connection_of(session)
    await connection.execute(_UNCLAIM, {"ids": list(update_ids)})


async def is_handled(session: AsyncSession, update_id: int) -> bool:
    """Return whether an update was handled, or set aside, before."""
    return await session.get(HandledUpdate, update_id) is not None


async def begin_attempt(session: AsyncSession, update_id: int) -> int:
    """Count one more attempt at an update and return how many there were before."""
    row = await session.get(UpdateAttempt, update_id)
    if row is None:
        session.add(UpdateAttempt(update_id=update_id, attempts=1))
        return 0
    row.attempts += 1
    return row.attempts - 1


async def end_attempts(session: AsyncSession, update_ids: Collection[int]) -> None:
    """Forget the attempts at updates that are done."""
    await session.execute(delete(UpdateAttempt).where(UpdateAttempt.update_id.in_(update_ids)))


async def set_aside(session: AsyncSession, update_id: int, *, raw: str, error: str, now: datetime) -> None:
    """Keep an update that could not be handled; a second time replaces the first."""
    await session.merge(DeadUpdate(update_id=update_id, at=now, raw=raw, error=error))
    await session.flush()


async def dead(session: AsyncSession, update_ids: Sequence[int] | None = None) -> Sequence[DeadUpdate]:
    """Return updates that were set aside, in Telegram's order: those with these ids, or all."""
    query = select(DeadUpdate).order_by(DeadUpdate.update_id)
    if update_ids is not None:
        query = query.where(DeadUpdate.update_id.in_(update_ids))
    return (await session.scalars(query)).all()


async def bury(session: AsyncSession, update_id: int) -> None:
    """Forget a dead update that was handled after all."""
    await session.execute(delete(DeadUpdate).where(DeadUpdate.update_id == update_id))


async def shown(session: AsyncSession, messages: Collection[tuple[int, int]]) -> dict[tuple[int, int], Outbox]:
    """Return the outbox rows that are shown as these (chat, message id) messages."""
    if not messages:
        return {}
    # SQLite reads a whole table for `(a, b) IN (VALUES …)`, and uses the index for this.
    places = [and_(Outbox.chat_id == chat, Outbox.message_id == message) for chat, message in sorted(messages)]
    found = await session.scalars(select(Outbox).where(or_(*places)))
    return {(row.chat_id, row.message_id): row for row in found.all() if row.message_id is not None}


_UNSEEN = select(Outbox).where(
    Outbox.key.in_(bindparam("keys", expanding=True)),
    Outbox.message_id.is_(None),
    Outbox.state == OutboxState.WAITING,
)


async def unseen(session: AsyncSession, keys: Collection[str]) -> dict[str, Outbox]:
    """Return, by key, the waiting rows of these keys of which we do not know yet whether they arrived."""
    if not keys:
        return {}
    found = await session.scalars(_UNSEEN, {"keys": list(keys)})
    return {row.key: row for row in found.all()}


async def cards(session: AsyncSession, places: Collection[tuple[int, int]]) -> Sequence[Outbox]:
    """Return the rows of cards about these reports, given as (chat, report id), but for those that a list shows."""
    if not places:
        return []
    found = await session.scalars(cards_query({report for _chat, report in places}))
    return [row for row in found if (row.chat_id, row.about) in places]


def cards_query(reports: Collection[int]) -> Select[Outbox]:
    """Return the query of `cards`, for any chat: asked by chat too, it would walk through all that a group was told."""
    card = or_(Outbox.key.like("card:%"), Outbox.key.like("private_card:%"))
    return select(Outbox).where(Outbox.about.in_(sorted(reports)), card, Outbox.listed_in.is_(None))


async def mark(session: AsyncSession, name: str, value: str, *, now: datetime) -> None:
    """Write a small fact that outlives the process."""
    await session.merge(ProcessMark(name=name, value=value, at=now))


async def marked(session: AsyncSession, name: str) -> str | None:
    """Return a fact that an earlier process left."""
    row = await session.get(ProcessMark, name)
    return row.value if row else None
