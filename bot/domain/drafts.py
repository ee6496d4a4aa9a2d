"""The draft of a report, which question comes next, and what *Terug* takes back.

A draft is a record of answers. Nothing else remembers where the conversation is: the open step follows from what is
still unanswered (Reporting, steps 1-8), so a restart, a stale tap or a change of mind can't put it out of order.
"""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.enums import Kind, MediaKind, Theme
from bot.domain.reports import MAX_MEDIA, SPOKEN_MEDIA, asks_what_not_who, is_sealed, needs_danger_question

#: Characters of all that was written together; one whole Telegram message always fits.
MAX_TEXT = 4096
MAX_NAME = 40
#: After so many answers that the bot did not understand it offers to be called.
MANY_MISSES = 2
#: Messages of the resident that *Wis dit gesprek* can take away.
MAX_HEARD = 100


class Step(StrEnum):
    """A question of the report conversation; the values stand in buttons and are short."""

    RESUME = "resume"
    TELL = "tell"
    KIND = "kind"
    DANGER = "danger"
    CALL_112 = "112"
    COMPLAINT = "klacht"
    PEOPLE = "people"
    PEOPLE_KIND = "who"
    WORDS = "words"
    THEME = "theme"
    DETAILS = "what"
    COUNTER = "counter"
    WHERE = "where"
    AREA = "area"
    CHOICE = "choice"
    OUTSIDE = "outside"
    CONSENT = "consent"
    WRITE_BACK = "back"
    SUMMARY = "sum"
    CHANGE = "change"
    REWRITE = "anew"
    NAME = "name"
    PHOTO = "photo"
    PHONE = "phone"
    DAY_PART = "part"
    CALL_LANGUAGE = "lang"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Piece(_Model):
    """One message of words, by Telegram's message id, so that an edit of it changes the draft."""

    message: int
    text: str


class DraftMedia(_Model):
    """One file. `id` becomes the id of the sent report's media; `note` is the message that began its album `group`."""

    id: int
    kind: MediaKind
    file_id: str
    unique_id: str
    note: int
    group: str | None = None


class CallMe(_Model):
    """*Bel mij liever*: only the worker who has the report sees it."""

    number: str
    part: str | None = None
    language: str | None = None


class Walk(_Model):
    """The round of buurtpreventie on which a report is made, and the wijk of its team, which is offered first."""

    round: int
    area: str | None = None


class Signs(_Model):
    """What the words themselves say: computed whenever they change. `unread`: in a script that has no word list."""

    unread: bool = False
    danger: str | None = None
    people: bool = False
    public_thing: bool = False
    theme: Theme | None = None
    likely: list[Theme] = Field(default_factory=list)
    under_16: bool = False
    areas: list[str] = Field(default_factory=list)
    complaint: bool = False


class ReportDraft(_Model):
    """All answers so far; None means not asked or not answered.

    `heard` are the resident's own messages (Telegram's id, unix time), for *Wis dit gesprek*. `location_key`: the
    key for sharing a location stands in the place of the menu. `incoming` is what came in while an older draft
    waits for *Verder gaan* or *Nieuwe melding*, `incoming_walk` the round on which that was,
    `incoming_point` the place of it. `changing` is the step that is corrected from the summary, `before` the answers
    as they were.
    """

    pieces: list[Piece] = Field(default_factory=list)
    media: list[DraftMedia] = Field(default_factory=list)
    heard: list[tuple[int, int]] = Field(default_factory=list)
    signs: Signs = Field(default_factory=Signs)
    kind: Kind | None = None
    danger: bool | None = None
    under_16: bool = False
    complaint: bool | None = None
    about_people: bool | None = None
    words_done: bool = False
    theme: Theme | None = None
    details_done: bool = False
    pass_on: bool | None = None
    area: str | None = None
    region: str | None = None
    choices: list[str] = Field(default_factory=list)
    outside: bool = False
    nowhere: bool = False
    lat: float | None = None
    lon: float | None = None
    consent: bool | None = None
    may_write_back: bool | None = None
    name: str | None = None
    call_me: CallMe | None = None
    trail: list[Step] = Field(default_factory=list)
    misses: int = 0
    location_key: bool = False
    incoming: list[Piece] = Field(default_factory=list)
    incoming_media: list[DraftMedia] = Field(default_factory=list)
    changing: Step | None = None
    before: dict[str, Any] | None = None
    walk: Walk | None = None
    incoming_walk: Walk | None = None
    incoming_point: tuple[float, float] | None = None

    def kept(self) -> dict[str, Any]:
        """Return the draft as a dialogue keeps it, JSON of what was told and answered: most of it is not asked yet."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @property
    def text(self) -> str:
        """All words, one message per line."""
        return "\n".join(piece.text for piece in self.pieces)

    @property
    def sealed(self) -> bool:
        """Whether the report that this becomes would be sealed, as far as is known."""
        people = bool(self.about_people)
        if self.kind is None:
            return bool(self.danger) or self.under_16 or people
        return people or is_sealed(self.kind, danger=bool(self.danger), under_16=self.under_16)

    @property
    def discreet(self) -> bool:
        """Whether it is never offered by itself: sealed, or it may well become so."""
        return self.sealed or (self.kind is None and (self.signs.danger is not None or self.signs.people))

    @property
    def spoken(self) -> bool:
        """Whether something was said, or written in another script, that the bot can't read."""
        return self.signs.unread or any(item.kind in SPOKEN_MEDIA for item in self.media)

    @property
    def empty(self) -> bool:
        """Whether nothing was told yet."""
        return not self.pieces and not self.media

    @property
    def placed(self) -> bool:
        """Whether it is known where this belongs, or that nobody knows."""
        return self.area is not None or self.nowhere

    @property
    def room_for_media(self) -> int:
        """How many more files fit."""
        return MAX_MEDIA - len(self.media)

    @property
    def room_for_text(self) -> int:
        """How many more characters fit."""
        return MAX_TEXT - len(self.text) - bool(self.pieces)


def next_step(draft: ReportDraft) -> Step:
    """Return the first question that still needs an answer; the summary when none does."""
    for step, open_now in (
        (Step.TELL, draft.empty and draft.call_me is None),
        (Step.DANGER, _asks_danger(draft)),
        (Step.COMPLAINT, draft.signs.complaint and draft.complaint is None),
        (Step.KIND, draft.kind is None),
        (Step.PEOPLE, draft.kind is Kind.PLACE and draft.signs.people and draft.about_people is None),
        (Step.PEOPLE_KIND, draft.kind is Kind.PLACE and bool(draft.about_people)),
        (Step.WORDS, not draft.pieces and not draft.spoken and draft.call_me is None and not draft.words_done),
        (Step.THEME, draft.theme is None),
        (Step.DETAILS, asks_what_not_who(draft.theme) and not draft.details_done),
        (Step.COUNTER, _offers_counter(draft)),
        (_where(draft), not draft.placed),
        (Step.CONSENT, draft.kind is Kind.SELF and draft.consent is None),
        (Step.WRITE_BACK, draft.sealed and draft.may_write_back is None),
    ):
        if open_now:
            return step
    return Step.SUMMARY


def _asks_danger(draft: ReportDraft) -> bool:
    found = draft.signs.danger is not None
    return draft.danger is None and needs_danger_question(draft.kind, draft.theme, words_found=found)


def _offers_counter(draft: ReportDraft) -> bool:
    return draft.kind is Kind.PLACE and draft.signs.public_thing and not draft.sealed and draft.pass_on is None


def _where(draft: ReportDraft) -> Step:
    if draft.outside:
        return Step.OUTSIDE
    if draft.choices:
        return Step.CHOICE
    return Step.AREA if draft.region else Step.WHERE


def undo(draft: ReportDraft, step: Step) -> None:
    """Take back the answer to *step*, so that it can be asked again."""
    match step:
        case Step.KIND:
            draft.kind, draft.about_people = None, None
        case Step.DANGER | Step.CALL_112:
            draft.danger = None
        case Step.COMPLAINT:
            draft.complaint = None
        case Step.PEOPLE:
            draft.about_people = None
        case Step.PEOPLE_KIND:
            draft.kind, draft.about_people = Kind.PLACE, True
        case Step.WORDS:
            draft.words_done = False
        case Step.THEME:
            draft.theme = None
        case Step.DETAILS:
            draft.details_done = False
        case Step.COUNTER:
            draft.pass_on = None
        case Step.WHERE:
            unplace(draft)
        case Step.AREA | Step.CHOICE:
            draft.area = None
        case Step.OUTSIDE:
            draft.nowhere = False
        case Step.CONSENT:
            draft.consent = None
        case Step.WRITE_BACK:
            draft.may_write_back = None


def unplace(draft: ReportDraft) -> None:
    """Forget where it is."""
    draft.area, draft.region, draft.choices = None, None, []
    draft.outside, draft.nowhere = False, False
    draft.lat, draft.lon = None, None


def answered(draft: ReportDraft, step: Step) -> None:
    """Remember that *step* was answered, for *Terug*; what was not understood before counts no more."""
    draft.trail = [*(earlier for earlier in draft.trail if earlier is not step), step]
    draft.misses = 0


def read_again(draft: ReportDraft, signs: Signs) -> None:
    """Take in what the words say now; other danger words than those asked about are asked about anew."""
    if signs.danger is not None and signs.danger != draft.signs.danger and draft.danger is False:
        draft.danger = None
    draft.signs = signs
    draft.under_16 = draft.under_16 or signs.under_16


def heard(draft: ReportDraft, *messages: tuple[int, int]) -> None:
    """Remember messages of the resident, each with the unix time at which it was sent."""
    draft.heard = [*draft.heard, *messages][-MAX_HEARD:]


def add_words(draft: ReportDraft, message: int, text: str) -> bool:
    """Add what was typed; False when it does not fit (then what fits is kept)."""
    room = draft.room_for_text
    if room > 0 and text[:room].strip():
        draft.pieces.append(Piece(message=message, text=text[:room]))
    return len(text) <= room


def change_words(draft: ReportDraft, message: int, text: str) -> bool:
    """Put *text* in the place of a message that was edited; False when it is none of this draft's.

    A picture may get a caption that it did not have, or lose the one it had.
    """
    for pieces in (draft.pieces, draft.incoming):
        at = next((at for at, piece in enumerate(pieces) if piece.message == message), None)
        if at is not None:
            room = MAX_TEXT - len(draft.text) + len(pieces[at].text)
            pieces[at : at + 1] = [Piece(message=message, text=text[:room])] if text.strip() else []
            return True
    for files, pieces in ((draft.media, draft.pieces), (draft.incoming_media, draft.incoming)):
        if text.strip() and any(item.note == message for item in files):
            pieces.append(Piece(message=message, text=text[: max(0, draft.room_for_text)]))
            return True
    return False
