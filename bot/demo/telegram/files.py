"""Files in memory: what people and the bot uploaded, under Telegram-like ids."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.model import Json
from bot.demo.telegram.params import Upload

_PREFIX: Final = {
    "photo": "AgACAgQAAxk", "document": "BQACAgQAAxk", "voice": "AwACAgQAAxk", "video": "BAACAgQAAxk",
    "video_note": "DQACAgQAAxk", "animation": "CgACAgQAAxk", "audio": "CQACAgQAAxk", "sticker": "CAACAgQAAxk",
}  # fmt: skip
_FOLDER: Final = {"photo": "photos", "video_note": "video_notes", "voice": "voice", "audio": "music"}
_SUFFIX: Final = {"photo": ".jpg", "voice": ".oga", "video": ".mp4", "video_note": ".mp4", "sticker": ".webp"}
_MIME: Final = {"photo": "image/jpeg", "voice": "audio/ogg", "video": "video/mp4", "video_note": "video/mp4"}
BIGGEST_DOWNLOAD: Final = 20 * 1024 * 1024
BIGGEST_UPLOAD: Final = 50 * 1024 * 1024
BIGGEST_PHOTO: Final = 10 * 1024 * 1024
#: In pixels, width and height together, and how many times the one may be the other.
_LONGEST_PHOTO: Final = 10_000
_NARROWEST_PHOTO: Final = 20


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file; *path* is what getFile names and the file address serves."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    name: str
    mime_type: str
    data: bytes
    width: int = 0
    height: int = 0


def image_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels of a PNG, GIF, JPEG or WebP picture; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith((b"GIF87a", b"GIF89a")) and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return 512, 512
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return 320, 240


def _fits(width: int, height: int) -> bool:
    short, long = sorted((width, height))
    return short > 0 and short + long <= _LONGEST_PHOTO and long <= short * _NARROWEST_PHOTO


class FileStore:
    """All files of a world; ids are handed out in order."""

    def __init__(self) -> None:
        """Begin empty."""
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._count = 0

    def get(self, file_id: str) -> StoredFile:
        """Return the file with this id; raise 400 for one that never was."""
        found = self._by_id.get(file_id)
        if found is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return found

    def downloadable(self, file_id: str) -> StoredFile:
        """Return the file for getFile; raise 400 for an unknown id or more than 20 MB."""
        found = self._by_id.get(file_id)
        if found is None:
            raise bad_request("invalid file_id")
        if len(found.data) > BIGGEST_DOWNLOAD:
            raise bad_request("file is too big")
        return found

    def at(self, path: str) -> StoredFile | None:
        """Return the file that getFile said is at *path*."""
        return self._by_path.get(path)

    def add(self, kind: str, data: bytes, *, name: str = "", mime_type: str = "") -> StoredFile:
        """Store *data* as a new file of this kind (photo, voice, …)."""
        if not data:
            raise bad_request("file must be non-empty")
        if len(data) > (BIGGEST_PHOTO if kind == "photo" else BIGGEST_UPLOAD):
            raise bad_request("file is too big")
        size = image_size(data) if kind in {"photo", "sticker"} else (0, 0)
        if size is None:
            if kind == "photo":
                raise bad_request("IMAGE_PROCESS_FAILED")
            size = (512, 512)
        if kind == "photo" and not _fits(*size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        self._count += 1
        number = self._count
        suffix = _SUFFIX.get(kind) or (f".{name.rpartition('.')[2]}" if "." in name else ".bin")
        folder = _FOLDER.get(kind, f"{kind}s")
        prefix = _PREFIX[kind]
        stored = StoredFile(
            f"{prefix}BAAI{number:010d}AAAM{number * 7919 % 10**8:08d}NgQ", f"AQAD{number:010d}", kind,
            f"{folder}/file_{number}{suffix}", name or f"file_{number}{suffix}",
            _MIME.get(kind) or mime_type or "application/octet-stream", data, *size,
        )  # fmt: skip
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def take(self, kind: str, value: Upload | str) -> StoredFile:
        """Return the file a parameter of this kind names: an upload, or the id of a file of the same kind."""
        if isinstance(value, Upload):
            return self.add(kind, value.data, name=value.filename, mime_type=value.mime_type)
        if "://" in value:
            raise bad_request("failed to get HTTP URL content")
        found = self.get(value)
        if found.kind != kind:
            names = found.kind.replace("_", " ").title().replace(" ", ""), kind.replace("_", " ").title()
            raise bad_request(f"can't use file of type {names[0]} as {names[1].replace(' ', '')}")
        return found


def described(stored: StoredFile, *, duration: int = 0, width: int = 0, height: int = 0) -> Json | list[Json]:
    """Return the Bot API object for a file: a list of sizes for a photo, an object for the rest."""
    common: Json = {
        "file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": len(stored.data),
    }  # fmt: skip
    named = {"file_name": stored.name, "mime_type": stored.mime_type}
    match stored.kind:
        case "photo":
            return [{**common, "width": stored.width, "height": stored.height}]
        case "voice":
            return {**common, "duration": duration, "mime_type": stored.mime_type}
        case "audio":
            return {**common, **named, "duration": duration}
        case "video_note":
            return {**common, "duration": duration, "length": width or 240}
        case "video" | "animation":
            return {**common, **named, "duration": duration, "width": width or 640, "height": height or 360}
        case "sticker":
            shape = {"width": stored.width, "height": stored.height, "is_animated": False, "is_video": False}
            return {**common, "type": "regular", **shape}
        case _:
            return {**common, **named}
