"""What residents hear about a report that they follow: number and status, never its words or who told it."""

from bot.domain.enums import ReportStatus
from bot.domain.notices.following import FollowedMerged, FollowedNews, FollowedNoMore
from bot.domain.reports import format_number
from bot.services.reporting import following
from bot.texts import merging as texts
from bot.texts import resident as resident_texts
from handlers.buttons import Key, Keyboard
from handlers.following.buttons import Leave
from handlers.my_reports.buttons import NotSolved
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Report
from storage.queries import following as queries
from storage.queries import triage


@view(FollowedNews)
async def followed_news(notice: FollowedNews, reading: Reading) -> Drawn:
    """Draw that the report was taken, or closed; nothing for who left, and nothing that is no longer so."""
    report = await _followed(reading, notice.report)
    if report is None:
        return NotAnyMore("not followed")
    t, number = reading.t, _number(report)
    leave = [Key(texts.leave_label(t), Leave(report.id))]
    if notice.stamp == 0:
        if report.holder_id is None or report.status is ReportStatus.CLOSED:
            return NotAnyMore("not taken any more")
        return Drawing(text=texts.news_taken(t, number=number), keyboard=[leave])
    if report.closed_at is None or following.stamp_of(report.closed_at) != notice.stamp or report.close_reason is None:
        return NotAnyMore("open again")
    own = await queries.merged_of(reading.work.session, report.id, notice.person)
    keyboard: Keyboard = [[Key(resident_texts.not_solved_label(t), NotSolved(own.id))]] if own else []
    return Drawing(text=texts.news_closed(t, number=number, reason=report.close_reason), keyboard=keyboard)


@view(FollowedMerged)
async def followed_merged(notice: FollowedMerged, reading: Reading) -> Drawn:
    """Draw that the report goes on in another one, unless it was opened again."""
    report = await reading.work.session.get(Report, notice.report)
    last = await triage.last_event(reading.work.session, notice.report, "closed")
    if report is None or report.merged_into is None or last is None or last.id != notice.event:
        return NotAnyMore("open again")
    into = await reading.work.session.get(Report, report.merged_into)
    own = into is not None and into.resident_id == reading.chat_id
    if into is None or not (own or await _followed(reading, into.id)):
        return NotAnyMore("not followed")
    text = texts.goes_on(reading.t, number=_number(report), into=_number(into))
    return Drawing(text=text, keyboard=[] if own else [[Key(texts.leave_label(reading.t), Leave(into.id))]])


@view(FollowedNoMore)
async def followed_no_more(notice: FollowedNoMore, reading: Reading) -> Drawn:
    """Draw that there will be no more news, without a reason."""
    report = await reading.work.session.get(Report, notice.report)
    if report is None:
        return NotAnyMore("report gone")
    return Drawing(text=texts.no_more_news(reading.t, number=_number(report)))


async def _followed(reading: Reading, report_id: int) -> Report | None:
    """Return the report when the person in this chat still follows it and it is not sealed."""
    report = await reading.work.session.get(Report, report_id)
    found = await queries.follower(reading.work.session, report_id, reading.chat_id)
    return report if report is not None and found is not None and not report.sealed else None


def _number(report: Report) -> str:
    return format_number(report.year, report.number)
