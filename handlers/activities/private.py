"""Activities are talked about in private only: a button of ours that is tapped in a group answers nothing there."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram import Update

from bot.texts import start as start_texts
from handlers.buttons import Button
from handlers.context import Ctx
from handlers.routes import OnButton

B = TypeVar("B", bound=Button)


def on_private(button: type[B], callback: Callable[[Update, Ctx, B], Awaitable[None]]) -> OnButton:
    """Return a route for *button* in private chats; anywhere else it is as if the button did not exist."""

    async def guarded(update: Update, context: Ctx, pressed: B) -> None:
        if context.is_private:
            await callback(update, context, pressed)
        else:
            context.toast(start_texts.old_button(context.t))

    return OnButton(button, guarded)
