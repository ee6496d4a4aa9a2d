"""Notices to staff about promises not kept yet, desks where nobody is, absence, and what stands still.

They name reports by number and date, never a word of them, so that a group may read them.
"""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.notices.base import Notice, notice


class _OfDesk(Notice):
    """A notice whose first field is a desk: it is about no single report."""

    @property
    def about(self) -> int | None:
        """No report: it names several."""
        return None


@notice
@dataclass(frozen=True)
class ChaseHolder(_OfDesk):
    """On the last day of promises: what a worker, or who replaces that worker, has to answer today.

    `day` is the local date of the chase as a proleptic ordinal, here and below.
    """

    kind: ClassVar[str] = "chase_holder"
    once: ClassVar[bool] = True
    desk: int
    person: int
    day: int


@notice
@dataclass(frozen=True)
class ChaseDesk(_OfDesk):
    """In the group: late reports, and on their last day those that nobody has; drawn again when one is taken."""

    kind: ClassVar[str] = "chase_desk"
    desk: int
    day: int


@notice
@dataclass(frozen=True)
class ChaseContact(_OfDesk):
    """At three times the promise: the desk's named contact, or who replaces the contact, in private."""

    kind: ClassVar[str] = "chase_contact"
    once: ClassVar[bool] = True
    desk: int
    person: int
    day: int


@notice
@dataclass(frozen=True)
class ChaseAdmin(_OfDesk):
    """A desk with nobody present: its list goes to a beheerder in private."""

    kind: ClassVar[str] = "chase_admin"
    desk: int
    person: int
    day: int


@notice
@dataclass(frozen=True)
class DangerToAdmin(Notice):
    """⚠ at a desk with nobody present: a beheerder hears it in private, at the hour the contact would be called."""

    kind: ClassVar[str] = "danger_to_admin"
    once: ClassVar[bool] = True
    report: int
    desk: int
    person: int
    again: int = 0


@notice
@dataclass(frozen=True)
class WordsForDesk(Notice):
    """A resident wrote about a sealed report whose holder is away, and nobody there may read it.

    `person` is 0 in the group, else the beheerder who is told because nobody is there.
    """

    kind: ClassVar[str] = "words_for_desk"
    once: ClassVar[bool] = True
    report: int
    message: int
    desk: int
    person: int


@notice
@dataclass(frozen=True)
class AbsenceTold(_OfDesk):
    """A colleague set somebody's absence: the absent person hears it, and so does the substitute."""

    kind: ClassVar[str] = "absence_told"
    once: ClassVar[bool] = True
    absence: int
    person: int
    by: int


@notice
@dataclass(frozen=True)
class StandsStill(_OfDesk):
    """Nothing happened for half a year: who has these reports is asked; `person` is 0 for the desk's group."""

    kind: ClassVar[str] = "stands_still"
    once: ClassVar[bool] = True
    desk: int
    person: int
    day: int
