"""What happens when a message of triage arrives, or can't: kept promises, photos below a card, a lost group."""

from bot.domain.notices.partners import PartnerNews, PartnerSilent
from bot.domain.notices.system import CardList
from bot.domain.notices.triage import (
    CardMenu,
    ChangedHands,
    ClosingToResident,
    PrivateCard,
    PrivateCardAnew,
    PrivateMenu,
    PrivateWords,
    ReportCard,
    TakenOver,
    ToResident,
)
from bot.services.delivery import Undeliverable, delivered, undeliverable
from bot.services.desk import cards
from bot.services.town import routing
from bot.services.triage.moving import give_to_desk
from bot.services.triage.rights import may_open
from storage.models import Desk, Report, ReportMessage
from storage.queries import listing
from storage.queries.locking import locked_all
from storage.work import Work


@delivered(ReportCard)
async def card_arrived(work: Work, notice: ReportCard, _message_id: int) -> None:
    """Show the photos of an open report below its card, and what its resident said later."""
    report = await work.session.get(Report, notice.report)
    desk = await work.session.get(Desk, notice.desk)
    if report is not None and desk is not None and report.desk_id == desk.id:
        await cards.show_media(work, report, desk)
        await cards.show_words(work, report, desk)


@delivered(CardMenu)
async def card_menu_arrived(work: Work, notice: CardMenu, message_id: int) -> None:
    """Do the same for a card that was made again while its menu was open."""
    await card_arrived(work, notice, message_id)


@delivered(PrivateCard)
@delivered(PrivateCardAnew)
@delivered(PrivateMenu)
async def private_card_arrived(work: Work, notice: PrivateCard, _message_id: int) -> None:
    """Write down that somebody who may read the report has it on the screen: only now it is opened."""
    report = await work.session.get(Report, notice.report)
    if report is not None and report.opened_at is None and await may_open(work, report, notice.person):
        report.opened_at = work.now


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
    """Bring the reports whose cards found no group, alone or on a list, to the desk of the last rule."""
    if failed.reachable is not None or not isinstance(failed.notice, ReportCard | CardList):
        return
    last = await routing.last_desk(work)
    if last.desk.chat_id == failed.chat_id:
        return
    lost = await _cards_of(work, failed.notice)
    for report in (await locked_all(work.session, Report, list(lost))).values():
        if report.desk_id == lost[report.id] != last.desk.id:
            await give_to_desk(work, report, last, None)
            await cards.arrived(work, report)
            await cards.close_private(work, report)


async def _cards_of(work: Work, notice: ReportCard | CardList) -> dict[int, int]:
    """Return the desk of each report whose card this is, or that this list shows."""
    listed = await listing.members(work.session, notice.list) if isinstance(notice, CardList) else []
    found = [notice, *(row.notice() for row in listed)]
    return {card.report: card.desk for card in found if isinstance(card, ReportCard)}


@undeliverable
async def words_found_nobody(work: Work, failed: Undeliverable) -> None:
    """Call who can't be reached in private in the group instead, so that no word of a resident waits unseen."""
    notice = failed.notice
    if failed.reachable is None or not isinstance(notice, PrivateWords) or notice.asked:
        return
    report = await work.session.get(Report, notice.report)
    if report is not None:
        await cards.call_in_group(work, report, notice.message, notice.person)


@undeliverable
async def partner_news_found_nobody(work: Work, failed: Undeliverable) -> None:
    """Call who turned out to be out of reach in the group instead, without content."""
    notice = failed.notice
    if failed.reachable is None or not isinstance(notice, PartnerNews | PartnerSilent):
        return
    report = await work.session.get(Report, notice.report)
    if report is not None:
        await cards.call_in_group(work, report, notice.event, notice.person)


@undeliverable
async def change_of_holder_found_nobody(work: Work, failed: Undeliverable) -> None:
    """Tell who can't be reached in private in the group that a report changed hands."""
    notice = failed.notice
    if failed.reachable is None or not isinstance(notice, TakenOver):
        return
    report = await work.session.get(Report, notice.report)
    desk = await work.session.get(Desk, report.desk_id) if report else None
    if desk is not None:
        await cards.call(work, desk, ChangedHands(notice.report, notice.event, desk.id, notice.person, notice.by))


async def _keep(work: Work, report_id: int) -> None:
    report = await work.session.get(Report, report_id)
    if report is not None and report.kept_at is None:
        report.kept_at = work.now
        await work.session.flush()
        await cards.refresh(work, report)
