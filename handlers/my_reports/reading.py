"""Reading what a worker wrote about a sealed report, and taking it off the screen again."""

from telegram import Update

from bot.domain.enums import MessageDirection
from bot.services.reporting import reports
from bot.texts import my_reports as texts
from bot.texts import report_buttons
from bot.texts import resident as resident_texts
from handlers.context import Ctx, keys
from handlers.my_reports.buttons import Hide, ReadAnswer, ReplyTo
from handlers.my_reports.naming import number_of, signed
from handlers.report.wiping import Wipe
from handlers.routes import OnOwnButton, Route
from storage.models import Report, ReportMessage
from storage.queries import town


async def on_read(_update: Update, context: Ctx, pressed: ReadAnswer) -> None:
    """Show what a worker wrote, to its resident only."""
    found = await reports.read(context.work, context.person, pressed.message)
    if found is None:
        context.show(resident_texts.not_there(context.t), new=True)
        return
    report, message = found
    t = context.t
    rows = keys(
        (resident_texts.reply_label(t), ReplyTo(report.id)),
        (texts.hide_words(t), Hide(message.id)),
        (report_buttons.wipe(t), Wipe()),
    )
    context.show(await _words(context, report, message), rows)


async def _words(context: Ctx, report: Report, message: ReportMessage) -> str:
    sender = await signed(context, message.author_id)
    organisation = await town.organisation(context.work.session)
    say = resident_texts.question if message.direction is MessageDirection.QUESTION else resident_texts.answer
    return say(context.t, number=number_of(report), sender=sender or organisation.name, text=message.text)


async def on_hide(_update: Update, context: Ctx, pressed: Hide) -> None:
    """Take a sealed message off the screen again."""
    organisation = await town.organisation(context.work.session)
    label = resident_texts.read_label(context.t)
    context.show(
        resident_texts.discreet(context.t, organisation=organisation.name), keys((label, ReadAnswer(pressed.message)))
    )


BUTTONS: list[Route] = [OnOwnButton(ReadAnswer, on_read), OnOwnButton(Hide, on_hide)]
