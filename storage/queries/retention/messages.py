"""What passes through: drafts and prompts, updates that were handled, message rows, and the audit trail."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Row,
    Select,
    bindparam,
    delete,
    exists,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import ActivityKind, OutboxState
from bot.domain.notices.activities import Announced
from bot.domain.notices.triage import PRIVATE_COPIES
from bot.domain.reports import CONTACT_KEPT
from storage.models import (
    Album,
    AuditEntry,
    DeadUpdate,
    Dialogue,
    HandledUpdate,
    Occurrence,
    Outbox,
    Person,
    Report,
    StallDay,
    UpdateAttempt,
)
from storage.queries.outbox import SAID
from storage.queries.retention.activities import PAST_KEPT
from storage.queries.retention.chunks import CHUNK, bulk, due, erase, erase_each
from storage.queries.stalls import LOOK_BACK

#: The conditions of indexes, to the letter: SQLite uses them only then.
_SPENT = Outbox.state.in_([literal_column("'dropped'"), literal_column("'failed'")])
_SAID, _PRIVATE = Outbox.kind == literal_column("'said'"), Outbox.chat_id > literal_column("0")
_NEVER_KEPT = Outbox.kept_until.is_(None)
#: Nearly all rows are sent. Said in this way, for SQLite, which has no statistics, looks up by a state that is named.
_SENT = Outbox.state.not_in([state for state in OutboxState if state is not OutboxState.SENT])
#: What was only said is kept so long, and what may go at any moment is looked at again after so long.
SAID_KEPT, _SOON = timedelta(days=7), timedelta(days=1)
_SHOWS_A_REPORT = frozenset({*PRIVATE_COPIES, SAID})


async def forget_drafts(session: AsyncSession, now: datetime) -> int:
    """Erase what was not sent for 7 days."""
    key = (Dialogue.chat_id, Dialogue.user_id, Dialogue.about)
    old = select(*key).where(Dialogue.changed_at < now - timedelta(days=7))
    return await erase_each(session, key, (await session.execute(old.limit(CHUNK).with_for_update())).all())


async def forget_prompts(session: AsyncSession, now: datetime) -> int:
    """Erase the buttons that somebody saw last, and when they wrote, once they have not written for 7 days."""
    there = or_(Person.prompt.is_not(None), Person.recent.is_not(None))
    ids = await due(session, Person.id, there, Person.last_seen_at < now - timedelta(days=7))
    if ids:
        await bulk(session, update(Person).where(Person.id.in_(ids)).values(prompt=None, recent=None))
    return len(ids)


async def forget_intake(session: AsyncSession, now: datetime) -> int:
    """Erase handled update ids and albums after 7 days, dead updates after 14."""
    week = now - timedelta(days=7)
    count = await erase(session, HandledUpdate.update_id, HandledUpdate.at < week)
    count += await erase(session, DeadUpdate.update_id, DeadUpdate.at < now - timedelta(days=14))
    await bulk(session, delete(Album).where(Album.at < week))
    begun = (await session.scalars(select(UpdateAttempt.update_id).limit(CHUNK))).all()
    if begun:
        done = select(HandledUpdate.update_id).where(HandledUpdate.update_id.in_(begun))
        await bulk(session, delete(UpdateAttempt).where(UpdateAttempt.update_id.in_(done)))
    return count


async def forget_outbox(session: AsyncSession, now: datetime) -> int:
    """Erase message rows that nothing is edited through any more.

    Failed ones go after 14 days, what was only said after 7, and what somebody got in private after 90, unless it is
    about a report that is open or was closed since, or news of what is still to come: nobody gets that twice. What
    shows something of a report to a worker stays until that is erased, and so does what shows who came to a meeting, or
    addresses of a Rommelroute: it can be told to take them back. What stays is not looked at again before it may go.
    """
    count = await erase(session, Outbox.id, _SPENT, Outbox.created_at < now - timedelta(days=14))
    for old in (
        (_SAID, _NEVER_KEPT, Outbox.sent_at < now - SAID_KEPT),
        (_PRIVATE, _NEVER_KEPT, Outbox.sent_at < now - CONTACT_KEPT),
        (Outbox.kept_until <= now,),
    ):
        count += await _judge(session, await due(session, Outbox.id, _SENT, *old), now)
    return count


async def _judge(session: AsyncSession, ids: Sequence[int], now: datetime) -> int:
    """Erase these rows, or keep each until it may go."""
    if not ids:
        return 0
    until = {row.id: _needed_until(row, now) for row in await session.execute(_about(ids))}
    gone = [row_id for row_id, at in until.items() if at is None or at <= now]
    if gone:
        await bulk(session, delete(Outbox).where(Outbox.id.in_(gone)))
    kept = [{"row_id": row_id, "until": at} for row_id, at in until.items() if at is not None and at > now]
    if kept:
        await (await session.connection()).execute(_KEEP, kept)
    return len(until)


_KEEP = (
    update(Outbox.__table__)  # type: ignore[arg-type]  # a Table
    .where(Outbox.id == bindparam("row_id"))
    .values(kept_until=bindparam("until", type_=Outbox.kept_until.type))
)


def _about(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """Return the query of these rows with what they are about, as far as it decides how long they stay."""
    cleared = exists().where(StallDay.occurrence_id == Occurrence.id, StallDay.cleared_at.is_not(None))
    return (
        select(
            Outbox.id,
            Outbox.kind,
            Outbox.sent_at,
            Report.id.label("report"),
            Report.closed_at,
            Report.sweep_at,
            Occurrence.kind.label("meeting"),
            Occurrence.starts_at,
            Occurrence.ends_at,
            cleared.label("cleared"),
        )
        .outerjoin(Report, Report.id == Outbox.about)
        .outerjoin(Occurrence, Occurrence.id == Outbox.about)
        .where(Outbox.id.in_(ids))
    )


def _needed_until(row: Row[Any], now: datetime) -> datetime | None:
    """Return until when a message is needed at least, as far as is known; None when it is not (any more)."""
    said = row.kind == SAID
    needed = [row.sent_at + (SAID_KEPT if said else CONTACT_KEPT)]
    if row.report is not None and row.closed_at is None:
        needed.append(now + CONTACT_KEPT)
    elif row.report is not None and not said:
        needed.append(row.closed_at + CONTACT_KEPT)
    if row.sweep_at is not None and row.kind in _SHOWS_A_REPORT:
        needed.append(max(row.sweep_at, now + _SOON))  # then it is drawn again, or taken away
    if row.meeting is ActivityKind.ROMMELROUTE and not row.cleared and row.starts_at > now - LOOK_BACK:
        needed.append(now + _SOON)
    if row.meeting is not None and said:
        needed.append(row.ends_at + PAST_KEPT)
    if row.meeting is not None and row.kind == Announced.kind:
        needed.append(row.ends_at)
    last = max(needed)
    return last if last > now else None


async def forget_audit(session: AsyncSession, now: datetime) -> int:
    """Erase the audit trail after 2 years."""
    return await erase(session, AuditEntry.id, AuditEntry.at < now - timedelta(days=730))
