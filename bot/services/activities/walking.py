"""Who walks a round: counting who said yes, and telling who is left alone. Called under the lock of the round.

Source: Buurtpreventie, "Never alone". The steps before are done by `bot.services.patrol.chain`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.activities.rounds import MIN_WALKERS, chain, drop_out_leaves_alone, signing_up_is_yes
from bot.domain.enums import ActivityKind, Attendance, SignupState
from bot.domain.notices.patrol import NotAlone, NowAlone, WalkersWanted, WhoWalks
from bot.domain.notices.rounds import RoundCard, RoundCardBelow
from storage.models import Occurrence, RoundChain, Signup
from storage.queries import activities as activity_queries
from storage.queries import outbox, town
from storage.queries import patrol as queries
from storage.queries import rounds as round_queries
from storage.queries import signups as signup_queries
from storage.work import Work


@dataclass(frozen=True)
class Walkers:
    """Who said yes to a round, and who signed up without a word since. Nobody without a VOG counts."""

    yes: Sequence[Signup]
    silent: Sequence[Signup]

    @property
    def enough(self) -> bool:
        """Whether nobody would walk alone."""
        return len(self.yes) >= MIN_WALKERS


async def of_round(work: Work, occurrence: Occurrence) -> Walkers:
    """Return who walks a round, of those who may; who said at the round itself not to come does not."""
    await work.session.flush()
    cleared = set(await activity_queries.cleared_members(work.session, occurrence.team_id or 0))
    cleared -= await round_queries.denied(work.session, occurrence)
    rows = [
        row
        for row in await signup_queries.of_occurrence(work.session, occurrence.id)
        if row.state in (SignupState.SIGNED_UP, SignupState.PRESENT) and row.person_id in cleared
    ]
    yes = [row for row in rows if row.attendance is Attendance.COMING or row.state is SignupState.PRESENT]
    return Walkers(yes, [row for row in rows if row not in yes])


async def said_by_signing_up(work: Work, occurrence: Occurrence) -> Attendance:
    """Return whether taking a place now says that one comes: to a round after the question of the evening before."""
    if occurrence.kind is not ActivityKind.PATROL:
        return Attendance.UNKNOWN
    times = chain(occurrence.starts_at, await town.zone(work.session))
    return Attendance.COMING if signing_up_is_yes(times, work.now) else Attendance.UNKNOWN


async def mark_of(work: Work, occurrence: Occurrence) -> RoundChain:
    """Return what is noted of a round; one that was not noted yet counts as planned now."""
    await work.session.flush()
    mark = await queries.chain_of(work.session, occurrence.id)
    if mark is None:
        mark = RoundChain(occurrence_id=occurrence.id, planned_at=work.now)
        work.session.add(mark)
    return mark


async def planned_anew(work: Work, occurrence: Occurrence) -> None:
    """A round got another time: nobody said yes to that one yet, and everything is asked again in time."""
    if not _is_round(occurrence):
        return
    mark = await mark_of(work, occurrence)
    mark.planned_at = work.now
    mark.others_at = mark.staff_at = mark.settled_at = mark.alone_at = None
    for row in await signup_queries.of_occurrence(work.session, occurrence.id):
        row.attendance = Attendance.UNKNOWN
    await work.session.flush()
    await show_again(work, occurrence)


async def dropped_out(work: Work, occurrence: Occurrence, *, asked: bool = False) -> None:
    """Somebody walks no more: after the moment of calling off, who is left alone hears it at once, on the way too.

    Who signed up without a word is asked; before the start the round is made sure of once more, down to calling it
    off when it starts. *asked*: the other members were asked for that place already.
    """
    if not _is_round(occurrence) or occurrence.called_off_at is not None or occurrence.ends_at <= work.now:
        return
    await show_again(work, occurrence)
    if await round_queries.is_over(work.session, occurrence):
        return
    walkers = await of_round(work, occurrence)
    times = chain(occurrence.starts_at, await town.zone(work.session))
    if not drop_out_leaves_alone(times, work.now, left=len(walkers.yes)):
        return
    mark = await mark_of(work, occurrence)
    mark.alone_at = work.now
    for row in walkers.yes:
        alone = NowAlone(occurrence.id, int(work.now.timestamp()), row.person_id)
        work.put(alone, chat=row.person_id, valid_until=occurrence.ends_at)
    if occurrence.starts_at <= work.now:
        return
    for row in walkers.silent:
        wanted = WalkersWanted(occurrence.id, occurrence.sequence, row.person_id)
        work.put(wanted, chat=row.person_id, valid_until=occurrence.starts_at)
    mark.planned_at, mark.settled_at = work.now, None
    if asked:
        mark.others_at = work.now


async def came_along(work: Work, occurrence: Occurrence) -> None:
    """Somebody said yes: who was told to be alone hears that it is not so any more."""
    if not _is_round(occurrence) or occurrence.called_off_at is not None:
        return
    await work.session.flush()
    await show_again(work, occurrence)
    mark = await queries.chain_of(work.session, occurrence.id)
    if mark is None or mark.alone_at is None:
        return
    walkers = await of_round(work, occurrence)
    if not walkers.enough:
        return
    since, mark.alone_at = int(mark.alone_at.timestamp()), None
    for row in walkers.yes:
        told = NowAlone(occurrence.id, since, row.person_id)
        if await outbox.by_key(work.session, told.key) is not None:
            good = NotAlone(occurrence.id, int(work.now.timestamp()), row.person_id)
            work.put(good, chat=row.person_id, valid_until=occurrence.ends_at)


async def show_again(work: Work, occurrence: Occurrence) -> None:
    """Draw again, without a sound, what stands with people about who walks: the question that a round began with, and
    what walkers of one that begins or is walked have in their hands.
    """
    if not _is_round(occurrence):
        return
    await work.flush()
    call = await queries.call_of(work.session, occurrence.id)
    for key in [] if call is None else await signup_queries.shown(work.session, (WhoWalks.kind,), call):
        question = WhoWalks.from_key(key)
        work.put(question, chat=question.person, valid_until=occurrence.ends_at, silent=True)
    kinds = (RoundCard.kind, RoundCardBelow.kind)
    for key in await signup_queries.shown(work.session, kinds, occurrence.id):
        card = RoundCard.from_key(key)
        work.put(card, chat=card.person)


def _is_round(occurrence: Occurrence) -> bool:
    return occurrence.kind is ActivityKind.PATROL and occurrence.team_id is not None
