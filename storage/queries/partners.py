"""Reading mails to partners, and the rows of the outbox that carry them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.enums import OutboxState, PartnerMailState, ReportStatus
from storage.models import Consent, Outbox, Partner, PartnerMail, Report

_CHANNEL = "email"


@dataclass(frozen=True, slots=True)
class WaitingMail:
    """A row of the outbox that waits to be mailed, and how often that was tried."""

    id: int
    attempts: int
    due_at: datetime


async def of_report(session: AsyncSession, report_id: int) -> list[tuple[PartnerMail, Partner]]:
    """Return the mails about a report with their partners, oldest first."""
    query = (
        select(PartnerMail, Partner)
        .join(Partner, Partner.id == PartnerMail.partner_id)
        .where(PartnerMail.report_id == report_id)
        .order_by(PartnerMail.id)
    )
    return [(mail, partner) for mail, partner in await session.execute(query)]


async def of_draft(session: AsyncSession, draft_id: int) -> PartnerMail | None:
    """Return the mail that a draft became."""
    return (await session.scalars(select(PartnerMail).where(PartnerMail.draft_id == draft_id))).first()


async def asking(session: AsyncSession, report_ids: Sequence[int]) -> Sequence[PartnerMail]:
    """Return the mails about these reports that wait for the yes of their resident, oldest first."""
    query = (
        select(PartnerMail)
        .where(PartnerMail.report_id.in_(report_ids), PartnerMail.state == PartnerMailState.ASKING)
        .order_by(PartnerMail.id)
    )
    return (await session.scalars(query)).all()


async def consent(session: AsyncSession, person_id: int, purpose: str, about: int) -> Consent | None:
    """Return what a person said to this purpose in this case, also when it was withdrawn."""
    query = select(Consent).where(Consent.person_id == person_id, Consent.purpose == purpose, Consent.about == about)
    return (await session.scalars(query)).first()


def _silent() -> tuple[ColumnElement[bool], ...]:
    return (
        PartnerMail.state == PartnerMailState.SENT,
        PartnerMail.answered_at.is_(None),
        PartnerMail.nudge_at.is_not(None),
        Report.status != ReportStatus.CLOSED,
    )


async def silent(session: AsyncSession, now: datetime, *, limit: int) -> Sequence[PartnerMail]:
    """Return mails about open reports whose partner has been silent for so long that a nudge is due."""
    query = (
        select(PartnerMail)
        .join(Report, Report.id == PartnerMail.report_id)
        .where(*_silent(), PartnerMail.nudge_at <= now)
        .order_by(PartnerMail.report_id, PartnerMail.id)
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def next_nudge(session: AsyncSession) -> datetime | None:
    """Return when the first nudge is due."""
    query = (
        select(PartnerMail.nudge_at)
        .join(Report, Report.id == PartnerMail.report_id)
        .where(*_silent())
        .order_by(PartnerMail.nudge_at)
        .limit(1)
    )
    return await session.scalar(query)


async def waiting(session: AsyncSession, now: datetime, *, limit: int) -> list[WaitingMail]:
    """Return the rows that may be mailed now, the earliest first."""
    query = (
        select(Outbox.id, Outbox.attempts, Outbox.due_at)
        .where(
            Outbox.state == OutboxState.WAITING,
            Outbox.channel == _CHANNEL,
            Outbox.due_at <= now,
            or_(Outbox.not_before.is_(None), Outbox.not_before <= now),
        )
        .order_by(Outbox.due_at)
        .limit(limit)
    )
    return [WaitingMail(*row) for row in await session.execute(query)]


async def next_mail(session: AsyncSession, *, after: datetime) -> datetime | None:
    """Return when the first row that waits for its time may be mailed, later than *after*."""
    at = func.coalesce(Outbox.not_before, Outbox.due_at)
    query = (
        select(Outbox.not_before, Outbox.due_at)
        .where(Outbox.state == OutboxState.WAITING, Outbox.channel == _CHANNEL, at > after)
        .order_by(at)
        .limit(1)
    )
    row = (await session.execute(query)).first()
    return None if row is None else (row[0] or row[1])
