"""Who came to a meeting: set and corrected by its coordinator, who alone sees it, with who set it.

Other kinds use the same: `put` writes a state for whoever may (a host who taps *aangekomen*), `mark` is the
coordinator's tap, `listed` what the coordinator reads. Each is judged under the lock of the meeting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.activities.attendance import may_become
from bot.domain.enums import SignupState
from bot.services.activities import coordinating, offers
from storage.models import Occurrence, Signup
from storage.queries import activities as activity_queries
from storage.queries import repair as queries
from storage.queries import signups as signup_queries
from storage.queries.locking import locked
from storage.work import Work


class Marked(StrEnum):
    """How setting somebody's attendance went."""

    DONE = "done"
    ALREADY = "already"
    CHANGED = "changed"
    TOO_EARLY = "too_early"
    NOT_THERE = "not_there"


@dataclass(frozen=True)
class Attended:
    """Somebody at a meeting, by the name that they told, and the name of who set their state last (None: no name)."""

    signup: Signup
    name: str | None
    by: str | None

    @property
    def set_by_other(self) -> bool:
        """Whether somebody else than the person wrote this state."""
        return self.signup.changed_by not in (None, self.signup.person_id)


async def may_see(work: Work, occurrence: Occurrence, person_id: int) -> bool:
    """Return whether somebody sees and corrects attendance: who looks after the meeting, nobody else."""
    if await activity_queries.visible(work.session, occurrence.id, person_id) is None:
        return False
    return person_id in await coordinating.coordinators(work, occurrence)


async def listed(work: Work, occurrence: Occurrence, person_id: int) -> Sequence[Attended]:
    """Return everybody with their attendance; nobody for who may not see it."""
    if not await may_see(work, occurrence, person_id):
        return []
    return [Attended(signup, name, by) for signup, name, by in await queries.attendance(work.session, occurrence.id)]


async def mark(
    work: Work, signup_id: int, to: SignupState, person_id: int, *, version: int
) -> tuple[Marked, Signup | None]:
    """Set somebody's attendance, as the one who looks after the meeting."""
    seen = await work.session.get(Signup, signup_id)
    occurrence = None if seen is None else await locked(work.session, Occurrence, seen.occurrence_id)
    signup = await signup_queries.anew(work.session, signup_id)
    if occurrence is None or signup is None or not await may_see(work, occurrence, person_id):
        return Marked.NOT_THERE, None
    if signup.state is to:
        return Marked.ALREADY, signup
    if signup.version != version:
        return Marked.CHANGED, signup
    return (Marked.DONE if put(work, signup, occurrence, to, by=person_id) else Marked.TOO_EARLY), signup


def put(work: Work, signup: Signup, occurrence: Occurrence, to: SignupState, *, by: int) -> bool:
    """Write a state of attendance under the lock of the meeting; False when it can't be that now."""
    if occurrence.called_off_at is not None or not may_become(signup.state, to, occurrence.starts_at, work.now):
        return False
    offers.change(work, signup, to, by=by)
    return True
