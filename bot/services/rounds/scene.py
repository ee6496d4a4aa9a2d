"""A round under its lock: who may walk it, who is there, whether it is open; and who reads about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.enums import ActivityKind, RoleKey, RoleName, SignupState
from bot.domain.notices.rounds import RoundCard, RoundCardBelow
from bot.services.activities import offers
from storage.models import Occurrence, Round, RoundArrival, Signup, Team
from storage.queries import activities as activity_queries
from storage.queries import rounds as queries
from storage.queries import signups as signup_queries
from storage.queries import staff
from storage.queries.locking import locked
from storage.work import Work

#: States of a walker who is counted on, or who comes although a stand-in was looked for.
_EXPECTED = frozenset({SignupState.SIGNED_UP, SignupState.PRESENT, SignupState.SEEKS_STAND_IN})
#: What is shown below stands below all that is said at the same moment.
_AFTER = timedelta(milliseconds=1)
#: A message about a round makes no sense any more so long after its end.
_STALE = timedelta(hours=12)


@dataclass(frozen=True)
class Scene:
    """A shift with its walkers as they are now.

    `expected` are the sign-ups of who may walk (accepted, VOG, old enough) by person, `arrived` those of them who
    are there. `round` is there once two were: its `walkers` are who walks, or walked.
    """

    occurrence: Occurrence
    expected: Mapping[int, Signup]
    arrivals: Mapping[int, RoundArrival]
    round: Round | None

    @property
    def at(self) -> int:
        """The start, in seconds since 1970: what buttons and messages name this round by."""
        return stamp(self.occurrence)

    @property
    def arrived(self) -> Sequence[int]:
        """Who is there, first one first."""
        return [who for who in self.arrivals if self._is_there(who)]

    def _is_there(self, who: int) -> bool:
        """Tell whether somebody said so, and neither denied it nor gave the place back after that."""
        row, signup = self.arrivals[who], self.expected.get(who)
        if signup is None or row.denied_at is not None:
            return False
        return signup.state is not SignupState.SEEKS_STAND_IN or row.at > signup.changed_at

    @property
    def walkers(self) -> Sequence[int]:
        """Who walks, or walked; nobody before the round is open."""
        return [] if self.round is None else [int(who) for who in self.round.walkers]

    @property
    def is_open(self) -> bool:
        """Whether it is being walked now."""
        return self.round is not None and self.round.closed_at is None

    @property
    def counted(self) -> Sequence[int]:
        """Who is counted on: all but those for whom a stand-in was looked for, unless they came after all."""
        there = frozenset(self.arrived)
        sought = SignupState.SEEKS_STAND_IN
        return [who for who, row in self.expected.items() if row.state is not sought or who in there]

    @property
    def coming(self) -> Sequence[int]:
        """Who is there, or is counted on and did not say anything else."""
        return [who for who in self.counted if who not in self.arrivals or self._is_there(who)]

    @property
    def absent(self) -> Sequence[int]:
        """Who is counted on, is not there, and did not deny it: whom one may name."""
        return [who for who in self.counted if who not in self.arrivals]


def stamp(occurrence: Occurrence) -> int:
    """Return the start of a shift in seconds since 1970."""
    return int(occurrence.starts_at.timestamp())


async def take(work: Work, occurrence_id: int) -> Scene | None:
    """Lock a shift and return it as it is now; None when there is no such shift of a team."""
    occurrence = await locked(work.session, Occurrence, occurrence_id)
    return None if occurrence is None else await look(work, occurrence)


async def look(work: Work, occurrence: Occurrence) -> Scene | None:
    """Return a shift as it is now; change it only under its lock."""
    if occurrence.kind is not ActivityKind.PATROL or occurrence.team_id is None:
        return None
    cleared = frozenset(await activity_queries.cleared_members(work.session, occurrence.team_id))
    signups = await signup_queries.of_occurrence(work.session, occurrence.id)
    expected = {
        row.person_id: row
        for row in signups
        if row.role is RoleKey.WALKER and row.state in _EXPECTED and row.person_id in cleared
    }
    arrivals = await queries.arrivals(work.session, occurrence.id)
    return Scene(
        occurrence,
        expected,
        {row.person_id: row for row in arrivals if row.starts_at == occurrence.starts_at},
        await queries.of_time(work.session, occurrence),
    )


def call_back(work: Work, scene: Scene) -> None:
    """Note that nobody is present any more: the round was not opened after all."""
    for row in scene.expected.values():
        if row.state is SignupState.PRESENT:
            offers.change(work, row, SignupState.SIGNED_UP)


def show(work: Work, scene: Scene, people: Iterable[int], *, below: bool = False) -> None:
    """Draw the message of these walkers again, or (*below*) show it anew with sound."""
    until = scene.occurrence.ends_at + _STALE
    for person_id in sorted(set(people)):
        card = RoundCardBelow if below else RoundCard
        notice = card(scene.occurrence.id, scene.at, person_id)
        work.put(notice, chat=person_id, due_at=work.now + (_AFTER if below else timedelta(0)), valid_until=until)


async def leading(work: Work, occurrence: Occurrence) -> Sequence[int]:
    """Return the coordinator and (while having that role) the worker of the team: nobody else reads about rounds."""
    team = await activity_queries.team_of(work.session, occurrence)
    return [] if team is None else await leading_team(work, team)


async def leading_team(work: Work, team: Team) -> Sequence[int]:
    """Return the coordinator and (while having that role) the worker of a team."""
    works = RoleName.WORKER in await staff.roles(work.session, team.worker_id)
    return sorted({team.coordinator_id, *([team.worker_id] if works else [])})
