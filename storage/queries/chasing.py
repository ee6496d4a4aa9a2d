"""Reading what residents wait for, and what stands still."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import ColumnElement

from bot.domain.enums import Chase, MessageDirection, ReportStatus
from storage.models import Desk, Report, ReportEvent, ReportMessage

_OPEN = [status for status in ReportStatus if status is not ReportStatus.CLOSED]
_CHUNK = 500
#: So many reports are chased in one transaction.
PAGE = 100
#: The step in a report's history with which its resident opened it again; its promise is made anew then.
REOPENED = "reopened"


@dataclass(frozen=True)
class Waiting:
    """A report whose resident waits for what was promised (`promise_on`: local date) at `promised_at`.

    `waits`: they still do.
    """

    id: int
    desk_id: int
    holder_id: int | None
    promise_on: date
    promised_at: datetime
    chased: Chase | None
    waits: bool = True


@dataclass(frozen=True)
class Chased:
    """How far staff heard of a report, and the local date from which they must hear more (None: never)."""

    id: int
    chased: Chase | None
    chase_on: date | None


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


_WAITING = (Report.id, Report.desk_id, Report.holder_id, Report.promise_on, _promised_at(), Report.chased)


async def waiting(session: AsyncSession, *, desk_id: int, until: date) -> Sequence[Waiting]:
    """Return what residents wait for at a desk, promised on *until* at the latest, oldest promise first."""
    query = (
        select(*_WAITING)
        .where(*_waits(), Report.desk_id == desk_id, Report.promise_on <= until)
        .order_by(Report.promise_on, Report.id)
    )
    return _read(await session.execute(query))


async def due(session: AsyncSession, desk_id: int, today: date) -> Sequence[Waiting]:
    """Return at most `PAGE` reports of a desk at which the chase must look on the local date *today*, by index."""
    query = (
        select(*_WAITING, and_(*_waits()))
        .where(Report.desk_id == desk_id, Report.chase_on <= today)
        .where(Report.kept_at.is_(None), Report.closed_at.is_(None), Report.promise_on.is_not(None))
        .order_by(Report.chase_on, Report.id)
        .limit(PAGE)
    )
    return _read(await session.execute(query))


def _read(rows: Iterable[Sequence[Any]]) -> list[Waiting]:
    return [Waiting(*row) for row in rows]


async def next_chase(session: AsyncSession, desk_id: int) -> date | None:
    """Return the first local date on which somebody must hear of a promise at this desk."""
    query = (
        select(Report.chase_on)
        .where(*_waits(), Report.desk_id == desk_id, Report.chase_on.is_not(None))
        .order_by(Report.chase_on)
        .limit(1)
    )
    return await session.scalar(query)


_MARK = (
    update(Report)
    .where(Report.id == bindparam("row_id"))
    .values(
        chased=bindparam("reached", type_=Report.chased.type),
        chase_on=bindparam("again_on", type_=Report.chase_on.type),
    )
)


async def mark_chased(session: AsyncSession, marks: Sequence[Chased]) -> None:
    """Write down how far staff heard of these reports, and when more is to be said."""
    if marks:
        values = [{"row_id": one.id, "reached": one.chased, "again_on": one.chase_on} for one in marks]
        await (await session.connection()).execute(_MARK, values)


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
