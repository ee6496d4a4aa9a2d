"""Erasing what may not be kept any longer: one function per rule, in chunks, by one clock.

The rules are those of the design's "Privacy and safety"; each column names its rule in the model (`personal`).
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningDelete

from bot.domain.enums import OutboxState, ReportStatus
from storage.models import (
    Album,
    AuditEntry,
    DeadUpdate,
    Dialogue,
    HandledUpdate,
    Occurrence,
    Offer,
    Opening,
    Outbox,
    RepairItem,
    Report,
    ReportMedia,
    ReportMessage,
    ReportNote,
    Round,
    Signup,
    Stall,
    UpdateAttempt,
)

CHUNK = 500
Rule = Callable[[AsyncSession, datetime], Awaitable[int]]


async def _delete(session: AsyncSession, statement: ReturningDelete[tuple[int]]) -> int:
    return len((await session.execute(statement)).all())


async def forget_drafts(session: AsyncSession, now: datetime) -> int:
    """Erase what was not sent for 7 days."""
    old = select(Dialogue.draft_id).where(Dialogue.changed_at < now - timedelta(days=7)).limit(CHUNK)
    return await _delete(session, delete(Dialogue).where(Dialogue.draft_id.in_(old)).returning(Dialogue.draft_id))


async def forget_intake(session: AsyncSession, now: datetime) -> int:
    """Erase handled update ids and albums after 7 days, dead updates after 14."""
    count = 0
    handled = select(HandledUpdate.update_id).where(HandledUpdate.at < now - timedelta(days=7)).limit(CHUNK)
    count += await _delete(
        session, delete(HandledUpdate).where(HandledUpdate.update_id.in_(handled)).returning(HandledUpdate.update_id)
    )
    dead = select(DeadUpdate.update_id).where(DeadUpdate.at < now - timedelta(days=14)).limit(CHUNK)
    count += await _delete(
        session, delete(DeadUpdate).where(DeadUpdate.update_id.in_(dead)).returning(DeadUpdate.update_id)
    )
    count += await _delete(session, delete(Album).where(Album.at < now - timedelta(days=7)).returning(Album.chat_id))
    await session.execute(delete(UpdateAttempt).where(UpdateAttempt.update_id.in_(select(HandledUpdate.update_id))))
    return count


async def forget_contact(session: AsyncSession, now: datetime) -> int:
    """Forget whose a report was 90 days after closing."""
    old = (
        select(Report.id)
        .where(
            Report.status == ReportStatus.CLOSED,
            Report.closed_at < now - timedelta(days=90),
            or_(Report.resident_id.is_not(None), Report.resident_name.is_not(None), Report.call_me.is_not(None)),
        )
        .limit(CHUNK)
    )
    rows = await session.execute(
        update(Report)
        .where(Report.id.in_(old))
        .values(resident_id=None, resident_name=None, call_me=None)
        .returning(Report.id)
    )
    ids = [row_id for (row_id,) in rows]
    await session.execute(update(ReportMessage).where(ReportMessage.report_id.in_(ids)).values(author_id=None))
    return len(ids)


async def forget_text(session: AsyncSession, now: datetime) -> int:
    """Erase words, media, notes and points a year after closing; theme, wijk and month stay."""
    old = (
        select(Report.id)
        .where(
            Report.status == ReportStatus.CLOSED,
            Report.closed_at < now - timedelta(days=365),
            or_(Report.text != "", Report.lat.is_not(None), Report.close_detail.is_not(None)),
        )
        .limit(CHUNK)
    )
    rows = await session.execute(
        update(Report)
        .where(Report.id.in_(old))
        .values(text="", lat=None, lon=None, close_detail=None, public_line=None)
        .returning(Report.id)
    )
    ids = [row_id for (row_id,) in rows]
    for table in (ReportMedia, ReportMessage, ReportNote, Opening):
        await session.execute(delete(table).where(table.report_id.in_(ids)))
    return len(ids)


async def forget_stalls(session: AsyncSession, now: datetime) -> int:
    """Erase the addresses of stalls a week after the day."""
    old = (
        select(Stall.id)
        .join(Signup, Signup.id == Stall.signup_id)
        .join(Occurrence, Occurrence.id == Signup.occurrence_id)
        .where(Occurrence.ends_at < now - timedelta(days=7), or_(Stall.street.is_not(None), Stall.sells.is_not(None)))
        .limit(CHUNK)
    )
    rows = await session.execute(
        update(Stall)
        .where(Stall.id.in_(old))
        .values(street=None, house_number=None, postcode=None, sells=None)
        .returning(Stall.id)
    )
    return len(rows.all())


async def forget_signups(session: AsyncSession, now: datetime) -> int:
    """Erase sign-ups, offers and repair contact 90 days after the day; of a repair the item and outcome stay."""
    old = (
        select(Signup.id)
        .join(Occurrence, Occurrence.id == Signup.occurrence_id)
        .where(Occurrence.ends_at < now - timedelta(days=90), Signup.person_id != 0)
        .limit(CHUNK)
    )
    ids = list((await session.scalars(old)).all())
    await session.execute(delete(Offer).where(Offer.signup_id.in_(ids)))
    with_item = select(RepairItem.signup_id).where(RepairItem.signup_id.in_(ids))
    kept = list((await session.scalars(with_item)).all())
    await session.execute(update(RepairItem).where(RepairItem.signup_id.in_(kept)).values(fault=None, photo=None))
    for row_id in kept:
        await session.execute(
            update(Signup).where(Signup.id == row_id).values(person_id=0, for_name=f"gewist-{row_id}", changed_by=None)
        )
    await session.execute(delete(Signup).where(Signup.id.in_([row_id for row_id in ids if row_id not in set(kept)])))
    return len(ids)


async def forget_rounds(session: AsyncSession, now: datetime) -> int:
    """Erase who walked and what they wrote 90 days after a round."""
    old = select(Round.id).where(Round.opened_at < now - timedelta(days=90), Round.opened_by.is_not(None)).limit(CHUNK)
    rows = await session.execute(
        update(Round).where(Round.id.in_(old)).values(walkers=[], line=None, opened_by=None).returning(Round.id)
    )
    return len(rows.all())


async def forget_audit(session: AsyncSession, now: datetime) -> int:
    """Erase the audit trail after 2 years."""
    old = select(AuditEntry.id).where(AuditEntry.at < now - timedelta(days=730)).limit(CHUNK)
    return await _delete(session, delete(AuditEntry).where(AuditEntry.id.in_(old)).returning(AuditEntry.id))


async def forget_outbox(session: AsyncSession, now: datetime) -> int:
    """Erase message rows that nothing is edited through any more: failed after 14 days, said ones after 7."""
    spent = (Outbox.state.in_([OutboxState.DROPPED, OutboxState.FAILED])) & (
        Outbox.created_at < now - timedelta(days=14)
    )
    said = (
        (Outbox.kind == "said")
        & (Outbox.state == OutboxState.SENT)
        & (Outbox.sent_at < now - timedelta(days=7))
        & Outbox.key.startswith("said:")
    )
    old = select(Outbox.id).where(or_(spent, said)).limit(CHUNK)
    return await _delete(session, delete(Outbox).where(Outbox.id.in_(old)).returning(Outbox.id))


RULES: dict[str, Rule] = {
    "drafts": forget_drafts,
    "intake": forget_intake,
    "contact": forget_contact,
    "text": forget_text,
    "stalls": forget_stalls,
    "signups": forget_signups,
    "rounds": forget_rounds,
    "audit": forget_audit,
    "outbox": forget_outbox,
}
