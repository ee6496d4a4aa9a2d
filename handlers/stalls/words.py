"""What a seller types on the day: "uitverkocht", "dicht", "open" count as a tap, while no conversation is open."""

from functools import cache

from telegram import Update

from bot.domain.enums import StallState
from bot.domain.text_input import normalise
from bot.services.rommelroute import stall_days
from bot.texts import stalls as texts
from handlers import report
from handlers.activities.stall_buttons import SetStall
from handlers.context import Ctx
from handlers.conversation import has_open_dialogue
from handlers.routes import OnMessage, Route, is_private, labellers
from handlers.stalls import day


@cache
def _states() -> dict[str, StallState]:
    """Return the words of the buttons in every language."""
    return {normalise(texts.state_name(t, state)): state for t in labellers() for state in StallState}


def is_state(update: Update) -> bool:
    """Return whether somebody types how a stall stands, in private, while no conversation is open."""
    message = update.message
    if message is None or not message.text or not is_private(update) or has_open_dialogue(update):
        return False
    return normalise(message.text) in _states()


async def on_state(update: Update, context: Ctx) -> None:
    """Take the word as a tap of who is selling now; of everybody else it is told, like any sentence."""
    stall = await stall_days.selling_of(context.work, context.person.id)
    if stall is None:
        await report.start_with(update, context)
    else:
        state = _states()[normalise(context.message.text or "")]
        await day.on_set(update, context, SetStall(stall.id, state, panel=False))


ROUTES: list[Route] = [OnMessage(is_state, on_state)]
