"""What staff hear of a resident's own steps with a sent report, and what a resident hears of what was passed on."""

from bot.domain.enums import CloseReason
from bot.domain.notices.conversation import PassedOn, PassOnList, ReplyPhotoNote, Withdrawn
from bot.domain.reports import format_number
from bot.services.desk import passing_on
from bot.services.reporting import reply_photos
from bot.texts import conversation as texts
from bot.texts import report as report_texts
from bot.texts import report_buttons as labels
from bot.texts import triage_notices as notice_texts
from handlers.buttons import Key
from handlers.my_reports.buttons import RemoveReplyPhoto
from handlers.report import numbers
from handlers.staff.buttons import PassedOnAll
from handlers.views.drawing import Drawing, Drawn, NotAnyMore, Remove
from handlers.views.registry import Reading, view
from storage.models import Desk, Report, ReportMessage
from storage.queries import pass_on as list_queries
from storage.queries import reports as queries
from storage.queries import town


@view(Withdrawn)
async def withdrawn(notice: Withdrawn, reading: Reading) -> Drawn:
    """Tell the holder, without a word of the report, as long as it is still withdrawn and theirs."""
    report = await reading.work.session.get(Report, notice.report)
    if report is None or report.close_reason is not CloseReason.WITHDRAWN:
        return NotAnyMore("open again")
    return Drawing(text=texts.withdrawn_by_resident(reading.t, number=format_number(report.year, report.number)))


@view(PassOnList)
async def pass_on_list(notice: PassOnList, reading: Reading) -> Drawn:
    """Draw what is to be passed on by this desk, for its group; never in a group that may see no words."""
    t, session = reading.t, reading.work.session
    desk = await session.get(Desk, notice.desk)
    if desk is None or desk.sealed_cards_only:
        gone = notice_texts.erased_here(t)
        return NotAnyMore("may not be shown") if reading.message_id is None else Remove([reading.message_id], gone)
    newest = await list_queries.newest_list(session, desk.id, PassOnList.kind)
    if newest is not None and newest.key != notice.key:
        return Drawing(text=texts.list_replaced(t))
    shown = await passing_on.listed(reading.work, desk.id)
    if not shown.reports:
        return NotAnyMore("nothing to pass on") if reading.message_id is None else Drawing(text=texts.list_empty(t))
    lines = [await _on_list(reading, report) for report in shown.reports]
    number, link = numbers.municipality()
    return Drawing(
        text=texts.pass_on_list(t, lines=lines, more=shown.more, number=number, link=link),
        keyboard=[[Key(texts.passed_on_label(t), PassedOnAll(desk.id, shown.mark))]],
    )


async def _on_list(reading: Reading, report: Report) -> str:
    area = await town.area(reading.work.session, report.area_code)
    placed = report.lat is not None and report.lon is not None
    return texts.on_list(
        reading.t,
        number=format_number(report.year, report.number),
        area=area.name if area else None,
        text=report.text,
        point=f"{report.lat:.5f}, {report.lon:.5f}" if placed else None,
        files=len(await queries.media_of(reading.work.session, report.id)),
    )


@view(PassedOn)
async def passed_on(notice: PassedOn, reading: Reading) -> Drawn:
    """Tell the resident, as long as nothing about the report became discreet."""
    report = await reading.work.session.get(Report, notice.report)
    if report is None or report.resident_id != reading.chat_id or report.sealed or not report.may_write_back:
        return NotAnyMore("discretion")
    return Drawing(text=texts.passed_on(reading.t, number=format_number(report.year, report.number)))


@view(ReplyPhotoNote)
async def reply_photo_note(notice: ReplyPhotoNote, reading: Reading) -> Drawn:
    """Draw the note under photos of a later message, with a button for each that is still there."""
    t, session = reading.t, reading.work.session
    message = await session.get(ReportMessage, notice.message)
    report = await session.get(Report, message.report_id) if message else None
    if message is None or report is None or report.resident_id != reading.chat_id:
        return NotAnyMore("report gone")
    pictures = reply_photos.pictures(message)
    if not pictures:
        return Drawing(text=report_texts.photo_gone(t))
    rows = [
        [Key(labels.photo_away(t, number=at, of=len(pictures)), RemoveReplyPhoto(message.id, picture))]
        for at, picture in enumerate(pictures, start=1)
    ]
    return Drawing(text=report_texts.photo_note(t), keyboard=rows, reply_to=notice.below or None)
