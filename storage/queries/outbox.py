"""Writing to the outbox and reading what is due; see `storage.models.outbox.Outbox` for the columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import FromClause, String, bindparam, case, cast, null, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from bot.domain.enums import OutboxState, Priority
from storage.connections import connection_of
from storage.ids import new_id
from storage.models import Outbox

#: The kind of what a handler said: a ready text, which can't be drawn again.
SAID = "said"


@dataclass(slots=True)
class OutboxItem:
    """A message on its way into the outbox, and, after the commit, in the sender's hands.

    `anew`: show a new message below, never edit an older one. `once`: if the key exists already, do nothing.
    `message_id` given at writing: the message on the screen that this one replaces (a tap proved it arrived).
    """

    kind: str
    chat_id: int
    key: str
    payload: dict[str, Any] | None
    due_at: datetime
    created_at: datetime
    priority: int = Priority.CARD
    thread_id: int | None = None
    about: int | None = None
    valid_until: datetime | None = None
    silent: bool = False
    channel: str = "telegram"
    anew: bool = False
    once: bool = False
    message_id: int | None = None
    id: int = field(default_factory=new_id)
    version: int = 1
    fresh: int = 1

    def columns(self) -> dict[str, Any]:
        """Return the values of a first insert."""
        return {
            "id": self.id,
            "kind": self.kind,
            "channel": self.channel,
            "chat_id": self.chat_id,
            "thread_id": self.thread_id,
            "about": self.about,
            "key": self.key,
            "version": 1,
            "fresh": 1,
            "payload": self.payload,
            "priority": int(self.priority),
            "due_at": self.due_at,
            "valid_until": self.valid_until,
            "silent": self.silent,
            "state": OutboxState.WAITING,
            "attempts": 0,
            "message_id": self.message_id,
            "created_at": self.created_at,
        }


async def write(session: AsyncSession, items: Sequence[OutboxItem]) -> list[OutboxItem]:
    """Insert or overwrite *items* by key and return those that now wait, with their id and version filled in.

    Items must have distinct keys within one call.
    """
    connection = await connection_of(session)
    await _let_go_of_former(connection, items)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    written: list[OutboxItem] = []
    for group in _alike(items):
        statement = _upsert(dialect.insert, once=group[0].once, anew=group[0].anew)
        rows = await connection.execute(statement, [item.columns() for item in group])
        by_key = {item.key: item for item in group}
        for key, row_id, version, fresh, message_id in rows:
            item = by_key[key]
            item.id, item.version, item.fresh, item.message_id = row_id, version, fresh, message_id
            written.append(item)
    return written


@cache
def _upsert(insert_into: Callable[[FromClause], Any], *, once: bool, anew: bool) -> Any:  # noqa: ANN401 the dialect's
    """Return the statement that writes one message; it is run with many at once, and made ready once."""
    statement = insert_into(Outbox.__table__)
    if once:
        statement = statement.on_conflict_do_nothing(index_elements=["key"])
    else:
        changes = _overwrite(statement.excluded, anew=anew)
        statement = statement.on_conflict_do_update(index_elements=["key"], set_=changes)
    columns = Outbox.__table__.c
    return statement.returning(columns.key, columns.id, columns.version, columns.fresh, columns.message_id)


_ROWS = Outbox.metadata.tables[Outbox.__tablename__]
_LET_GO = (
    update(_ROWS)
    .where(_ROWS.c.key.in_(bindparam("keys", expanding=True)), _ROWS.c.message_id.is_not(None))
    .values(key="said:" + cast(_ROWS.c.id, String), kind=SAID, state=OutboxState.SENT, payload=null())
)


async def _let_go_of_former(connection: AsyncConnection, items: Sequence[OutboxItem]) -> None:
    """Give the messages in private chats that these rows are about to let go of a key of their own.

    They stay on the screen above the new ones; *Wis dit gesprek* must find them, and who takes a report's words back.
    """
    anew = [item.key for item in items if item.anew and item.chat_id > 0]
    if anew:
        await connection.execute(_LET_GO, {"keys": anew})


def _alike(items: Sequence[OutboxItem]) -> list[list[OutboxItem]]:
    """Split *items* into groups that one statement can write, keeping their order within a group."""
    groups: dict[tuple[bool, bool], list[OutboxItem]] = {}
    for item in items:
        groups.setdefault((item.once, item.anew), []).append(item)
    return list(groups.values())


def _overwrite(new: Any, *, anew: bool) -> dict[str, Any]:  # noqa: ANN401 the dialect's `excluded` namespace
    """Return the assignments that turn an existing row into the newer message."""
    moved = Outbox.chat_id != new.chat_id
    version = Outbox.version + 1
    kept_message = case(
        (moved, null()), else_=case((new.message_id.is_not(None), new.message_id), else_=Outbox.message_id)
    )
    return {
        "kind": new.kind,
        "chat_id": new.chat_id,
        "thread_id": new.thread_id,
        "about": new.about,
        "version": version,
        "fresh": version if anew else case((moved, version), else_=Outbox.fresh),
        "payload": new.payload,
        "priority": new.priority,
        "due_at": new.due_at,
        "valid_until": new.valid_until,
        "silent": new.silent,
        "state": OutboxState.WAITING.value,
        "attempts": 0,
        "not_before": null(),
        "reason": null(),
        "message_id": null() if anew else kept_message,
        "listed_in": null() if anew else case((moved, null()), else_=Outbox.listed_in),
    }


async def drop(session: AsyncSession, keys: Sequence[str], *, reason: str) -> None:
    """Make the waiting rows of *keys* never go out."""
    await session.execute(
        update(Outbox)
        .where(Outbox.key.in_(keys), Outbox.state == OutboxState.WAITING)
        .values(state=OutboxState.DROPPED, reason=reason, payload=None, version=Outbox.version + 1)
    )


# No change through the session gives a row another key, so what waits to be written may wait on.
_BY_KEY = select(Outbox).where(Outbox.key == bindparam("wanted")).execution_options(autoflush=False)


async def by_key(session: AsyncSession, key: str) -> Outbox | None:
    """Return the row of *key*."""
    return (await session.scalars(_BY_KEY, {"wanted": key})).first()


_SHOWN_AS = select(_ROWS.c.message_id).where(_ROWS.c.key == bindparam("wanted"))


async def shown_as(session: AsyncSession, key: str) -> int | None:
    """Return the id of the message that stands for *key* in its chat, as far as is known and written."""
    found: int | None = await (await connection_of(session)).scalar(_SHOWN_AS, {"wanted": key})
    return found


async def last_asked(session: AsyncSession, chat_id: int, kinds: Sequence[str], *, since: datetime) -> Outbox | None:
    """Return the newest message of these kinds that arrived in a chat: what "ja" or "ik kan niet" answers."""
    query = (
        select(Outbox)
        .where(Outbox.chat_id == chat_id, Outbox.message_id.is_not(None), Outbox.kind.in_(kinds))
        .where(Outbox.sent_at >= since)
        .order_by(Outbox.sent_at.desc(), Outbox.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def standing(session: AsyncSession, about: Sequence[int], kinds: Sequence[str]) -> Sequence[tuple[int, int, int]]:
    """Return what each message of these kinds in a private chat is about, its chat and its Telegram id."""
    query = select(Outbox.about, Outbox.chat_id, Outbox.message_id).where(
        Outbox.about.in_(about), Outbox.kind.in_(kinds), Outbox.chat_id > 0, Outbox.message_id.is_not(None)
    )
    return [(about or 0, chat_id, message or 0) for about, chat_id, message in await session.execute(query)]
