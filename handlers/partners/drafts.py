"""What a worker is passing on, in private."""

import zlib

from pydantic import BaseModel, ConfigDict

from bot.services.partners import Letter
from storage.models import Dialogue

ABOUT = "forward"
PARTNER, WORDS, PHOTOS, NUMBER, PREVIEW = "partner", "words", "photos", "number", "preview"


class Forwarding(BaseModel):
    """The draft of a mail: about a person (`only_number`) it has a work number, else a summary and ticked photos.

    `start` is the place in the list of partners that is shown.
    """

    model_config = ConfigDict(extra="forbid")

    report: int
    only_number: bool
    partner: int = 0
    summary: str = ""
    photos: list[int] = []
    work_number: str | None = None
    start: int = 0

    def letter(self, *, said_yes: bool) -> Letter:
        """Return what is to be sent."""
        return Letter(
            partner=self.partner,
            only_number=self.only_number,
            summary=self.summary,
            photos=tuple(self.photos),
            work_number=self.work_number,
            said_yes=said_yes,
        )

    def fingerprint(self) -> int:
        """Return a number that says what a preview showed."""
        return zlib.crc32(self.model_dump_json().encode("utf-8", "surrogatepass"))


def load(row: Dialogue) -> Forwarding:
    """Return the draft of a dialogue."""
    return Forwarding.model_validate(row.draft)


def save(row: Dialogue, draft: Forwarding, step: str) -> None:
    """Keep the draft at another step."""
    row.draft, row.step = draft.model_dump(mode="json"), step
