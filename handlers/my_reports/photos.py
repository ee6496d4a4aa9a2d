"""*Foto weg* under photos that were sent along with a later message."""

from telegram import Update

from bot.services.reporting import reply_photos
from bot.texts import my_reports as my_texts
from bot.texts import report as texts
from handlers.context import Ctx
from handlers.my_reports.buttons import RemoveReplyPhoto
from handlers.routes import OnOwnButton, Route


async def on_remove(_update: Update, context: Ctx, pressed: RemoveReplyPhoto) -> None:
    """Take the photo out of the message; the note under it is drawn again."""
    done = await reply_photos.take_away(context.work, context.person, pressed.message, pressed.media)
    context.toast(texts.photo_gone(context.t) if done else my_texts.not_yours(context.t))


BUTTONS: list[Route] = [OnOwnButton(RemoveReplyPhoto, on_remove)]
