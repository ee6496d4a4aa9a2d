"""People: residents and staff, their roles, absence and consent, and the audit trail."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.enums import Language, Reachable, ReminderChoice, RoleName
from storage.models.base import LOST, Base, WithId, personal
from storage.types import UserId

_PROMPT = text("prompt IS NOT NULL OR recent IS NOT NULL")


class Person(Base):
    """Anyone who writes to the bot or was named in the set-up file; the id is Telegram's user id.

    `name` is what the person chose (residents) or what the organisation gave (staff, teams); Telegram's own
    profile name is never stored. `prompt` holds the buttons of the last prompt, so that they can be typed.
    `work_number` is the phone number that a worker gives to partners.
    `recent` holds when the last messages were sent (unix times by Telegram's dates), `paused_until` until when our
    answers wait because there were too many of them.
    """

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_prompt", "last_seen_at", sqlite_where=_PROMPT, postgresql_where=_PROMPT),)

    id: Mapped[int] = mapped_column(
        UserId, primary_key=True, autoincrement=False, info=personal("until erased on request")
    )
    created_at: Mapped[datetime]
    name: Mapped[str | None] = mapped_column(String(80), info=personal("until erased on request"))
    language: Mapped[Language] = mapped_column(default=Language.DUTCH)
    reachable: Mapped[Reachable] = mapped_column(default=Reachable.NEVER_STARTED)
    reminders: Mapped[ReminderChoice] = mapped_column(default=ReminderChoice.ALL)
    area_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"), info=personal("until erased on request"))
    under_16: Mapped[bool] = mapped_column(default=False, info=personal("until erased on request"))
    blocked_at: Mapped[datetime | None] = mapped_column(index=True)
    privacy_shown_at: Mapped[datetime | None]
    house_rules_at: Mapped[datetime | None]
    later_questions: Mapped[bool] = mapped_column(default=True)
    apologised_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    work_number: Mapped[str | None] = mapped_column(String(30), info=personal("until erased on request"))
    prompt: Mapped[list[Any] | None] = mapped_column(info=personal("7 days after they last wrote"))
    recent: Mapped[list[Any] | None] = mapped_column(info=personal("7 days after they last wrote"))
    paused_until: Mapped[datetime | None]


class RoleGrant(Base):
    """A role that a person has, or had: one that was taken away is never given back by the set-up file."""

    __tablename__ = "role_grant"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, info=personal(LOST)
    )
    role: Mapped[RoleName] = mapped_column(primary_key=True)
    given_at: Mapped[datetime]
    given_by: Mapped[int | None] = mapped_column(UserId, info=personal(LOST))
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[int | None] = mapped_column(UserId, info=personal(LOST))


class Absence(WithId, Base):
    """A worker is away until and including a local date; pings go to the substitute."""

    __tablename__ = "absence"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True, info=personal("until they are back")
    )
    since: Mapped[datetime]
    until: Mapped[date]
    substitute_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), info=personal("until they are back")
    )


class Consent(WithId, Base):
    """A separate, withdrawable consent: own health, money or faith; passing on contact details; news."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("person_id", "purpose", "about"), Index("ix_consent_about", "about"))

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), info=personal("90 days after closing")
    )
    purpose: Mapped[str] = mapped_column(String(40))
    about: Mapped[int] = mapped_column(default=0)
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class AuditEntry(WithId, Base):
    """Who did or opened what, kept two years; ids and codes only, never words."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_about_at", "about", "at"), Index("ix_audit_entry_at", "at"))

    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(UserId, info=personal("2 years"))
    action: Mapped[str] = mapped_column(String(40))
    about: Mapped[int | None]
    detail: Mapped[dict[str, Any] | None]
