"""Signing up and leaving: the last place is never sold twice, a late "Ik kan niet" looks for a stand-in.

Every use case locks the occurrence, reads its own rows anew, counts by SQL, and writes. A refusal is a value.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.activities.offers import is_late_cancel, open_until, walks_in
from bot.domain.enums import HOLDING, ActivityKind, Attendance, OfferState, RoleKey, SignupState
from bot.services.activities import guests, offers, reminders, stand_ins, walking
from bot.services.repair_cafe import bringing
from bot.services.repair_cafe.bringing import ItemDraft
from bot.services.rommelroute import sent, stalls
from bot.services.rommelroute.stalls import StallDraft
from storage.models import ActivityRole, Occurrence, Person, RepairItem, Signup, Stall
from storage.queries import activities as activity_queries
from storage.queries import offers as offer_queries
from storage.queries import signups as queries
from storage.queries.locking import locked
from storage.work import Work


class Joined(StrEnum):
    """How asking for a place went."""

    SIGNED_UP = "signed_up"
    WAITING = "waiting"
    ALREADY = "already"
    SLOT_FULL = "slot_full"
    NOT_THERE = "not_there"
    CHANGED = "changed"
    CALLED_OFF = "called_off"
    STARTED = "started"
    CLOSED = "closed"
    UNDER_16 = "under_16"
    NOT_FOR_OTHERS = "not_for_others"


class Left(StrEnum):
    """How giving a place back went."""

    FREED = "freed"
    LEFT_QUEUE = "left_queue"
    SEEKS_STAND_IN = "seeks_stand_in"
    ALREADY = "already"
    CHANGED = "changed"
    STARTED = "started"
    NOT_THERE = "not_there"


@dataclass(frozen=True)
class Extra:
    """What a kind adds to a sign-up: a time slot (UTC; None: walks in), an item to repair, a stall."""

    slot_at: datetime | None = None
    item: ItemDraft | None = None
    stall: StallDraft | None = None


@dataclass(frozen=True)
class JoinResult:
    """How it went; `signup` where there is one, `position` on the waiting list counted from 1."""

    outcome: Joined
    signup: Signup | None = None
    position: int | None = None


async def join(
    work: Work,
    occurrence_id: int,
    person: Person,
    role: RoleKey,
    *,
    version: int | None = None,
    extra: Extra | None = None,
    for_name: str = "",
) -> JoinResult:
    """Take a place in *role*, or a spot on the waiting list; *version* is that of the meeting as it was shown.

    *for_name* is the first name of somebody without Telegram for whom a host or the coordinator does this.
    """
    extra = extra or Extra()
    occurrence = await locked(work.session, Occurrence, occurrence_id)
    settings = None if occurrence is None else await queries.role_of(work.session, occurrence, role)
    if occurrence is None or settings is None or not await may_join(work, occurrence, person):
        return JoinResult(Joined.NOT_THERE)
    if for_name and not await guests.may_bring(work, occurrence, person, role):
        return JoinResult(Joined.NOT_FOR_OTHERS)
    refusal = refuses(work, occurrence, person, role, version, for_name=for_name)
    existing = await queries.of_person(work.session, occurrence_id, person.id, role, for_name)
    if existing is not None and existing.state in HOLDING | {SignupState.WAITING}:
        return await _already(work, existing)
    if refusal is not None:
        return JoinResult(refusal)
    if not await _slot_is_free(work, occurrence, settings, extra.slot_at):
        return JoinResult(Joined.SLOT_FULL)
    gets_place = await offers.may_take_now(work, occurrence, settings)
    signup = existing or Signup(
        occurrence_id=occurrence_id, person_id=person.id, role=role, for_name=for_name, version=0
    )
    signup.seats, signup.gave_back_at = 1, None
    signup.queued_at, signup.slot_at = work.now, extra.slot_at
    signup.attendance = await walking.said_by_signing_up(work, occurrence)
    offers.change(work, signup, SignupState.SIGNED_UP if gets_place else SignupState.WAITING, by=person.id)
    work.session.add(signup)
    await work.session.flush()
    await _keep(work, signup, extra)
    await reminders.replan(work, signup)
    if gets_place:
        await walking.came_along(work, occurrence)
        return JoinResult(Joined.SIGNED_UP, signup)
    return JoinResult(Joined.WAITING, signup, await queries.position(work.session, signup))


async def rejoin(work: Work, signup_id: int, person: Person, *, version: int) -> JoinResult:
    """*Toch wel*: take the place of a sign-up that was given back, with the item, stall or time of then."""
    signup = await work.session.get(Signup, signup_id)
    if signup is None or signup.person_id != person.id:
        return JoinResult(Joined.NOT_THERE)
    if signup.version != version and signup.state not in HOLDING | {SignupState.WAITING}:
        return JoinResult(Joined.CHANGED, signup)
    extra = Extra(slot_at=signup.slot_at)
    return await join(work, signup.occurrence_id, person, signup.role, extra=extra, for_name=signup.for_name)


async def may_join(work: Work, occurrence: Occurrence, person: Person) -> bool:
    """Return whether this meeting exists for this person: a patrol shift only for who may walk it."""
    if occurrence.kind is not ActivityKind.PATROL and occurrence.team_id is None:
        return True
    return await activity_queries.may_take_shift(work.session, occurrence.id, person.id)


async def has_place(work: Work, occurrence_id: int, person_id: int, role: RoleKey) -> bool:
    """Return whether somebody has a place in this role, or waits for one."""
    row = await queries.of_person(work.session, occurrence_id, person_id, role)
    return row is not None and row.state in HOLDING | {SignupState.WAITING}


def refuses(
    work: Work, occurrence: Occurrence, person: Person, role: RoleKey, version: int | None, *, for_name: str = ""
) -> Joined | None:
    """Return why nobody, or not this person, can sign up now (somebody *for_name*); None when it is possible.

    Who walks in does so during the meeting too, whatever its deadline was.
    """
    if occurrence.called_off_at is not None:
        return Joined.CALLED_OFF
    if is_over_for(work, occurrence, role):
        return Joined.STARTED
    if role is RoleKey.STALL and person.under_16 and not for_name:
        return Joined.UNDER_16
    if occurrence.deadline_at is not None and occurrence.deadline_at <= work.now < occurrence.starts_at:
        return Joined.CLOSED
    return Joined.CHANGED if version is not None and version != occurrence.version else None


def is_over_for(work: Work, occurrence: Occurrence, role: RoleKey) -> bool:
    """Return whether it is too late to sign up, or to say *Ik kan niet*, in this role."""
    return open_until(occurrence.kind, role, occurrence.starts_at, occurrence.ends_at) <= work.now


async def _already(work: Work, signup: Signup) -> JoinResult:
    waits = signup.state is SignupState.WAITING
    return JoinResult(Joined.ALREADY, signup, await queries.position(work.session, signup) if waits else None)


async def _slot_is_free(work: Work, occurrence: Occurrence, role: ActivityRole, slot_at: datetime | None) -> bool:
    """Return whether a visitor may have this time slot; walking in is always possible."""
    if slot_at is None:
        return True
    if not walks_in(occurrence.kind, role.role):
        return False
    return slot_at in [slot.starts_at for slot in await bringing.free_slots(work, occurrence, role)]


async def _keep(work: Work, signup: Signup, extra: Extra) -> None:
    """Write what the kind adds, over what an earlier sign-up of the same person left."""
    if extra.item is not None:
        row = await queries.repair_item(work.session, signup.id) or RepairItem(signup_id=signup.id)
        row.item_type, row.category, row.skill = extra.item.item_type, extra.item.category, extra.item.skill
        row.brand, row.fault, row.photo = extra.item.brand, extra.item.fault, extra.item.photo
        work.session.add(row)
    if extra.stall is not None:
        stall = await queries.stall(work.session, signup.id) or Stall(signup_id=signup.id)
        stalls.write(stall, extra.stall)
        work.session.add(stall)
    await work.session.flush()


@dataclass(frozen=True)
class Mine:
    """A person's own sign-up with its meeting, under the lock of the meeting."""

    signup: Signup
    occurrence: Occurrence


async def own(work: Work, signup_id: int, person_id: int) -> Mine | None:
    """Lock the meeting of one's own sign-up and return both as they are now; None for somebody else's, or none."""
    seen = await work.session.get(Signup, signup_id)
    if seen is None or seen.person_id != person_id:
        return None
    occurrence = await locked(work.session, Occurrence, seen.occurrence_id)
    signup = await queries.anew(work.session, signup_id)
    if occurrence is None or signup is None:
        return None
    if await activity_queries.visible(work.session, occurrence.id, person_id) is None:
        return None
    return Mine(signup, occurrence)


async def leave(work: Work, signup_id: int, person_id: int, *, version: int) -> tuple[Left, Mine | None]:
    """*Ik kan niet*: free the place and offer it, or (late, for who is counted on) look for a stand-in."""
    mine = await own(work, signup_id, person_id)
    if mine is None:
        return Left.NOT_THERE, None
    signup, occurrence = mine.signup, mine.occurrence
    refusal = _refuses_leaving(work, mine, version)
    if refusal is not None:
        return refusal, mine
    if signup.state is SignupState.WAITING:
        offers.change(work, signup, SignupState.CANCELLED, by=person_id)
        return Left.LEFT_QUEUE, mine
    if signup.state is SignupState.OFFERED:
        offer = await offer_queries.pending_offer_of(work.session, signup.id)
        if offer is not None:
            offers.close(work, offer, signup, OfferState.DECLINED, SignupState.CANCELLED)
        await offers.fill(work, occurrence)
        return Left.LEFT_QUEUE, mine
    if is_late_cancel(signup.role, occurrence.starts_at, work.now) and occurrence.called_off_at is None:
        offers.change(work, signup, SignupState.SEEKS_STAND_IN, by=person_id)
        await reminders.drop(work, [signup])
        await reminders.follow(work, signup)
        await stand_ins.seek(work, signup, occurrence)
        await walking.dropped_out(work, occurrence, asked=True)
        return Left.SEEKS_STAND_IN, mine
    offers.change(work, signup, SignupState.CANCELLED, by=person_id)
    await reminders.drop(work, [signup])
    await reminders.follow(work, signup)
    await offers.fill(work, occurrence)
    if signup.role is RoleKey.STALL:
        await work.session.flush()
        await sent.changed(work, occurrence)
    return Left.FREED, mine


def _refuses_leaving(work: Work, mine: Mine, version: int) -> Left | None:
    if mine.signup.state not in queries.OPEN:
        return Left.ALREADY
    if is_over_for(work, mine.occurrence, mine.signup.role) or mine.signup.state is SignupState.PRESENT:
        return Left.STARTED
    if mine.signup.state is SignupState.SEEKS_STAND_IN:
        return Left.ALREADY
    return Left.CHANGED if mine.signup.version != version else None


class Came(StrEnum):
    """How saying "Ik kom" went."""

    COMING = "coming"
    NO_PLACE = "no_place"
    STARTED = "started"
    CALLED_OFF = "called_off"
    NOT_THERE = "not_there"


async def confirm(work: Work, signup_id: int, person_id: int, *, version: int) -> tuple[Came, Mine | None]:
    """*Ik kom*: note it; who looked for a stand-in that nobody became yet has the place back."""
    mine = await own(work, signup_id, person_id)
    if mine is None:
        return Came.NOT_THERE, None
    signup, occurrence = mine.signup, mine.occurrence
    if occurrence.called_off_at is not None:
        return Came.CALLED_OFF, mine
    if occurrence.starts_at <= work.now:
        return Came.STARTED, mine
    if signup.state is SignupState.SEEKS_STAND_IN and signup.version == version:
        offers.change(work, signup, SignupState.SIGNED_UP, by=person_id)
        await reminders.replan(work, signup)
        await reminders.follow(work, signup)
    if signup.state is SignupState.PRESENT:
        return Came.COMING, mine
    if signup.state is not SignupState.SIGNED_UP:
        return Came.NO_PLACE, mine
    signup.attendance = Attendance.COMING
    await walking.came_along(work, occurrence)
    return Came.COMING, mine
