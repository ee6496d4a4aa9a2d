"""copyMessage and forwardMessage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.methods.targets import caption_text, readable_chat, target
from bot.demo.telegram.model import Json, Message
from bot.demo.telegram.params import Params
from bot.demo.telegram.render import forward_origin, message_json

if TYPE_CHECKING:
    from bot.demo.telegram.world import World


def _source(world: World, p: Params, verb: str) -> Message:
    message = readable_chat(world, p, "from_chat_id").present(p.number("message_id"))
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if message.service or message.protect_content:
        raise bad_request(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return message


def copy_message(world: World, p: Params) -> Json:
    """Do copyMessage: the content in a message of the bot's own, with another caption if one is given."""
    source = _source(world, p, "copy")
    if source.media in {"poll", "dice"}:
        raise bad_request("message can't be copied")
    text, entities = source.text, source.entities
    if "caption" in p and source.media:
        text, entities = caption_text(p)
    where = target(world, p)
    message = where.post(world, text=text, entities=entities, media=source.media, content=source.content)
    return {"message_id": message.message_id}


def forward_message(world: World, p: Params) -> Json:
    """Do forwardMessage."""
    source = _source(world, p, "forward")
    where = target(world, p)
    content = {name: getattr(source, name) for name in ("text", "entities", "media", "content")}
    return message_json(where.post(world, **content, forward_origin=forward_origin(source)))


HANDLERS: Final = {"copyMessage": copy_message, "forwardMessage": forward_message}
