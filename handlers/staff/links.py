"""One-time links that open a report in private: `/start open-…`."""

from telegram import Update

from bot.services.desk import openings
from bot.services.desk.openings import Redeemed
from bot.texts import menu as menu_texts
from bot.texts import triage_answers as texts
from handlers.context import Ctx
from handlers.staff.private import HELLO
from handlers.views.drawing import Drawing


async def follow_link(_update: Update, context: Ctx, token: str) -> None:
    """Open the report of a one-time link for the worker it was made for, or say why not."""
    t = context.t
    if token == HELLO:
        context.say(Drawing(text=texts.hello_staff(t), menu=menu_texts.rows(t)))
        return
    outcome = await openings.redeem(context.work, token, context.person)
    text = {
        Redeemed.OPENED: texts.link_opened(t),
        Redeemed.UNKNOWN: texts.link_unknown(t),
        Redeemed.USED: texts.link_used(t),
        Redeemed.NOT_YOURS: texts.link_not_yours(t),
        Redeemed.NOT_ALLOWED: texts.link_not_allowed(t),
    }[outcome]
    context.say(Drawing(text=text, menu=menu_texts.rows(t)))
