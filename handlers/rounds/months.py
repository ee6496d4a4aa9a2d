"""The overview of a month for coordinator and worker; for everybody else there is none."""

from telegram import Update

from bot.services import rounds
from handlers.activities import detail
from handlers.activities.round_buttons import OpenMonth
from handlers.context import Ctx
from handlers.views.activities.round_months import keyboard_of, text_of


async def on_month(_update: Update, context: Ctx, pressed: OpenMonth) -> None:
    """Show a month of a team."""
    now = await rounds.this_month(context.work)
    number = now if pressed.month is None else pressed.month
    month = await rounds.overview(context.work, pressed.team, number, context.person.id)
    if month is None:
        detail.show_not_there(context)
    else:
        context.show(text_of(context.t, month), keyboard_of(context.t, month, now))
