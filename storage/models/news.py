"""Which residents asked for news of activities."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.enums import ActivityKind
from storage.models.base import Base, personal

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
