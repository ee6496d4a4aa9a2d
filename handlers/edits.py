"""Somebody changed a message after sending it: the unsent report that holds its words changes along."""

from telegram import Update

from bot.domain.drafts import Step, change_words, next_step, read_again
from bot.services import signs
from handlers.context import Ctx
from handlers.report.flow import load, open_step, redraw, save
from handlers.report.wiping import ABOUT, KEPT
from handlers.routes import OnUpdate, Route, is_private


async def on_edit(_update: Update, context: Ctx) -> None:
    """Put the new words in the draft; what was sent already stays as it was."""
    message = context.message
    text = message.text or message.caption or ""
    for row in context.dialogues():
        draft = load(row) if row.about in (ABOUT, KEPT) else None
        if draft is None or not text or not change_words(draft, message.message_id, text):
            continue
        read_again(draft, await signs.read(context.work, draft.text))
        if row.active and Step(row.step) is not Step.CALL_112 and next_step(draft) is Step.DANGER:
            await open_step(context, draft, Step.DANGER, new=True)
        elif row.active:
            await redraw(context, row, draft)
        else:
            save(row, draft)


def _is_edit(update: Update) -> bool:
    return update.edited_message is not None and is_private(update)


ROUTES: list[Route] = [OnUpdate(_is_edit, on_edit)]
