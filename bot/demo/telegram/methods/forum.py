"""Forum topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.demo.telegram import groups
from bot.demo.telegram.errors import bad_request, malformed
from bot.demo.telegram.methods.targets import my_place, writable_chat
from bot.demo.telegram.model import Chat, Json, Topic
from bot.demo.telegram.observers import Change
from bot.demo.telegram.params import Params

if TYPE_CHECKING:
    from bot.demo.telegram.world import World

_COLORS: Final = frozenset({0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F})


def _forum(world: World, p: Params, right: str, refusal: str) -> Chat:
    chat = writable_chat(world, p)
    if chat.type != "supergroup" or not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not my_place(world, chat).may(right):
        raise bad_request(f"not enough rights to {refusal}")
    return chat


def _topic(world: World, p: Params) -> tuple[Chat, Topic]:
    chat = _forum(world, p, "can_manage_topics", "manage a topic")
    return chat, _named(chat, p)


def _named(chat: Chat, p: Params) -> Topic:
    topic = chat.topics.get(p.number("message_thread_id"))
    if topic is None or topic.deleted:
        raise bad_request("TOPIC_ID_INVALID")
    return topic


def _name(p: Params) -> str:
    name = p.text("name").strip()
    if not 1 <= len(name) <= 128:
        raise malformed("TOPIC_TITLE_EMPTY" if not name else "topic name is too long")
    return name


def create_forum_topic(world: World, p: Params) -> Json:
    """Do createForumTopic."""
    chat = _forum(world, p, "can_manage_topics", "create a topic")
    color = p.number("icon_color", 0x6FB9F0)
    if color not in _COLORS:
        raise malformed("invalid icon color specified")
    emoji = p.text("icon_custom_emoji_id") or None
    topic = groups.open_topic(world, chat, world.bot, _name(p), icon_color=color, emoji=emoji)
    result = {"message_thread_id": topic.thread_id, "name": topic.name, "icon_color": topic.icon_color}
    return result | ({"icon_custom_emoji_id": emoji} if emoji else {})


def edit_forum_topic(world: World, p: Params) -> bool:
    """Do editForumTopic."""
    chat, topic = _topic(world, p)
    name = _name(p) if "name" in p else topic.name
    emoji = p.text("icon_custom_emoji_id") if "icon_custom_emoji_id" in p else topic.icon_custom_emoji_id
    if (name, emoji) == (topic.name, topic.icon_custom_emoji_id):
        raise bad_request("TOPIC_NOT_MODIFIED")
    changed = {"name": name} if name != topic.name else {}
    topic.name, topic.icon_custom_emoji_id = name, emoji
    _tell(world, chat, topic, {"forum_topic_edited": changed})
    return True


def close_forum_topic(world: World, p: Params) -> bool:
    """Do closeForumTopic."""
    chat, topic = _topic(world, p)
    if topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = True
    _tell(world, chat, topic, {"forum_topic_closed": {}})
    return True


def reopen_forum_topic(world: World, p: Params) -> bool:
    """Do reopenForumTopic."""
    chat, topic = _topic(world, p)
    if not topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = False
    _tell(world, chat, topic, {"forum_topic_reopened": {}})
    return True


def delete_forum_topic(world: World, p: Params) -> bool:
    """Do deleteForumTopic: the topic with all its messages, at any age."""
    chat = _forum(world, p, "can_delete_messages", "delete a topic")
    world.delete_topic(chat, _named(chat, p).thread_id, by=world.bot.id)
    return True


def _tell(world: World, chat: Chat, topic: Topic, service: Json) -> None:
    world.posted(world.new_message(chat, world.bot, thread_id=topic.thread_id, service=service))
    world.changed(Change("chat", chat))


HANDLERS: Final = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
}
