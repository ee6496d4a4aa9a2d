"""What is looked at about each round when its time comes: rows with due times, so that a restart forgets none.

15 minutes before the start and at the start walkers get *Ik ben er*; half an hour after it those of a round that nobody
opened are asked once; half an hour after the end those of a round that nobody closed, and 15 minutes later the
coordinator is told. What came late (the bot was down) is judged as it is then.
"""

from datetime import datetime, timedelta

from bot.domain.activities.round_watch import EARLY, looks_at, next_due, next_look
from bot.domain.activities.rounds import MIN_WALKERS
from bot.domain.enums import RoundLook
from bot.domain.notices.rounds import RoundCard, RoundMissing, RoundNotHome, RoundUnclosed
from bot.services.delivery import Undeliverable, undeliverable
from bot.services.rounds.scene import Scene, call_back, leading, show, take
from storage.models import Occurrence, RoundWatch
from storage.queries import activities as activity_queries
from storage.queries import outbox
from storage.queries import rounds as queries
from storage.work import Work

_CHUNK = 100
#: So far ahead a round is planned.
_AHEAD = timedelta(hours=1)
#: A call about a round that nobody closed makes sense so long.
_VALID = timedelta(hours=12)


async def run(work: Work) -> bool:
    """Plan the rounds that come near, and do all looks that are due (a job); return whether there are more."""
    new = await queries.unwatched(work.session, now=work.now, until=work.now + _AHEAD, limit=_CHUNK)
    for occurrence_id in new:
        await _plan(work, occurrence_id)
    await work.session.flush()
    due = await queries.due(work.session, now=work.now, limit=_CHUNK)
    for occurrence_id in due:
        await _look(work, occurrence_id)
    return len(new) == _CHUNK or len(due) == _CHUNK


async def upcoming(work: Work) -> datetime | None:
    """Return when the next look is due (UTC), planned already or not."""
    start = await queries.next_unwatched(work.session, now=work.now)
    times = [await queries.next_due(work.session), None if start is None else max(start - EARLY, work.now)]
    return min((time for time in times if time is not None), default=None)


async def _plan(work: Work, occurrence_id: int) -> None:
    """Begin with the first look; of a round that was moved, what was opened for its earlier time never was."""
    scene = await take(work, occurrence_id)
    if scene is None:
        return
    occurrence = scene.occurrence
    watch = await queries.watch_of(work.session, occurrence_id)
    if watch is None:
        watch = RoundWatch(occurrence_id=occurrence_id)
        work.session.add(watch)
    else:
        call_back(work, scene)
        await queries.forget_opening(work.session, occurrence_id)
    watch.starts_at, watch.look = occurrence.starts_at, RoundLook.ARRIVING
    watch.due_at = looks_at(RoundLook.ARRIVING, occurrence.starts_at, occurrence.ends_at)


async def _look(work: Work, occurrence_id: int) -> None:
    scene = await take(work, occurrence_id)
    watch = await queries.watch_of(work.session, occurrence_id)
    if watch is None or watch.due_at is None or watch.due_at > work.now:
        return
    if scene is None:
        watch.due_at = None  # of no team any more
        return
    occurrence = scene.occurrence
    if occurrence.starts_at != watch.starts_at and work.now < occurrence.starts_at - _AHEAD:
        watch.due_at = None  # moved to another day: it is planned anew when that comes near
        return
    while watch.due_at is not None and watch.due_at <= work.now:
        await _do(work, scene, watch.look)
        following = None if scene.round is not None and not scene.is_open else next_look(watch.look)
        if following is None:
            watch.due_at = None
        else:
            watch.look = following
            watch.due_at = next_due(following, occurrence.starts_at, occurrence.ends_at, work.now)


async def _do(work: Work, scene: Scene, look: RoundLook) -> None:
    match look:
        case RoundLook.ARRIVING | RoundLook.STARTED:
            await _call_walkers(work, scene)
        case RoundLook.MISSING:
            _ask_who_did_not_open(work, scene)
        case RoundLook.UNCLOSED if scene.is_open:
            for who in scene.walkers:
                notice = RoundUnclosed(scene.occurrence.id, scene.at, who)
                work.put(notice, chat=who, valid_until=work.now + _VALID)
        case RoundLook.COORDINATOR if scene.is_open:
            await _call_coordinator(work, scene)
        case _:
            pass


async def _call_coordinator(work: Work, scene: Scene) -> None:
    """Tell the coordinator that walkers do not answer; the worker as well, when the coordinator is one of them."""
    team = await activity_queries.team_of(work.session, scene.occurrence)
    if team is None:
        return
    readers = {team.coordinator_id}
    if team.coordinator_id in scene.walkers:
        readers.update(await leading(work, scene.occurrence))
    for who in sorted(readers):
        notice = RoundNotHome(scene.occurrence.id, scene.at, who)
        work.put(notice, chat=who, valid_until=work.now + _VALID)


@undeliverable
async def call_the_worker(work: Work, failed: Undeliverable) -> None:
    """Tell the worker instead of a coordinator whom the bot can't write to: somebody must know."""
    if not isinstance(failed.notice, RoundNotHome):
        return
    occurrence = await work.session.get(Occurrence, failed.notice.occurrence)
    team = None if occurrence is None else await activity_queries.team_of(work.session, occurrence)
    if occurrence is None or team is None or failed.chat_id != team.coordinator_id:
        return
    for who in await leading(work, occurrence):
        if who != failed.chat_id:
            notice = RoundNotHome(occurrence.id, failed.notice.at, who)
            work.put(notice, chat=who, valid_until=work.now + _VALID)


async def _call_walkers(work: Work, scene: Scene) -> None:
    """Show *Ik ben er* to who walks and did not get it yet."""
    occurrence = scene.occurrence
    if occurrence.called_off_at is not None or occurrence.ends_at <= work.now:
        return
    for who in scene.counted:
        card = RoundCard(occurrence.id, scene.at, who)
        if await outbox.by_key(work.session, card.key) is None:
            show(work, scene, [who], below=True)


def _ask_who_did_not_open(work: Work, scene: Scene) -> None:
    occurrence = scene.occurrence
    if scene.round is not None or occurrence.called_off_at is not None or occurrence.ends_at <= work.now:
        return
    if len(scene.coming) < MIN_WALKERS:
        return  # who is left was told not to go
    for who in sorted(scene.coming):
        work.put(RoundMissing(occurrence.id, scene.at, who), chat=who, valid_until=occurrence.ends_at)
