"""Leading staff from a desk's group to their private chat, for what does not belong in a group."""

from handlers.buttons import Key
from handlers.context import Ctx
from handlers.views.drawing import Drawing
from storage.queries import town


async def to_private(context: Ctx, text: str, label: str, link: str) -> None:
    """Say in a desk's group where something is done, with a button that opens it there; elsewhere nothing.

    *link* is what the deep link carries, behind `/start `.
    """
    if await town.desk_of_chat(context.work.session, context.chat_id):
        url = f"https://t.me/{context.scope.bot_username}?start={link}"
        context.say(Drawing(text=text, keyboard=[[Key(label, url=url)]]))
