"""What a drawn message looks like before Telegram gets it; also the payload of ready ("said") rows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any

from bot.domain.enums import MediaKind
from handlers.buttons import Key

#: The endings of files that we make, and what Telegram is told they are.
UPLOADS = {".ics": "text/calendar", ".pdf": "application/pdf", ".png": "image/png", ".csv": "text/csv"}
_FILENAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


@dataclass(frozen=True)
class Media:
    """One file by its Telegram file id."""

    kind: MediaKind
    file_id: str


@dataclass(frozen=True)
class Upload:
    """One file that a view makes itself. Only drawn messages can hold it: a said one is kept as JSON.

    `kind`      photo (at most 10 MB, width and height together at most 10,000) or document (at most 50 MB).
    `filename`  what the reader saves it as: plain letters, digits, dots and dashes, with an ending of `UPLOADS`.
    `content`   its bytes; or, where making them takes long, a function that makes them. That runs in a thread after
                the reading is closed, so it holds plain values and looks at nothing else.
    `key`       names what is in it: made and uploaded once, it is repeated by the id that Telegram gave it.
    """

    kind: MediaKind
    filename: str
    content: bytes | Callable[[], bytes] = field(repr=False)
    key: str | None = None

    def __post_init__(self) -> None:
        """Refuse a name that not every server and phone reads alike."""
        if not _FILENAME.fullmatch(self.filename) or PurePath(self.filename).suffix not in UPLOADS:
            raise ValueError(f"not a name for an upload: {self.filename!r}")
        if self.kind not in {MediaKind.PHOTO, MediaKind.DOCUMENT}:
            raise ValueError(f"an upload is a photo or a document, not a {self.kind.value}")


@dataclass(frozen=True)
class Drawing:
    """One message: HTML text (or the caption of *media*) and a keyboard.

    `menu`         rows of a reply keyboard (only on new messages); `ask_location` labels a share-location key in it.
    `reply_to`     message id in the same chat; sent without it when that message is gone.
    `media`        one file, or 2–10 of an album (an album can't carry a keyboard).
    `protect`      protect_content: words of residents that go to staff.
    """

    text: str
    keyboard: list[list[Key]] = field(default_factory=list)
    menu: list[list[str]] | None = None
    ask_location: str | None = None
    reply_to: int | None = None
    media: Sequence[Media | Upload] = ()
    protect: bool = False
    force_reply: bool = False

    def to_payload(self) -> dict[str, Any]:
        """Return the drawing as JSON, the form in which a said row keeps it; ValueError when it holds an upload."""
        if any(isinstance(item, Upload) for item in self.media):
            raise ValueError("a file that we make is drawn by a view, never said")
        return self.to_message()

    def to_message(self) -> dict[str, Any]:
        """Return what the sender delivers: as `to_payload`, with uploads as they are."""
        payload: dict[str, Any] = {"text": self.text}
        if self.keyboard:
            payload["keyboard"] = [[key.to_json() for key in row] for row in self.keyboard]
        if self.menu is not None:
            payload["menu"] = self.menu
        for name in ("ask_location", "reply_to", "protect", "force_reply"):
            if value := getattr(self, name):
                payload[name] = value
        if self.media:
            payload["media"] = [
                [item.kind.value, item if isinstance(item, Upload) else item.file_id] for item in self.media
            ]
        return payload


@dataclass(frozen=True)
class Remove:
    """Delete this message of the chat (ours, or one we may delete); already gone counts as done.

    `instead` is for our own: what it reads when Telegram lets nobody delete it any more; None leaves it as it is.
    """

    message_ids: list[int]
    instead: str | None = None


@dataclass(frozen=True)
class PutOut:
    """Put this person out of the chat; who was put in again by hand may come back."""

    person: int


@dataclass(frozen=True)
class NotAnyMore:
    """There is nothing to say any more; the row is closed as dropped with this reason (a code, not a sentence)."""

    reason: str


@dataclass(frozen=True)
class Later:
    """Not now, it is night: the row waits until *at* (UTC) and is drawn then."""

    at: datetime


Drawn = Drawing | Remove | PutOut | NotAnyMore | Later


@dataclass(frozen=True)
class Letter:
    """One e-mail, plain text. `reply_name` stands before the address for replies; `photos` are Telegram file ids."""

    to_name: str
    to_address: str
    from_name: str
    reply_name: str
    subject: str
    body: str
    photos: list[str] = field(default_factory=list)
