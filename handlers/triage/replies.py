"""Replies to the bot's messages in a desk's group. All of it is talk and stays there, but for one thing: words for
a draft that this worker began with *Antwoord*, *Vraag stellen* or *Notitie*. They go to the preview, and from here.
"""

from telegram import Message, Update

from bot.domain.notices.triage import CardMedia, CardMenu, RemoveMessage, ReportCard, ResidentWords
from bot.domain.reports import names_many
from bot.texts import triage_answers as texts
from handlers.context import Ctx, scope
from handlers.routes import OnMessage, Route, is_private
from handlers.staff.drafts import ABOUT, WRITE, load
from handlers.staff.pages import report_named
from handlers.staff.private import ANONYMOUS, dialogue
from handlers.staff.writing import hear
from storage.models import Report

_KINDS = frozenset({ReportCard.kind, CardMenu.kind, CardMedia.kind, ResidentWords.kind})


async def on_reply(_update: Update, context: Ctx) -> None:
    """Take a reply as words for this worker's open draft about that report; leave everything else alone."""
    report = await _about(context)
    if report is None:
        return
    if context.message.sender_chat is not None or context.person.id == ANONYMOUS:
        context.say(texts.anonymous(context.t))
        return
    row = await dialogue(context)
    if row is None or row.about != ABOUT or row.step != WRITE or load(row).report != report.id:
        return  # also when a preview stands: the words are written, and this is talk
    message = context.message
    if await hear(context, message.text):
        context.work.put(RemoveMessage(report.id, message.chat.id, message.message_id), chat=message.chat.id)


async def _about(context: Ctx) -> Report | None:
    """Return the report of the message that was replied to: by its row, else by the one number in it."""
    answered = context.message.reply_to_message
    if answered is None:
        return None
    row = scope.get().shown.get((context.chat_id, answered.message_id))
    if row is not None and row.about is not None:
        return await context.work.session.get(Report, row.about) if row.kind in _KINDS else None
    text = answered.text or answered.caption or ""
    return None if names_many(text) else await report_named(context, text)


def _is_reply(update: Update) -> bool:
    message: Message | None = update.message
    if message is None or is_private(update) or message.reply_to_message is None:
        return False
    author = message.reply_to_message.from_user
    return author is not None and author.is_bot


REPLIES: list[Route] = [OnMessage(_is_reply, on_reply)]
