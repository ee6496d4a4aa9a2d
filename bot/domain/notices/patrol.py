"""Notices of buurtpreventie: joining a team, the VOG, and what keeps anybody from walking alone.

`person` is who is spoken about or, where a notice has no other, who reads it; `asked` and `at` are seconds since 1970.
"""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class TeamRequest(Notice):
    """To the coordinator: somebody asks to join; once answered it tells what became of it."""

    kind: ClassVar[str] = "team_request"
    team: int
    person: int
    asked: int


@notice
@dataclass(frozen=True)
class TeamAnswered(Notice):
    """To who asked to join: yes or no."""

    kind: ClassVar[str] = "team_answered"
    once: ClassVar[bool] = True
    team: int
    person: int
    asked: int


@notice
@dataclass(frozen=True)
class MemberCame(Notice):
    """To the team's worker: somebody joined, and has no VOG ticked yet."""

    kind: ClassVar[str] = "member_came"
    once: ClassVar[bool] = True
    team: int
    person: int
    asked: int


@notice
@dataclass(frozen=True)
class MemberLeft(Notice):
    """To coordinator and worker: somebody left the team."""

    kind: ClassVar[str] = "member_left"
    once: ClassVar[bool] = True
    team: int
    person: int
    at: int
    reader: int


@notice
@dataclass(frozen=True)
class MemberRemoved(Notice):
    """To a member whom coordinator or worker took out of the team."""

    kind: ClassVar[str] = "member_removed"
    once: ClassVar[bool] = True
    team: int
    person: int
    at: int


@notice
@dataclass(frozen=True)
class VogChanged(Notice):
    """To a member: the VOG was ticked, or is not ticked any more."""

    kind: ClassVar[str] = "vog_changed"
    once: ClassVar[bool] = True
    team: int
    person: int
    at: int


@notice
@dataclass(frozen=True)
class TeamNewsTold(Notice):
    """To every member: news of the team."""

    kind: ClassVar[str] = "team_news_told"
    priority: ClassVar[Priority] = Priority.ANNOUNCEMENT
    once: ClassVar[bool] = True
    news: int
    person: int


@notice
@dataclass(frozen=True)
class WalkersWanted(Notice):
    """To a free member with a VOG, 2 h before a round with fewer than two yes."""

    kind: ClassVar[str] = "walkers_wanted"
    once: ClassVar[bool] = True
    occurrence: int
    sequence: int
    person: int


@notice
@dataclass(frozen=True)
class RoundShort(Notice):
    """To coordinator and worker, 90 minutes before a round with fewer than two yes."""

    kind: ClassVar[str] = "round_short"
    once: ClassVar[bool] = True
    occurrence: int
    sequence: int
    person: int


@notice
@dataclass(frozen=True)
class NowAlone(Notice):
    """To who is left after a late drop-out, at once and with sound, at night too."""

    kind: ClassVar[str] = "now_alone"
    priority: ClassVar[Priority] = Priority.ANSWER
    once: ClassVar[bool] = True
    occurrence: int
    at: int
    person: int


@notice
@dataclass(frozen=True)
class NotAlone(Notice):
    """To who was told to be alone: somebody walks along again."""

    kind: ClassVar[str] = "not_alone"
    priority: ClassVar[Priority] = Priority.ANSWER
    once: ClassVar[bool] = True
    occurrence: int
    at: int
    person: int


@notice
@dataclass(frozen=True)
class NotReached(Notice):
    """To the coordinator (else the worker), with sound: this walker can't be told that a round does not go ahead."""

    kind: ClassVar[str] = "walker_not_reached"
    priority: ClassVar[Priority] = Priority.ANSWER
    once: ClassVar[bool] = True
    occurrence: int
    person: int
    reader: int


@notice
@dataclass(frozen=True)
class WhoWalks(Notice):
    """To a member with a VOG: "Ik ga om 20:30, wie loopt mee?"; drawn again, it tells what became of it."""

    kind: ClassVar[str] = "who_walks"
    call: int
    person: int


@notice
@dataclass(frozen=True)
class CallOver(Notice):
    """To who asked "wie loopt mee?": nobody does, or it is a round now."""

    kind: ClassVar[str] = "call_over"
    once: ClassVar[bool] = True
    call: int
    person: int


@notice
@dataclass(frozen=True)
class ExtraRound(Notice):
    """To coordinator and worker: two members walk a round that was not planned."""

    kind: ClassVar[str] = "extra_round"
    once: ClassVar[bool] = True
    occurrence: int
    person: int
