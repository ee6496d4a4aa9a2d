"""Files that we make ourselves: rendered in a thread once nothing is read any more, then sent as bytes."""

import asyncio
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from telegram import InputFile

from handlers.views.drawing import UPLOADS, Upload


@dataclass(frozen=True, slots=True)
class Made:
    """An upload whose bytes are there."""

    filename: str
    content: bytes = field(repr=False)

    def as_input(self, *, attach: bool) -> InputFile:
        """Return what python-telegram-bot sends it by: as its own parameter, or attached to one that is JSON."""
        file = InputFile(self.content, filename=self.filename, attach=attach)
        file.mimetype = UPLOADS[PurePath(self.filename).suffix]
        return file


#: How Telegram is told of a file: by its id, or by its bytes.
Source = str | Made


async def rendered(payload: dict[str, Any]) -> dict[str, Any]:
    """Return *payload* with the bytes of its uploads; whatever making them raises gets through."""
    media = payload.get("media", [])
    if not any(isinstance(source, Upload) for _kind, source in media):
        return payload
    return payload | {"media": [[kind, await _source(source)] for kind, source in media]}


async def _source(source: str | Upload) -> Source:
    if not isinstance(source, Upload):
        return source
    if isinstance(source.content, bytes):
        return Made(source.filename, source.content)
    return Made(source.filename, await asyncio.to_thread(source.content))
