"""A small town with meetings, for tests of signing up: made with the real models, on any database."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from bot.domain.enums import ActivityKind, Language, OutboxState, Reachable, RoleKey, RoleName, SignupState
from bot.domain.time import local_date, to_utc
from storage.engine import Database
from storage.models import (
    Activity,
    ActivityRole,
    Area,
    Occurrence,
    Organisation,
    Outbox,
    Person,
    RoleGrant,
    Signup,
    Team,
    TeamMember,
)
from storage.work import Work

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
COORDINATOR, WORKER, ADMIN = 9101, 9001, 9003
REMINDERS = {
    "repaircafe": {"visitor": ["1d"], "default": ["7d", "1d"]},
    "rommelroute": ["7d", "1d", "0d@08:00"],
    "patrol": ["1d@19:00", "3h"],
}
Max = int | None


def wall(text: str) -> datetime:
    """Return the moment (UTC) of a local wall time like "2026-12-05T13:00"."""
    return to_utc(datetime.fromisoformat(text), ZONE)


async def make_town(work: Work) -> None:
    """Write an organisation, two wijken, and staff."""
    work.session.add(
        Organisation(
            id=1,
            name="De Schoor",
            timezone="Europe/Amsterdam",
            languages=["nl", "en"],
            promises={"default": 3},
            reminders=REMINDERS,
            safety={"officer": ADMIN, "hours": "ma-vr 09:00-17:00"},
            privacy={"controller": "De Schoor", "contact": "privacy@example.org"},
        )
    )
    for code, name in (("WK003401", "Filmwijk"), ("WK003402", "Stedenwijk")):
        work.session.add(Area(code=code, name=name, region="Almere Stad", lat=52.37, lon=5.22))
    for person_id, name in ((COORDINATOR, "Jan"), (WORKER, "Samira"), (ADMIN, "Wilma")):
        work.session.add(Person(id=person_id, name=name, created_at=work.now, reachable=Reachable.YES))
    await work.session.flush()
    for person_id, role in ((WORKER, RoleName.WORKER), (ADMIN, RoleName.ADMIN)):
        work.session.add(RoleGrant(person_id=person_id, role=role, given_at=work.now))
    await work.session.flush()


async def person(work: Work, person_id: int, name: str | None = None, *, under_16: bool = False) -> Person:
    """Return somebody who can be reached, made when not there yet."""
    row = await work.session.get(Person, person_id)
    if row is None:
        row = Person(
            id=person_id,
            name=name,
            created_at=work.now,
            reachable=Reachable.YES,
            language=Language.DUTCH,
            under_16=under_16,
        )
        work.session.add(row)
        await work.session.flush()
    return row


async def meeting(
    work: Work,
    starts: str,
    roles: Mapping[RoleKey, tuple[int, Max]],
    *,
    kind: ActivityKind = ActivityKind.REPAIR_CAFE,
    hours: float = 3,
    slot_minutes: int | None = None,
    deadline: str | None = None,
    team: Team | None = None,
    coordinator: int | None = None,
    title: str = "Repair Café Stedenwijk",
) -> Occurrence:
    """Return one dated meeting that starts at a local wall time; roles as (minimum, maximum)."""
    starts_at = wall(starts)
    ends = (datetime.fromisoformat(starts) + timedelta(hours=hours)).isoformat(timespec="minutes")
    activity = Activity(
        key=f"{kind.value}-{starts}-{title}"[:60],
        kind=kind,
        title=title,
        area_code="WK003402",
        place="Buurtcentrum",
        starts=starts,
        ends=ends,
        deadline=deadline,
        team_id=team.id if team else None,
        coordinator_id=coordinator,
    )
    work.session.add(activity)
    await work.session.flush()
    for role, (minimum, maximum) in roles.items():
        minutes = slot_minutes if role is RoleKey.VISITOR else None
        work.session.add(
            ActivityRole(activity_id=activity.id, role=role, minimum=minimum, maximum=maximum, slot_minutes=minutes)
        )
    occurrence = Occurrence(
        activity_id=activity.id,
        nominal_on=local_date(starts_at, ZONE),
        kind=kind,
        area_code=activity.area_code,
        team_id=activity.team_id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        deadline_at=wall(deadline) if deadline else None,
        place=activity.place,
    )
    work.session.add(occurrence)
    await work.session.flush()
    return occurrence


async def team(work: Work, members: Mapping[int, bool], *, key: str = "filmwijk") -> Team:
    """Return a patrol team; *members* says of each whether there is a VOG."""
    row = Team(
        key=key, name=f"Buurtpreventie {key}", area_code="WK003401", worker_id=WORKER, coordinator_id=COORDINATOR
    )
    work.session.add(row)
    await work.session.flush()
    for person_id, vog in members.items():
        await person(work, person_id, f"Lid {person_id}")
        work.session.add(
            TeamMember(
                team_id=row.id,
                person_id=person_id,
                asked_at=work.now,
                accepted_at=work.now,
                vog_on=date(2026, 1, 1) if vog else None,
            )
        )
    await work.session.flush()
    return row


async def states(work: Work, occurrence_id: int) -> dict[int, SignupState]:
    """Return the state of each person's sign-up."""
    rows = await work.session.execute(
        select(Signup.person_id, Signup.state).where(Signup.occurrence_id == occurrence_id)
    )
    return dict(rows.all())


async def messages(work: Work, kind: str, chat: int | None = None) -> list[Outbox]:
    """Return the rows of the outbox of a kind that wait, first due first."""
    query = select(Outbox).where(Outbox.kind == kind, Outbox.state == OutboxState.WAITING)
    if chat is not None:
        query = query.where(Outbox.chat_id == chat)
    await work.flush()
    rows = await work.session.scalars(query.order_by(Outbox.due_at).execution_options(populate_existing=True))
    return list(rows)


async def deliver(work: Work) -> None:
    """Mark as sent what is due, as the sender would."""
    await work.flush()
    await work.session.execute(
        update(Outbox)
        .where(Outbox.state == OutboxState.WAITING, Outbox.due_at <= work.now)
        .values(state=OutboxState.SENT, message_id=1, sent_at=work.now)
    )


@dataclass
class TownClock:
    """A time that a test moves by hand."""

    now: datetime = field(default=NOW)

    def to(self, text: str) -> datetime:
        """Move to a local wall time."""
        self.now = wall(text)
        return self.now


@contextmanager
def at(clock: TownClock, text: str) -> Iterator[datetime]:
    """Run a block at another time."""
    earlier = clock.now
    yield clock.to(text)
    clock.now = earlier


__all__ = ["Database"]
