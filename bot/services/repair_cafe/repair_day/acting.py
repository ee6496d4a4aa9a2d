"""What hosts do on the day: come, called, done, and taking each of them back.

Every use case locks the meeting, reads the visitor anew, judges the version that was shown, and writes; so of two
hosts who tap at once one does it and the other is told.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.activities.repairing import UNKNOWN_ITEM, RepairOutcome, RepairReason, Stage
from bot.domain.enums import WALKED_IN, RoleKey, SignupState
from bot.services.activities import attendance, offers
from bot.services.repair_cafe import bringing
from bot.services.repair_cafe.bringing import ItemDraft
from bot.services.repair_cafe.repair_day.looking import Answer, Done, Visit, look, may_run, may_stop, visits
from bot.services.repair_cafe.repair_day.telling import plan_post, tell
from storage.ids import new_id
from storage.models import Occurrence, RepairItem, Signup
from storage.queries import repair as queries
from storage.queries.locking import locked
from storage.work import Work

#: What a tap does to what was brought.
Change = Callable[[RepairItem], None]
#: From how far a visitor is, to which attendance (None: as it is); a stage that is not there: too late.
Moves = Mapping[Stage, SignupState | None]


async def _act(work: Work, signup_id: int, person_id: int, version: int, moves: Moves, change: Change) -> Answer:
    """Change a visitor as shown, under the lock of the meeting."""
    seen = await work.session.get(Signup, signup_id)
    occurrence = None if seen is None else await locked(work.session, Occurrence, seen.occurrence_id)
    answer = await look(work, signup_id, person_id)
    if occurrence is None or answer.visit is None:
        return answer
    visit, before = answer.visit, answer.visit.stage
    if visit.signup.version != version or before not in moves:
        return replace(answer, done=Done.CHANGED)
    to = moves[before]
    if to is None:
        visit.signup.version += 1
    elif to is SignupState.CANCELLED:
        offers.change(work, visit.signup, to, by=person_id)
    elif not attendance.put(work, visit.signup, occurrence, to, by=person_id):
        return replace(answer, done=Done.CLOSED)
    item = visit.item or RepairItem(signup_id=signup_id, item_type=UNKNOWN_ITEM)
    change(item)
    work.session.add(item)
    await work.session.flush()
    await tell(work, occurrence, Visit(visit.signup, item), before=before)
    return Answer(Done.DONE, Visit(visit.signup, item), occurrence)


async def arrive(work: Work, signup_id: int, person_id: int, *, version: int) -> Answer:
    """*Aangekomen*: give the next number of the day; who left gets the old one back."""
    seen = await work.session.get(Signup, signup_id)
    if seen is not None:
        await locked(work.session, Occurrence, seen.occurrence_id)
    number = 0 if seen is None else 1 + await queries.last_number(work.session, seen.occurrence_id)

    def change(item: RepairItem) -> None:
        item.queue_number = item.queue_number or number

    moves = dict.fromkeys((Stage.EXPECTED, Stage.NO_SHOW, Stage.LEFT), SignupState.PRESENT)
    return await _act(work, signup_id, person_id, version, moves, change)


async def undo_arrival(work: Work, signup_id: int, person_id: int, *, version: int) -> Answer:
    """Take *aangekomen*, or *niet gekomen*, back; a number that nobody heard may be given again.

    Somebody without Telegram who was put on the list by mistake is not expected: they are off it.
    """

    def change(item: RepairItem) -> None:
        item.queue_number = None

    stages = {Stage.WAITING, Stage.NO_SHOW} if await _sees_attendance(work, signup_id, person_id) else {Stage.WAITING}
    seen = await work.session.get(Signup, signup_id)
    walked_in = seen is not None and seen.person_id == WALKED_IN
    moves = dict.fromkeys(stages, SignupState.CANCELLED if walked_in else SignupState.SIGNED_UP)
    return await _act(work, signup_id, person_id, version, moves, change)


async def call(work: Work, signup_id: int, person_id: int, *, version: int) -> Answer:
    """*Aan de beurt*: the visitor hears it, with sound."""

    def change(item: RepairItem) -> None:
        item.called_at = work.now

    return await _act(work, signup_id, person_id, version, {Stage.WAITING: None}, change)


async def undo_call(work: Work, signup_id: int, person_id: int, *, version: int) -> Answer:
    """Back to waiting: from being helped, or from done (what was written of it goes)."""

    def change(item: RepairItem) -> None:
        item.called_at = item.outcome = item.outcome_reason = None

    moves = {Stage.TURN: None, Stage.DONE: SignupState.PRESENT}
    return await _act(work, signup_id, person_id, version, moves, change)


async def finish(work: Work, signup_id: int, person_id: int, outcome: RepairOutcome, *, version: int) -> Answer:
    """*Klaar*, with how it went; also the correction of it."""

    def change(item: RepairItem) -> None:
        item.outcome, item.outcome_reason = outcome.value, None

    moves = {Stage.WAITING: SignupState.DONE, Stage.TURN: SignupState.DONE, Stage.DONE: None}
    return await _act(work, signup_id, person_id, version, moves, change)


async def give_reason(
    work: Work, signup_id: int, person_id: int, reason: RepairReason | None, *, version: int
) -> Answer:
    """Note why it did not go (all the way), or that there is no reason."""

    def change(item: RepairItem) -> None:
        fixed = item.outcome in (None, RepairOutcome.FIXED)
        item.outcome_reason = None if reason is None or fixed else reason.value

    return await _act(work, signup_id, person_id, version, {Stage.DONE: None}, change)


async def leave(work: Work, signup_id: int, person_id: int, *, version: int) -> Answer:
    """*Eerder weg*: the visitor went before it was done."""

    def change(item: RepairItem) -> None:
        item.called_at = None

    moves = dict.fromkeys((Stage.WAITING, Stage.TURN), SignupState.LEFT_EARLY)
    return await _act(work, signup_id, person_id, version, moves, change)


async def stop(work: Work, occurrence_id: int, person_id: int) -> tuple[Done, int]:
    """*Wij stoppen*: who still waits is not helped any more, and reads it; return how many these are."""
    occurrence = await locked(work.session, Occurrence, occurrence_id)
    if occurrence is None or not await may_run(work, occurrence, person_id):
        return Done.NOT_THERE, 0
    if not may_stop(work, occurrence):
        return Done.CLOSED, 0
    waiting = [visit for visit in await visits(work, occurrence.id) if visit.stage is Stage.WAITING]
    for visit in waiting:  # nobody moves up in the queue by it: all who wait go
        attendance.put(work, visit.signup, occurrence, SignupState.LEFT_EARLY, by=person_id)
        await tell(work, occurrence, visit, before=Stage.LEFT)
    return Done.DONE, len(waiting)


async def no_show(work: Work, signup_id: int, person_id: int, *, version: int) -> Answer:
    """*Niet gekomen*; only who looks after the meeting keeps attendance, so a host can't say this."""
    if not await _sees_attendance(work, signup_id, person_id):
        return Answer(Done.NOT_THERE)

    def change(item: RepairItem) -> None:
        item.queue_number = None

    return await _act(work, signup_id, person_id, version, {Stage.EXPECTED: SignupState.NO_SHOW}, change)


async def _sees_attendance(work: Work, signup_id: int, person_id: int) -> bool:
    """Return whether somebody may say, and read, that this visitor did not come."""
    occurrence = (await look(work, signup_id, person_id)).occurrence
    return occurrence is not None and await attendance.may_see(work, occurrence, person_id)


async def walk_in(work: Work, occurrence_id: int, person_id: int, draft: ItemDraft) -> Answer:
    """Put somebody without Telegram on the list, with the next number; no name is asked."""
    occurrence = await locked(work.session, Occurrence, occurrence_id)
    if occurrence is None or not await may_run(work, occurrence, person_id):
        return Answer(Done.NOT_THERE)
    signup = Signup(
        occurrence_id=occurrence.id,
        person_id=WALKED_IN,
        role=RoleKey.VISITOR,
        for_name=f"binnen-{new_id()}",
        state=SignupState.PRESENT,
        queued_at=work.now,
        changed_at=work.now,
        changed_by=person_id,
    )
    work.session.add(signup)
    await work.session.flush()
    number = 1 + await queries.last_number(work.session, occurrence.id)
    item = RepairItem(
        signup_id=signup.id,
        item_type=draft.item_type,
        category=draft.category,
        skill=draft.skill,
        queue_number=number,
    )
    work.session.add(item)
    await work.session.flush()
    await plan_post(work, occurrence)
    return Answer(Done.DONE, Visit(signup, item), occurrence)


async def change_item(work: Work, signup_id: int, person_id: int, draft: ItemDraft, *, version: int) -> Answer:
    """Write down what was really brought; what was told of another thing goes."""

    def change(item: RepairItem) -> None:
        if item.item_type != draft.item_type:
            item.brand = item.fault = item.photo = None
        item.item_type, item.category, item.skill = draft.item_type, draft.category, draft.skill

    moves: Moves = dict.fromkeys(set(Stage) - {Stage.AWAY})
    return await _act(work, signup_id, person_id, version, moves, change)


def as_item(name: str) -> ItemDraft:
    """Return a type of item, from the table where it is known."""
    known = bringing.known(name)
    return ItemDraft(name, known.category if known else None, known.skill if known else None)
