"""A tap on a line of a list: in the group it leads to the card, in private it opens the report."""

from telegram import Update

from bot.domain.reports import format_number
from bot.services import triage
from bot.services.desk import finding
from bot.services.desk.finding import Reader, Shown
from bot.services.triage import Act
from bot.texts import finding as texts
from bot.texts import triage_answers as answer_texts
from handlers.buttons import Key
from handlers.context import Ctx
from handlers.finding.buttons import ShowReport
from handlers.finding.pages import answer, line, who_looks
from handlers.routes import OnButton, Route
from handlers.staff.buttons import Take, TakeOver
from handlers.triage.cards import open_in_private
from handlers.views.drawing import Drawing
from storage.models import Report


async def on_report(_update: Update, context: Ctx, pressed: ShowReport) -> None:
    """Show the report, if it is at a desk of who taps."""
    who = await who_looks(context)
    if who is None:
        return
    if context.is_private:
        await _in_private(context, who, pressed.report)
    else:
        await _in_group(context, who, pressed.report)


async def _in_group(context: Ctx, who: Reader, report_id: int) -> None:
    """Lead to the card: a message that answers it, or the card itself as a new message."""
    shown, report, message_id = await finding.point(context.work, who, report_id)
    t = context.t
    if shown is Shown.NOT_HERE or report is None:
        context.refused()
        answer(context, texts.not_here(t))
        return
    number = format_number(report.year, report.number)
    if shown is Shown.COMES:
        context.toast(texts.card_comes(t, number=number))
    else:
        context.say(Drawing(text=texts.card_is_here(t, number=number), reply_to=message_id))


async def _in_private(context: Ctx, who: Reader, report_id: int) -> None:
    """Open it for who may read it; of a sealed one show the line and how to take it."""
    report = await finding.look(context.work, who, report_id)
    if report is None:
        context.refused()
        context.show(texts.not_here(context.t), new=True)
        return
    outcome = await triage.look(context.work, report_id, context.person.id, None, Act.OPEN)
    if outcome.done:
        await open_in_private(context, report)
    else:
        await _sealed(context, report)


async def _sealed(context: Ctx, report: Report) -> None:
    t, names = context.t, answer_texts.labels_of(context.t)
    (each,) = await finding.lines_of(context.work, [report])
    text = "\n\n".join([line(t, each), texts.take_first(t)])
    if report.closed_at is not None:
        context.show(line(t, each), new=True)
    elif report.holder_id is None:
        context.show(text, [[Key(names["take"], Take(report.id, report.version))]], new=True)
    else:
        context.show(text, [[Key(names["over"], TakeOver(report.id, report.version))]], new=True)


BUTTONS: list[Route] = [OnButton(ShowReport, on_report)]
