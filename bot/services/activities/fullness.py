"""Telling the coordinator how full a meeting became: only when that changed since the last time, and not at night.

What was last told is a row, at first the state without anybody. A meeting that fills up and empties again between two
looks changed nothing; of what the coordinator called off alone there is nothing to tell either. A patrol's
coordinator is called by the chain that keeps anybody from walking alone (`bot.domain.activities.rounds`), not from
here.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain.activities.offers import occurrence_state
from bot.domain.enums import OccurrenceState
from bot.domain.notices.fullness import MeetingState
from bot.domain.time import after_quiet, is_quiet
from bot.services.activities import coordinating, meetings
from bot.services.activities.meetings import Meeting
from storage.models import Organisation, ToldState
from storage.queries import fullness as queries
from storage.queries import town
from storage.work import Work

#: So many meetings, the first to come, are looked at.
_AT_ONCE = 500


async def run(work: Work) -> None:
    """Put a message for each meeting to come whose state is another than was last told (a job)."""
    if await work.session.get(Organisation, 1) is None:
        return
    coming = await queries.to_come(work.session, work.now, _AT_ONCE)
    told = await queries.told(work.session, [row.id for row in coming])
    night = is_quiet(work.now, await town.zone(work.session))
    for meeting in await meetings.of(work, coming):
        last = told.get(meeting.occurrence.id)
        if last is None:
            last = ToldState(occurrence_id=meeting.occurrence.id, state=_empty(meeting))
            work.session.add(last)
        if last.state is not meeting.state and not night:
            last.state = meeting.state
            await _tell(work, meeting)


def _empty(meeting: Meeting) -> OccurrenceState:
    """Return how full a meeting is before anybody signs up: what its coordinator knows without being told."""
    roles = {role: replace(count, taken=0) for role, count in meeting.roles.items()}
    return occurrence_state(meeting.occurrence.kind, roles, called_off=False)


async def _tell(work: Work, meeting: Meeting) -> None:
    occurrence = meeting.occurrence
    for person_id in await coordinating.coordinators(work, occurrence):
        work.put(MeetingState(occurrence.id, person_id), chat=person_id, valid_until=occurrence.starts_at)


async def next_due(work: Work) -> datetime | None:
    """Return the end of the night (UTC) during it, when what changed is told; else None."""
    if await work.session.get(Organisation, 1) is None:
        return None
    here = await town.zone(work.session)
    return after_quiet(work.now, here) if is_quiet(work.now, here) else None


async def stands(work: Work, meeting: Meeting) -> bool:
    """Return whether a meeting is still as its coordinator is about to hear; else the next look tells it."""
    last = await work.session.get(ToldState, meeting.occurrence.id)
    return last is not None and last.state is meeting.state
