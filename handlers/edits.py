"""Somebody changed a message after sending it: the unsent report that holds its words changes along.

What was sent stays as it was: the bot says so, and where one can write more.
"""

from telegram import Update

from bot.domain.drafts import ReportDraft, Step, change_words, next_step, read_again
from bot.services.reporting import signs
from bot.texts import my_reports as my_texts
from bot.texts import report as texts
from bot.texts import report_later as later_texts
from handlers.buttons import Key
from handlers.context import Ctx
from handlers.my_reports import OpenMine, who_helps_now
from handlers.report.flow import load, open_step, redraw, save
from handlers.report.wiping import DRAFTS, SENT
from handlers.routes import OnUpdate, Route, is_private
from handlers.views.drawing import Drawing
from storage.models import Dialogue


async def on_edit(_update: Update, context: Ctx) -> None:
    """Put the new words in the draft; of what was sent already say that it stays as it was."""
    message = context.message
    text = message.text or message.caption or ""
    if text.startswith("/"):
        text = text.partition(" ")[2]
    for row in context.dialogues():
        draft = load(row) if row.about in DRAFTS else None
        if draft is not None and change_words(draft, message.message_id, text):
            await _read_anew(context, row, draft)
            return
    if text and _was_sent(context, message.message_id):
        t = context.t
        said = "\n\n".join(filter(None, (later_texts.sent_stays(t), await who_helps_now(context, text))))
        context.say(Drawing(text=said, keyboard=[[Key(my_texts.mine(t), OpenMine(None))]]))


async def _read_anew(context: Ctx, row: Dialogue, draft: ReportDraft) -> None:
    """Keep the draft, and show its open step as it reads now; danger in the new words is asked about."""
    was_young = draft.under_16
    read_again(draft, await signs.read(context.work, draft.text))
    young = texts.under_16(context.t) if draft.under_16 and not was_young else ""
    step = Step(row.step)
    if row.active and step is not Step.CALL_112 and next_step(draft) is Step.DANGER:
        await open_step(context, draft, Step.DANGER, above=young, new=True)
    elif row.active and young:
        await open_step(context, draft, step, above=young, new=True)
    elif row.active:
        await redraw(context, row, draft)
    else:
        save(row, draft)


def _was_sent(context: Ctx, message_id: int) -> bool:
    sent = [load(row) for row in context.dialogues() if row.about == SENT]
    return any(message_id == heard for draft in sent for heard, _at in draft.heard)


def _is_edit(update: Update) -> bool:
    return update.edited_message is not None and is_private(update)


ROUTES: list[Route] = [OnUpdate(_is_edit, on_edit)]
