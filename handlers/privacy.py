"""`/privacy`: what is kept, for how long, and what may be asked."""

from dataclasses import dataclass

from telegram import Update

from bot.texts import menu as menu_texts
from bot.texts import privacy as texts
from handlers.buttons import Button, button
from handlers.context import Ctx
from handlers.routes import OnButton, OnCommand, Route
from storage.queries import town


@button("pv")
@dataclass(frozen=True)
class OpenPrivacy(Button):
    """Show the privacy page."""


async def show_privacy(_update: Update, context: Ctx) -> None:
    """Show the privacy page below; whatever is open stays open."""
    organisation = await town.organisation(context.work.session)
    page = texts.page(
        context.t,
        organisation=organisation.name,
        controller=str(organisation.privacy["controller"]),
        contact=str(organisation.privacy["contact"]),
        dpo=organisation.privacy.get("dpo"),
    )
    context.say(page)


async def tapped(update: Update, context: Ctx, _pressed: OpenPrivacy) -> None:
    """Show the privacy page."""
    await show_privacy(update, context)


COMMANDS: list[Route] = [OnCommand(menu_texts.COMMAND_NAMES["privacy"], show_privacy, group=True)]
BUTTONS: list[Route] = [OnButton(OpenPrivacy, tapped)]
