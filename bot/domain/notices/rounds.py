"""Notices of a round that is walked: from *Ik ben er* until everybody is home.

They are for the walkers, the coordinator and the team's worker only. `at` is the start of the round (seconds since
1970), so that a round that was moved has messages of its own; `person` is who reads it.
"""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class RoundCard(Notice):
    """The one message of a walker about a round: *Ik ben er*, who is there, the two big buttons, that it is closed."""

    kind: ClassVar[str] = "walk_card"
    priority: ClassVar[Priority] = Priority.ANSWER
    occurrence: int
    at: int
    person: int

    @property
    def key(self) -> str:
        """One row per walker and round, wherever in the chat it stands."""
        return f"walk:{self.occurrence}:{self.at}:{self.person}"


@notice
@dataclass(frozen=True)
class RoundCardBelow(RoundCard):
    """The same message shown anew below all others, with sound."""

    kind: ClassVar[str] = "walk_card_below"
    resend: ClassVar[bool] = True


@notice
@dataclass(frozen=True)
class RoundAlone(Notice):
    """To who is left when the other says not to be there: don't go alone."""

    kind: ClassVar[str] = "walk_alone"
    priority: ClassVar[Priority] = Priority.ANSWER
    once: ClassVar[bool] = True
    occurrence: int
    at: int
    person: int
    since: int


@notice
@dataclass(frozen=True)
class RoundMissing(Notice):
    """To walkers, once: the round has begun half an hour ago, and nobody opened it."""

    kind: ClassVar[str] = "walk_missing"
    once: ClassVar[bool] = True
    occurrence: int
    at: int
    person: int


@notice
@dataclass(frozen=True)
class RoundUnclosed(Notice):
    """To walkers, with sound: the round is over since half an hour, are you home?"""

    kind: ClassVar[str] = "walk_unclosed"
    priority: ClassVar[Priority] = Priority.ANSWER
    once: ClassVar[bool] = True
    occurrence: int
    at: int
    person: int


@notice
@dataclass(frozen=True)
class RoundNotHome(Notice):
    """To the coordinator, with sound: nobody closed the round; put again once it is closed."""

    kind: ClassVar[str] = "walk_not_home"
    priority: ClassVar[Priority] = Priority.ANSWER
    occurrence: int
    at: int
    person: int


@notice
@dataclass(frozen=True)
class RoundIncident(Notice):
    """To coordinator and worker: a round was closed with an incident; put again when a line was added."""

    kind: ClassVar[str] = "walk_incident"
    occurrence: int
    at: int
    person: int


@notice
@dataclass(frozen=True)
class RoundMonth(Notice):
    """To coordinator and worker: the figures of a month (years times 12 plus month, from 0) of a team."""

    kind: ClassVar[str] = "walk_month"
    priority: ClassVar[Priority] = Priority.ANNOUNCEMENT
    once: ClassVar[bool] = True
    team: int
    month: int
    person: int
