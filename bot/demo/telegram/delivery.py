"""What the bot gets to see: privacy mode, and how a message becomes an update."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.telegram.entities import utf16_slice
from bot.demo.telegram.model import Chat, Member, Message, User
from bot.demo.telegram.render import chat_json, member_json, message_json, user_json

if TYPE_CHECKING:
    from bot.demo.telegram.world import World


def deliver(world: World, message: Message, kind: str = "message") -> None:
    """Queue *message* as an update if the bot may see it."""
    if sees(world, message):
        world.updates.put(kind, message_json(message), lane=f"chat {message.chat.id}")


def sees(world: World, message: Message) -> bool:
    """Whether the bot gets this message: everything in private, in groups by membership and privacy mode."""
    chat = message.chat
    if message.sender is world.bot:
        return False
    if chat.private:
        return True
    me = chat.member(world.bot.id)
    if me is None:
        return bool(message.service.get("left_chat_member", {}).get("id") == world.bot.id)
    return bool(me.admin or not world.privacy_mode or message.service) or _meant_for(world.bot, message)


def _meant_for(bot: User, message: Message) -> bool:
    if message.reply_to and message.reply_to.sender is bot:
        return True
    name = f"@{bot.username}".lower()
    for entity in message.entities:
        words = utf16_slice(message.text, entity["offset"], entity["length"]).lower()
        if entity["type"] == "mention" and words == name:
            return True
        if entity["type"] == "text_mention" and entity["user"]["id"] == bot.id:
            return True
        if entity["type"] == "bot_command" and ("@" not in words or words.endswith(name)):
            return entity["offset"] == 0 or "@" in words
    return False


def member_changed(world: World, chat: Chat, old: Member, new: Member, by: User) -> None:
    """Queue my_chat_member, or chat_member if the bot is administrator, for a change of somebody's place."""
    mine = new.user is world.bot
    if not mine:
        me = chat.member(world.bot.id)
        if not (me and me.admin):
            return
    payload = {
        "chat": chat_json(chat),
        "from": user_json(by),
        "date": int(world.now().timestamp()),
        "old_chat_member": member_json(old, forum=chat.is_forum),
        "new_chat_member": member_json(new, forum=chat.is_forum),
    }
    world.updates.put("my_chat_member" if mine else "chat_member", payload, lane=f"chat {chat.id}")
