"""What the sender reads and writes: rows that wait, rows to draw, and the marks behind what went out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, ColumnElement, and_, bindparam, case, func, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import BindParameter

from bot.domain.enums import OutboxState, Priority, Reachable, ReportStatus
from bot.domain.notices import REGISTRY, Notice
from storage.models import Desk, Outbox, Person, Report
from storage.queries.outbox import OutboxItem

CHANNEL = "telegram"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits, as far as the sender's queue needs to know it. Times are UTC."""

    id: int
    chat_id: int
    kind: str
    priority: int
    due_at: datetime
    not_before: datetime | None
    message_id: int | None
    listed_in: int | None
    attempts: int


@dataclass(frozen=True, slots=True)
class DueRow:
    """A row as it is drawn; see `storage.models.outbox.Outbox`."""

    id: int
    kind: str
    chat_id: int
    thread_id: int | None
    about: int | None
    key: str
    version: int
    fresh: int
    payload: dict[str, Any] | None
    priority: int
    due_at: datetime
    valid_until: datetime | None
    silent: bool
    state: OutboxState
    message_id: int | None
    parts: list[int] | None
    listed_in: int | None

    def notice(self) -> Notice | None:
        """Return the notice of a drawn row; from its key when the payload went after an earlier delivery."""
        cls = REGISTRY.get(self.kind)
        if cls is None:
            return None
        try:
            return cls.from_key(self.key) if self.payload is None else cls.from_payload(self.payload)
        except (TypeError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a row whose version `drawn` was sent, closed, or put off.

    `state` WAITING is "put off": `not_before`, `attempts` and `reason` say how; `due_at` is another time, if it has
    one. `shown`: `message_id` and `parts` are what stands in the chat now (None: nothing any more); otherwise they
    stay as they are.
    """

    id: int
    drawn: int
    state: OutboxState
    shown: bool = False
    message_id: int | None = None
    parts: list[int] | None = None
    reason: str | None = None
    not_before: datetime | None = None
    attempts: int = 0
    at: datetime | None = None
    due_at: datetime | None = None


_WAITING = (
    Outbox.id,
    Outbox.chat_id,
    Outbox.kind,
    Outbox.priority,
    Outbox.due_at,
    Outbox.not_before,
    Outbox.message_id,
    Outbox.listed_in,
    Outbox.attempts,
)
DUE = (
    Outbox.id,
    Outbox.kind,
    Outbox.chat_id,
    Outbox.thread_id,
    Outbox.about,
    Outbox.key,
    Outbox.version,
    Outbox.fresh,
    Outbox.payload,
    Outbox.priority,
    Outbox.due_at,
    Outbox.valid_until,
    Outbox.silent,
    Outbox.state,
    Outbox.message_id,
    Outbox.parts,
    Outbox.listed_in,
)
ITEM = (
    Outbox.id,
    Outbox.kind,
    Outbox.chat_id,
    Outbox.thread_id,
    Outbox.key,
    Outbox.payload,
    Outbox.about,
    Outbox.due_at,
    Outbox.created_at,
    Outbox.valid_until,
    Outbox.silent,
    Outbox.priority,
    Outbox.message_id,
    Outbox.version,
    Outbox.fresh,
)
_LIVING = (OutboxState.WAITING, OutboxState.SENT)


async def waiting(
    session: AsyncSession,
    *,
    until: datetime,
    past: tuple[datetime, int] | None = None,
    priority: int | None = None,
    limit: int = 100_000,
) -> list[Waiting]:
    """Return rows (of one *priority*) that wait and are due by *until*, the earliest first.

    They begin behind the row whose due time and id are *past*.
    """
    query = (
        select(*_WAITING)
        .where(Outbox.state == OutboxState.WAITING, Outbox.due_at <= until, Outbox.channel == CHANNEL)
        .order_by(Outbox.due_at, Outbox.id)
        .limit(limit)
    )
    if priority is not None:
        query = query.where(Outbox.priority == priority)
    if past is not None:
        due_at, row_id = past
        query = query.where(Outbox.due_at >= due_at, or_(Outbox.due_at > due_at, Outbox.id > row_id))
    return [Waiting(*row) for row in await session.execute(query)]


async def card_groups(session: AsyncSession) -> set[int]:
    """Return the chats in which new reports' cards come up: those of the desks."""
    return set(await session.scalars(select(Desk.chat_id)))


async def next_due(session: AsyncSession, *, after: datetime) -> datetime | None:
    """Return when the first row that waits for its time is due, later than *after*."""
    query = (
        select(Outbox.due_at)
        .where(Outbox.state == OutboxState.WAITING, Outbox.due_at > after, Outbox.channel == CHANNEL)
        .order_by(Outbox.due_at)
        .limit(1)
    )
    return await session.scalar(query)


async def keep_due(session: AsyncSession, *, now: datetime, was: datetime) -> None:
    """Let what was due when the clock said *was* be due *now* that it says less, in the order in which it was.

    Not reminders and announcements: they wait for the time that they are about.
    """
    query = select(Outbox.id, Outbox.due_at, Outbox.not_before).where(
        Outbox.state == OutboxState.WAITING,
        Outbox.due_at > now,
        Outbox.due_at <= was,
        Outbox.priority < int(Priority.REMINDER),
    )
    back = was - now
    moved = [
        {"row_id": row_id, "due": due_at - back, "after": not_before and not_before - back}
        for row_id, due_at, not_before in await session.execute(query)
    ]
    if moved:
        due, after = (bindparam(name, type_=Outbox.due_at.type) for name in ("due", "after"))
        statement = update(Outbox).where(Outbox.id == bindparam("row_id")).values(due_at=due, not_before=after)
        await (await session.connection()).execute(statement, moved)


_ROWS = select(*DUE).where(Outbox.id.in_(bindparam("ids", expanding=True)))


async def rows(session: AsyncSession, row_ids: Collection[int]) -> dict[int, DueRow]:
    """Return rows by id as they are now."""
    return {row[0]: DueRow(*row) for row in await session.execute(_ROWS, {"ids": list(row_ids)})}


def _new(column: InstrumentedAttribute[Any]) -> BindParameter[Any]:
    return bindparam(f"new_{column.key}", type_=column.type)


def _mark_statement() -> Any:  # noqa: ANN401 sqlalchemy.Update, whose generics say nothing here
    """Return the one statement that marks: a change that was written after the drawing keeps the row waiting.

    A message id only counts when no newer version asked for a fresh message, nor the chat moved meanwhile.
    """
    drawn = bindparam("drawn", type_=BigInteger())
    current = Outbox.version == drawn
    closed = and_(current, bindparam("closes", type_=Boolean()))
    sent = bindparam("shown", type_=Boolean())
    shown = and_(Outbox.fresh <= drawn, sent)
    parts = bindparam("new_parts", type_=JSON(none_as_null=True))
    return (
        update(Outbox)
        .where(Outbox.id == bindparam("row_id"))
        .values(
            state=case((closed, _new(Outbox.state)), else_=Outbox.state),
            payload=case((closed, null()), else_=Outbox.payload),
            message_id=case((shown, _new(Outbox.message_id)), else_=Outbox.message_id),
            parts=case((shown, parts), else_=Outbox.parts),
            reason=case((current, _new(Outbox.reason)), else_=Outbox.reason),
            not_before=case((current, _new(Outbox.not_before)), else_=Outbox.not_before),
            attempts=case((current, _new(Outbox.attempts)), else_=Outbox.attempts),
            due_at=case((current, func.coalesce(_new(Outbox.due_at), Outbox.due_at)), else_=Outbox.due_at),
            sent_at=case((sent, _new(Outbox.sent_at)), else_=Outbox.sent_at),
        )
        .execution_options(synchronize_session=False)
    )


_MARK = _mark_statement()


async def mark(session: AsyncSession, marks: Sequence[Mark]) -> None:
    """Write what became of rows, in the order in which it happened."""
    if not marks:
        return
    connection = await session.connection()
    await connection.execute(
        _MARK,
        [
            {
                "row_id": one.id,
                "drawn": one.drawn,
                "closes": one.state is not OutboxState.WAITING,
                "shown": one.shown,
                "new_state": one.state,
                "new_message_id": one.message_id,
                "new_parts": one.parts,
                "new_reason": one.reason,
                "new_not_before": one.not_before,
                "new_attempts": one.attempts,
                "new_sent_at": one.at,
                "new_due_at": one.due_at,
            }
            for one in marks
        ],
    )


async def again(
    session: AsyncSession, row_ids: Collection[int], *, priority: Priority | None = None
) -> list[OutboxItem]:
    """Have these rows drawn again (as urgently as *priority* says) from what they are about; returns them as they wait.

    What they say then is decided when they are drawn.
    """
    return await _bump(session, Outbox.id.in_(row_ids), priority=priority)


async def out_of_reach(session: AsyncSession, person_id: int, why: Reachable) -> list[OutboxItem]:
    """Keep that the bot can't write to this person, and have the cards of this person's open reports say so."""
    await session.execute(update(Person).where(Person.id == person_id).values(reachable=why))
    theirs = select(Report.id).where(Report.resident_id == person_id, Report.status != ReportStatus.CLOSED)
    return await _bump(session, Outbox.kind.in_(card_kinds()), Outbox.about.in_(theirs), Outbox.state.in_(_LIVING))


async def _bump(
    session: AsyncSession, *where: ColumnElement[bool], priority: Priority | None = None
) -> list[OutboxItem]:
    """Raise the version of rows and let them wait; a card's menu is folded up on the way."""
    rows = await session.execute(
        update(Outbox)
        .where(*where)
        .values(
            version=Outbox.version + 1,
            state=OutboxState.WAITING,
            kind=_without_menu(),
            payload=case((Outbox.kind == _without_menu(), Outbox.payload), else_=null()),
            attempts=0,
            not_before=null(),
            reason=null(),
            priority=Outbox.priority if priority is None else int(priority),
        )
        .returning(*ITEM)
        .execution_options(synchronize_session=False)
    )
    return [OutboxItem(**dict(row._mapping)) for row in rows]


def card_kinds() -> list[str]:
    """Return the kinds of rows that are a report's card, whatever menu it shows."""
    return [kind for kind, cls in REGISTRY.items() if _card_base(cls) is not None]


def _card_base(cls: type[Notice]) -> type[Notice] | None:
    """Return the burst notice that *cls* is, or is a form of."""
    return next((base for base in cls.__mro__ if issubclass(base, Notice) and base.burst), None)


def _without_menu() -> ColumnElement[str]:
    """Return the kind of a row, or the card's own kind where it shows a menu."""
    forms = {kind: base.kind for kind, cls in REGISTRY.items() if (base := _card_base(cls)) and base.kind != kind}
    return case(forms, value=Outbox.kind, else_=Outbox.kind) if forms else Outbox.kind.expression
