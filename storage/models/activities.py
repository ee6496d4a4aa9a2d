"""Activities: series, dated occurrences, roles, sign-ups, offers, and what a kind adds to a sign-up."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.enums import ActivityKind, Attendance, OccurrenceState, OfferState, RoleKey, SignupState
from storage.models.base import LOST, Base, WithId, personal
from storage.types import ChatId, UserId

#: Whose person is not erased yet.
_SOMEBODY = text("person_id != 0")
_LAST = "90 days after its last day"
_TOLD = text("street IS NOT NULL OR sells IS NOT NULL")
_OPENED = text("opened_by IS NOT NULL")
_REASON = text("called_off_why IS NOT NULL OR moved_why IS NOT NULL")


class Activity(WithId, Base):
    """A series, or a single meeting when `repeats` is None.

    `starts` and `ends` are local wall times ("2026-12-05T13:00") of the first meeting; `repeats` an RRULE.
    A patrol activity belongs to a team and is invisible outside it. `made_by` made it in the chat; what was made or
    changed there (`changed_by_hand`) the set-up file leaves alone.
    """

    __tablename__ = "activity"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[ActivityKind]
    title: Mapped[str] = mapped_column(String(120))
    area_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    place: Mapped[str | None] = mapped_column(String(200))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    coordinator_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), info=personal(_LAST)
    )
    starts: Mapped[str] = mapped_column(String(20))
    ends: Mapped[str] = mapped_column(String(20))
    deadline: Mapped[str | None] = mapped_column(String(20))
    repeats: Mapped[str | None] = mapped_column(String(300))
    active: Mapped[bool] = mapped_column(default=True)
    made_by: Mapped[int | None] = mapped_column(UserId, info=personal(_LAST))
    changed_by_hand: Mapped[bool] = mapped_column(default=False, server_default=false())


class ActivityRole(Base):
    """A role at an activity with its minimum and maximum; `maximum` None is without limit.

    `plus_one`: who has this role may bring somebody, who takes a place too.
    """

    __tablename__ = "activity_role"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[RoleKey] = mapped_column(primary_key=True)
    minimum: Mapped[int] = mapped_column(default=0)
    maximum: Mapped[int | None]
    slot_minutes: Mapped[int | None]
    plus_one: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class Occurrence(WithId, Base):
    """One dated meeting, keyed by its nominal local date, so that moving it never makes a second one."""

    __tablename__ = "occurrence"
    __table_args__ = (
        UniqueConstraint("activity_id", "nominal_on"),
        Index("ix_occurrence_starts", "starts_at"),
        Index("ix_occurrence_area_starts", "area_code", "starts_at"),
        Index("ix_occurrence_reason", "ends_at", sqlite_where=_REASON, postgresql_where=_REASON),
    )

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    nominal_on: Mapped[date]
    kind: Mapped[ActivityKind]
    area_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    place: Mapped[str | None] = mapped_column(String(200))
    called_off_at: Mapped[datetime | None]
    called_off_why: Mapped[str | None] = mapped_column(String(200), info=personal("90 days after the day"))
    moved_why: Mapped[str | None] = mapped_column(String(200), info=personal("90 days after the day"))
    changed_by_hand: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)


class ToldState(Base):
    """How full a meeting was when its coordinator last heard of it; at first as it is without anybody."""

    __tablename__ = "told_state"

    occurrence_id: Mapped[int] = mapped_column(
        ForeignKey("occurrence.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    state: Mapped[OccurrenceState]


class Signup(WithId, Base):
    """A place for one person in one role at one occurrence; cancelling is a state.

    `placed_at` is when it first was a place and not a spot on the waiting list: from then on it stands in a calendar.
    `for_name` is the first name of who comes when that is not the person itself but somebody without Telegram whom
    that person signed up. `seats` counts who comes along too; `gave_back_at` is when one of these last stayed home.
    """

    __tablename__ = "signup"
    __table_args__ = (
        UniqueConstraint("occurrence_id", "person_id", "role", "for_name"),
        Index("ix_signup_occurrence_role_state", "occurrence_id", "role", "state", "queued_at"),
        Index("ix_signup_person_state", "person_id", "state"),
        Index("ix_signup_somebody", "occurrence_id", sqlite_where=_SOMEBODY, postgresql_where=_SOMEBODY),
        CheckConstraint("seats >= 1", name="seats"),
    )

    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(UserId, info=personal("90 days after the day"))
    role: Mapped[RoleKey]
    for_name: Mapped[str] = mapped_column(String(80), default="", info=personal("90 days after the day"))
    state: Mapped[SignupState]
    attendance: Mapped[Attendance] = mapped_column(default=Attendance.UNKNOWN)
    seats: Mapped[int] = mapped_column(default=1)
    gave_back_at: Mapped[datetime | None]
    slot_at: Mapped[datetime | None]
    queued_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    placed_at: Mapped[datetime | None]
    changed_by: Mapped[int | None] = mapped_column(UserId, info=personal("90 days after the day"))
    version: Mapped[int] = mapped_column(default=1)


class Offer(WithId, Base):
    """A free place offered to the first of the waiting list until `expires_at`."""

    __tablename__ = "offer"
    __table_args__ = (
        Index("ix_offer_state_expires", "state", "expires_at"),
        Index(
            "uq_offer_pending_person",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id", ondelete="CASCADE"), index=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(UserId, info=personal("90 days after the day"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[OfferState] = mapped_column(default=OfferState.PENDING)


class RepairItem(WithId, Base):
    """What a visitor brings to a Repair Café, and how it went.

    `item_type` is of our list, or own words of the visitor: then there is no `skill`, and in 90 days only "?" is left.
    """

    __tablename__ = "repair_item"

    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id", ondelete="CASCADE"), unique=True)
    item_type: Mapped[str] = mapped_column(String(80))
    category: Mapped[str | None] = mapped_column(String(80))
    skill: Mapped[str | None] = mapped_column(String(40))
    brand: Mapped[str | None] = mapped_column(String(80), info=personal("90 days after the day"))
    fault: Mapped[str | None] = mapped_column(String(500), info=personal("90 days after the day"))
    photo: Mapped[str | None] = mapped_column(String(300), info=personal("90 days after the day"))
    queue_number: Mapped[int | None]
    called_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    outcome_reason: Mapped[str | None] = mapped_column(String(40))


class PersonSkill(Base):
    """Something that a volunteer can repair."""

    __tablename__ = "person_skill"

    person_id: Mapped[int] = mapped_column(UserId, primary_key=True, info=personal("90 days after the day"))
    skill: Mapped[str] = mapped_column(String(40), primary_key=True)


class Stall(WithId, Base):
    """A verkoopplek: an address, hidden from all but the organiser until the day starts.

    `lat` and `lon` are the point that was shared, rounded to about 25 m. `number` stays with the row when its person
    withdraws, so that nobody else gets it; `state` is a `StallState`.
    """

    __tablename__ = "stall"
    __table_args__ = (Index("ix_stall_told", "signup_id", sqlite_where=_TOLD, postgresql_where=_TOLD),)

    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id", ondelete="CASCADE"), unique=True)
    street: Mapped[str | None] = mapped_column(String(120), info=personal("a week after the day"))
    house_number: Mapped[str | None] = mapped_column(String(20), info=personal("a week after the day"))
    postcode: Mapped[str | None] = mapped_column(String(10), info=personal("a week after the day"))
    lat: Mapped[float | None] = mapped_column(info=personal("a week after the day"))
    lon: Mapped[float | None] = mapped_column(info=personal("a week after the day"))
    shared_field: Mapped[bool] = mapped_column(default=False)
    sells: Mapped[str | None] = mapped_column(String(200), info=personal("a week after the day"))
    number: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(20), default="open")


class StallFavourite(Base):
    """A stall that somebody marked with a star, to find it on the day."""

    __tablename__ = "stall_favourite"

    person_id: Mapped[int] = mapped_column(
        UserId, primary_key=True, autoincrement=False, info=personal("a week after the day")
    )
    stall_id: Mapped[int] = mapped_column(
        ForeignKey("stall.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )


class StallDay(Base):
    """How far the day of a Rommelroute has come: its numbers were given, its stalls opened, all of it closed.

    `cleared_at`: a week later, when what the bot had sent with addresses on it was taken away.
    """

    __tablename__ = "stall_day"

    occurrence_id: Mapped[int] = mapped_column(
        ForeignKey("occurrence.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    numbered_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    cleared_at: Mapped[datetime | None]


class Team(WithId, Base):
    """A buurtpreventie team: its wijk, its group, the opbouwwerker who guides it, its coordinator."""

    __tablename__ = "team"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    chat_id: Mapped[int | None] = mapped_column(ChatId, index=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=personal("while the set-up file names them"))
    coordinator_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), info=personal("while the set-up file names them")
    )
    active: Mapped[bool] = mapped_column(default=True)


class TeamMember(Base):
    """A member of a team. Only with `vog_on` may somebody take a shift or see a roster."""

    __tablename__ = "team_member"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True, info=personal(LOST)
    )
    asked_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    vog_on: Mapped[date | None] = mapped_column(info=personal("until they leave the team"))
    vog_by: Mapped[int | None] = mapped_column(UserId, info=personal("until they leave the team"))
    vog_withdrawn_at: Mapped[datetime | None]


class Round(WithId, Base):
    """The walk that was really made on a shift."""

    __tablename__ = "round"
    __table_args__ = (Index("ix_round_opened", "opened_at", sqlite_where=_OPENED, postgresql_where=_OPENED),)

    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id", ondelete="CASCADE"), unique=True)
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(UserId, info=personal("90 days"))
    walkers: Mapped[list[Any]] = mapped_column(info=personal("90 days"))
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(40))
    line: Mapped[str | None] = mapped_column(Text, info=personal("90 days"))
