"""A worker's own signal, or a report that a worker takes down for somebody without Telegram: what is still to ask.

Source: "Workers' own signals": one sentence and where it comes from; then the same path as a resident's report.
"""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.drafts import DraftMedia, Signs
from bot.domain.enums import Kind, Source, Theme
from bot.domain.reports import is_sealed, needs_danger_question

#: Where a signal may come from, in the order of the design.
SOURCES = (
    Source.DOOR,
    Source.STREET,
    Source.HOME_VISIT,
    Source.PHONE,
    Source.WALK_IN,
    Source.SCHOOL,
    Source.ACTIVITY,
    Source.OWN_EYES,
)
#: What a signal may be about; about themselves somebody tells in the chat, with consent of their own.
KINDS = (Kind.PLACE, Kind.NUISANCE, Kind.PERSON, Kind.IDEA, Kind.OPPORTUNITY)
#: What a place in which people are named may turn out to be.
PEOPLE_KINDS = (Kind.NUISANCE, Kind.PERSON)
#: Characters of the sentence.
MAX_SIGNAL = 1000


class Ask(StrEnum):
    """A question of the conversation."""

    WORDS = "words"
    SOURCE = "source"
    KIND = "kind"
    PEOPLE = "people"
    DANGER = "danger"
    THEME = "theme"
    WHERE = "where"
    SEND = "send"


class SignalDraft(BaseModel):
    """All answers so far; None means not answered. `trail` holds the answered questions, for *Terug*."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    text: str = ""
    media: list[DraftMedia] = Field(default_factory=list)
    signs: Signs = Field(default_factory=Signs)
    source: Source | None = None
    kind: Kind | None = None
    about_people: bool | None = None
    danger: bool | None = None
    theme: Theme | None = None
    area: str | None = None
    nowhere: bool = False
    region: str | None = None
    choices: list[str] = Field(default_factory=list)
    trail: list[Ask] = Field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing was told yet."""
        return not self.text and not self.media

    @property
    def sealed(self) -> bool:
        """Whether the group will see no word of it."""
        if self.kind is None:
            return False
        return is_sealed(self.kind, danger=bool(self.danger), under_16=self.signs.under_16)


def next_ask(draft: SignalDraft) -> Ask:
    """Return the first question that is still open; `SEND` when none is."""
    words_found = draft.signs.danger is not None
    people = draft.kind is Kind.PLACE and draft.signs.people and draft.about_people is None
    danger = draft.danger is None and needs_danger_question(draft.kind, draft.theme, words_found=words_found)
    for ask, is_open in (
        (Ask.WORDS, draft.empty),
        (Ask.SOURCE, draft.source is None),
        (Ask.KIND, draft.kind is None),
        (Ask.PEOPLE, people),
        (Ask.DANGER, danger),
        (Ask.THEME, draft.theme is None),
        (Ask.WHERE, draft.area is None and not draft.nowhere),
    ):
        if is_open:
            return ask
    return Ask.SEND


def answered(draft: SignalDraft, ask: Ask) -> None:
    """Remember that *ask* was answered."""
    draft.trail = [*(earlier for earlier in draft.trail if earlier is not ask), ask]


def undo(draft: SignalDraft) -> bool:
    """Take back the last answer, so that it is asked again; False when there is none."""
    if draft.region is not None or draft.choices:
        draft.region, draft.choices = None, []
        return True
    if not draft.trail:
        return False
    *draft.trail, last = draft.trail
    match last:
        case Ask.WORDS:
            draft.text, draft.media, draft.signs = "", [], Signs()
        case Ask.SOURCE:
            draft.source = None
        case Ask.KIND:
            draft.kind, draft.about_people = None, None
        case Ask.PEOPLE:
            draft.kind, draft.about_people = Kind.PLACE, None
        case Ask.DANGER:
            draft.danger = None
        case Ask.THEME:
            draft.theme = None
        case _:
            draft.area, draft.nowhere = None, False
    return True
