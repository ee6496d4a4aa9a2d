"""The edit methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.demo.telegram.errors import NOT_MODIFIED, bad_request, malformed
from bot.demo.telegram.keyboards import checked_inline
from bot.demo.telegram.methods.media import input_media
from bot.demo.telegram.methods.targets import caption_text, message_text, writable_chat
from bot.demo.telegram.model import Json, Message, Version
from bot.demo.telegram.observers import Change
from bot.demo.telegram.params import Params
from bot.demo.telegram.render import message_json

if TYPE_CHECKING:
    from bot.demo.telegram.world import World

CAPTIONED: Final = frozenset({"photo", "video", "animation", "audio", "document", "voice"})


def _editable(world: World, p: Params) -> Message:
    if "inline_message_id" in p:
        raise malformed("inline messages are not part of this stand-in")
    for name in ("chat_id", "message_id"):
        if name not in p:
            raise malformed("chat_id is empty" if name == "chat_id" else "message identifier is not specified")
    chat = writable_chat(world, p)
    message = chat.present(p.number("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender is not world.bot or message.service or message.forward_origin:
        raise bad_request("message can't be edited")
    return message


def _change(world: World, message: Message, markup: Json | None, **content: Any) -> Json:  # noqa: ANN401 - fields
    new = {name: value for name, value in content.items() if getattr(message, name) != value}
    if not new and (message.reply_markup or None) == markup:
        raise bad_request(NOT_MODIFIED)
    world.limits.take(message.chat.id)
    if new:
        message.history.append(Version(message.text, message.reply_markup, world.now()))
        for name, value in new.items():
            setattr(message, name, value)
        message.edited_at = world.now()
    message.reply_markup = markup
    world.changed(Change("edited", message.chat, message))
    return message_json(message)


def edit_message_text(world: World, p: Params) -> Json:
    """Do editMessageText."""
    text, entities = message_text(p)
    message = _editable(world, p)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    markup = checked_inline(p.object("reply_markup"), message.chat)
    return _change(world, message, markup, text=text, entities=entities)


def edit_message_caption(world: World, p: Params) -> Json:
    """Do editMessageCaption."""
    text, entities = caption_text(p)
    message = _editable(world, p)
    if message.media not in CAPTIONED:
        raise bad_request("there is no caption in the message to edit")
    markup = checked_inline(p.object("reply_markup"), message.chat)
    above = p.flag("show_caption_above_media")
    return _change(world, message, markup, text=text, entities=entities, caption_above=above)


def edit_message_reply_markup(world: World, p: Params) -> Json:
    """Do editMessageReplyMarkup."""
    message = _editable(world, p)
    return _change(world, message, checked_inline(p.object("reply_markup"), message.chat))


def edit_message_media(world: World, p: Params) -> Json:
    """Do editMessageMedia; inside an album only photos, videos or whatever it holds of one sort may follow."""
    message = _editable(world, p)
    item = input_media(world, p["media"], p.uploads)
    if message.media_group_id and item.media not in {message.media, "photo", "video"}:
        raise bad_request("can't use the media of the specified type in the album")
    if message.media and message.media not in CAPTIONED:
        raise bad_request("message can't be edited")
    markup = checked_inline(p.object("reply_markup"), message.chat)
    return _change(
        world, message, markup, media=item.media, content=item.content, text=item.text, entities=item.entities
    )


HANDLERS: Final = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "editMessageMedia": edit_message_media,
}
