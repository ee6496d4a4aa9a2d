"""What happens to groups: the bot comes in, the bot is put out, a group becomes a supergroup."""

import logging

from telegram import ChatMember, ChatMemberUpdated, Update

from bot.services import triage
from bot.services.desk import showing
from bot.texts import triage_notices as texts
from handlers.context import Ctx, scope
from handlers.routes import OnMessage, OnUpdate, Route, is_private
from storage.moving import chat_moved
from storage.queries import town
from storage.queries import triage as queries

log = logging.getLogger(__name__)

_INSIDE = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER})


async def came_in(update: Update, context: Ctx) -> None:
    """Say what this group is for, and show the open reports of its desk: nothing that came in meanwhile is lost."""
    session, t = context.work.session, context.t
    desks = await town.desk_of_chat(session, context.chat_id)
    if not desks:
        if not await queries.is_team_chat(session, context.chat_id):
            context.say(texts.unknown_group(t, chat=context.chat_id))
        return
    lines = [texts.desk_here(t, desk=desk.name) for desk in desks]
    change = update.my_chat_member
    if change is not None and change.new_chat_member.status == ChatMember.MEMBER:
        lines.append(texts.make_me_admin(t))
    context.say("\n\n".join(lines))
    for desk in desks:
        await triage.come_home(context.work, desk)
        await showing.begin(context.work, desk)


async def put_out(_update: Update, context: Ctx) -> None:
    """Have the cards of open reports shown again: they find no group, and so go to the desk of the last rule."""
    log.warning("the bot was put out of a group", extra={"chat": context.chat_id})
    for desk in await town.desk_of_chat(context.work.session, context.chat_id):
        await showing.begin(context.work, desk)


async def migrated(update: Update, context: Ctx) -> None:
    """Follow a group that became a supergroup; Telegram says it in the old chat and in the new one."""
    message = update.message
    if message is None:
        return
    if message.migrate_to_chat_id is not None:
        await _follow(context, message.chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id is not None:
        await _follow(context, message.migrate_from_chat_id, message.chat.id)


async def _follow(context: Ctx, old: int, new: int) -> None:
    """Rename the chat everywhere; what this batch has read is read again, and what is of the old chat is let go."""
    reading = scope.get()
    for place, row in list(reading.dialogues.items()):
        if old in place:
            await context.work.session.flush()
            context.work.session.expunge(row)
            del reading.dialogues[place]
    reading.shown.clear()
    await chat_moved(context.work, old, new)
    for person in reading.people.values():
        await context.work.session.refresh(person)
    for row in reading.dialogues.values():
        await context.work.session.refresh(row)


def _change(update: Update) -> ChatMemberUpdated | None:
    return None if is_private(update) else update.my_chat_member


def _came_in(update: Update) -> bool:
    change = _change(update)
    if change is None:
        return False
    return change.new_chat_member.status in _INSIDE and change.old_chat_member.status not in _INSIDE


def _put_out(update: Update) -> bool:
    change = _change(update)
    return change is not None and change.new_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED)


def _migrates(update: Update) -> bool:
    message = update.message
    return message is not None and bool(message.migrate_to_chat_id or message.migrate_from_chat_id)


ROUTES: list[Route] = [
    OnUpdate(_came_in, came_in),
    OnUpdate(_put_out, put_out),
    OnMessage(_migrates, migrated),
]
