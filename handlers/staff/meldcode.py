"""`🛟 Zorgen om veiligheid?`: whom to call and what the meldcode asks. Nothing of it is stored, nothing is sent."""

from telegram import Update

from bot import data
from bot.services import triage
from bot.services.triage import Act
from bot.texts import meldcode as texts
from handlers.buttons import Key
from handlers.context import Ctx
from handlers.routes import OnButton, Route
from handlers.staff.buttons import Meldcode, Open
from handlers.staff.places import refuse
from handlers.staff.private import show, tell
from storage.queries import town


async def on_meldcode(_update: Update, context: Ctx, pressed: Meldcode) -> None:
    """Show the five steps to who has a sealed report, in private."""
    outcome = await triage.look(context.work, pressed.report, context.person.id, None, Act.OPEN)
    report = outcome.report
    if not outcome.done or report is None:
        await refuse(context, outcome)
        return
    if not context.is_private or not await triage.may_be_worried(context.work, report, context.person.id):
        tell(context, texts.not_for_this(context.t))
        return
    organisation, lines = await town.organisation(context.work.session), data.help_lines()
    officer = organisation.safety.get("attention_officer")
    text = texts.steps(
        context.t,
        advice=lines["safe_home"].number,
        emergency=lines["emergency"].number,
        officer=officer if isinstance(officer, str) else None,
        organisation=organisation.name,
    )
    show(context, text, [[Key(texts.back_label(context.t), Open(report.id))]])


BUTTONS: list[Route] = [OnButton(Meldcode, on_meldcode)]
