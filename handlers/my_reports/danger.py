"""Danger in what a resident says about a report that was sent: whom to call, and "Is iemand nu in gevaar?"."""

from telegram import Update

from bot.domain.reports import SPOKEN_MEDIA
from bot.services.reporting import endangering, signs
from bot.texts import my_reports as texts
from bot.texts import report as report_texts
from bot.texts import report_buttons as labels
from bot.texts import report_sent as sent_texts
from handlers.buttons import Keyboard
from handlers.context import Ctx, keys
from handlers.my_reports.buttons import InDanger, OpenMine
from handlers.report import numbers
from handlers.report.media import media_of
from handlers.report.wiping import Wipe
from handlers.routes import OnOwnButton, Route
from storage.models import Report


async def after_words(context: Ctx, message_id: int) -> tuple[str, Keyboard]:
    """Return what must be said after the message with this id of ours was brought, and its buttons."""
    t = context.t
    message = context.message
    help_now = await who_helps_now(context, message.text or message.caption or "")
    report = await endangering.asks(context.work, message_id)
    if report is None:
        return help_now, keys((texts.mine(t), OpenMine(None)))
    yes, no = InDanger(message_id, yes=True), InDanger(message_id, yes=False)
    rows = keys([(labels.yes(t), yes), (labels.no(t), no)], *_wipe(context, report))
    return f"{help_now}\n\n{report_texts.danger_question(t)}", rows


async def on_danger(_update: Update, context: Ctx, pressed: InDanger) -> None:
    """Say 112 and make the report one of danger, or leave it as it is."""
    t = context.t
    if not pressed.yes:
        context.show(report_texts.danger_line(t), keys((texts.mine(t), OpenMine(None))))
        return
    report = await endangering.confirm(context.work, context.person, pressed.message)
    if report is None:
        context.show(texts.not_yours(t))
        return
    lines = numbers.listed(t, numbers.for_danger(report.danger_words))
    said = f"{report_texts.call_112(t)}\n\n{sent_texts.danger_hours(t, lines=lines)}"
    context.show(said, keys((texts.mine(t), OpenMine(None)), *_wipe(context, report)))


def _wipe(context: Ctx, report: Report) -> list[tuple[str, Wipe]]:
    return [(labels.wipe(context.t), Wipe())] if report.sealed else []


async def who_helps_now(context: Ctx, text: str) -> str:
    """Return whom to call, when a message speaks of danger, comes from a child, or can't be read by the bot."""
    media = media_of(context.message)
    read = await signs.read(context.work, text)
    young = report_texts.under_16(context.t) if read.under_16 else ""
    spoken = media is not None and media.kind in SPOKEN_MEDIA
    if read.danger is not None:
        lines = numbers.listed(context.t, numbers.for_danger(read.danger))
        return "\n\n".join(filter(None, (young, sent_texts.danger_hours(context.t, lines=lines))))
    return young or (numbers.help_now(context.t) if spoken or read.unread else "")


BUTTONS: list[Route] = [OnOwnButton(InDanger, on_danger)]
