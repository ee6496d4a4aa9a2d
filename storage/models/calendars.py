"""Private calendar feeds: who has one, and what its phone last saw."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, personal
from storage.types import UserId


class CalendarFeed(Base):
    """The feed of one person. Of its secret only a hash is kept: the link can be made anew, never read back.

    `etag` and `changed_at` are of the calendar as it was fetched last. `first_fetched_at` and `seen_at` (the last
    fetch, or when the link was made) tell whether a phone really follows it.
    """

    __tablename__ = "calendar_feed"

    person_id: Mapped[int] = mapped_column(
        UserId,
        ForeignKey("person.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        info=personal("half a year after the last look at it"),
    )
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    first_fetched_at: Mapped[datetime | None]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    etag: Mapped[str | None] = mapped_column(String(64))
    changed_at: Mapped[datetime | None]
