"""Erasing what may not be kept any longer: one function per rule, in chunks, by one clock.

The rules are those of the design's "Privacy and safety"; each column names its rule in the model (`personal`).
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningDelete

from bot.domain.enums import OutboxState, ReportStatus
from storage.models import (
    Album,
    AuditEntry,
    Consent,
    DeadUpdate,
    Dialogue,
    HandledUpdate,
    Occurrence,
    Offer,
    Opening,
    Outbox,
    PartnerMail,
    Person,
    RepairItem,
    Report,
    ReportEvent,
    ReportFollower,
    ReportMedia,
    ReportMessage,
    ReportNote,
    ReportWord,
    Round,
    Signup,
    Stall,
    UpdateAttempt,
)

CHUNK = 500
#: What goes with the words of a report, also of one that never had any: a photo, a voice message.
_WITH_TEXT = (ReportMedia, ReportMessage, ReportNote, Opening, ReportWord, PartnerMail)
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
    """Forget whose a report was, and who followed it, 90 days after closing."""
    await _forget_traces(session, now - timedelta(days=90))
    old = (
        select(Report.id)
        .where(
            Report.status == ReportStatus.CLOSED,
            Report.closed_at < now - timedelta(days=90),
            or_(Report.resident_id.is_not(None), Report.resident_name.is_not(None), Report.call_me.is_not(None)),
        )
        .limit(CHUNK)
        .with_for_update()
    )
    ids = list((await session.scalars(old)).all())
    whose = select(Report.resident_id).where(Report.id == ReportEvent.report_id).scalar_subquery()
    await session.execute(
        update(ReportEvent)
        .where(ReportEvent.report_id.in_(ids), ReportEvent.actor_id == whose)
        .values(actor_id=None)
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        update(Report).where(Report.id.in_(ids)).values(resident_id=None, resident_name=None, call_me=None)
    )
    await session.execute(update(ReportMessage).where(ReportMessage.report_id.in_(ids)).values(author_id=None))
    await _lift_blocks(session, now - timedelta(days=90))
    closed = select(Report.id).where(Report.status == ReportStatus.CLOSED, Report.closed_at < now - timedelta(days=90))
    gone = delete(ReportFollower).where(ReportFollower.report_id.in_(closed)).returning(ReportFollower.report_id)
    return len(ids) + len((await session.execute(gone)).all())


async def _forget_traces(session: AsyncSession, before: datetime) -> None:
    """Forget what links a person to reports closed *before*, while these still tell who that is.

    That is every message of ours to their resident and followers, and the consents given about them.
    """
    over = (Report.status == ReportStatus.CLOSED, Report.closed_at < before, Report.resident_id.is_not(None))
    ids = select(Report.id).where(*over)
    whose = select(Report.resident_id).where(Report.id == Outbox.about).scalar_subquery()
    theirs = or_(Outbox.chat_id == whose, Outbox.kind.startswith("followed_"))
    notes = or_(
        Outbox.about.in_(select(Report.draft_id).where(*over)),
        Outbox.about.in_(select(ReportMessage.id).where(ReportMessage.report_id.in_(ids))),
    )
    mails = select(PartnerMail.id).where(PartnerMail.report_id.in_(ids))
    for statement in (
        delete(Outbox).where(Outbox.about.in_(ids), theirs),
        delete(Outbox).where(notes),
        delete(Consent).where(or_(Consent.about.in_(ids), Consent.about.in_(mails))),
    ):
        await session.execute(statement, execution_options={"synchronize_session": False})


async def _lift_blocks(session: AsyncSession, before: datetime) -> None:
    """Lift blocks that no card can lift any more, since none of the reports they came from knows its resident."""
    still = select(Report.resident_id).where(Report.resident_id.is_not(None), Report.blocked_at.is_not(None))
    await session.execute(
        update(Person)
        .where(Person.blocked_at < before, Person.id.not_in(still))
        .values(blocked_at=None)
        .execution_options(synchronize_session=False)
    )


async def forget_text(session: AsyncSession, now: datetime) -> int:
    """Erase words (those of searches too), media, notes and points a year after closing; theme, wijk, month stay."""
    hangs_on = [
        exists().where(table.report_id == Report.id) for table in (ReportMedia, ReportMessage, ReportNote, PartnerMail)
    ]
    old = (
        select(Report.id)
        .where(
            Report.status == ReportStatus.CLOSED,
            Report.closed_at < now - timedelta(days=365),
            or_(Report.text != "", Report.lat.is_not(None), Report.close_detail.is_not(None), *hangs_on),
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
    for table in _WITH_TEXT:
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
    """Erase message rows that nothing is edited through any more: failed after 14 days, said ones after 7.

    A said one that shows words of a report stays as long as these: it can be told to take them back.
    """
    spent = (Outbox.state.in_([OutboxState.DROPPED, OutboxState.FAILED])) & (
        Outbox.created_at < now - timedelta(days=14)
    )
    said = (
        (Outbox.kind == "said")
        & (Outbox.state == OutboxState.SENT)
        & (Outbox.sent_at < now - timedelta(days=7))
        & Outbox.key.startswith("said:")
        & ~exists().where(Report.id == Outbox.about, Report.text != "")
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
