"""Whether a report's state is legal, and its history leads to it, whatever was tapped."""

from sqlalchemy import select

from bot.domain.enums import CloseReason, Kind, ReportStatus
from storage.models import Desk, DeskWorker, Report, ReportEvent
from storage.work import Work

_HELD = frozenset({ReportStatus.TAKEN, ReportStatus.ASKED, ReportStatus.FORWARDED})
#: Statuses that a step leads to, whatever was before.
_LEADS_TO = {
    "taken": ReportStatus.TAKEN,
    "asked": ReportStatus.ASKED,
    "answered": ReportStatus.TAKEN,
    "closed": ReportStatus.CLOSED,
    "forwarded": ReportStatus.FORWARDED,
}


async def wrong(work: Work, report: Report) -> str:
    """Return what is wrong with a report; nothing when its state is legal and its history leads to it."""
    if (report.holder_id is not None) != (report.status in _HELD) and report.status is not ReportStatus.CLOSED:
        return f"{report.status} with holder {report.holder_id}"
    closed = report.status is ReportStatus.CLOSED
    if closed != (report.closed_at is not None) or closed != (report.close_reason is not None):
        return f"{report.status}, closed at {report.closed_at} as {report.close_reason}"
    if report.merged_into is not None and report.close_reason is not CloseReason.ALREADY_REPORTED:
        return f"merged, and closed as {report.close_reason}"
    if report.kind is Kind.NUISANCE and not report.sealed:
        return "about people, and not sealed"
    if circle := await _merged_in_circles(work, report):
        return circle
    return await _unexplained(work, report)


async def _merged_in_circles(work: Work, report: Report) -> str:
    seen, at = {report.id}, report.merged_into
    while at is not None:
        if at in seen:
            return "merged into itself in the end"
        seen.add(at)
        into = await work.session.get(Report, at)
        at = into.merged_into if into else None
    return ""


async def _unexplained(work: Work, report: Report) -> str:
    """Go through the history: it must lead to holder, status and desk, with one step for each version."""
    events = (
        await work.session.scalars(
            select(ReportEvent).where(ReportEvent.report_id == report.id).order_by(ReportEvent.id)
        )
    ).all()
    if report.version != 1 + len(events):
        return f"version {report.version} after {len(events)} steps"
    holder: int | None = None
    status, desk = (
        ReportStatus.RECEIVED,
        (await work.session.scalars(select(Desk.id).where(Desk.key == "stad-west"))).one(),
    )
    for event in events:
        if status is ReportStatus.CLOSED and event.action in ("taken", "taken_over", "handed_over", "asked", "closed"):
            return f"{event.action} after it was closed"
        if event.action in ("taken", "taken_over", "handed_over"):
            holder = int(event.after or 0)
        if event.action == "reopened":
            stays = holder is not None and await work.session.get(DeskWorker, (desk, holder)) is not None
            holder, status = (holder, ReportStatus.TAKEN) if stays else (None, ReportStatus.RECEIVED)
        if event.action == "rerouted":
            desk = int(event.after or 0)
            if holder is not None and await work.session.get(DeskWorker, (desk, holder)) is None:
                holder, status = (holder, status) if status is ReportStatus.CLOSED else (None, ReportStatus.RECEIVED)
        status = _LEADS_TO.get(event.action, status)
    told_by = (holder, status, desk)
    is_now = (report.holder_id, report.status, report.desk_id)
    return "" if told_by == is_now else f"its history says {told_by}, it is {is_now}"
