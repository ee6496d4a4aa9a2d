"""Where a message goes, and whether the bot may put it there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.demo.telegram.entities import Entity, found_in, parse_html, trimmed, utf16_length
from bot.demo.telegram.errors import bad_request, forbidden, malformed, migrated
from bot.demo.telegram.keyboards import checked, show
from bot.demo.telegram.model import Chat, Json, Member, Message
from bot.demo.telegram.params import Params

if TYPE_CHECKING:
    from bot.demo.telegram.world import World

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
_ENTITY_TYPES: Final = frozenset(
    {
        "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline",
        "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link",
        "text_mention", "custom_emoji",
    }
)  # fmt: skip
_REPLY_FIELDS: Final = frozenset(
    {"message_id", "chat_id", "allow_sending_without_reply", "quote", "quote_parse_mode", "quote_entities"}
)


@dataclass(frozen=True, slots=True)
class Target:
    """A chat the bot may write to now, with the topic, the message to answer and the markup of this call."""

    chat: Chat
    thread_id: int | None
    reply_to: Message | None
    markup: Json | None
    protect: bool
    silent: bool

    def post(self, world: World, **content: object) -> Message:
        """Put a message of the bot there and tell everybody."""
        message = world.new_message(
            self.chat, world.bot, reply_to=self.reply_to, thread_id=self.thread_id, protect_content=self.protect,
            silent=self.silent, **content,
        )  # fmt: skip
        if self.markup and self.markup.get("inline_keyboard"):
            message.reply_markup = self.markup
        show(message, self.markup)
        return world.posted(message)


def chat_of(world: World, p: Params, name: str = "chat_id") -> Chat:
    """Return the chat that a parameter names; raise 400 if there is none."""
    wanted = p[name]
    if isinstance(wanted, str):
        user_name = wanted.removeprefix("@").lower()
        chat = next((c for c in world.chats.values() if c.username and c.username.lower() == user_name), None)
    else:
        chat = world.chats.get(wanted)
    if chat is None:
        raise bad_request("chat not found")
    return chat


def readable_chat(world: World, p: Params, name: str = "chat_id") -> Chat:
    """Return a chat the bot may look into, one that moved on among them; raise 403 where it may not."""
    chat = chat_of(world, p, name)
    if not chat.private and chat.member(world.bot.id) is None:
        kind = "supergroup" if chat.type == "supergroup" else "group"
        place = chat.members.get(world.bot.id)
        if place is not None and place.status == "kicked":
            raise forbidden(f"bot was kicked from the {kind} chat")
        raise forbidden(f"bot is not a member of the {kind} chat")
    return chat


def writable_chat(world: World, p: Params) -> Chat:
    """Return a chat the bot may write to now; raise 403 or 400."""
    chat = readable_chat(world, p)
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    if chat.private:
        if chat.members[chat.id].user.deactivated:
            raise forbidden("user is deactivated")
        match world.contact[chat.id]:
            case "never":
                raise forbidden("bot can't initiate conversation with a user")
            case "blocked":
                raise forbidden("bot was blocked by the user")
            case _:
                pass
    elif not my_place(world, chat).can_send:
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def my_place(world: World, chat: Chat) -> Member:
    """Return the bot's own place in a group it is in."""
    return chat.members[world.bot.id]


def target(world: World, p: Params, *, weight: int = 1) -> Target:
    """Check everything about where this call wants to put *weight* messages; with limits on this may raise 429."""
    chat = writable_chat(world, p)
    markup = checked(p.object("reply_markup"), chat)
    thread_id = _thread(world, chat, p)
    reply_to = _reply(chat, p)
    if thread_id is None and reply_to is not None and chat.is_forum:
        thread_id = reply_to.thread_id
    world.limits.take(chat.id, weight)
    return Target(chat, thread_id, reply_to, markup, p.flag("protect_content"), p.flag("disable_notification"))


def _thread(world: World, chat: Chat, p: Params) -> int | None:
    wanted = p.number("message_thread_id")
    if not wanted:
        return None
    topic = chat.topics.get(wanted)
    if topic is None or topic.deleted:
        raise bad_request("message thread not found")
    if topic.closed and not my_place(world, chat).admin:
        raise bad_request("TOPIC_CLOSED")
    return wanted


def _reply(chat: Chat, p: Params) -> Message | None:
    wanted = p.object("reply_parameters")
    if not wanted:
        return None
    if unknown := set(wanted) - _REPLY_FIELDS:
        raise malformed(f"unknown field {min(unknown)} in reply parameters")
    message_id = wanted.get("message_id")
    if not isinstance(message_id, int) or isinstance(message_id, bool):
        raise bad_request('can\'t parse reply parameters: Field "message_id" must be of type Number')
    if wanted.get("chat_id", chat.id) != chat.id:
        raise bad_request("replies to another chat are not part of this stand-in")
    found = chat.present(message_id)
    if found is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found


def formatted(p: Params, name: str, entities: str) -> tuple[str, list[Entity]]:
    """Return the text of a parameter with its entities, as it will stand in the chat."""
    text, marks = p.text(name), p.array(entities) or []
    match p.text("parse_mode").lower():
        case "":
            for mark in marks:
                _check_entity(mark, utf16_length(text))
        case "html":
            text, marks = parse_html(text)
        case "markdown" | "markdownv2":
            raise malformed("this stand-in takes HTML or entities, not Markdown")
        case _:
            raise malformed("unsupported parse_mode")
    text, marks = trimmed(text.replace("\r", ""), marks)
    return text, found_in(text, marks)


def _check_entity(mark: object, length: int) -> None:
    if not isinstance(mark, dict) or mark.get("type") not in _ENTITY_TYPES:
        raise malformed("can't parse entities: unsupported entity type specified")
    offset, size = mark.get("offset"), mark.get("length")
    if not isinstance(offset, int) or not isinstance(size, int) or offset < 0 or size <= 0 or offset + size > length:
        raise malformed("can't parse entities: entity is outside of the text")


def message_text(p: Params) -> tuple[str, list[Entity]]:
    """Return the text of a message; raise 400 for an empty one or one of more than 4,096 UTF-16 units."""
    text, entities = formatted(p, "text", "entities")
    if not text:
        raise malformed("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise malformed("message is too long")
    return text, entities


def caption_text(p: Params) -> tuple[str, list[Entity]]:
    """Return the caption, possibly empty; raise 400 for one of more than 1,024 UTF-16 units."""
    text, entities = formatted(p, "caption", "caption_entities")
    if utf16_length(text) > CAPTION_LIMIT:
        raise malformed("message caption is too long")
    return text, entities
