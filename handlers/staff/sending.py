"""*Versturen* and *Anders schrijven*: the only way from a worker to a resident."""

from telegram import Update

from bot.domain.enums import CloseReason
from bot.services import triage
from bot.services.triage import Outcome, Reached, Sent, Verdict
from bot.texts import general
from bot.texts import triage_answers as texts
from handlers.context import Ctx
from handlers.conversation import current
from handlers.routes import OnButton, Route
from handlers.staff import pages
from handlers.staff.drafts import ABOUT, PREVIEW, WRITE, Purpose, Writing, load, save
from handlers.staff.merging import how_it_went
from handlers.staff.pages import Rewrite, Send
from handlers.staff.private import show, tell
from handlers.staff.writing import end, show_step
from storage.models import Dialogue


async def send(_update: Update, context: Ctx, pressed: Send) -> None:
    """Send what the preview shows, once, when this person may still do it."""
    row = await _mine(context, pressed.draft, PREVIEW)
    if row is None:
        return
    draft = load(row)
    if pressed.words != pages.fingerprint(draft):  # an older preview: other words stand under it
        context.refused()
        context.toast(general.already_answered(context.t))
        await show_step(context)
        return
    if draft.purpose is Purpose.CLOSING and draft.reason is not None:
        await _close(context, row, draft, draft.reason)
        return
    if draft.purpose is Purpose.MERGE and draft.into is not None:
        await _merge(context, row, draft, draft.into)
        return
    sent = await triage.send(
        context.work,
        draft.report,
        context.person,
        draft_id=row.draft_id,
        direction=draft.direction,
        text=draft.text,
        now=pressed.now,
    )
    if sent.outcome.verdict in (Verdict.DONE, Verdict.SAME, Verdict.STRANGER):
        await end(context, row)
    show(context, _how_it_went(context, sent), [])


async def rewrite(_update: Update, context: Ctx, pressed: Rewrite) -> None:
    """Write it anew."""
    row = await _mine(context, pressed.draft, PREVIEW)
    if row is not None:
        save(row, load(row).model_copy(update={"text": ""}), WRITE)
        await show_step(context)


async def _mine(context: Ctx, draft_id: int, step: str) -> Dialogue | None:
    """Return the open draft of this worker if the button belongs to it; it works in the private chat only."""
    if not context.is_private:
        context.refused()
        tell(context, texts.impossible(context.t))
        return None
    row = await current(context, draft_id, step)
    return row if row is not None and row.about == ABOUT else None


async def _close(context: Ctx, row: Dialogue, draft: Writing, reason: CloseReason) -> None:
    outcome: Outcome = await triage.close(
        context.work, draft.report, context.person, None, reason=reason, detail=draft.text
    )
    await end(context, row)
    number = pages.number_of(outcome.report)
    show(context, texts.finished(context.t, number=number) if outcome.done else pages.refused(context, outcome), [])


async def _merge(context: Ctx, row: Dialogue, draft: Writing, into: int) -> None:
    done = await triage.merge(context.work, draft.report, context.person, None, into)
    await end(context, row)
    show(context, how_it_went(context, done), [])


def _how_it_went(context: Ctx, sent: Sent) -> str:
    t, number = context.t, pages.number_of(sent.outcome.report)
    if sent.outcome.verdict not in (Verdict.DONE, Verdict.SAME):
        return pages.refused(context, sent.outcome)
    match sent.reached:
        case Reached.LATER if sent.at is not None:
            return texts.sent_later(t, number=number, moment=t.moment(sent.at))
        case Reached.WAITS:
            return texts.stands_ready(t, number=number)
        case Reached.NOBODY:
            return texts.nobody_reads(t)
        case _:
            return texts.sent(t, number=number)


BUTTONS: list[Route] = [OnButton(Send, send), OnButton(Rewrite, rewrite)]
