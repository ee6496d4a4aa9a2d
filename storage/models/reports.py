"""Reports and everything that hangs on one: media, talk, notes, history, followers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.enums import (
    Chase,
    CloseReason,
    Kind,
    Language,
    MediaKind,
    MessageDirection,
    ReportStatus,
    Source,
    Theme,
)
from storage.models.base import Base, WithId, personal
from storage.types import UserId

_TO_PASS_ON = text("pass_on AND passed_on_at IS NULL")
#: SQLite takes a partial index only when the query says its condition in the same words.
_TO_PASS_ON_SQLITE = text("pass_on = 1 AND passed_on_at IS NULL")
_OPEN, _SOMEWHERE = text("closed_at IS NULL"), text("closed_at IS NULL AND lat IS NOT NULL")
_GROUPED, _MERGED = text("group_id IS NOT NULL"), text("merged_into IS NOT NULL")
_UNUSED = text("used_at IS NULL")
_WAITS = text("kept_at IS NULL AND closed_at IS NULL")


class NumberSequence(Base):
    """The last number given out in a local calendar year."""

    __tablename__ = "number_sequence"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class Report(WithId, Base):
    """What a resident told, once it was sent (an unsent draft is a dialogue).

    `sealed` is kept as it was decided (kind, danger, under 16) so that every query can honour it.
    `draft_id` is the dialogue's draft: one draft can never become two reports.
    `promise_on` is the local date before whose end the resident hears from us; None for danger.
    `chased` is the last chase (see `bot.domain.promises`) that staff heard about it at this desk.
    `chase_on` is the local date from which they must hear of it next, as far as is known (None: they heard all); it
    follows what it hangs on (`storage.models.searching`).
    `kept_at` is when an answer, question or closing was delivered to the resident.
    `standing` orders every list (`bot.domain.standing`); it follows by itself (`storage.models.searching`).
    `sweep_at` is when it loses its contact, then its words (None: it is open, or nothing is left); it follows as well.
    `still_at` is when to look whether nothing happens in it any more (None: it is closed); it follows `changed_at`.
    `blocked_at` is when its resident was blocked from this card; `Person.blocked_at` follows from all of them.
    `passed_on_at` is when a worker passed it on to the municipality, for a resident who asked for it (`pass_on`).
    `version` rises with every change; buttons carry it.
    """

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        Index("ix_report_desk_status_promise", "desk_id", "status", "promise_on", "id"),
        Index("ix_report_resident_created", "resident_id", "created_at"),
        Index("ix_report_holder_status", "holder_id", "status"),
        Index("ix_report_still", "still_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_report_unmoved", "desk_id", "changed_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_report_desk_standing", "desk_id", "standing", "id"),
        Index("ix_report_holder_standing", "holder_id", "standing", "id"),
        Index("ix_report_area_standing", "area_code", "desk_id", "standing", "id"),
        Index("ix_report_pass_on", "desk_id", "id", sqlite_where=_TO_PASS_ON_SQLITE, postgresql_where=_TO_PASS_ON),
        Index("ix_report_near", "theme", "lat", sqlite_where=_SOMEWHERE, postgresql_where=_SOMEWHERE),
        Index(
            "ix_report_alike", "desk_id", "area_code", "theme", "created_at", sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
        Index("ix_report_group", "group_id", sqlite_where=_GROUPED, postgresql_where=_GROUPED),
        Index("ix_report_merged", "merged_into", sqlite_where=_MERGED, postgresql_where=_MERGED),
        Index("ix_report_waiting", "promise_on", sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_report_chase", "desk_id", "chase_on", "id", sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    draft_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    year: Mapped[int]
    number: Mapped[int]
    resident_id: Mapped[int | None] = mapped_column(UserId, info=personal("contact 90 days after closing"))
    resident_name: Mapped[str | None] = mapped_column(String(80), info=personal("90 days after closing"))
    language: Mapped[Language] = mapped_column(default=Language.DUTCH)
    source: Mapped[Source] = mapped_column(default=Source.CHAT)
    recorded_by: Mapped[int | None] = mapped_column(UserId, info=personal("1 year after closing"))
    kind: Mapped[Kind]
    theme: Mapped[Theme] = mapped_column(default=Theme.OTHER)
    area_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    lat: Mapped[float | None] = mapped_column(info=personal("1 year after closing; rounded to 25 m"))
    lon: Mapped[float | None] = mapped_column(info=personal("1 year after closing; rounded to 25 m"))
    text: Mapped[str] = mapped_column(Text, default="", info=personal("1 year after closing"))
    about_people: Mapped[bool] = mapped_column(default=False)
    danger: Mapped[bool] = mapped_column(default=False)
    danger_words: Mapped[str | None] = mapped_column(String(40))
    under_16: Mapped[bool] = mapped_column(default=False)
    sealed: Mapped[bool]
    may_write_back: Mapped[bool] = mapped_column(default=True)
    call_me: Mapped[dict[str, Any] | None] = mapped_column(info=personal("when it closes"))
    pass_on: Mapped[bool] = mapped_column(default=False)
    passed_on_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    status: Mapped[ReportStatus] = mapped_column(default=ReportStatus.RECEIVED)
    close_reason: Mapped[CloseReason | None]
    close_detail: Mapped[str | None] = mapped_column(String(200), info=personal("1 year after closing"))
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    rule_position: Mapped[int]
    holder_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), info=personal("1 year after closing")
    )
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id", ondelete="SET NULL"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("report_group.id", ondelete="SET NULL"))
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("report.id", ondelete="SET NULL"))
    promise_on: Mapped[date | None]
    kept_at: Mapped[datetime | None]
    chased: Mapped[Chase | None]
    chase_on: Mapped[date | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    public_line: Mapped[str | None] = mapped_column(String(300))
    standing: Mapped[int] = mapped_column(default=0)
    sweep_at: Mapped[datetime | None] = mapped_column(index=True)
    still_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class ReportMedia(WithId, Base):
    """A photo, video, voice message or document by its Telegram file id."""

    __tablename__ = "report_media"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[MediaKind]
    file_id: Mapped[str] = mapped_column(String(300), info=personal("1 year after closing"))
    file_unique_id: Mapped[str] = mapped_column(String(100), info=personal("1 year after closing"))
    removed_at: Mapped[datetime | None]


class ReportMessage(WithId, Base):
    """One thing said between resident and worker about a report; `delivered_at` when Telegram took it."""

    __tablename__ = "report_message"
    __table_args__ = (Index("ix_report_message_report", "report_id", "id"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    direction: Mapped[MessageDirection]
    author_id: Mapped[int | None] = mapped_column(UserId, info=personal("90 days after closing"))
    text: Mapped[str] = mapped_column(Text, default="", info=personal("1 year after closing"))
    media: Mapped[list[Any] | None] = mapped_column(info=personal("1 year after closing"))
    draft_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]


class ReportNote(WithId, Base):
    """A worker's note, for colleagues only."""

    __tablename__ = "report_note"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(UserId, info=personal("with the report"))
    text: Mapped[str] = mapped_column(Text, info=personal("with the report"))
    created_at: Mapped[datetime]


class ReportEvent(WithId, Base):
    """One step in a report's history: codes and ids, never words."""

    __tablename__ = "report_event"
    __table_args__ = (
        Index("ix_report_event_report", "report_id", "id"),
        Index("ix_report_event_action", "action", "report_id"),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(
        UserId, info=personal("90 days after closing of a resident's, 1 year of a worker's")
    )
    action: Mapped[str] = mapped_column(String(40))
    before: Mapped[str | None] = mapped_column(String(60))
    after: Mapped[str | None] = mapped_column(String(60))
    #: To be given instead of `report_id` with a report that was not written yet: then the two are, in this order.
    report: Mapped[Report] = relationship(lazy="raise", cascade="save-update")


class ReportGroup(WithId, Base):
    """Open place reports that a worker put together, so that neighbours can say "me too"."""

    __tablename__ = "report_group"

    created_at: Mapped[datetime]


class ReportFollower(Base):
    """A resident who joined a grouped report and gets its updates."""

    __tablename__ = "report_follower"
    __table_args__ = (Index("ix_report_follower_person", "person_id", "report_id"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, info=personal("90 days after closing")
    )
    joined_at: Mapped[datetime]


class LearnedThemes(Base):
    """What workers' corrections taught the guesser of themes: one row, made anew every night.

    `counts` are pieces of words that several people wrote, and how many did, by theme: no texts (see
    `bot.domain.lessons`). `digest` changes with them, so that every process sees that there is something new.
    """

    __tablename__ = "learned_themes"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64))
    counts: Mapped[dict[str, Any]] = mapped_column(info=personal("every night, from reports that are still kept"))


class Opening(WithId, Base):
    """A one-time deep link that opens one sealed report for one worker in private."""

    __tablename__ = "opening"
    __table_args__ = (Index("ix_opening_unused", "worker_id", sqlite_where=_UNUSED, postgresql_where=_UNUSED),)

    token: Mapped[str] = mapped_column(String(64), unique=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    worker_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), info=personal("1 year after closing")
    )
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
