"""Messages with a file, one by one or as an album."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.demo.telegram.entities import Entity
from bot.demo.telegram.errors import malformed
from bot.demo.telegram.files import described
from bot.demo.telegram.methods.targets import caption_text, target
from bot.demo.telegram.model import Json
from bot.demo.telegram.params import Params, Upload
from bot.demo.telegram.render import message_json

if TYPE_CHECKING:
    from bot.demo.telegram.world import World

_TOGETHER: Final = ({"photo", "video"}, {"document"}, {"audio"})
_INPUT_FIELDS: Final = {
    "type", "media", "thumbnail", "caption", "parse_mode", "caption_entities", "show_caption_above_media", "width",
    "height", "duration", "has_spoiler", "supports_streaming", "performer", "title", "disable_content_type_detection",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One InputMedia after the check."""

    media: str
    content: Any
    text: str
    entities: list[Entity]


def _sender(kind: str) -> Callable[[World, Params], Json]:
    def send(world: World, p: Params) -> Json:
        text, entities = caption_text(p)
        where = target(world, p)
        stored = world.files.take(kind, p[kind])
        size = {"width": p.number("width") or p.number("length"), "height": p.number("height")}
        content = described(stored, duration=p.number("duration"), **size)
        above = p.flag("show_caption_above_media")
        message = where.post(world, media=kind, content=content, text=text, entities=entities, caption_above=above)
        return message_json(message)

    return send


def input_media(world: World, raw: object, uploads: Mapping[str, Upload]) -> Item:
    """Return an InputMedia as message content, its file taken from *uploads* where it says ``attach://``."""
    if not isinstance(raw, dict):
        raise malformed("can't parse InputMedia: expected an Object")
    if unknown := set(raw) - _INPUT_FIELDS:
        raise malformed(f"unknown field {min(unknown)} in InputMedia")
    kind, source = raw.get("type"), raw.get("media")
    if kind not in {"photo", "video", "animation", "audio", "document"}:
        raise malformed("can't parse InputMedia: unknown media type")
    if not isinstance(source, str) or not source:
        raise malformed("can't parse InputMedia: media not found")
    file: str | Upload = source
    if source.startswith("attach://"):
        found = uploads.get(source.removeprefix("attach://"))
        if found is None:
            raise malformed("can't parse InputMedia: media not found")
        file = found
    words = {name: raw[name] for name in ("caption", "parse_mode", "caption_entities") if raw.get(name)}
    text, entities = caption_text(Params(words, {}))
    size = {name: int(raw.get(name) or 0) for name in ("duration", "width", "height")}
    return Item(kind, described(world.files.take(kind, file), **size), text, entities)


def send_media_group(world: World, p: Params) -> list[Json]:
    """Do sendMediaGroup: 2 to 10 photos and videos, or documents, or audio files; each part counts for limits."""
    media = p["media"]
    if not 2 <= len(media) <= 10:
        raise malformed("there must be from 2 to 10 messages to send as an album" if media else "MEDIA_EMPTY")
    items = [input_media(world, raw, p.uploads) for raw in media]
    kinds = {item.media for item in items}
    if not any(kinds <= together for together in _TOGETHER):
        raise malformed("can't use the media of the specified type in the album")
    where = target(world, p, weight=len(items))
    group = str(13_000_000_000_000_000 + world.number("album"))
    return [
        message_json(
            where.post(
                world, media=item.media, content=item.content, text=item.text, entities=item.entities,
                media_group_id=group,
            )
        )
        for item in items
    ]  # fmt: skip


def get_file(world: World, p: Params) -> Json:
    """Do getFile."""
    stored = world.files.downloadable(p.text("file_id"))
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
        "file_path": stored.path,
    }


HANDLERS: Final = {
    "sendPhoto": _sender("photo"),
    "sendVideo": _sender("video"),
    "sendAnimation": _sender("animation"),
    "sendAudio": _sender("audio"),
    "sendDocument": _sender("document"),
    "sendVoice": _sender("voice"),
    "sendVideoNote": _sender("video_note"),
    "sendSticker": _sender("sticker"),
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
