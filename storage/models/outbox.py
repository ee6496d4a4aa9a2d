"""The outbox: every message to people as it should read now. And the tables of the schedule."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.enums import OutboxState, Priority
from storage.models.base import Base, WithId, personal
from storage.types import ChatId

_SPENT = text("state IN ('dropped', 'failed')")
_SAID = text("kind = 'said' AND kept_until IS NULL")
_LISTED = text("listed_in IS NOT NULL")
_PRIVATE = text("chat_id > 0 AND kept_until IS NULL")
_KEPT = text("kept_until IS NOT NULL")
_GROUP = text("chat_id < 0")
_TOPIC = text("thread_id IS NOT NULL")


class Outbox(WithId, Base):
    """One message, as it should read now (not an event).

    `key`         unique; writing to it raises `version` and sets the row waiting.
    `fresh`       the version from which the message must be a new one: an older message_id is forgotten.
    `channel`     "telegram", or "email": then `chat_id` is 0 and nothing is ever edited.
    `kind`        "said" (payload is a ready drawing), or the kind of a notice (payload holds its ids).
    `message_id`  Telegram's, once sent: then the row is edited instead of sent. `parts`: those of an album.
    `listed_in`   the row of the list message that shows this card while it has no message of its own.
    `kept_until`  what could go was found to be needed still: the sweep looks again then (None: it never looked).
    `due_at`      not before; `not_before` a pause by the sender (429, back-off); `valid_until` then too late.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_state_due", "state", "due_at"),
        Index("ix_outbox_chat_message", "chat_id", "message_id"),
        Index("ix_outbox_about", "about"),
        Index("ix_outbox_listed_in", "listed_in", sqlite_where=_LISTED, postgresql_where=_LISTED),
        Index("ix_outbox_spent", "created_at", sqlite_where=_SPENT, postgresql_where=_SPENT),
        Index("ix_outbox_said", "sent_at", sqlite_where=_SAID, postgresql_where=_SAID),
        Index("ix_outbox_private", "sent_at", sqlite_where=_PRIVATE, postgresql_where=_PRIVATE),
        Index("ix_outbox_topic", "chat_id", "thread_id", sqlite_where=_TOPIC, postgresql_where=_TOPIC),
        Index("ix_outbox_kept", "kept_until", sqlite_where=_KEPT, postgresql_where=_KEPT),
        Index("ix_outbox_group", "chat_id", "about", sqlite_where=_GROUP, postgresql_where=_GROUP),
    )

    kind: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(10), default="telegram")
    chat_id: Mapped[int] = mapped_column(ChatId)
    thread_id: Mapped[int | None]
    about: Mapped[int | None]
    key: Mapped[str] = mapped_column(String(120), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    fresh: Mapped[int] = mapped_column(default=1)
    payload: Mapped[dict[str, Any] | None] = mapped_column(info=personal("once delivered"))
    priority: Mapped[int] = mapped_column(default=int(Priority.CARD))
    due_at: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    silent: Mapped[bool] = mapped_column(default=False)
    state: Mapped[OutboxState] = mapped_column(default=OutboxState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(120))
    message_id: Mapped[int | None]
    parts: Mapped[list[Any] | None]
    listed_in: Mapped[int | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    kept_until: Mapped[datetime | None]


class Lease(Base):
    """Who polls, sends and schedules; renewed by the database's clock."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    until: Mapped[datetime]


class Recurring(Base):
    """Something that happens at local wall times; `next_due_at` is computed ahead."""

    __tablename__ = "recurring"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    next_due_at: Mapped[datetime]


class ProcessMark(Base):
    """Small facts that outlive the process: the clean stop of the last run, the bot's own id, the town's edition."""

    __tablename__ = "process_mark"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
