"""To another desk: what becomes of a report's holder, and of who has opened it."""

from bot.domain.enums import ReportStatus
from bot.services.desk import cards
from bot.services.town import routing
from bot.services.town.routing import Routed
from bot.services.triage.history import move, step
from storage.models import Desk, Report
from storage.queries import staff
from storage.queries import triage as queries
from storage.queries.locking import locked_all
from storage.work import Work


async def give_to_desk(work: Work, report: Report, to: Routed, actor: int | None) -> None:
    """Let *report* belong to another desk; who has it keeps it only as a worker of that desk.

    Else nobody there has opened it yet either, whoever did so before: of danger that desk's contact hears as well.
    """
    old, holder = report.desk_id, report.holder_id
    report.desk_id, report.rule_position = to.desk.id, to.rule_position
    report.chased = None
    await step(work, report, actor, "rerouted", before=str(old), after=str(to.desk.id))
    if holder is not None and await staff.works_at(work.session, holder, to.desk.id):
        return
    report.opened_at = None
    if holder is not None and report.status is not ReportStatus.CLOSED:
        report.holder_id = None
        move(report, ReportStatus.RECEIVED)


async def come_home(work: Work, desk: Desk) -> None:
    """Bring back what left *desk* when its group was lost, as far as the rules still say so and nobody has it."""
    away = await queries.carried_away_from(work.session, desk.id)
    for report in (await locked_all(work.session, Report, away)).values():
        to = await routing.desk_for(work, kind=report.kind, theme=report.theme, area_code=report.area_code)
        if to.desk.id == desk.id and report.holder_id is None and report.status is not ReportStatus.CLOSED:
            old = report.desk_id
            await give_to_desk(work, report, to, None)
            await cards.moved(work, report, old)
            await cards.close_private(work, report)
