"""The town as the organisation set it up: areas, desks, routing, partners, and the organisation itself."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.enums import Language, PartnerKind, Theme
from storage.models.base import LOST, Base, WithId, personal
from storage.types import ChatId, UserId


class Organisation(Base):
    """One row: what the set-up file says about the organisation as a whole.

    `promises` maps a theme (or "default") to working days; `reminders` is the set-up file's table by kind;
    `safety` holds officer and hours; `privacy` holds controller, contact and dpo.
    """

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    name: Mapped[str] = mapped_column(String(120))
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Amsterdam")
    languages: Mapped[list[Any]]
    promises: Mapped[dict[str, Any]]
    reminders: Mapped[dict[str, Any]]
    safety: Mapped[dict[str, Any]]
    privacy: Mapped[dict[str, Any]]

    @property
    def zone(self) -> ZoneInfo:
        """The town's wall time."""
        return ZoneInfo(self.timezone)


class Area(Base):
    """A wijk; `code` is the CBS code. `polygon` is a GeoJSON geometry (lon, lat in WGS84) once imported."""

    __tablename__ = "area"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    region: Mapped[str] = mapped_column(String(120))
    lat: Mapped[float]
    lon: Mapped[float]
    polygon: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)


class Desk(WithId, Base):
    """A triagegroep: one Telegram group (or one topic of it) that receives reports.

    `shown_standing`, `shown_id`: the open report up to which its cards were shown again (None: no more are to be).
    `judged_id`: the report down to which all that stands in its group was judged again (None: nothing is left to be).
    """

    __tablename__ = "desk"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    chat_id: Mapped[int] = mapped_column(ChatId, index=True)
    thread_id: Mapped[int | None]
    contact_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=personal("while the set-up file names them"))
    hours: Mapped[str] = mapped_column(String(200), default="ma-vr 08:30-17:00")
    sealed_cards_only: Mapped[bool] = mapped_column(default=False)
    shown_standing: Mapped[int | None] = mapped_column(BigInteger)
    shown_id: Mapped[int | None] = mapped_column(BigInteger)
    judged_id: Mapped[int | None] = mapped_column(BigInteger)
    active: Mapped[bool] = mapped_column(default=True)


class DeskWorker(Base):
    """A worker of a desk; `taken_at` set means: taken away in the chat, never given back by the set-up file."""

    __tablename__ = "desk_worker"

    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True, info=personal(LOST)
    )
    taken_at: Mapped[datetime | None]


class RoutingRule(WithId, Base):
    """One ordered rule; empty lists match everything. First match wins, the last rule matches all."""

    __tablename__ = "routing_rule"

    position: Mapped[int] = mapped_column(unique=True)
    kinds: Mapped[list[Any]]
    themes: Mapped[list[Any]]
    areas: Mapped[list[Any]]
    regions: Mapped[list[Any]]
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id", ondelete="CASCADE"))


class Partner(WithId, Base):
    """An organisation that a worker may pass a summary on to by e-mail."""

    __tablename__ = "partner"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[PartnerKind]
    email: Mapped[str | None] = mapped_column(String(200), info=personal("while the partner is in the set-up"))
    active: Mapped[bool] = mapped_column(default=True)


class StandardAnswer(WithId, Base):
    """A ready answer per theme and language, kept by the beheerder."""

    __tablename__ = "standard_answer"
    __table_args__ = (UniqueConstraint("theme", "language", "title"),)

    theme: Mapped[Theme]
    language: Mapped[Language]
    title: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)


class TopicMove(Base):
    """A forum topic that was made again: its old id, as the set-up file may still name it, and its new one."""

    __tablename__ = "topic_move"

    chat_id: Mapped[int] = mapped_column(ChatId, primary_key=True, autoincrement=False)
    old_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    new_id: Mapped[int]
    at: Mapped[datetime]


class ChatMove(Base):
    """A group that became a supergroup: its old id, as the set-up file may still name it, and its new one.

    The ids are plain numbers here, so that a later move does not rewrite this history.
    """

    __tablename__ = "chat_move"

    old_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    new_id: Mapped[int]
    at: Mapped[datetime]


class GroupGuest(Base):
    """Somebody in a desk's group who is no worker of it: unknown until the beheerder confirms; gone when they leave.

    `person_id` 0 stands for those whom the daily count found and nobody saw come; `extra` is how many. The row of
    somebody seen coming has 1.
    """

    __tablename__ = "group_guest"

    chat_id: Mapped[int] = mapped_column(ChatId, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(
        UserId, primary_key=True, autoincrement=False, info=personal("until they leave the group")
    )
    extra: Mapped[int] = mapped_column(default=1)
    seen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(UserId, info=personal("until they leave the group"))
