"""Buurtpreventie beside its shifts: how far a round is made sure of, and who asked "wie loopt mee?"."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.enums import WalkCallState
from storage.models.base import Base, WithId, personal
from storage.types import UserId


class RoundChain(Base):
    """Which steps of "never alone" are done for a round, each with its moment; written under the round's lock.

    `planned_at` is when the round got its time: made, or moved. `others_at`, `staff_at`: members with a VOG, and
    coordinator and worker, were asked. `settled_at`: the round goes ahead, or was called off. `alone_at`: who is
    left was told so, and nobody has come to it since.
    """

    __tablename__ = "round_chain"

    occurrence_id: Mapped[int] = mapped_column(
        ForeignKey("occurrence.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    planned_at: Mapped[datetime]
    others_at: Mapped[datetime | None]
    staff_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    alone_at: Mapped[datetime | None]


class WalkCall(WithId, Base):
    """ "Ik ga om 20:30, wie loopt mee?": a round at the second yes (`occurrence_id`), else it expires at its time."""

    __tablename__ = "walk_call"
    __table_args__ = (Index("ix_walk_call_state_starts", "state", "starts_at"),)

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(UserId, info=personal("7 days after the time"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    made_at: Mapped[datetime]
    state: Mapped[WalkCallState] = mapped_column(default=WalkCallState.OPEN)
    occurrence_id: Mapped[int | None] = mapped_column(ForeignKey("occurrence.id", ondelete="SET NULL"))


class TeamNews(WithId, Base):
    """What coordinator or worker wrote to all members of a team, those without a VOG too."""

    __tablename__ = "team_news"
    __table_args__ = (Index("ix_team_news_at", "at"),)

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), index=True)
    by: Mapped[int] = mapped_column(UserId, info=personal("90 days"))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text, info=personal("90 days"))
