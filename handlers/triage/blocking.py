"""*Blokkeren* under *Meer…*: asked once more, and lifted in the same place."""

from telegram import Update

from bot.services import triage
from bot.texts import conversation as texts
from handlers.context import Ctx
from handlers.routes import OnButton, Route
from handlers.staff.buttons import Block
from handlers.staff.places import is_out_of_place, refuse
from handlers.staff.private import tell


async def block(_update: Update, context: Ctx, pressed: Block) -> None:
    """Block the resident of the report, or lift that again."""
    if await is_out_of_place(context, pressed.report):
        return
    outcome = await triage.block(context.work, pressed.report, context.person, pressed.version, on=pressed.on)
    if not outcome.done:
        await refuse(context, outcome)
    else:
        tell(context, texts.is_blocked(context.t) if pressed.on else texts.is_unblocked(context.t))


BUTTONS: list[Route] = [OnButton(Block, block)]
