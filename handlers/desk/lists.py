"""The buttons of a list message in a desk's group: a tap shows that card as a message of its own."""

from dataclasses import dataclass

from telegram import Update

from bot.services.desk import lists
from bot.services.desk.lists import Showing
from bot.texts import system as texts
from handlers.buttons import Button, button
from handlers.context import Ctx
from handlers.routes import OnButton, Route


@button("lc")
@dataclass(frozen=True)
class ShowListed(Button):
    """One card of a list; `row` is its outbox row."""

    row: int


async def on_show(_update: Update, context: Ctx, pressed: ShowListed) -> None:
    """Show the card below, or say why not."""
    showing = await lists.show(context.work, pressed.row, person_id=context.person.id, chat_id=context.chat_id)
    match showing:
        case Showing.NOT_YOURS:
            context.refused()
            context.toast(texts.not_your_desk(context.t))
        case Showing.SHOWN_ALREADY:
            context.refused()
            context.toast(texts.listed_elsewhere(context.t))
        case Showing.SHOWN:
            pass


COMMANDS: list[Route] = []
BUTTONS: list[Route] = [OnButton(ShowListed, on_show)]
