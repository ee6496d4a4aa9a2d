"""What happens to groups as a whole, whoever does it: places, upgrades, topics, deletions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.telegram.delivery import deliver, member_changed
from bot.demo.telegram.errors import NotPossible
from bot.demo.telegram.model import Chat, Member, Message, Topic, User
from bot.demo.telegram.observers import Change

if TYPE_CHECKING:
    from bot.demo.telegram.world import World


def set_member(world: World, chat: Chat, member: Member, by: User) -> None:
    """Give somebody another place in a group and tell the bot what it is told."""
    old = chat.members.get(member.user.id) or Member(member.user, "left")
    chat.members[member.user.id] = member
    if not member.present:
        chat.keyboards.pop(member.user.id, None)
        chat.prompts.pop(member.user.id, None)
    member_changed(world, chat, old, member, by)
    world.changed(Change("members", chat))


def upgrade(world: World, chat: Chat, by: User) -> Chat:
    """Let a basic group live on as a supergroup; the bot gets a service message in both."""
    if chat.type != "group" or chat.migrated_to is not None:
        raise NotPossible(f"{chat} can't become a supergroup")
    fresh = world.add_group(chat.title, bot="absent")
    fresh.members = dict(chat.members)
    last = world.new_message(chat, by, service={"migrate_to_chat_id": fresh.id})
    first = world.new_message(fresh, by, service={"migrate_from_chat_id": chat.id})
    for message in (last, first):
        world.posted(message)
        deliver(world, message)
    chat.migrated_to = fresh.id
    world.changed(Change("chat", chat))
    return fresh


def open_topic(
    world: World, chat: Chat, by: User, name: str, *, icon_color: int = 0x6FB9F0, emoji: str | None = None
) -> Topic:
    """Open a topic; its id is that of the service message that says so."""
    shown = {"name": name, "icon_color": icon_color} | ({"icon_custom_emoji_id": emoji} if emoji else {})
    message = world.new_message(chat, by, service={"forum_topic_created": shown})
    message.thread_id = message.message_id
    topic = Topic(message.message_id, name, icon_color, emoji)
    chat.topics[topic.thread_id] = topic
    world.posted(message)
    deliver(world, message)
    return topic


def delete_topic(world: World, chat: Chat, thread_id: int, by: int) -> None:
    """Delete a topic and every message in it."""
    topic = chat.topics.get(thread_id)
    if topic is None or topic.deleted:
        raise NotPossible(f"there is no topic {thread_id}")
    topic.deleted = True
    for message in chat.visible:
        if message.thread_id == thread_id:
            remove(world, message, by)
    world.changed(Change("chat", chat))


def remove(world: World, message: Message, by: int) -> None:
    """Delete a message for everybody; it stays in the list, marked."""
    message.deleted = True
    message.deleted_at = world.now()
    message.deleted_by = by
    if message in message.chat.pinned:
        message.chat.pinned.remove(message)
    for user_id, prompt in list(message.chat.prompts.items()):
        if prompt is message:
            del message.chat.prompts[user_id]
    world.changed(Change("deleted", message.chat, message))
