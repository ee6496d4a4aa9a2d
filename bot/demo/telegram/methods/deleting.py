"""deleteMessage and deleteMessages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.demo.telegram.errors import ApiError, bad_request, malformed
from bot.demo.telegram.methods.targets import writable_chat
from bot.demo.telegram.model import Chat, Message
from bot.demo.telegram.params import Params

if TYPE_CHECKING:
    from bot.demo.telegram.world import World

DELETABLE: Final = timedelta(hours=48)
_NEVER: Final = frozenset({"group_chat_created", "supergroup_chat_created", "forum_topic_created"})


def _why_not(world: World, chat: Chat, message: Message) -> ApiError | None:
    """Return the refusal, None where the bot may delete the message.

    Own messages, and a person's in private, for 48 hours; in groups any with the administrator's right.
    """
    me = chat.members[world.bot.id]
    if message.chat.type != "private" and _NEVER & set(message.service):
        return bad_request("message can't be deleted")
    if not chat.private and me.may("can_delete_messages"):
        return None
    if message.sender is not world.bot and not chat.private:
        return bad_request("message can't be deleted")
    age = world.now() - message.date
    if age > DELETABLE or (chat.private and message.media == "dice" and age < timedelta(hours=24)):
        return bad_request("message can't be deleted for everyone")
    return None


def delete_message(world: World, p: Params) -> bool:
    """Do deleteMessage."""
    chat = writable_chat(world, p)
    message = chat.present(p.number("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if refusal := _why_not(world, chat, message):
        raise refusal
    world.remove(message, by=world.bot.id)
    return True


def delete_messages(world: World, p: Params) -> bool:
    """Do deleteMessages: 1 to 100 ids; those not found are passed over, one that can't be deleted refuses all."""
    wanted = p["message_ids"]
    if not 1 <= len(wanted) <= 100 or not all(isinstance(i, int) and not isinstance(i, bool) for i in wanted):
        raise malformed("message identifiers must be from 1 to 100 integers")
    chat = writable_chat(world, p)
    found = [message for i in wanted if (message := chat.present(i))]
    for message in found:
        if refusal := _why_not(world, chat, message):
            raise refusal
    for message in found:
        world.remove(message, by=world.bot.id)
    return True


HANDLERS: Final = {"deleteMessage": delete_message, "deleteMessages": delete_messages}
