"""Standard answers while an *Antwoord* is written: picking one, and going on with it as it is."""

from telegram import Update

from bot.services.desk import standard_answers
from bot.texts import general
from bot.texts import triage_answers as texts
from handlers.context import Ctx
from handlers.conversation import current
from handlers.routes import OnButton, Route
from handlers.staff.drafts import ABOUT, WRITE, Purpose, load, save
from handlers.staff.pages import GoOnWith, PickReady, fingerprint
from handlers.staff.private import tell
from handlers.staff.writing import hear, show_step
from storage.models import Dialogue, Report


async def pick(_update: Update, context: Ctx, pressed: PickReady) -> None:
    """Make a standard answer the draft; one that is not (any more) for this report is none."""
    row = await _mine(context, pressed.draft)
    if row is None:
        return
    draft = load(row)
    report = await context.work.session.get(Report, draft.report)
    found = [] if report is None else await standard_answers.offered(context.work, report)
    answer = next((each for each in found if each.id == pressed.answer), None)
    if answer is None:
        context.refused()
        tell(context, texts.impossible(context.t))
    else:
        save(row, draft.model_copy(update={"text": answer.text}), WRITE)
    await show_step(context)


async def go_on(_update: Update, context: Ctx, pressed: GoOnWith) -> None:
    """Go on to the preview with what was picked."""
    row = await _mine(context, pressed.draft)
    if row is None:
        return
    draft = load(row)
    if not draft.text or fingerprint(draft) != pressed.words:
        context.refused()
        context.toast(general.already_answered(context.t))
        await show_step(context)
    else:
        await hear(context, draft.text)


async def _mine(context: Ctx, draft_id: int) -> Dialogue | None:
    """Return the answer that this worker is writing, if the button belongs to it; in the private chat only."""
    if not context.is_private:
        context.refused()
        tell(context, texts.impossible(context.t))
        return None
    row = await current(context, draft_id, WRITE)
    return row if row is not None and row.about == ABOUT and load(row).purpose is Purpose.ANSWER else None


BUTTONS: list[Route] = [OnButton(PickReady, pick), OnButton(GoOnWith, go_on)]
