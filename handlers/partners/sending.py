"""*Versturen* of a mail to a partner, or asking the resident first."""

from telegram import Update

from bot.services import partners
from bot.services.triage import Verdict
from bot.texts import general
from bot.texts import partners as texts
from handlers.context import Ctx
from handlers.partners.buttons import SendForward
from handlers.partners.drafts import PREVIEW, load
from handlers.partners.flow import end, mine, show_step
from handlers.routes import OnButton, Route
from handlers.staff.private import private_t, refusal, show
from storage.models import Partner, Report


async def send(_update: Update, context: Ctx, pressed: SendForward) -> None:
    """Send what the preview shows, once, when this person may still do it."""
    row = await mine(context, pressed.draft, PREVIEW)
    if row is None:
        return
    draft = load(row)
    if pressed.words != draft.fingerprint():  # an older preview: something else stands in it
        context.toast(general.already_answered(context.t))
        await show_step(context)
        return
    report = await context.work.session.get(Report, draft.report)
    said_yes = report is not None and report.resident_id is None
    letter = draft.letter(said_yes=said_yes)
    outcome = await partners.send(context.work, draft.report, context.person, letter, draft_id=row.draft_id)
    await end(context, row)
    t = private_t(context)
    partner = await context.work.session.get(Partner, draft.partner)
    name = partner.name if partner else "?"
    if outcome.verdict is Verdict.STALE:
        text = texts.changed(t)
    elif outcome.verdict not in (Verdict.DONE, Verdict.SAME):
        text = refusal(context, outcome)
    else:
        asked = draft.only_number and not said_yes
        text = texts.asked(t, partner=name) if asked else texts.on_its_way(t, partner=name)
    show(context, text, [])


BUTTONS: list[Route] = [OnButton(SendForward, send)]
