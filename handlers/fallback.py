"""What nobody took: a helpful answer in private, a short one to a dead button, silence in groups."""

from telegram import Update

from bot.texts import menu as menu_texts
from bot.texts import start as texts
from handlers.context import Ctx
from handlers.conversation import open_of
from handlers.routes import OnMessage, OnUpdate, Route, command_of, is_private
from handlers.views.drawing import Drawing


async def unknown_command(_update: Update, context: Ctx) -> None:
    """Say that the command does not exist and show the menu; whatever is open stays open and is shown again."""
    text = texts.unknown_command(context.t, typed=(context.message.text or "").split()[0])
    context.say(Drawing(text=text, menu=menu_texts.rows(context.t)))
    if found := open_of(context):
        await found.show(context)


async def not_understood(_update: Update, context: Ctx) -> None:
    """Say what the bot can read."""
    context.say(Drawing(text=texts.not_understood(context.t), menu=menu_texts.rows(context.t)))


async def old_button(_update: Update, context: Ctx) -> None:
    """Answer a button that is forged, or of an older version: nothing changes, and the open step is shown again."""
    context.refused()
    context.toast(texts.old_button(context.t))
    if context.is_private and (found := open_of(context)):
        await found.show(context)


def _is_command(update: Update) -> bool:
    return is_private(update) and command_of(update) is not None


def _is_tap(update: Update) -> bool:
    return update.callback_query is not None


ROUTES: list[Route] = [
    OnMessage(_is_command, unknown_command),
    OnMessage(is_private, not_understood),
    OnUpdate(_is_tap, old_button),
]
