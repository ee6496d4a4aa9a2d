"""A tap on an answer: it counts for the open step of the draft that it was shown for, and for nothing else."""

from collections.abc import Awaitable, Callable

from telegram import Update

from handlers.activities.making_buttons import Choose
from handlers.context import Ctx
from handlers.conversation import current

Take = Callable[[Ctx, str], Awaitable[None]]
#: What to do with an answer, by the name of the conversation.
TAKES: dict[str, Take] = {}


async def on_choose(_update: Update, context: Ctx, pressed: Choose) -> None:
    """Hand a tapped answer to its conversation."""
    row = await current(context, pressed.draft, pressed.step)
    if row is not None and row.about in TAKES:
        await TAKES[row.about](context, pressed.value)
