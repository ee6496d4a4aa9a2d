"""Mails to partners about a report: what goes to whom, whether its resident said yes, and what became of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.enums import PartnerMailState
from storage.models.base import Base, WithId, personal
from storage.types import UserId


class PartnerMail(WithId, Base):
    """One mail about one report to one partner, as it was previewed; sending it again is another `attempt`.

    `draft_id`     the draft it was written as: one draft can never become two mails.
    `only_number`  about a person: number, "Wilt u mij bellen?", worker and `work_number`; no summary, no photos.
    `photos`       the ids of the report's media that were ticked one by one.
    `reason`       why it failed: a code of the mail server, or ours.
    `nudge_at`     when the holder hears that the partner is silent; set anew at each acceptance and each nudge.
    """

    __tablename__ = "partner_mail"
    __table_args__ = (
        Index("ix_partner_mail_report", "report_id", "id"),
        Index("ix_partner_mail_state_nudge", "state", "nudge_at"),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id", ondelete="CASCADE"))
    worker_id: Mapped[int] = mapped_column(UserId, info=personal("1 year after closing"))
    draft_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    only_number: Mapped[bool]
    summary: Mapped[str] = mapped_column(Text, default="", info=personal("1 year after closing"))
    photos: Mapped[list[Any]]
    work_number: Mapped[str | None] = mapped_column(String(30), info=personal("1 year after closing"))
    state: Mapped[PartnerMailState]
    attempt: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    nudge_at: Mapped[datetime | None]
