"""What may happen to a report, what stays hidden of it, and how its number is written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.domain.enums import CloseReason, Kind, MediaKind, ReportStatus, Theme

#: Kinds that are sealed by themselves (Reporting, "What is it about?" and "Sealed reports").
SEALED_KINDS = frozenset({Kind.NUISANCE, Kind.PERSON, Kind.SELF})
#: Kinds for which "Is iemand nu in gevaar?" is a step (Reporting, "Danger, without a gate").
DANGER_KINDS = frozenset({Kind.PERSON, Kind.SELF})
#: Themes in which neighbours may see that others reported the same ("Me too").
SHARED_THEMES = frozenset({Theme.LIVABILITY, Theme.SUSTAINABILITY})
SHARED_METRES = 250.0
SHARED_FOR = timedelta(weeks=12)
#: Reasons that erase text and media at once (Reporting, "Status").
ERASING_REASONS = frozenset({CloseReason.OWN_FILE, CloseReason.ERASED})
#: Media without a picture to look at: they go to the worker on request ("Triage").
SPOKEN_MEDIA = frozenset({MediaKind.VOICE, MediaKind.VIDEO_NOTE, MediaKind.AUDIO})
MAX_MEDIA = 10
#: In an open report nothing happened for half a year: a worker is asked; for nine months: it closes ("Retention").
ASK_AFTER = timedelta(days=183)
CLOSE_AFTER = timedelta(days=274)
#: So long after closing it is known whose a report was, and so long what it told ("Retention").
CONTACT_KEPT = timedelta(days=90)
WORDS_KEPT = timedelta(days=365)

_NEXT: Mapping[ReportStatus, frozenset[ReportStatus]] = MappingProxyType(
    {
        ReportStatus.RECEIVED: frozenset({ReportStatus.TAKEN, ReportStatus.FORWARDED, ReportStatus.CLOSED}),
        ReportStatus.TAKEN: frozenset(
            {
                ReportStatus.RECEIVED,
                ReportStatus.ASKED,
                ReportStatus.FORWARDED,
                ReportStatus.CLOSED,
            }
        ),
        ReportStatus.ASKED: frozenset(
            {
                ReportStatus.RECEIVED,
                ReportStatus.TAKEN,
                ReportStatus.FORWARDED,
                ReportStatus.CLOSED,
            }
        ),
        ReportStatus.FORWARDED: frozenset(
            {ReportStatus.RECEIVED, ReportStatus.TAKEN, ReportStatus.ASKED, ReportStatus.CLOSED}
        ),
        ReportStatus.CLOSED: frozenset({ReportStatus.RECEIVED, ReportStatus.TAKEN}),
    }
)


def is_sealed(kind: Kind, *, danger: bool = False, under_16: bool = False) -> bool:
    """Tell whether the group may see no word, name or file of the report ("Sealed reports").

    Place, idea and opportunity are open; nuisance, person and self are sealed, and so is every
    report with danger or from someone who says to be under 16.
    """
    return danger or under_16 or kind in SEALED_KINDS


def may_become(now: ReportStatus, then: ReportStatus) -> bool:
    """Tell whether a report may go from one status to the other (Reporting, "Status").

    It becomes received again when its holder loses the role; closed reopens by "Niet opgelost".
    """
    return then in _NEXT[now]


def is_long_closed(closed_at: datetime | None, now: datetime) -> bool:
    """Tell whether a report was closed so long ago that nothing of it is shown anew to who took it off their screen.

    From then on it only loses what it told.
    """
    return closed_at is not None and closed_at + CONTACT_KEPT <= now


def erases(reason: CloseReason) -> bool:
    """Tell whether closing with *reason* erases text and media here at once."""
    return reason in ERASING_REASONS


def needs_danger_question(kind: Kind | None, theme: Theme | None, *, words_found: bool) -> bool:
    """Tell whether "Is iemand nu in gevaar?" is asked as a step of its own.

    Only for person, self, theme veiligheid and when danger words are found (Reporting, "Danger,
    without a gate"): a broken lamp never meets it.
    """
    return words_found or kind in DANGER_KINDS or theme is Theme.SAFETY


def needs_help_line(*, spoken: bool, language: str, listed: frozenset[str]) -> bool:
    """Tell whether the help line is shown since nothing could be looked for in what was said.

    A voice message, or a language without a list of danger words, gets it anyway (Reporting,
    "Danger, without a gate"). *listed* are the languages that have a list.
    """
    return spoken or language not in listed


def asks_what_not_who(theme: Theme | None) -> bool:
    """Tell whether to ask what, where and when, never who (Reporting, "Photos, video, voice")."""
    return theme is Theme.SAFETY


def asks_for_no_names(kind: Kind | None) -> bool:
    """Tell whether to say "Schrijf geen naam en geen huisnummer." (Reporting, step 3)."""
    return kind in {Kind.NUISANCE, Kind.PERSON}


@dataclass(frozen=True, slots=True)
class Discretion:
    """How careful later messages to the resident must be (Reporting, "Sealed reports")."""

    #: Messages say only that there is a message, with a button to read it; words stay off screens.
    hides_content: bool
    #: In the overview the report is a number, without its first words.
    number_only: bool
    #: The unfinished draft may be offered by itself.
    offers_draft: bool
    #: Chasing lines and the question after four weeks may be sent.
    may_be_asked_later: bool
    #: Before sending: "Mogen wij je hier terugschrijven?"
    asks_to_write_back: bool
    #: Other people may join it, it may be merged and used as an example.
    may_be_shared: bool


def discretion(kind: Kind, *, danger: bool = False, under_16: bool = False) -> Discretion:
    """Return how careful to be with a report; what is sealed is hidden in every respect."""
    sealed = is_sealed(kind, danger=danger, under_16=under_16)
    return Discretion(
        hides_content=sealed,
        number_only=sealed,
        offers_draft=not sealed,
        may_be_asked_later=not sealed,
        asks_to_write_back=sealed,
        may_be_shared=not sealed,
    )


def may_be_joined(kind: Kind, theme: Theme, *, sealed: bool, sent: datetime, now: datetime, metres: float) -> bool:
    """Tell whether a neighbour may join this report for updates (Reporting, "Me too").

    Only open place reports of leefbaarheid and duurzaamheid, within 250 m and 12 weeks.
    """
    return (
        kind is Kind.PLACE
        and theme in SHARED_THEMES
        and not sealed
        and now - sent <= SHARED_FOR
        and metres <= SHARED_METRES
    )


@dataclass(frozen=True, slots=True)
class ReportNumber:
    """The number of a report: its year, and its place in that year.

    As people type it the year may be missing ("0042", "bewoner 0042").
    """

    serial: int
    year: int | None = None

    @property
    def short(self) -> str:
        """The number in the group: "bewoner 0042" is the resident of this report."""
        return f"{self.serial:04d}"


_FULL_NUMBER = re.compile(r"\bM\s?-?\s?(\d{4})\s?-\s?(\d{4,7})\b", re.IGNORECASE)
_SHORT_NUMBER = re.compile(
    r"#?(?P<bare>\d{4,7})|(?:bewoner|melding|resident|report|nr|nummer|number)\W{0,3}(?P<named>\d{1,7})"
)


def format_number(year: int, serial: int) -> str:
    """Return the number as it is shown: `M-2026-0042`."""
    return f"M-{year:04d}-{serial:04d}"


def parse_number(text: str) -> ReportNumber | None:
    """Return the first full number in *text*, or the short one that *text* is; None without one.

    "over M-2026-0042", "0042" and "bewoner 0042" are numbers; "ik heb 1000 vragen" is not.
    """
    if found := _FULL_NUMBER.search(text):
        return ReportNumber(int(found[2]), int(found[1]))
    if found := _SHORT_NUMBER.fullmatch(text.strip().casefold()):
        return ReportNumber(int(found["bare"] or found["named"]))
    return None


def names_many(text: str) -> bool:
    """Tell whether *text* holds more than one full number: a list, which is about no report more than another."""
    return len({found.group() for found in _FULL_NUMBER.finditer(text)}) > 1
