"""The world as one person sees it on a phone, as plain JSON values."""

from collections.abc import Iterable
from typing import Any

from bot.demo.telegram import Chat, Message, Person, World

Json = dict[str, Any]
_SERVICE_WORDS = {
    "new_chat_members": "is nu in de groep",
    "left_chat_member": "is uit de groep",
    "migrate_to_chat_id": "maakte er een supergroep van",
    "migrate_from_chat_id": "maakte er een supergroep van",
    "pinned_message": "zette een bericht vast",
    "forum_topic_created": "maakte een onderwerp",
}


def people(world: World) -> list[Json]:
    """Return everybody with the chats that they can open: their own with the bot first, then their groups."""
    return [{"id": person.id, "name": person.user.name, "chats": _chats(world, person)} for person in world.people]


def _chats(world: World, person: Person) -> list[Json]:
    found = [{"id": person.id, "title": "Buurtbode", "private": True}]
    groups = (chat for chat in world.chats.values() if not chat.private and chat.migrated_to is None)
    return found + [
        {"id": chat.id, "title": chat.title, "private": False, "members": sum(m.present for m in chat.members.values())}
        for chat in groups
        if chat.member(person.id)
    ]


def screen(world: World, person: Person, chat: Chat, *, last: int = 120) -> Json:
    """Return one open chat: its newest *last* messages, the reply keyboard, whether the bot is blocked."""
    keyboard = chat.keyboards.get(person.id)
    return {
        "chat": chat.id,
        "title": "Buurtbode" if chat.private else chat.title,
        "private": chat.private,
        "contact": world.contact[person.id],
        "menu": [[_key(key) for key in row] for row in keyboard.rows] if keyboard else [],
        "messages": [_message(world, person, message) for message in chat.messages[-last:]],
    }


def _key(key: Json) -> Json:
    return {"text": key["text"], "location": bool(key.get("request_location"))}


def _message(world: World, person: Person, message: Message) -> Json:
    sender = message.sender
    service = next((words for name, words in _SERVICE_WORDS.items() if name in message.service), None)
    return {
        "id": message.message_id,
        "from": sender.name if sender else message.chat.title,
        "mine": sender is not None and sender.id == person.id,
        "bot": sender is world.bot,
        "at": int(message.date.timestamp()),
        "html": message.html,
        "service": service if service or not message.service else "…",
        "media": _media(world, message),
        "buttons": [
            [{"text": b["text"], "data": b.get("callback_data"), "url": b.get("url")} for b in row]
            for row in message.buttons
        ],
        "reply": _short(message.reply_to) if message.reply_to else None,
        "edited": message.edited,
        "deleted": message.deleted,
        "silent": message.silent,
        "protected": message.protect_content,
    }


def _media(world: World, message: Message) -> Json | None:
    if message.media is None:
        return None
    if message.media == "location":
        return {"kind": "location", "lat": message.content["latitude"], "lon": message.content["longitude"]}
    file_id = next(iter(message.file_ids), None)
    name = world.files.get(file_id).name if file_id is not None and message.media == "document" else None
    return {"kind": message.media, "file": file_id, "name": name}


def _short(message: Message) -> Json:
    return {
        "from": message.sender.name if message.sender else "",
        "text": message.text[:60],
        "media": message.media,
        "deleted": message.deleted,
    }


def map_points(areas: Iterable[Any]) -> list[Json]:
    """Return the wijken as points for the small map (inner points; borders are not ours to show)."""
    return [{"name": area.name, "region": area.region, "lat": area.lat, "lon": area.lon} for area in areas]
