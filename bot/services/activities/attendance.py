"""Who came to a meeting: set and corrected by who looks after it, who alone sees it, with who set it.

`put` writes a state for whoever may (a host who taps *aangekomen*), `mark` is the tap of who looks after the meeting,
`mark_all` says it of everybody at once, `listed` is what they read. Each is judged under the lock of the meeting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.activities.attendance import KEPT, for_everybody, is_kept, may_become, was_held
from bot.domain.enums import ActivityKind, RoleKey, RoleName, SignupState
from bot.services.activities import coordinating, offers
from storage.models import Activity, Occurrence, Signup
from storage.queries import activities as activity_queries
from storage.queries import attendance as queries
from storage.queries import signups as signup_queries
from storage.queries import staff
from storage.queries.locking import locked
from storage.work import Work

#: So many days stand on a page of what has been.
PAGE = 8


class Marked(StrEnum):
    """How setting somebody's attendance went."""

    DONE = "done"
    ALREADY = "already"
    CHANGED = "changed"
    NOT_NOW = "not_now"
    CALLED_OFF = "called_off"
    NOT_THERE = "not_there"


@dataclass(frozen=True)
class Attended:
    """Somebody at a meeting, by the name that they told, and the name of who set their state last (None: no name)."""

    signup: Signup
    name: str | None
    by: str | None

    @property
    def was_set(self) -> bool:
        """Whether somebody wrote this state: anything but one's own signing up, or what the bot did by itself."""
        by = self.signup.changed_by
        return by is not None and (self.signup.state is not SignupState.SIGNED_UP or by != self.signup.person_id)


async def may_see(work: Work, occurrence: Occurrence, person_id: int) -> bool:
    """Return whether somebody sees and corrects attendance: who looks after the meeting, as long as it is kept.

    That is its coordinator, or a beheerder where nobody is named; of a round also the team's worker. Nobody else.
    """
    if work.now >= occurrence.ends_at + KEPT:
        return False
    if await activity_queries.visible(work.session, occurrence.id, person_id) is None:
        return False
    if person_id in await coordinating.coordinators(work, occurrence):
        return True
    team = await activity_queries.team_of(work.session, occurrence)
    return (
        team is not None
        and team.worker_id == person_id
        and RoleName.WORKER in await staff.roles(work.session, person_id)
    )


def is_open(work: Work, occurrence: Occurrence) -> bool:
    """Return whether attendance of a meeting can be set now."""
    if not was_held(occurrence.starts_at, occurrence.called_off_at):
        return False
    return is_kept(occurrence.kind, occurrence.starts_at, occurrence.ends_at, work.now)


async def listed(work: Work, occurrence: Occurrence, person_id: int) -> Sequence[Attended]:
    """Return everybody with their attendance; nobody for who may not see it."""
    if not await may_see(work, occurrence, person_id):
        return []
    rows = await queries.of_occurrence(work.session, occurrence.id)
    return [Attended(signup, name, by) for signup, name, by in rows]


async def begun(
    work: Work, person_id: int, *, before: int | None = None
) -> tuple[Sequence[tuple[Occurrence, Activity]], int | None]:
    """Return a page of what has begun and whose attendance somebody keeps, newest first, and where the next begins."""
    last = None if before is None else await work.session.get(Occurrence, before)
    rows = await queries.begun(
        work.session,
        person_id,
        admin=RoleName.ADMIN in await staff.roles(work.session, person_id),
        now=work.now,
        before=last,
        limit=PAGE + 1,
    )
    return rows[:PAGE], rows[PAGE - 1][0].id if len(rows) > PAGE else None


async def mark(
    work: Work, signup_id: int, to: SignupState, person_id: int, *, version: int
) -> tuple[Marked, Signup | None]:
    """Set somebody's attendance, as the one who looks after the meeting."""
    seen = await work.session.get(Signup, signup_id)
    occurrence = None if seen is None else await locked(work.session, Occurrence, seen.occurrence_id)
    signup = await signup_queries.anew(work.session, signup_id)
    if occurrence is None or signup is None or not await may_see(work, occurrence, person_id):
        return Marked.NOT_THERE, None
    if not was_held(occurrence.starts_at, occurrence.called_off_at):
        return Marked.CALLED_OFF, signup
    if signup.state is to:
        return Marked.ALREADY, signup
    if signup.version != version:
        return Marked.CHANGED, signup
    return (Marked.DONE if put(work, signup, occurrence, to, by=person_id) else Marked.NOT_NOW), signup


async def mark_all(work: Work, occurrence_id: int, person_id: int) -> tuple[Marked, int]:
    """Set everybody of whom nothing else was written: they are there, or were; return how many that were.

    Visitors of a Repair Café have the list of their day.
    """
    occurrence = await locked(work.session, Occurrence, occurrence_id)
    if occurrence is None or not await may_see(work, occurrence, person_id):
        return Marked.NOT_THERE, 0
    if not was_held(occurrence.starts_at, occurrence.called_off_at):
        return Marked.CALLED_OFF, 0
    if not may_mark_all(work, occurrence):
        return Marked.NOT_NOW, 0
    rows = unmarked(work, occurrence, await listed(work, occurrence, person_id))
    to = for_everybody(occurrence.ends_at, work.now)
    return Marked.DONE, sum(put(work, each.signup, occurrence, to, by=person_id) for each in rows)


def may_mark_all(work: Work, occurrence: Occurrence) -> bool:
    """Return whether it can be said of everybody at once that they are there: not before it begins."""
    return is_open(work, occurrence) and occurrence.starts_at <= work.now


def unmarked(work: Work, occurrence: Occurrence, people: Sequence[Attended]) -> Sequence[Attended]:
    """Return those of whom nothing else was written, and who would be set by one tap."""
    to = for_everybody(occurrence.ends_at, work.now)
    from_ = {SignupState.SIGNED_UP} | ({SignupState.PRESENT} if to is SignupState.DONE else set())
    return [each for each in people if each.signup.state in from_ and not has_own_list(each.signup, occurrence)]


def has_own_list(signup: Signup, occurrence: Occurrence) -> bool:
    """Return whether somebody is kept on the list of a Repair Café's day, and corrected there."""
    return signup.role is RoleKey.VISITOR and occurrence.kind is ActivityKind.REPAIR_CAFE


def put(work: Work, signup: Signup, occurrence: Occurrence, to: SignupState, *, by: int) -> bool:
    """Write a state of attendance under the lock of the meeting; False when it can't be that now."""
    if not is_open(work, occurrence):
        return False
    if not may_become(signup.state, to, starts_at=occurrence.starts_at, now=work.now):
        return False
    offers.change(work, signup, to, by=by)
    return True
