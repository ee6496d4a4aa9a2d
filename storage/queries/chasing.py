"""Reading what residents wait for, and what stands still."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import ColumnElement

from bot.domain.enums import Chase, MessageDirection, ReportStatus
from storage.models import Desk, Report, ReportEvent, ReportMessage

_OPEN = [status for status in ReportStatus if status is not ReportStatus.CLOSED]
_CHUNK = 500
#: The step in a report's history with which its resident opened it again; its promise is made anew then.
REOPENED = "reopened"


@dataclass(frozen=True)
class Waiting:
    """A report whose resident still waits for what was promised (`promise_on`: local date) at `promised_at`."""

    id: int
    desk_id: int
    holder_id: int | None
    promise_on: date
    promised_at: datetime
    chased: Chase | None


def _promised_at() -> ColumnElement[datetime]:
    """Return when the promise was made: when the report came in, or was opened again last."""
    opened = select(func.max(ReportEvent.at)).where(ReportEvent.report_id == Report.id, ReportEvent.action == REOPENED)
    return func.coalesce(opened.correlate(Report).scalar_subquery(), Report.created_at, type_=Report.created_at.type)


def _waits() -> tuple[ColumnElement[bool], ...]:
    """Return the condition of a promise that is still open.

    Danger has no promise. Who wants no message back has been served when an answer stands ready for them.
    """
    ready = exists().where(
        ReportMessage.report_id == Report.id,
        ReportMessage.direction != MessageDirection.RESIDENT,
        ReportMessage.created_at >= _promised_at(),
    )
    return (
        Report.closed_at.is_(None),
        Report.promise_on.is_not(None),
        Report.kept_at.is_(None),
        Report.danger.is_(False),
        Report.resident_id.is_not(None),
        or_(Report.may_write_back, ~ready),
    )


async def waiting(
    session: AsyncSession, *, desk_id: int | None = None, until: date | None = None, unchased: bool = False
) -> Sequence[Waiting]:
    """Return what residents wait for, oldest promise first: of one desk, promised on *until* at the latest.

    *unchased*: only that of which somebody is still to hear.
    """
    query = select(Report.id, Report.desk_id, Report.holder_id, Report.promise_on, _promised_at(), Report.chased).where(
        *_waits()
    )
    if desk_id is not None:
        query = query.where(Report.desk_id == desk_id)
    if until is not None:
        query = query.where(Report.promise_on <= until)
    if unchased:
        query = query.where(or_(Report.chased.is_(None), Report.chased != Chase.THRICE))
    rows = await session.execute(query.order_by(Report.promise_on, Report.id))
    return [
        Waiting(report_id, desk, holder, promise_on, promised_at, chased)
        for report_id, desk, holder, promise_on, promised_at, chased in rows
        if promise_on is not None
    ]


async def mark_chased(session: AsyncSession, ids: Sequence[int], chase: Chase) -> None:
    """Write down that staff heard of these reports."""
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        await session.execute(update(Report).where(Report.id.in_(chunk)).values(chased=chase))


async def desks(session: AsyncSession) -> Sequence[Desk]:
    """Return all desks; one that receives nothing new may still have open reports."""
    return (await session.scalars(select(Desk).order_by(Desk.id))).all()


async def still_since(
    session: AsyncSession, before: datetime, *, desk_id: int | None = None, unasked: str | None = None
) -> Sequence[Report]:
    """Return at most 500 open reports in which nothing happened after *before* (UTC), oldest first.

    *unasked*: only those without a step of this name since.
    """
    query = select(Report).where(Report.status.in_(_OPEN), Report.changed_at < before)
    if desk_id is not None:
        query = query.where(Report.desk_id == desk_id)
    if unasked is not None:
        asked = exists().where(
            ReportEvent.report_id == Report.id, ReportEvent.action == unasked, ReportEvent.at > Report.changed_at
        )
        query = query.where(~asked)
    return (await session.scalars(query.order_by(Report.changed_at, Report.id).limit(_CHUNK))).all()
