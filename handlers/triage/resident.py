"""What a resident does with a closing: read it, or say that it is not solved."""

from telegram import Update

from bot.domain.enums import ReportStatus
from bot.domain.reports import format_number
from bot.services import triage
from bot.services.triage import Verdict, after
from bot.texts import Translator, general, report_buttons
from bot.texts import after as after_texts
from bot.texts import resident as texts
from handlers.buttons import Button
from handlers.context import Ctx, keys
from handlers.conversation import Back, Stop
from handlers.my_reports.buttons import NotSolved
from handlers.my_reports.naming import promise_of
from handlers.my_reports.replying import ABOUT, WORDS, ReplyDraft
from handlers.report import Wipe
from handlers.report.flow import refused
from handlers.routes import OnOwnButton, Route
from handlers.triage.resident_buttons import Rate, ReadClosing
from storage.models import Person, Report, ReportEvent
from storage.queries import town


def thumbs_of(t: Translator, report_id: int, event_id: int) -> list[tuple[str, Button]]:
    """Return the two thumbs under a closing."""
    up, down = Rate(report_id, event_id, good=True), Rate(report_id, event_id, good=False)
    return [(after_texts.good_label(t), up), (after_texts.bad_label(t), down)]


async def not_solved(_update: Update, context: Ctx, pressed: NotSolved) -> None:
    """Open the report again and ask for one line."""
    if await refused(context):
        return
    outcome = await triage.reopen(context.work, pressed.report, context.person)
    t = context.t
    if outcome.report is None or outcome.verdict is Verdict.STRANGER:
        context.show(texts.not_there(t))
        return
    if outcome.verdict is Verdict.SAME:
        context.show(texts.open_already(t), new=True)
        return
    row = context.open_dialogue(ABOUT, WORDS, ReplyDraft(report=pressed.report).model_dump(mode="json"))
    await context.work.session.flush()
    number = format_number(outcome.report.year, outcome.report.number)
    last = [(general.back(t), Back(row.draft_id)), (general.stop(t), Stop(row.draft_id))]
    wipe = [(report_buttons.wipe(t), Wipe())] if outcome.report.sealed else []
    asked = texts.ask_one_line(t, number=number)
    context.show(f"{asked}\n\n{promise_of(t, outcome.report)}", keys(*wipe, last))


async def read_closing(_update: Update, context: Ctx, pressed: ReadClosing) -> None:
    """Show why a sealed report was closed, to its resident only."""
    t = context.t
    report = await context.work.session.get(Report, pressed.report)
    event = await context.work.session.get(ReportEvent, pressed.event)
    if report is None or event is None or report.resident_id != context.person.id or event.report_id != report.id:
        context.show(texts.not_there(t), new=True)
        return
    if not await after.stands(context.work, report, event.id) or report.close_reason is None:
        gone = report.status is ReportStatus.CLOSED
        context.show(texts.not_there(t) if gone else texts.open_already(t), new=True)
        return
    organisation = await town.organisation(context.work.session)
    worker = await context.work.session.get(Person, event.actor_id) if event.actor_id else None
    name = worker.name if worker else None
    sender = texts.signed(t, name=name, organisation=organisation.name) if name else organisation.name
    number = format_number(report.year, report.number)
    text = texts.closing(t, number=number, reason=report.close_reason, detail=report.close_detail, sender=sender)
    wipe = [(report_buttons.wipe(t), Wipe())] if report.sealed else []
    thumbs = thumbs_of(t, report.id, event.id)
    context.show(text, keys(thumbs, (texts.not_solved_label(t), NotSolved(report.id)), *wipe))


BUTTONS: list[Route] = [OnOwnButton(NotSolved, not_solved), OnOwnButton(ReadClosing, read_closing)]
