"""Giving a meeting another time or place, and calling it off; whoever calls this checks the rights."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.enums import WALKED_IN, ActivityKind, OccurrenceState, SignupState
from bot.domain.notices.activities import CalledOff
from bot.domain.notices.repair import RepairNumber
from bot.domain.time import local_date, to_utc, to_wall
from bot.services.activities import calendars, changes, coordinating, meetings, offers, reminders, walking
from bot.services.rommelroute import sent
from storage.models import Activity, Occurrence, Signup
from storage.queries import activities as queries
from storage.queries import fullness as fullness_queries
from storage.queries import signups as signup_queries
from storage.queries import town
from storage.queries.locking import locked
from storage.work import Work


class Changed(StrEnum):
    """What became of moving or calling off a meeting."""

    DONE = "done"
    ALREADY = "already"
    ENDED = "ended"
    SAME_DAY = "same_day"
    NOT_THERE = "not_there"


async def call_off(work: Work, occurrence_id: int, why: str | None, *, by: int | None = None) -> Changed:
    """Call a meeting off and tell all its people at once, at night too; whoever calls this checks the rights.

    Of a round its coordinator and the team's worker hear as well, except who did it (*by*); of anything else its
    coordinator hears by `fullness`, unless it was that one who did it. Who waits at a Repair Café reads in the message
    with their number that it stopped.
    """
    occurrence = await locked(work.session, Occurrence, occurrence_id)
    if occurrence is None:
        return Changed.NOT_THERE
    if occurrence.called_off_at is not None:
        return Changed.ALREADY
    if occurrence.ends_at <= work.now:
        return Changed.ENDED
    occurrence.called_off_at, occurrence.called_off_why = work.now, (why or "")[:200] or None
    occurrence.version += 1
    occurrence.sequence += 1
    await offers.withdraw_all(work, occurrence)
    rows = await signup_queries.of_occurrence(work.session, occurrence.id)
    await reminders.drop(work, rows)
    calendars.follow_all(work, rows)
    for row in rows:
        if row.state is SignupState.PRESENT and occurrence.kind is ActivityKind.REPAIR_CAFE and not row.for_name:
            work.put(RepairNumber(row.id), chat=row.person_id)
    team = await queries.team_of(work.session, occurrence)
    leading = set() if team is None else {team.coordinator_id, team.worker_id} - {by}
    for person_id in sorted(({row.person_id for row in rows} | leading) - {WALKED_IN}):
        work.put(CalledOff(occurrence.id, person_id), chat=person_id, valid_until=occurrence.ends_at)
    await walking.show_again(work, occurrence)
    heard = await sent.follow(work, occurrence)
    await changes.tell_readers(work, occurrence, but=heard)
    if team is None and await coordinating.coordinators(work, occurrence) == [by]:
        await fullness_queries.knows(work.session, occurrence.id, OccurrenceState.CALLED_OFF)
    return Changed.DONE


async def move(
    work: Work,
    occurrence_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    place: str | None = None,
    why: str | None = None,
) -> Changed:
    """Give a meeting other times (UTC), or another *place*: its nominal date stays, everyone is told and *why*.

    Reminders and offers follow its times, and so does a deadline that is not past. Not to a day on which another
    meeting of the series stands: people could not tell the two apart.
    """
    occurrence = await locked(work.session, Occurrence, occurrence_id)
    if occurrence is None:
        return Changed.NOT_THERE
    moves = (occurrence.starts_at, occurrence.ends_at) != (starts_at, ends_at)
    elsewhere = place is not None and place != occurrence.place
    if occurrence.called_off_at is not None or not (moves or elsewhere):
        return Changed.ALREADY
    if occurrence.starts_at <= work.now or starts_at <= work.now or ends_at <= starts_at:
        return Changed.ENDED
    here = await town.zone(work.session)
    if await _stands_beside(work, occurrence, local_date(starts_at, here), here):
        return Changed.SAME_DAY
    shift = starts_at - occurrence.starts_at
    _move_deadline(occurrence, starts_at, here, now=work.now)
    occurrence.starts_at, occurrence.ends_at, occurrence.changed_by_hand = starts_at, ends_at, True
    occurrence.place, occurrence.moved_why = place or occurrence.place, (why or "")[:200] or None
    occurrence.version += 1
    occurrence.sequence += 1
    if moves:
        await offers.withdraw_all(work, occurrence)
    rows = await signup_queries.of_occurrence(work.session, occurrence.id)
    if moves:
        _shift_slots(rows, shift, ends_at)
        await walking.planned_anew(work, occurrence)
        await reminders.replan(work, *rows)
    calendars.follow_all(work, rows)
    await changes.tell_people(work, occurrence, time=moves, place=elsewhere)
    heard: set[int] = set()
    if moves:
        await offers.fill(work, occurrence)
        heard = await sent.follow(work, occurrence)
    await changes.tell_readers(work, occurrence, but=heard)
    return Changed.DONE


async def _stands_beside(work: Work, occurrence: Occurrence, day: date, here: ZoneInfo) -> bool:
    """Return whether another meeting of the same activity stands on this local date, which nobody changes meanwhile."""
    await locked(work.session, Activity, occurrence.activity_id)
    others = await meetings.dates(work, occurrence.activity_id, since=day, here=here)
    return any(stands == day for row_id, stands in others.items() if row_id != occurrence.id)


def _move_deadline(occurrence: Occurrence, starts_at: datetime, here: ZoneInfo, *, now: datetime) -> None:
    """Let a deadline that is not past move as many days as the meeting, which is to start at *starts_at*."""
    if occurrence.deadline_at is not None and occurrence.deadline_at > now:
        days = local_date(starts_at, here) - local_date(occurrence.starts_at, here)
        later = to_utc(to_wall(occurrence.deadline_at, here) + days, here)
        occurrence.deadline_at = later if later > now else min(occurrence.deadline_at, starts_at)


def _shift_slots(rows: Sequence[Signup], shift: timedelta, ends_at: datetime) -> None:
    """Let times of visitors move along; who had one after the end now walks in."""
    for row in rows:
        if row.slot_at is not None:
            moved = row.slot_at + shift
            row.slot_at = moved if moved < ends_at else None
