"""Files that we make ourselves: rendered in a thread once nothing is read any more, then sent as bytes or by id."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from telegram import InputFile

from handlers.views.drawing import UPLOADS, Upload

#: So many ids of files are kept.
_REMEMBERED = 500


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


class Uploads:
    """The files of one sender. What has a key is made and uploaded once; after a start, once more."""

    def __init__(self) -> None:
        """Nothing was uploaded yet."""
        self._known: OrderedDict[str, str] = OrderedDict()
        self._making: dict[str, asyncio.Task[bytes]] = {}

    async def rendered(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Return *payload* with the bytes or ids of its uploads; whatever making them raises gets through."""
        media = payload.get("media", [])
        if not any(isinstance(source, Upload) for _kind, source in media):
            return payload
        return payload | {"media": [[kind, await self._source(source)] for kind, source in media]}

    def learn(self, payload: dict[str, Any], file_id: str | None) -> None:
        """Remember what Telegram calls the file of *payload*, a message of one file."""
        for _kind, source in payload.get("media", []):
            if file_id is not None and isinstance(source, Upload) and source.key is not None:
                self._known[source.key] = file_id
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    async def _source(self, source: str | Upload) -> Source:
        if not isinstance(source, Upload):
            return source
        if source.key is not None and (known := self._known.get(source.key)) is not None:
            self._known.move_to_end(source.key)
            return known
        return Made(source.filename, await self._content(source))

    async def _content(self, upload: Upload) -> bytes:
        """Return the bytes of *upload*; who asks for the same at the same time waits for one making."""
        if isinstance(upload.content, bytes):
            return upload.content
        if upload.key is None:
            return await asyncio.to_thread(upload.content)
        key, task = upload.key, self._making.get(upload.key)
        if task is None:
            task = self._making[key] = asyncio.create_task(asyncio.to_thread(upload.content))
            task.add_done_callback(lambda _done: self._making.pop(key, None))
        return await asyncio.shield(task)
