"""Which residents asked for news of activities."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.enums import ActivityKind
from storage.models.base import Base, WithId, personal

_KEPT = "2 years"


class NewsWish(Base):
    """Somebody wants news of a kind of activity in a wijk, and agreed to it on a date; the row is the consent."""

    __tablename__ = "news_wish"
    __table_args__ = (Index("ix_news_wish_area_kind", "area_code", "kind"), Index("ix_news_wish_given_at", "given_at"))

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, info=personal(_KEPT)
    )
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True, info=personal(_KEPT))
    kind: Mapped[ActivityKind] = mapped_column(primary_key=True, info=personal(_KEPT))
    given_at: Mapped[datetime]


class Announcement(WithId, Base):
    """What somebody added to the news of a date in words of their own; each reader's message names it."""

    __tablename__ = "announcement"

    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id", ondelete="CASCADE"), index=True)
    line: Mapped[str] = mapped_column(String(200), info=personal("90 days after the day"))
