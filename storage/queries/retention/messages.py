"""What passes through: drafts and prompts, updates that were handled, message rows, and the audit trail."""

from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    and_,
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
from storage.queries.retention.chunks import CHUNK, bulk, due, erase, erase_each
from storage.queries.stalls import LOOK_BACK

#: The conditions of indexes, to the letter: SQLite uses them only then.
_SPENT = Outbox.state.in_([literal_column("'dropped'"), literal_column("'failed'")])
_SAID, _PRIVATE = Outbox.kind == literal_column("'said'"), Outbox.chat_id > literal_column("0")


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
    about a report that is open or was closed since, or news of what is still to come: nobody gets that twice. A said
    one that shows words of a report stays as long as these, and one that shows addresses of a Rommelroute until these
    are erased: it can be told to take them back.
    """
    spent = (_SPENT, Outbox.created_at < now - timedelta(days=14))
    shows = or_(exists().where(Report.id == Outbox.about, Report.text != ""), _shows_addresses(now))
    said = (_SAID, Outbox.state == OutboxState.SENT, Outbox.sent_at < now - timedelta(days=7), ~shows)
    needed = exists().where(
        Report.id == Outbox.about,
        or_(Report.closed_at.is_(None), Report.closed_at > now - CONTACT_KEPT, and_(_SAID, Report.text != "")),
    )
    ahead = exists().where(Occurrence.id == Outbox.about, Outbox.kind == Announced.kind, Occurrence.ends_at > now)
    private = (
        _PRIVATE,
        Outbox.state == OutboxState.SENT,
        Outbox.sent_at < now - CONTACT_KEPT,
        ~needed,
        ~ahead,
        ~_shows_addresses(now),
    )
    return sum([await erase(session, Outbox.id, *old) for old in (spent, said, private)])


def _shows_addresses(now: datetime) -> ColumnElement[bool]:
    """Return the condition of messages about a Rommelroute that was not cleared yet."""
    cleared = exists().where(StallDay.occurrence_id == Occurrence.id, StallDay.cleared_at.is_not(None))
    return exists().where(
        Occurrence.id == Outbox.about,
        Occurrence.kind == ActivityKind.ROMMELROUTE,
        Occurrence.starts_at > now - LOOK_BACK,
        ~cleared,
    )


async def forget_audit(session: AsyncSession, now: datetime) -> int:
    """Erase the audit trail after 2 years."""
    return await erase(session, AuditEntry.id, AuditEntry.at < now - timedelta(days=730))
