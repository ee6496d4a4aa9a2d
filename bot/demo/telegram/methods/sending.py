"""sendMessage and the other messages without a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.demo.telegram.errors import bad_request, malformed
from bot.demo.telegram.methods.targets import message_text, readable_chat, target, writable_chat
from bot.demo.telegram.model import Json
from bot.demo.telegram.observers import Change
from bot.demo.telegram.params import Params
from bot.demo.telegram.render import message_json

if TYPE_CHECKING:
    from bot.demo.telegram.world import World

_ACTIONS: Final = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip


def send_message(world: World, p: Params) -> Json:
    """Do sendMessage."""
    text, entities = message_text(p)
    where = target(world, p)
    preview = p.object("link_preview_options")
    return message_json(where.post(world, text=text, entities=entities, link_preview=preview))


def _point(p: Params) -> Json:
    latitude, longitude = p["latitude"], p["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise malformed("wrong location coordinates specified")
    return {"latitude": latitude, "longitude": longitude}


def send_location(world: World, p: Params) -> Json:
    """Do sendLocation; live locations are not part of this stand-in."""
    if p.number("live_period"):
        raise malformed("live locations are not part of this stand-in")
    point = _point(p)
    if "horizontal_accuracy" in p:
        point["horizontal_accuracy"] = p["horizontal_accuracy"]
    return message_json(target(world, p).post(world, media="location", content=point))


def send_venue(world: World, p: Params) -> Json:
    """Do sendVenue."""
    venue = {"location": _point(p), "title": p.text("title"), "address": p.text("address")}
    return message_json(target(world, p).post(world, media="venue", content=venue))


def send_contact(world: World, p: Params) -> Json:
    """Do sendContact."""
    if not p.text("first_name").strip():
        raise malformed("CONTACT_NAME_EMPTY")
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: p.text(name) for name in names if p.text(name)}
    return message_json(target(world, p).post(world, media="contact", content=contact))


def send_chat_action(world: World, p: Params) -> bool:
    """Do sendChatAction; it counts for no limit here."""
    if p.text("action") not in _ACTIONS:
        raise malformed("wrong parameter action in request")
    chat = writable_chat(world, p)
    world.changed(Change("action", chat))
    return True


def set_message_reaction(world: World, p: Params) -> bool:
    """Do setMessageReaction: at most one, an emoji."""
    chat = readable_chat(world, p)
    message = chat.present(p.number("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    reactions = p.array("reaction") or []
    if len(reactions) > 1:
        raise malformed("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if not isinstance(reaction, dict) or reaction.get("type") != "emoji" or not reaction.get("emoji"):
            raise malformed("REACTION_INVALID")
    message.reactions[world.bot.id] = reactions
    world.changed(Change("reaction", chat, message))
    return True


HANDLERS: Final = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_message_reaction,
}
