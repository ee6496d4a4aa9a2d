"""Rounds that begin with a question: "Ik ga om 20:30, wie loopt mee?" becomes a round at the second yes, or expires.

Judged under the lock of the team (asking) or of the question (answering).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.activities.rounds import MIN_WALKERS
from bot.domain.enums import ActivityKind, Attendance, RoleKey, WalkCallState
from bot.domain.notices.patrol import CallOver, ExtraRound, WhoWalks
from bot.domain.time import after_quiet, local_date, to_wall
from bot.services.activities import signups, walking
from bot.services.activities.signups import Joined
from bot.services.patrol.members import Standing, seen
from storage.models import Activity, ActivityRole, Occurrence, Person, Team, WalkCall
from storage.queries import activities as activity_queries
from storage.queries import patrol as queries
from storage.queries import signups as signup_queries
from storage.queries import town
from storage.queries.locking import locked, locked_all
from storage.work import Work

#: So far ahead somebody may ask; what is later is planned in the roster.
AHEAD = timedelta(hours=12)
LENGTH = timedelta(hours=1)
_CHUNK = 100


class Called(StrEnum):
    """What became of asking who walks along."""

    DONE = "done"
    ALREADY = "already"
    NO_TIME = "no_time"
    NIGHT = "night"
    NOT_THERE = "not_there"


class Said(StrEnum):
    """What became of a yes."""

    ROUND = "round"
    OWN = "own"
    OVER = "over"
    NOT_THERE = "not_there"


@dataclass(frozen=True)
class Call:
    """A question that was asked: how that went, and the question itself where there is one."""

    outcome: Called
    call: WalkCall | None = None


async def ask(work: Work, team_id: int, person: Person, starts_at: datetime) -> Call:
    """Ask the members with a VOG who walks along at *starts_at* (UTC): at most 12 hours ahead, and not in the night.

    NIGHT: nobody would be asked before it begins, since invitations wait until 08:00. ALREADY: one question of each
    person at a time.
    """
    await locked(work.session, Team, team_id)
    team = await seen(work, team_id, person)
    if team is None or team.standing is not Standing.CLEARED:
        return Call(Called.NOT_THERE)
    if not work.now < starts_at <= work.now + AHEAD:
        return Call(Called.NO_TIME)
    if after_quiet(work.now, await town.zone(work.session)) >= starts_at:
        return Call(Called.NIGHT)
    own = [row for row in await queries.open_calls(work.session, team_id, now=work.now) if row.person_id == person.id]
    if own:
        return Call(Called.ALREADY, own[0])
    call = WalkCall(
        team_id=team_id,
        person_id=person.id,
        starts_at=starts_at,
        ends_at=starts_at + LENGTH,
        made_at=work.now,
        state=WalkCallState.OPEN,
    )
    work.session.add(call)
    await work.session.flush()
    await _show_to_all(work, call)
    return Call(Called.DONE, call)


async def yes(work: Work, call_id: int, person: Person, *, title: str) -> tuple[Said, int | None]:
    """Walk along: the second yes makes a round called *title*, later ones join it; with the id of the round."""
    call = await locked(work.session, WalkCall, call_id)
    team = None if call is None else await seen(work, call.team_id, person)
    if call is None or team is None or team.standing is not Standing.CLEARED:
        return Said.NOT_THERE, None
    if call.state is WalkCallState.ROUND and call.occurrence_id is not None:
        return await _join(work, call.occurrence_id, person)
    if person.id == call.person_id:
        return Said.OWN, None
    if call.state is not WalkCallState.OPEN or call.starts_at <= work.now:
        return Said.OVER, None
    if call.person_id not in await activity_queries.cleared_members(work.session, call.team_id):
        call.state = WalkCallState.WITHDRAWN
        await _show_to_all(work, call)
        return Said.OVER, None
    occurrence = await _make_round(work, call, team.team, title)
    for person_id in (call.person_id, person.id):
        await _walks(work, occurrence, person_id)
    call.state, call.occurrence_id = WalkCallState.ROUND, occurrence.id
    await work.session.flush()
    await _show_to_all(work, call)
    work.put(CallOver(call.id, call.person_id), chat=call.person_id, valid_until=call.ends_at)
    for person_id in sorted({team.team.coordinator_id, team.team.worker_id} - {call.person_id, person.id}):
        work.put(ExtraRound(occurrence.id, person_id), chat=person_id, valid_until=call.ends_at)
    return Said.ROUND, occurrence.id


async def withdraw(work: Work, call_id: int, person_id: int) -> bool:
    """Take one's own question back; return whether it was still open."""
    call = await locked(work.session, WalkCall, call_id)
    if call is None or call.person_id != person_id or call.state is not WalkCallState.OPEN:
        return False
    call.state = WalkCallState.WITHDRAWN
    await _show_to_all(work, call)
    return True


async def run(work: Work) -> bool:
    """Let the questions expire whose time has come (a job); return whether there are more."""
    over = await queries.calls_over(work.session, now=work.now, limit=_CHUNK)
    for call in (await locked_all(work.session, WalkCall, over)).values():
        if call.state is WalkCallState.OPEN:
            call.state = WalkCallState.EXPIRED
            await _show_to_all(work, call)
            work.put(CallOver(call.id, call.person_id), chat=call.person_id, valid_until=call.ends_at)
    return len(over) == _CHUNK


async def next_due(work: Work) -> datetime | None:
    """Return when the next question expires (UTC)."""
    return await queries.next_call(work.session)


async def _show_to_all(work: Work, call: WalkCall) -> None:
    """Ask everybody with a VOG but who asked; put again, their messages tell what became of it."""
    await work.session.flush()
    for person_id in await activity_queries.cleared_members(work.session, call.team_id):
        if person_id != call.person_id:
            work.put(
                WhoWalks(call.id, person_id), chat=person_id, valid_until=call.ends_at, silent=call.state != "open"
            )


async def _join(work: Work, occurrence_id: int, person: Person) -> tuple[Said, int | None]:
    result = await signups.join(work, occurrence_id, person, RoleKey.WALKER)
    if result.outcome in (Joined.SIGNED_UP, Joined.ALREADY) and result.signup is not None:
        result.signup.attendance = Attendance.COMING
        return Said.ROUND, occurrence_id
    return Said.OVER, occurrence_id


async def _make_round(work: Work, call: WalkCall, team: Team, title: str) -> Occurrence:
    """Make the round of a question: a meeting of its own, of two people at least."""
    here = await town.zone(work.session)
    activity = Activity(
        key=f"extra-{call.id}",
        kind=ActivityKind.PATROL,
        title=title,
        area_code=team.area_code,
        team_id=team.id,
        coordinator_id=team.coordinator_id,
        starts=_wall(call.starts_at, here),
        ends=_wall(call.ends_at, here),
        active=False,
    )
    work.session.add(activity)
    await work.session.flush()
    work.session.add(ActivityRole(activity_id=activity.id, role=RoleKey.WALKER, minimum=MIN_WALKERS, maximum=None))
    occurrence = Occurrence(
        activity_id=activity.id,
        nominal_on=local_date(call.starts_at, here),
        kind=ActivityKind.PATROL,
        area_code=team.area_code,
        team_id=team.id,
        starts_at=call.starts_at,
        ends_at=call.ends_at,
        changed_by_hand=True,
    )
    work.session.add(occurrence)
    await walking.mark_of(work, occurrence)
    return occurrence


async def _walks(work: Work, occurrence: Occurrence, person_id: int) -> None:
    person = await work.session.get(Person, person_id)
    if person is not None:
        await signups.join(work, occurrence.id, person, RoleKey.WALKER)
        row = await signup_queries.of_person(work.session, occurrence.id, person_id, RoleKey.WALKER)
        if row is not None:
            row.attendance = Attendance.COMING


def _wall(at: datetime, here: ZoneInfo) -> str:
    return to_wall(at, here).isoformat(timespec="minutes")
