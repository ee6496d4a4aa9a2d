"""Reading what triage needs: a report's media, talk, notes, history and openings, and what of it is on a screen."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import MediaKind, MessageDirection, OutboxState, ReportStatus
from bot.domain.standing import CLOSED
from storage.models import (
    Absence,
    AuditEntry,
    Desk,
    Dialogue,
    Opening,
    Outbox,
    Partner,
    Report,
    ReportEvent,
    ReportMedia,
    ReportMessage,
    ReportNote,
    Team,
)

#: So many cards of a desk are shown again in one transaction.
PAGE = 25


async def by_number(session: AsyncSession, year: int, number: int) -> Report | None:
    """Return the report with this number."""
    return (await session.scalars(select(Report).where(Report.year == year, Report.number == number))).first()


async def media_of(
    session: AsyncSession, report_id: int, kinds: Sequence[MediaKind] | None = None
) -> Sequence[ReportMedia]:
    """Return the files of a report that were not taken away, in their order."""
    query = select(ReportMedia).where(ReportMedia.report_id == report_id, ReportMedia.removed_at.is_(None))
    if kinds is not None:
        query = query.where(ReportMedia.kind.in_(kinds))
    return (await session.scalars(query.order_by(ReportMedia.position, ReportMedia.id))).all()


async def messages_of(
    session: AsyncSession, report_id: int, direction: MessageDirection | None = None
) -> Sequence[ReportMessage]:
    """Return what was said about a report, oldest first."""
    query = select(ReportMessage).where(ReportMessage.report_id == report_id)
    if direction is not None:
        query = query.where(ReportMessage.direction == direction)
    return (await session.scalars(query.order_by(ReportMessage.id))).all()


async def message_of_draft(session: AsyncSession, draft_id: int) -> ReportMessage | None:
    """Return the message that a worker's draft has become, if it was sent."""
    return (await session.scalars(select(ReportMessage).where(ReportMessage.draft_id == draft_id))).first()


async def notes_of(session: AsyncSession, report_id: int) -> Sequence[ReportNote]:
    """Return the notes of a report, oldest first."""
    query = select(ReportNote).where(ReportNote.report_id == report_id).order_by(ReportNote.id)
    return (await session.scalars(query)).all()


async def last_event(session: AsyncSession, report_id: int, action: str) -> ReportEvent | None:
    """Return the newest step of this sort in a report's history."""
    query = (
        select(ReportEvent)
        .where(ReportEvent.report_id == report_id, ReportEvent.action == action)
        .order_by(ReportEvent.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def last_change_of_holder(session: AsyncSession, report_id: int) -> int | None:
    """Return the id of the newest step with which somebody got a report, or lost it."""
    actions = ("taken", "taken_over", "handed_over", "rerouted", "released")
    query = select(func.max(ReportEvent.id)).where(ReportEvent.report_id == report_id, ReportEvent.action.in_(actions))
    return await session.scalar(query)


async def opened_since(session: AsyncSession, report_id: int, person_id: int, since: datetime) -> bool:
    """Return whether this worker opened a report in private after *since* (UTC)."""
    query = select(AuditEntry.id).where(
        AuditEntry.about == report_id,
        AuditEntry.actor_id == person_id,
        AuditEntry.action == "opened",
        AuditEntry.at > since,
    )
    return (await session.scalars(query.limit(1))).first() is not None


async def opening_of_token(session: AsyncSession, token: str) -> Opening | None:
    """Return the one-time link with this token."""
    return (await session.scalars(select(Opening).where(Opening.token == token))).first()


async def unused_opening(session: AsyncSession, report_id: int, worker_id: int) -> Opening | None:
    """Return the newest one-time link of this worker for this report that was not used."""
    query = (
        select(Opening)
        .where(Opening.report_id == report_id, Opening.worker_id == worker_id, Opening.used_at.is_(None))
        .order_by(Opening.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def absence_of(session: AsyncSession, person_id: int, today: date) -> Absence | None:
    """Return the absence of a worker that covers the local date *today*."""
    query = (
        select(Absence)
        .where(Absence.person_id == person_id, Absence.until >= today)
        .order_by(Absence.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def shown_about(session: AsyncSession, report_id: int, kinds: Sequence[str]) -> Sequence[Outbox]:
    """Return the outbox rows of these kinds about a report that stand on a screen or are on their way to one."""
    query = select(Outbox).where(
        Outbox.about == report_id,
        Outbox.kind.in_(kinds),
        Outbox.state.in_([OutboxState.WAITING, OutboxState.SENT]),
    )
    return (await session.scalars(query)).all()


async def open_after(session: AsyncSession, desk_id: int, standing: int, report_id: int) -> Sequence[Report]:
    """Return at most `PAGE` open reports of a desk that stand after this one: danger first, then the oldest promise."""
    query = (
        select(Report)
        .where(Report.desk_id == desk_id, Report.standing < CLOSED)
        .where(tuple_(Report.standing, Report.id) > (standing, report_id))
        .order_by(Report.standing, Report.id)
        .limit(PAGE)
    )
    return (await session.scalars(query)).all()


async def showing(session: AsyncSession) -> Sequence[Desk]:
    """Return the desks of which more cards are to be shown again."""
    return (await session.scalars(select(Desk).where(Desk.shown_id.is_not(None)).order_by(Desk.id))).all()


async def carried_away_from(session: AsyncSession, desk_id: int) -> Sequence[int]:
    """Return the ids of open reports that left this desk because its group was lost, and that nobody has now."""
    query = (
        select(Report.id)
        .join(ReportEvent, ReportEvent.report_id == Report.id)
        .where(
            ReportEvent.action == "rerouted",
            ReportEvent.actor_id.is_(None),
            ReportEvent.before == str(desk_id),
            Report.desk_id != desk_id,
            Report.holder_id.is_(None),
            Report.status != ReportStatus.CLOSED,
        )
        .distinct()
    )
    return (await session.scalars(query)).all()


async def dialogue_of_draft(session: AsyncSession, person_id: int, draft_id: int) -> Dialogue | None:
    """Return a person's dialogue if this is still its draft."""
    query = select(Dialogue).where(Dialogue.user_id == person_id, Dialogue.draft_id == draft_id)
    return (await session.scalars(query)).first()


async def partners(session: AsyncSession) -> Sequence[Partner]:
    """Return the partners of the organisation by name."""
    return (await session.scalars(select(Partner).where(Partner.active).order_by(Partner.name))).all()


async def is_team_chat(session: AsyncSession, chat_id: int) -> bool:
    """Return whether this is the group of a buurtpreventie team."""
    return (await session.scalars(select(Team.id).where(Team.chat_id == chat_id))).first() is not None
