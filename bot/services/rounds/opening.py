"""Opening a round: two members say *Ik ben er*, or one says so and names the second, who may say no.

Everything is judged under the lock of the shift. Source: Buurtpreventie, "hard rules".
"""

from collections.abc import Sequence
from enum import StrEnum

from bot.domain.activities.round_watch import may_arrive
from bot.domain.activities.rounds import MIN_WALKERS, opens
from bot.domain.enums import Attendance, OfferState, RoleKey, SignupState
from bot.domain.notices.rounds import RoundAlone
from bot.services.activities import offers, signups, walking
from bot.services.rounds.scene import Scene, call_back, show, take
from storage.models import Round, RoundArrival, Signup
from storage.queries import activities as activity_queries
from storage.queries import offers as offer_queries
from storage.queries import rounds as queries
from storage.queries import signups as signup_queries
from storage.work import Work


class Arrived(StrEnum):
    """What became of *Ik ben er*, of naming the second, or of saying that one is not there."""

    THERE = "there"
    OPEN = "open"
    GONE = "gone"
    TOO_EARLY = "too_early"
    OVER = "over"
    CLOSED = "closed"
    MOVED = "moved"
    CALLED_OFF = "called_off"
    NOT_THERE = "not_there"


async def arrive(work: Work, occurrence_id: int, person_id: int, *, at: int) -> Arrived:
    """Say that one is there; the second who does opens the round, a later one joins it.

    *at* is the start that was shown, in seconds since 1970. NOT_THERE for who may not walk, or did not sign up.
    """
    scene = await take(work, occurrence_id)
    refused = _refuses(work, scene, person_id, at)
    if scene is None or refused is not None:
        return refused or Arrived.NOT_THERE
    await _note(work, scene, person_id, named_by=None)
    own = scene.expected[person_id]
    own.attendance = Attendance.COMING
    if own.state is SignupState.SEEKS_STAND_IN:
        offers.change(work, own, SignupState.SIGNED_UP, by=person_id)
    return await _go_on(work, scene, by=person_id)


async def name(work: Work, occurrence_id: int, person_id: int, second: int, *, at: int) -> Arrived:
    """Say that *second* is there too: that opens the round, and *second* hears it.

    Somebody who signed up as well, or before the round is open any member who may walk (`others`).
    """
    scene = await take(work, occurrence_id)
    refused = _refuses(work, scene, person_id, at)
    if scene is None or refused is not None:
        return refused or Arrived.NOT_THERE
    if person_id not in scene.arrived:
        return Arrived.NOT_THERE
    if second not in scene.absent:
        if scene.is_open or second not in await others(work, scene):
            return Arrived.OPEN if scene.is_open else Arrived.THERE
        await _take_along(work, scene, second, by=person_id)
    await _note(work, scene, second, named_by=person_id)
    return await _go_on(work, scene, by=person_id)


async def others(work: Work, scene: Scene) -> Sequence[int]:
    """Return who may walk but did not sign up: somebody may come along unplanned. Nobody when all places are taken."""
    occurrence = scene.occurrence
    settings = await signup_queries.role_of(work.session, occurrence, RoleKey.WALKER)
    held = await signup_queries.held(work.session, occurrence.id, RoleKey.WALKER)
    if settings is None or (settings.maximum is not None and held >= settings.maximum):
        return []
    cleared = await activity_queries.cleared_members(work.session, occurrence.team_id or 0)
    return [who for who in cleared if who not in scene.expected and who not in scene.arrivals]


async def _take_along(work: Work, scene: Scene, second: int, *, by: int) -> None:
    """Give a place to somebody who came along unplanned; an offer of one is taken by that."""
    row = await signup_queries.of_person(work.session, scene.occurrence.id, second, RoleKey.WALKER)
    offer = None if row is None else await offer_queries.pending_offer_of(work.session, row.id)
    if row is not None and offer is not None:
        offers.close(work, offer, row, OfferState.ACCEPTED, SignupState.SIGNED_UP)
    else:
        row = row or Signup(occurrence_id=scene.occurrence.id, person_id=second, role=RoleKey.WALKER, version=0)
        row.queued_at, row.seats = work.now, 1
        offers.change(work, row, SignupState.SIGNED_UP, by=by)
        work.session.add(row)
    row.attendance = Attendance.COMING
    await work.session.flush()


async def deny(work: Work, occurrence_id: int, person_id: int, *, at: int) -> Arrived:
    """Say that one is not there, or goes no more: fewer than two are left, then the round is not open any more.

    Who is left hears it at once. Before the start it is the same as *Ik kan niet*. In an open round only who was named
    by another may say so (OPEN for who tapped *Ik ben er* themselves); a round that was closed stays as it is.
    """
    scene = await take(work, occurrence_id)
    if scene is None or (person_id not in scene.expected and person_id not in scene.walkers):
        return Arrived.NOT_THERE
    if scene.at != at:
        return Arrived.MOVED
    if scene.round is not None and scene.round.closed_at is not None:
        return Arrived.CLOSED
    if person_id not in scene.walkers:
        await _does_not_come(work, scene, person_id)
        return Arrived.GONE
    row = scene.arrivals.get(person_id)
    if row is None or row.named_by is None:
        return Arrived.OPEN  # who said so themselves is walking: they close the round
    row.denied_at = work.now
    signup = scene.expected.get(person_id)
    if signup is not None and signup.state is SignupState.PRESENT:
        offers.change(work, signup, SignupState.SIGNED_UP, by=person_id)
    await work.session.flush()
    await _walk_on_without(work, scene, person_id)
    return Arrived.GONE


async def _does_not_come(work: Work, scene: Scene, person_id: int) -> None:
    """Take a walker out who is not on the way: others are asked for the place, once it began who is left hears it."""
    signup = scene.expected[person_id]
    if scene.occurrence.starts_at > work.now:
        await signups.leave(work, signup.id, person_id, version=signup.version)
        return
    await _note(work, scene, person_id, named_by=None)
    (await _again(work, scene)).arrivals[person_id].denied_at = work.now
    await work.session.flush()
    await walking.dropped_out(work, scene.occurrence)


async def _walk_on_without(work: Work, scene: Scene, person_id: int) -> None:
    """Let an open round go on without somebody who was never there; with fewer than two it was not opened."""
    walked, left = scene.round, [who for who in scene.walkers if who != person_id]
    if walked is None:
        return
    if len(left) >= MIN_WALKERS:
        walked.walkers = left
    else:
        await work.session.delete(walked)
        call_back(work, scene)
        for who in left:
            alone = RoundAlone(scene.occurrence.id, scene.at, who, int(work.now.timestamp()))
            work.put(alone, chat=who, valid_until=scene.occurrence.ends_at)
    await work.session.flush()
    show(work, scene, {*scene.arrived, *left} - {person_id})


def _refuses(work: Work, scene: Scene | None, person_id: int, at: int) -> Arrived | None:
    """Return why nobody, or not this person, can be there now."""
    if scene is None or person_id not in scene.expected:
        return Arrived.NOT_THERE
    occurrence = scene.occurrence
    if scene.at != at:
        return Arrived.MOVED
    if scene.round is not None and scene.round.closed_at is not None:
        return Arrived.CLOSED
    if occurrence.called_off_at is not None:
        return Arrived.CALLED_OFF
    if may_arrive(occurrence.starts_at, occurrence.ends_at, work.now):
        return None
    return Arrived.TOO_EARLY if work.now < occurrence.starts_at else Arrived.OVER


async def _note(work: Work, scene: Scene, person_id: int, *, named_by: int | None) -> None:
    """Note that somebody is there; by themselves it is certain."""
    rows = {row.person_id: row for row in await queries.arrivals(work.session, scene.occurrence.id)}
    row = rows.get(person_id) or RoundArrival(occurrence_id=scene.occurrence.id, person_id=person_id)
    if person_id not in scene.arrived:
        row.at = work.now
    row.starts_at, row.named_by, row.denied_at = scene.occurrence.starts_at, named_by, None
    work.session.add(row)
    await work.session.flush()


async def _again(work: Work, scene: Scene) -> Scene:
    found = await take(work, scene.occurrence.id)
    if found is None:
        raise LookupError("a locked shift is gone")
    return found


async def _go_on(work: Work, scene: Scene, *, by: int) -> Arrived:
    """Open the round when two are there, let a later one join; all who are there see it."""
    scene = await _again(work, scene)
    named = [who for who in scene.arrived if scene.arrivals[who].named_by is not None]
    if scene.round is None and not opens(arrived=len(scene.arrived) - len(named), named=len(named)):
        await walking.came_along(work, scene.occurrence)
        show(work, scene, scene.counted)
        return Arrived.THERE
    (await walking.mark_of(work, scene.occurrence)).alone_at = None
    before = set(scene.walkers)
    walked = scene.round
    if walked is None:
        await queries.forget_round(work.session, scene.occurrence.id)  # one of an earlier time, if any
        walked = Round(occurrence_id=scene.occurrence.id, opened_at=work.now, opened_by=by, walkers=[])
        work.session.add(walked)
    walked.walkers = [*scene.walkers, *(who for who in scene.arrived if who not in before)]
    for who in scene.arrived:
        row = scene.expected[who]
        row.attendance = Attendance.COMING
        if row.state is not SignupState.PRESENT:
            offers.change(work, row, SignupState.PRESENT, by=by)
    await work.session.flush()
    show(work, scene, set(scene.counted) - {by})
    show(work, scene, {who for who in scene.arrived if who not in before} - {by}, below=True)
    show(work, scene, [by])
    return Arrived.OPEN
