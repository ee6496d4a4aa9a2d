"""From the world to the JSON of the Bot API."""

from __future__ import annotations

from bot.demo.telegram.model import ALL_RIGHTS, ANONYMOUS_ADMIN, Chat, Json, Member, Message, User

_GROUP_RIGHTS = sorted(ALL_RIGHTS - {"can_manage_topics"})
_SEND_RIGHTS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews",
)  # fmt: skip
_OTHER_PERMISSIONS = ("can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics", "can_edit_tag")
_CAPTIONED = frozenset({"photo", "video", "animation", "audio", "document", "voice"})
GROUP_ANONYMOUS_BOT = User(ANONYMOUS_ADMIN, "Group", username="GroupAnonymousBot", is_bot=True)


def user_json(user: User) -> Json:
    """Return a User."""
    result: Json = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    if user.last_name:
        result["last_name"] = user.last_name
    if user.username:
        result["username"] = user.username
    if user.language_code and not user.is_bot:
        result["language_code"] = user.language_code
    return result


def chat_json(chat: Chat) -> Json:
    """Return a Chat; a private one is named after its person."""
    result: Json = {"id": chat.id, "type": chat.type}
    if chat.private:
        person = chat.members[chat.id].user
        result["first_name"] = person.first_name
        if person.last_name:
            result["last_name"] = person.last_name
        if person.username:
            result["username"] = person.username
        return result
    result["title"] = chat.title
    if chat.username:
        result["username"] = chat.username
    if chat.is_forum:
        result["is_forum"] = True
    return result


def stamp(message: Message) -> int:
    """Return a message's date as Telegram writes it (whole seconds since 1970)."""
    return int(message.date.timestamp())


def message_json(message: Message, *, with_reply: bool = True) -> Json:
    """Return a Message as the bot sees it; *with_reply* adds the message it answers, one level deep."""
    result: Json = {"message_id": message.message_id, "date": stamp(message), "chat": chat_json(message.chat)}
    if message.sender:
        result["from"] = user_json(message.sender)
    if message.sender_chat:
        result["sender_chat"] = chat_json(message.sender_chat)
    if message.thread_id is not None:
        result["message_thread_id"] = message.thread_id
        if message.chat.is_forum:
            result["is_topic_message"] = True
    if message.edited_at:
        result["edit_date"] = int(message.edited_at.timestamp())
    if message.protect_content:
        result["has_protected_content"] = True
    if message.forward_origin:
        result["forward_origin"] = message.forward_origin
    if message.media_group_id:
        result["media_group_id"] = message.media_group_id
    if message.buttons:
        result["reply_markup"] = message.reply_markup
    if with_reply and message.reply_to:
        result["reply_to_message"] = message_json(message.reply_to, with_reply=False)
    _put_content(result, message)
    return result


def _put_content(result: Json, message: Message) -> None:
    text, entities = ("caption", "caption_entities") if message.media else ("text", "entities")
    if message.text:
        result[text] = message.text
        if message.entities:
            result[entities] = message.entities
    if message.media:
        result[message.media] = message.content
        if message.media == "animation":
            result["document"] = {k: v for k, v in message.content.items() if k.startswith(("file_", "mime"))}
        elif message.media == "venue":
            result["location"] = message.content["location"]
        if message.caption_above and message.media in _CAPTIONED:
            result["show_caption_above_media"] = True
    elif message.link_preview:
        result["link_preview_options"] = message.link_preview
    result.update(message.service)


def forward_origin(message: Message) -> Json:
    """Return the MessageOrigin of a forward of *message*."""
    if message.forward_origin:
        return message.forward_origin
    shown = message_json(message, with_reply=False)
    if message.sender_chat:
        return {"type": "chat", "date": shown["date"], "sender_chat": shown["sender_chat"]}
    return {"type": "user", "date": shown["date"], "sender_user": shown["from"]}


def inaccessible_json(message: Message) -> Json:
    """Return an InaccessibleMessage: what is left of a deleted message."""
    return {"chat": chat_json(message.chat), "message_id": message.message_id, "date": 0}


def member_json(member: Member, *, forum: bool = False) -> Json:
    """Return the ChatMember of the right sort."""
    result: Json = {"status": member.status, "user": user_json(member.user)}
    if member.status == "creator":
        result["is_anonymous"] = member.is_anonymous
    elif member.status == "administrator":
        result |= {"can_be_edited": False, "is_anonymous": member.is_anonymous}
        result |= {right: right in member.rights for right in _GROUP_RIGHTS}
        if forum:
            result["can_manage_topics"] = "can_manage_topics" in member.rights
    elif member.status == "restricted":
        result |= {"is_member": True, "until_date": 0}
        result |= dict.fromkeys(_SEND_RIGHTS, member.can_send)
        result |= dict.fromkeys((*_OTHER_PERMISSIONS, "can_react_to_messages"), False)
    elif member.status == "kicked":
        result["until_date"] = 0
    return result


def full_chat_json(chat: Chat) -> Json:
    """Return a ChatFullInfo."""
    result = chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels",
            ),
            False,
        ),
    }  # fmt: skip
    if not chat.private:
        result["permissions"] = dict.fromkeys((*_SEND_RIGHTS, *_OTHER_PERMISSIONS, "can_react_to_messages"), True)
        if chat.description:
            result["description"] = chat.description
    if chat.pinned:
        result["pinned_message"] = message_json(chat.pinned[-1], with_reply=False)
    return result
