"""The one way to a report for a tap: lock it, read the rights anew, compare the version."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.enums import ReportStatus
from bot.services.triage.rights import Act, permits
from storage.models import Person, Report
from storage.queries.locking import locked
from storage.work import Work

#: What may be done with a closed report as well.
_ALSO_CLOSED = frozenset({Act.LOOK, Act.NOTE, Act.OPEN, Act.BLOCK})


class Verdict(StrEnum):
    """How a tap ended."""

    DONE = "done"
    SAME = "same"
    MINE = "mine"
    HELD = "held"
    NOBODY = "nobody"
    STALE = "stale"
    CLOSED = "closed"
    STRANGER = "stranger"
    GONE = "gone"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True)
class Outcome:
    """What became of a tap. `report` is set unless it is gone; `other` is who has it when that matters."""

    verdict: Verdict
    report: Report | None = None
    other: Person | None = None

    @property
    def done(self) -> bool:
        """Whether something changed as it was asked."""
        return self.verdict is Verdict.DONE


async def look(work: Work, report_id: int, person_id: int, version: int | None, act: Act) -> Outcome:
    """Return DONE with the locked report when this person may do *act* on this version of it now.

    *version* None: whatever version it has. Otherwise: GONE, STRANGER (no worker of this desk), HELD (by `other`),
    NOBODY (take it first), CLOSED, STALE (it changed since the button was drawn).
    """
    report = await locked(work.session, Report, report_id)
    if report is None:
        return Outcome(Verdict.GONE)
    if not await permits(work, report, person_id, act):
        return await _refusal(work, report, person_id)
    if report.status is ReportStatus.CLOSED and act not in _ALSO_CLOSED:
        return Outcome(Verdict.CLOSED, report)
    if version is not None and version != report.version:
        return Outcome(Verdict.STALE, report)
    return Outcome(Verdict.DONE, report)


async def holder_of(work: Work, report: Report) -> Person | None:
    """Return who has *report*."""
    return None if report.holder_id is None else await work.session.get(Person, report.holder_id)


async def _refusal(work: Work, report: Report, person_id: int) -> Outcome:
    """Tell a colleague who has it; anybody else learns nothing."""
    if not await permits(work, report, person_id, Act.TAKE_OVER):
        return Outcome(Verdict.STRANGER, report)
    if report.status is ReportStatus.CLOSED:
        return Outcome(Verdict.CLOSED, report)
    holder = await holder_of(work, report)
    return Outcome(Verdict.HELD, report, holder) if holder else Outcome(Verdict.NOBODY, report)
