"""After a closing: a resident's thumb with a line, and the answer to the question four weeks later."""

from telegram import Update

from bot.domain.enums import ReportStatus
from bot.services import triage
from bot.services.triage import Later, Outcome, Verdict
from bot.texts import general
from bot.texts import resident as texts
from handlers.context import Ctx
from handlers.my_reports.buttons import NotSolved
from handlers.my_reports.replying import ABOUT, RATED, ReplyDraft
from handlers.my_reports.replying import show as show_question
from handlers.routes import OnOwnButton, Route
from handlers.triage.resident import not_solved
from handlers.triage.resident_buttons import AnswerLater, Rate


async def on_rate(_update: Update, context: Ctx, pressed: Rate) -> None:
    """Keep the thumb, and ask for a line."""
    outcome = await triage.rate(context.work, pressed.report, pressed.event, context.person, good=pressed.good)
    if outcome.verdict not in (Verdict.DONE, Verdict.SAME):
        _refuse(context, outcome)
        return
    context.open_dialogue(ABOUT, RATED, ReplyDraft(report=pressed.report).model_dump(mode="json"))
    await context.work.session.flush()
    await show_question(context)


async def on_answer(update: Update, context: Ctx, pressed: AnswerLater) -> None:
    """Keep the answer; a no opens the report again and asks for a line."""
    outcome = await triage.answer_later(context.work, pressed.report, pressed.event, context.person, pressed.said)
    if not outcome.done:
        _refuse(context, outcome)
    elif pressed.said is Later.BAD:
        await not_solved(update, context, NotSolved(pressed.report))


def _refuse(context: Ctx, outcome: Outcome) -> None:
    """Say why a thumb or an answer changes nothing (any more)."""
    t = context.t
    if outcome.verdict is Verdict.SAME:
        context.toast(general.already_answered(t))
    elif outcome.verdict is Verdict.STALE and outcome.report and outcome.report.status is not ReportStatus.CLOSED:
        context.show(texts.open_already(t), new=True)
    else:
        context.show(texts.not_there(t), new=True)


BUTTONS: list[Route] = [OnOwnButton(Rate, on_rate), OnOwnButton(AnswerLater, on_answer)]
