"""Who comes along: people without Telegram whom somebody else signs up, and a companion where that is allowed.

Both take places like everybody: they are counted under the lock of the meeting.
"""

from enum import StrEnum

from bot.domain.enums import ActivityKind, RoleKey, SignupState
from bot.services.activities import coordinating, offers
from storage.models import Occurrence, Person, Signup
from storage.queries import activities as activity_queries
from storage.queries import signups as queries
from storage.queries.locking import locked
from storage.work import Work

#: States in which somebody may still say whether a companion comes.
_OPEN = frozenset({SignupState.SIGNED_UP, SignupState.WAITING})
#: States of a host who is (to be) there, also once somebody noted that.
_HOSTS = frozenset({SignupState.SIGNED_UP, SignupState.PRESENT, SignupState.DONE})


async def may_bring(work: Work, occurrence: Occurrence, person: Person, role: RoleKey | None = None) -> bool:
    """Return whether *person* may sign others up here: a host of this meeting, its coordinator, or a beheerder.

    Never for a patrol: only a member with a VOG walks.
    """
    if occurrence.kind is ActivityKind.PATROL or occurrence.team_id is not None or role is RoleKey.WALKER:
        return False
    if await coordinating.may_call_off(work, occurrence, person.id):
        return True
    own = await queries.of_person(work.session, occurrence.id, person.id, RoleKey.HOST)
    return own is not None and own.state in _HOSTS


class Along(StrEnum):
    """How saying that a companion comes, or stays home, went."""

    BRINGS = "brings"
    ALONE = "alone"
    NO_ROOM = "no_room"
    CHANGED = "changed"
    CLOSED = "closed"
    NOT_THERE = "not_there"


async def bring(
    work: Work, signup_id: int, person_id: int, *, version: int, companion: bool
) -> tuple[Along, Occurrence | None]:
    """Come with a companion, or alone after all; who waits then waits for two places, or for one.

    A second place is taken only when it is free and nobody waits who could have it.
    """
    seen = await work.session.get(Signup, signup_id)
    if seen is None or seen.person_id != person_id:
        return Along.NOT_THERE, None
    occurrence = await locked(work.session, Occurrence, seen.occurrence_id)
    signup = await queries.anew(work.session, signup_id)
    if occurrence is None or signup is None:
        return Along.NOT_THERE, None
    if await activity_queries.visible(work.session, occurrence.id, person_id) is None:
        return Along.NOT_THERE, None
    if occurrence.called_off_at is not None or occurrence.starts_at <= work.now:
        return Along.CLOSED, occurrence
    if signup.state not in _OPEN or signup.version != version:
        return Along.CHANGED, occurrence
    outcome = await (_with(work, signup, occurrence) if companion else _alone(work, signup, occurrence))
    return outcome, occurrence


async def _with(work: Work, signup: Signup, occurrence: Occurrence) -> Along:
    role = await queries.role_of(work.session, occurrence, signup.role)
    closed = occurrence.deadline_at is not None and occurrence.deadline_at <= work.now
    if role is None or not role.plus_one or closed:
        return Along.CLOSED
    if signup.seats > 1:
        return Along.BRINGS
    if signup.state is SignupState.SIGNED_UP and not await offers.may_take_now(work, occurrence, role):
        return Along.NO_ROOM
    signup.seats = 2
    _touch(work, signup)
    return Along.BRINGS


async def _alone(work: Work, signup: Signup, occurrence: Occurrence) -> Along:
    if signup.seats > 1:
        signup.seats = 1
        if signup.state is SignupState.SIGNED_UP:
            signup.gave_back_at = work.now
        _touch(work, signup)
        await offers.fill(work, occurrence)
    return Along.ALONE


def _touch(work: Work, signup: Signup) -> None:
    """Make older buttons of a sign-up stale."""
    signup.changed_at, signup.changed_by = work.now, signup.person_id
    signup.version += 1
