"""What staff hear of a resident's own steps with a sent report, and what a resident hears of what was passed on."""

from bot.domain.enums import CloseReason
from bot.domain.notices.conversation import Withdrawn
from bot.domain.reports import format_number
from bot.texts import conversation as texts
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Report


@view(Withdrawn)
async def withdrawn(notice: Withdrawn, reading: Reading) -> Drawn:
    """Tell the holder, without a word of the report, as long as it is still withdrawn and theirs."""
    report = await reading.work.session.get(Report, notice.report)
    if report is None or report.close_reason is not CloseReason.WITHDRAWN:
        return NotAnyMore("open again")
    return Drawing(text=texts.withdrawn_by_resident(reading.t, number=format_number(report.year, report.number)))
