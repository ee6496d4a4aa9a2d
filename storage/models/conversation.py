"""What intake needs: dialogues, handled and dead updates, albums, attempts."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.ids import new_id
from storage.models.base import Base, personal
from storage.types import ChatId, UserId


class Dialogue(Base):
    """A conversation of one person in one chat about one thing: the open step and the draft so far.

    At most one dialogue of a (chat, user) is `active`; others rest with their draft kept.
    `draft_id` is new for every draft; buttons carry it, so a tap of an older draft changes nothing.
    `offered` counts how often an unfinished draft was offered again by itself.
    """

    __tablename__ = "dialogue"
    __table_args__ = (Index("ix_dialogue_changed", "changed_at"), Index("ix_dialogue_user", "user_id"))

    chat_id: Mapped[int] = mapped_column(ChatId, primary_key=True)
    user_id: Mapped[int] = mapped_column(UserId, primary_key=True, info=personal("7 days"))
    about: Mapped[str] = mapped_column(String(40), primary_key=True)
    draft_id: Mapped[int] = mapped_column(BigInteger, default=new_id)
    active: Mapped[bool] = mapped_column(default=True)
    step: Mapped[str] = mapped_column(String(40))
    draft: Mapped[dict[str, Any]] = mapped_column(info=personal("7 days"))
    changed_at: Mapped[datetime]
    offered: Mapped[int] = mapped_column(default=0, server_default="0")


class HandledUpdate(Base):
    """An update that was handled; kept 7 days so that a redelivery is known."""

    __tablename__ = "handled_update"
    __table_args__ = (Index("ix_handled_update_at", "at"),)

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]


class UpdateAttempt(Base):
    """How often an update was begun after an unclean start; at three it is set aside unrun."""

    __tablename__ = "update_attempt"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    attempts: Mapped[int] = mapped_column(default=0)


class DeadUpdate(Base):
    """An update that no handler could handle: raw, for 14 days, for `buurtbode replay`."""

    __tablename__ = "dead_update"
    __table_args__ = (Index("ix_dead_update_at", "at"),)

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    raw: Mapped[str] = mapped_column(Text, info=personal("14 days"))
    error: Mapped[str] = mapped_column(Text)


class Album(Base):
    """The first part of an album that came in; later parts join its message and say nothing."""

    __tablename__ = "album"
    __table_args__ = (Index("ix_album_at", "at"),)

    chat_id: Mapped[int] = mapped_column(ChatId, primary_key=True)
    media_group_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    about: Mapped[int | None]
    at: Mapped[datetime]
