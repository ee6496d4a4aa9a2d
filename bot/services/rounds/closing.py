"""Closing a round: by either walker, once; an incident is told; and the one line that may stand beside it."""

from collections.abc import Sequence
from enum import StrEnum

from bot import data
from bot.domain.activities.round_lines import Unfit, tidy, unfit
from bot.domain.activities.round_watch import ADD_UNTIL, raises
from bot.domain.enums import RoundOutcome, SignupState
from bot.domain.hours import DEFAULT_HOURS
from bot.domain.notices.rounds import RoundIncident, RoundNotHome
from bot.services.activities import offers
from bot.services.rounds.scene import Scene, leading, look, show, take
from storage.models import Occurrence, Report, Round, RoundFinding
from storage.queries import activities as activity_queries
from storage.queries import outbox, town
from storage.queries import rounds as queries
from storage.work import Work


class Closed(StrEnum):
    """What became of closing a round."""

    DONE = "done"
    RAISED = "raised"
    ALREADY = "already"
    NOT_OPEN = "not_open"
    NOT_THERE = "not_there"


class Added(StrEnum):
    """What became of a line, where the line itself was right."""

    DONE = "done"
    ALREADY = "already"
    TOO_LATE = "too_late"
    NOT_THERE = "not_there"


async def walked_by(work: Work, occurrence_id: int, person_id: int, *, at: int) -> Scene | None:
    """Return a round under its lock, for who walks or walked it; None for everybody else, and for an older time."""
    scene = await take(work, occurrence_id)
    return scene if scene is not None and scene.at == at and person_id in scene.walkers else None


async def close(work: Work, occurrence_id: int, person_id: int, outcome: RoundOutcome, *, at: int) -> Closed:
    """Say how it was: the first of two who do so closes the round; only an incident still counts after that."""
    scene = await walked_by(work, occurrence_id, person_id, at=at)
    if scene is None or scene.round is None:
        open_to = await take(work, occurrence_id)
        return Closed.NOT_OPEN if open_to is not None and person_id in open_to.expected else Closed.NOT_THERE
    walked = scene.round
    if walked.closed_at is not None:
        if not may_raise(work, walked) or not raises(RoundOutcome(walked.outcome or ""), outcome):
            return Closed.ALREADY
        walked.outcome = outcome.value
        await _tell(work, scene)
        return Closed.RAISED
    walked.closed_at, walked.outcome = work.now, outcome.value
    for who in scene.walkers:
        row = scene.expected.get(who)
        if row is not None and row.state is SignupState.PRESENT:
            offers.change(work, row, SignupState.DONE, by=person_id)
    await _tell(work, scene)
    return Closed.DONE


def may_raise(work: Work, walked: Round) -> bool:
    """Return whether a closed round may still become one with an incident, or get its line."""
    return walked.closed_at is not None and work.now < walked.closed_at + ADD_UNTIL


async def _tell(work: Work, scene: Scene) -> None:
    """Let all walkers see that it is closed; an incident is told, and who was called hears that it is closed now.

    A worker hears no sound outside office hours; the coordinator always does.
    """
    await work.session.flush()
    show(work, scene, {*scene.walkers, *scene.counted})
    for person_id in await leading(work, scene.occurrence):
        called = RoundNotHome(scene.occurrence.id, scene.at, person_id)
        if (row := await outbox.by_key(work.session, called.key)) is not None and row.message_id is not None:
            work.put(called, chat=person_id)
    if scene.round is not None and scene.round.outcome == RoundOutcome.INCIDENT:
        team = await activity_queries.team_of(work.session, scene.occurrence)
        at_desk = DEFAULT_HOURS.is_open(work.now, await town.zone(work.session))
        for person_id in await leading(work, scene.occurrence):
            sound = at_desk or team is None or person_id == team.coordinator_id
            work.put(RoundIncident(scene.occurrence.id, scene.at, person_id), chat=person_id, silent=not sound)


async def add_line(work: Work, occurrence_id: int, person_id: int, text: str, *, at: int) -> Added | Unfit:
    """Write the one line of a closed round; what may not stand in it is refused and kept nowhere."""
    scene = await walked_by(work, occurrence_id, person_id, at=at)
    if scene is None or scene.round is None or scene.round.closed_at is None:
        return Added.NOT_THERE
    if not may_raise(work, scene.round):
        return Added.TOO_LATE
    if scene.round.line is not None:
        return Added.ALREADY
    refused = unfit(text, postcodes=data.postcodes())
    if refused is not None:
        return refused
    scene.round.line = tidy(text)
    await _tell(work, scene)
    return Added.DONE


# -- what was found -------------------------------------------------------------------------------------------------


async def found(work: Work, round_id: int, report: Report, person_id: int) -> None:
    """Count a report among what was found on a round, when this person walked it; and show them the round again."""
    walked = await work.session.get(Round, round_id)
    if walked is None or person_id not in walked.walkers or await queries.finding(work.session, report.id) is not None:
        return
    work.session.add(RoundFinding(report_id=report.id, round_id=round_id))
    await work.session.flush()
    await show_again(work, walked.occurrence_id, [person_id])


async def return_to(work: Work, round_id: int, person_id: int) -> None:
    """Show the round again to somebody who turned from it to a report, while they walk it."""
    walked = await work.session.get(Round, round_id)
    if walked is not None and person_id in walked.walkers:
        await show_again(work, walked.occurrence_id, [person_id])


async def show_again(work: Work, occurrence_id: int, people: Sequence[int]) -> None:
    """Show a round that is being walked below all other messages of these walkers."""
    occurrence = await work.session.get(Occurrence, occurrence_id)
    scene = None if occurrence is None else await look(work, occurrence)
    if scene is not None and scene.is_open:
        show(work, scene, people, below=True)
