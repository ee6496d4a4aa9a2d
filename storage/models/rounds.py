"""What belongs to a round that is walked: who is there, what is looked at next, and what was found."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.enums import RoundLook
from storage.models.base import Base, personal
from storage.types import UserId


class RoundWatch(Base):
    """The next look at a round, due at `due_at` (None: none any more); `starts_at` is the start it was planned for."""

    __tablename__ = "round_watch"
    __table_args__ = (Index("ix_round_watch_due", "due_at"),)

    occurrence_id: Mapped[int] = mapped_column(
        ForeignKey("occurrence.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    starts_at: Mapped[datetime]
    look: Mapped[RoundLook]
    due_at: Mapped[datetime | None]


class RoundArrival(Base):
    """*Ik ben er* of a walker, said by themselves or (`named_by`) by another, who may be told that it is not so."""

    __tablename__ = "round_arrival"
    __table_args__ = (Index("ix_round_arrival_starts", "starts_at"),)

    occurrence_id: Mapped[int] = mapped_column(
        ForeignKey("occurrence.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(UserId, primary_key=True, autoincrement=False, info=personal("90 days"))
    starts_at: Mapped[datetime]
    at: Mapped[datetime]
    named_by: Mapped[int | None] = mapped_column(UserId, info=personal("90 days"))
    denied_at: Mapped[datetime | None]


class RoundFinding(Base):
    """A report that was made during a round. It names nobody: whose report it is, is forgotten by the report's rule."""

    __tablename__ = "round_finding"

    report_id: Mapped[int] = mapped_column(
        ForeignKey("report.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
