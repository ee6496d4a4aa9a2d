"""Notices to a resident about their own report and draft."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class ReportReceipt(Notice):
    """A report was sent: its number, by when the resident hears something, and who reads it."""

    kind: ClassVar[str] = "report_receipt"
    priority: ClassVar[Priority] = Priority.ANSWER
    once: ClassVar[bool] = True
    report: int


@notice
@dataclass(frozen=True)
class PhotoNote(Notice):
    """Under each photo (each album) of a draft: who may not be on it, and *Foto weg*.

    `message` is the Telegram message of the photo; later parts of its album redraw the note.
    """

    kind: ClassVar[str] = "photo_note"
    priority: ClassVar[Priority] = Priority.ANSWER
    draft: int
    message: int


@notice
@dataclass(frozen=True)
class DraftOffer(Notice):
    """An unfinished draft is offered again; `turn` 1 after some minutes, 2 the next day."""

    kind: ClassVar[str] = "draft_offer"
    priority: ClassVar[Priority] = Priority.REMINDER
    once: ClassVar[bool] = True
    draft: int
    turn: int


@notice
@dataclass(frozen=True)
class WipeChat(Notice):
    """*Wis dit gesprek*: messages of a private chat are taken away, at most a hundred in one notice.

    `message_ids` are Telegram's ids with commas between them; `wipe` and `part` tell notices apart.
    """

    kind: ClassVar[str] = "wipe_chat"
    priority: ClassVar[Priority] = Priority.ANSWER
    once: ClassVar[bool] = True
    wipe: int
    part: int
    message_ids: str

    @property
    def key(self) -> str:
        """One row per part of one wipe."""
        return f"{self.kind}:{self.wipe}:{self.part}"

    @property
    def ids(self) -> list[int]:
        """The message ids as numbers."""
        return [int(part) for part in self.message_ids.split(",")]
