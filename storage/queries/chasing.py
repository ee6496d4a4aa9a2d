"""Reading what residents wait for, and what stands still."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import ColumnElement

from bot.domain.enums import Chase, MessageDirection
from storage.models import Desk, Report, ReportEvent, ReportMessage

_CHUNK = 500
#: So many reports are chased in one transaction.
PAGE = 100
#: So many reports in which nothing happens are closed, or asked about, in one transaction.
STILL_PAGE = 5
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


@dataclass(frozen=True)
class Still:
    """An open report that is to be looked at because nothing may happen in it any more; `changed_at`: not since.

    `asked`: a worker was asked about it since then.
    """

    id: int
    desk_id: int
    holder_id: int | None
    changed_at: datetime
    asked: bool


async def still_due(session: AsyncSession, now: datetime, *, asked: str) -> Sequence[Still]:
    """Return at most `STILL_PAGE` reports that are to be looked at; *asked* is the step of who was asked."""
    was_asked = exists().where(
        ReportEvent.report_id == Report.id, ReportEvent.action == asked, ReportEvent.at > Report.changed_at
    )
    query = (
        select(Report.id, Report.desk_id, Report.holder_id, Report.changed_at, was_asked)
        .where(Report.closed_at.is_(None), Report.still_at <= now)
        .order_by(Report.still_at, Report.id)
        .limit(STILL_PAGE)
    )
    return [Still(*row) for row in await session.execute(query)]


_LOOK_AGAIN = (
    update(Report.__table__)  # type: ignore[arg-type]  # a Table
    .where(Report.id == bindparam("row_id"))
    .values(still_at=bindparam("again_at", type_=Report.still_at.type))
)


async def look_again(session: AsyncSession, when: Mapping[int, datetime]) -> None:
    """Write down when these reports are to be looked at next, if nothing happens in them until then."""
    if when:
        values = [{"row_id": report_id, "again_at": at} for report_id, at in when.items()]
        await (await session.connection()).execute(_LOOK_AGAIN, values)


async def still_since(
    session: AsyncSession, before: datetime, desk_id: int, holders: Collection[int] | None = None
) -> Sequence[Report]:
    """Return at most 500 open reports of a desk in which nothing happened after *before* (UTC), oldest first.

    With *holders* only what one of these has.
    """
    query = select(Report).where(Report.desk_id == desk_id, Report.closed_at.is_(None), Report.changed_at < before)
    if holders is not None:
        query = query.where(Report.holder_id.in_(holders))
    return (await session.scalars(query.order_by(Report.changed_at, Report.id).limit(_CHUNK))).all()
