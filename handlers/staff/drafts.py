"""What a worker is writing about a report, in private."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from bot.domain.enums import CloseReason, MessageDirection
from storage.models import Dialogue

ABOUT = "staff"
WRITE, PREVIEW = "write", "preview"


class Purpose(StrEnum):
    """What becomes of the words."""

    ANSWER = "answer"
    QUESTION = "question"
    NOTE = "note"
    CLOSING = "closing"
    PUBLIC = "public"
    MERGE = "merge"


class Writing(BaseModel):
    """A worker's words about a report; `reason` belongs to a closing, `into` to a merge; the preview has `text`.

    `start` is the place in the list of partners that is shown.
    """

    model_config = ConfigDict(extra="forbid")

    report: int
    purpose: Purpose
    reason: CloseReason | None = None
    into: int | None = None
    text: str = ""
    start: int = 0

    @property
    def direction(self) -> MessageDirection:
        """What the words are to the resident."""
        return MessageDirection.QUESTION if self.purpose is Purpose.QUESTION else MessageDirection.ANSWER


def load(row: Dialogue) -> Writing:
    """Return the draft of a dialogue."""
    return Writing.model_validate(row.draft)


def save(row: Dialogue, draft: Writing, step: str) -> None:
    """Keep the draft at another step."""
    row.draft, row.step = draft.model_dump(mode="json"), step
