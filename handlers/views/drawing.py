"""What a drawn message looks like before Telegram gets it; also the payload of ready ("said") rows."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.enums import MediaKind
from handlers.buttons import Key


@dataclass(frozen=True)
class Media:
    """One file by its Telegram file id."""

    kind: MediaKind
    file_id: str


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
    media: list[Media] = field(default_factory=list)
    protect: bool = False
    force_reply: bool = False

    def to_payload(self) -> dict[str, Any]:
        """Return the drawing as JSON, the form in which a said row keeps it."""
        payload: dict[str, Any] = {"text": self.text}
        if self.keyboard:
            payload["keyboard"] = [[key.to_json() for key in row] for row in self.keyboard]
        if self.menu is not None:
            payload["menu"] = self.menu
        for name in ("ask_location", "reply_to", "protect", "force_reply"):
            if value := getattr(self, name):
                payload[name] = value
        if self.media:
            payload["media"] = [[item.kind.value, item.file_id] for item in self.media]
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
