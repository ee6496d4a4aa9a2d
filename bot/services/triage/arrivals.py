"""What happens when a message of triage arrives, or can't: kept promises, photos below a card, a lost group."""

from bot.domain.enums import ReportStatus
from bot.domain.notices.triage import CardMenu, ClosingToResident, PrivateWords, ReportCard, ToResident
from bot.services import cards, routing
from bot.services.delivery import Undeliverable, delivered, undeliverable
from bot.services.triage.history import move, step
from storage.models import Desk, Report, ReportMessage
from storage.queries import staff
from storage.work import Work


@delivered(ReportCard)
async def card_arrived(work: Work, notice: ReportCard, _message_id: int) -> None:
    """Show the photos of an open report below its card."""
    report = await work.session.get(Report, notice.report)
    desk = await work.session.get(Desk, notice.desk)
    if report is not None and desk is not None and report.desk_id == desk.id:
        await cards.show_media(work, report, desk)


@delivered(CardMenu)
async def card_menu_arrived(work: Work, notice: CardMenu, message_id: int) -> None:
    """Do the same for a card that was made again while its menu was open."""
    await card_arrived(work, notice, message_id)


@delivered(ToResident)
async def answer_arrived(work: Work, notice: ToResident, _message_id: int) -> None:
    """Write down that a worker's words arrived: only now the promise is kept."""
    message = await work.session.get(ReportMessage, notice.message)
    if message is not None and message.delivered_at is None:
        message.delivered_at = work.now
    await _keep(work, notice.report)


@delivered(ClosingToResident)
async def closing_arrived(work: Work, notice: ClosingToResident, _message_id: int) -> None:
    """A closing keeps the promise as well."""
    await _keep(work, notice.report)


@undeliverable
async def group_is_lost(work: Work, failed: Undeliverable) -> None:
    """Bring the report whose card found no group to the desk of the last rule; who has it keeps it only there."""
    if failed.reachable is not None or not isinstance(failed.notice, ReportCard):
        return
    report = await work.session.get(Report, failed.notice.report)
    last = await routing.last_desk(work)
    if report is None or report.desk_id != failed.notice.desk or last.desk.chat_id == failed.chat_id:
        return
    old, report.desk_id, report.rule_position = report.desk_id, last.desk.id, last.rule_position
    await step(work, report, None, "rerouted", before=str(old), after=str(last.desk.id))
    holder = report.holder_id
    running = report.status is not ReportStatus.CLOSED
    if running and holder is not None and not await staff.works_at(work.session, holder, report.desk_id):
        report.holder_id = None
        move(report, ReportStatus.RECEIVED)
        await cards.close_private(work, report)
    await cards.refresh(work, report)


@undeliverable
async def words_found_nobody(work: Work, failed: Undeliverable) -> None:
    """Call who can't be reached in private in the group instead, so that no word of a resident waits unseen."""
    notice = failed.notice
    if failed.reachable is None or not isinstance(notice, PrivateWords) or notice.asked:
        return
    report = await work.session.get(Report, notice.report)
    if report is not None:
        await cards.call_in_group(work, report, notice.message, notice.person)


async def _keep(work: Work, report_id: int) -> None:
    report = await work.session.get(Report, report_id)
    if report is not None and report.kept_at is None:
        report.kept_at = work.now
        await work.session.flush()
        await cards.refresh(work, report)
