"""Who is in a chat, what is pinned, and leaving."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.demo.telegram.delivery import deliver
from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.methods.targets import my_place, readable_chat, writable_chat
from bot.demo.telegram.model import Chat, Json, Member, Message
from bot.demo.telegram.observers import Change
from bot.demo.telegram.params import Params
from bot.demo.telegram.render import full_chat_json, member_json, message_json, user_json

if TYPE_CHECKING:
    from bot.demo.telegram.world import World


def get_chat(world: World, p: Params) -> Json:
    """Do getChat."""
    return full_chat_json(readable_chat(world, p))


def get_chat_administrators(world: World, p: Params) -> list[Json]:
    """Do getChatAdministrators: owner and administrators, other bots left out."""
    chat = _group(world, p)
    admins = [m for m in chat.members.values() if m.admin and (not m.user.is_bot or m.user is world.bot)]
    return [member_json(member, forum=chat.is_forum) for member in admins]


def get_chat_member_count(world: World, p: Params) -> int:
    """Do getChatMemberCount; the bot is counted too."""
    return sum(member.present for member in readable_chat(world, p).members.values())


def get_chat_member(world: World, p: Params) -> Json:
    """Do getChatMember; somebody who never was there has left."""
    chat = readable_chat(world, p)
    return member_json(_member(world, chat, p.number("user_id")), forum=chat.is_forum)


def _member(world: World, chat: Chat, user_id: int) -> Member:
    found = chat.members.get(user_id)
    if found is not None:
        return found
    user = world.users.get(user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return Member(user, "left")


def _group(world: World, p: Params) -> Chat:
    chat = readable_chat(world, p)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    return chat


def ban_chat_member(world: World, p: Params) -> bool:
    """Do banChatMember."""
    chat, old = _restrictable(world, p)
    _put(world, chat, replace(old, status="kicked", rights=frozenset()))
    return True


def unban_chat_member(world: World, p: Params) -> bool:
    """Do unbanChatMember: a member is put out too, unless *only_if_banned*."""
    chat, old = _restrictable(world, p)
    if old.status == "kicked" or (old.present and not p.flag("only_if_banned")):
        _put(world, chat, replace(old, status="left", rights=frozenset()))
    return True


def _restrictable(world: World, p: Params) -> tuple[Chat, Member]:
    chat = writable_chat(world, p)
    if chat.private:
        raise bad_request("can't ban members in private chats")
    if not my_place(world, chat).may("can_restrict_members"):
        raise bad_request("not enough rights to restrict/unrestrict chat member")
    member = _member(world, chat, p.number("user_id"))
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    if member.admin:
        raise bad_request("user is an administrator of the chat")
    if member.user is world.bot:
        raise bad_request("can't restrict self")
    return chat, member


def _put(world: World, chat: Chat, member: Member) -> None:
    was_there = chat.member(member.user.id) is not None
    world.set_member(chat, member, by=world.bot)
    if was_there and not member.present:
        _service(world, chat, {"left_chat_member": user_json(member.user)})


def _service(world: World, chat: Chat, service: Json) -> None:
    message = world.new_message(chat, world.bot, service=service)
    deliver(world, world.posted(message))


def leave_chat(world: World, p: Params) -> bool:
    """Do leaveChat."""
    chat = readable_chat(world, p)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    me = world.bot
    _service(world, chat, {"left_chat_member": user_json(me)})
    world.set_member(chat, Member(me, "left"), by=me)
    return True


def _pinning(world: World, p: Params) -> Chat:
    chat = writable_chat(world, p)
    if not chat.private and not my_place(world, chat).may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def pin_chat_message(world: World, p: Params) -> bool:
    """Do pinChatMessage; groups get a service message that says so."""
    chat = _pinning(world, p)
    message = chat.present(p.number("message_id"))
    if message is None:
        raise bad_request("message to pin not found")
    if message.service:
        raise bad_request("service messages can't be pinned")
    if message.pinned:
        return True
    message.pinned = True
    chat.pinned.append(message)
    world.changed(Change("chat", chat, message))
    _service(world, chat, {"pinned_message": message_json(message, with_reply=False)})
    return True


def unpin_chat_message(world: World, p: Params) -> bool:
    """Do unpinChatMessage: the message named, else the one pinned last."""
    chat = _pinning(world, p)
    if "message_id" in p:
        pinned = [m for m in chat.pinned if m.message_id == p.number("message_id")]
        if not pinned:
            raise bad_request("message to unpin not found")
    else:
        pinned = chat.pinned[-1:]
    _unpin(world, chat, pinned)
    return True


def unpin_all_chat_messages(world: World, p: Params) -> bool:
    """Do unpinAllChatMessages."""
    chat = _pinning(world, p)
    _unpin(world, chat, list(chat.pinned))
    return True


def _unpin(world: World, chat: Chat, messages: list[Message]) -> None:
    for message in [m for m in chat.pinned if m in messages]:
        message.pinned = False
        chat.pinned.remove(message)
    world.changed(Change("chat", chat))


HANDLERS: Final = {
    "getChat": get_chat,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "getChatMember": get_chat_member,
    "banChatMember": ban_chat_member,
    "unbanChatMember": unban_chat_member,
    "leaveChat": leave_chat,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
}
