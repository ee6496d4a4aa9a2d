"""A step in a report's history: written down, the version raised, so that older buttons are stale."""

from bot.domain.enums import ReportStatus
from bot.domain.reports import may_become
from storage.models import AuditEntry, Report, ReportEvent
from storage.work import Work


async def step(
    work: Work, report: Report, actor: int | None, action: str, *, before: str | None = None, after: str | None = None
) -> ReportEvent:
    """Write a step down (codes and ids, never words) and raise the report's version."""
    event = ReportEvent(report_id=report.id, at=work.now, actor_id=actor, action=action, before=before, after=after)
    work.session.add(event)
    report.version += 1
    report.changed_at = work.now
    await work.session.flush()
    return event


def move(report: Report, then: ReportStatus) -> bool:
    """Change the status when the rules allow it; tell whether it now has that status."""
    if report.status is then:
        return True
    if not may_become(report.status, then):
        return False
    report.status = then
    return True


def audit(work: Work, actor: int | None, action: str, report: Report) -> None:
    """Write down who did or opened what."""
    work.session.add(AuditEntry(at=work.now, actor_id=actor, action=action, about=report.id, detail=None))
