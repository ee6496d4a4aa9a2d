"""Drawing what activities say: reminders, offers, stand-ins, moved, called off; judged again when it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.activities.offers import walks_in
from bot.domain.activities.reminders import put_off
from bot.domain.enums import ActivityKind, Attendance, OfferState, SignupState
from bot.domain.notices.activities import (
    CalledOff,
    FreePlace,
    Moved,
    NoStandIn,
    PlaceOffered,
    ReminderAnswered,
    SignupReminder,
    StandInFound,
    StandInWanted,
)
from bot.domain.time import after_quiet, is_quiet
from bot.services.activities import reminders
from bot.texts import activities as activity_texts
from bot.texts import reminders as texts
from bot.texts import signing as along_texts
from bot.texts import signups as signup_texts
from handlers.activities.buttons import (
    Again,
    Coming,
    NotComing,
    OfferNo,
    OfferYes,
    OpenMeeting,
    ReminderNo,
    ReminderYes,
    TakeFree,
    TakeOver,
)
from handlers.context import keys
from handlers.views.activities.calendar import file_message
from handlers.views.drawing import Drawing, Drawn, Later, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Activity, Occurrence, Offer, Person, Signup
from storage.queries import activities as activity_queries
from storage.queries import signups as queries


@dataclass(frozen=True)
class Scene:
    """A sign-up with its meeting, as they are now."""

    signup: Signup
    occurrence: Occurrence
    activity: Activity

    def when(self, reading: Reading) -> str:
        """Day and times of the meeting."""
        return _when(self.occurrence, reading)


def _when(occurrence: Occurrence, reading: Reading) -> str:
    return activity_texts.span(reading.t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at)


async def _scene(reading: Reading, signup_id: int) -> Scene | None:
    found = await queries.with_meeting(reading.work.session, signup_id)
    return None if found is None else Scene(*found)


async def _coming_scene(reading: Reading, signup_id: int) -> Scene | NotAnyMore:
    """Return a sign-up for a meeting that is still to come and that its person may (still) know of."""
    scene = await _scene(reading, signup_id)
    if scene is None:
        return NotAnyMore("gone")
    if scene.occurrence.called_off_at is not None:
        return NotAnyMore("called_off")
    if scene.occurrence.starts_at <= reading.now:
        return NotAnyMore("started")
    return scene


async def _may_know(reading: Reading, occurrence: Occurrence, person_id: int) -> bool:
    return await activity_queries.visible(reading.work.session, occurrence.id, person_id) is not None


@view(SignupReminder)
async def signup_reminder(notice: SignupReminder, reading: Reading) -> Drawn:
    """Ask whether somebody comes, unless there is nothing to ask (any more)."""
    scene = await _coming_scene(reading, notice.signup)
    if isinstance(scene, NotAnyMore):
        return scene
    signup, occurrence = scene.signup, scene.occurrence
    person = await reading.work.session.get(Person, signup.person_id)
    if person is None or signup.state is not SignupState.SIGNED_UP:
        return NotAnyMore("cancelled")
    if not await _may_know(reading, occurrence, signup.person_id):
        return NotAnyMore("not_allowed")
    if not await reminders.still_wanted(reading.work, signup, occurrence, notice.lead, person.reminders):
        return NotAnyMore("not_planned")
    if occurrence.kind is ActivityKind.PATROL and signup.attendance is Attendance.COMING:
        return NotAnyMore("answered")
    if (morning := put_off(occurrence.starts_at, reading.now, reading.t.zone)) is not None:
        return Later(morning)
    text = texts.reminder(
        reading.t,
        title=scene.activity.title,
        starts_at=occurrence.starts_at,
        when=scene.when(reading),
        place=occurrence.place or scene.activity.place,
        now=reading.now,
        role=signup.role,
        slot_at=signup.slot_at,
    )
    lead = notice.lead.replace(":", ".")
    yes = (signup_texts.coming_key(reading.t, role=signup.role), ReminderYes(signup.id, signup.version, lead))
    no = (signup_texts.not_coming_key(reading.t), ReminderNo(signup.id, signup.version, lead))
    return Drawing(text, keys([yes, no]))


@view(ReminderAnswered)
async def reminder_answered(notice: ReminderAnswered, reading: Reading) -> Drawn:
    """Say in the reminder what its person answered; what became of it is in the chat below."""
    scene = await _scene(reading, notice.signup)
    if scene is None or reading.message_id is None:
        return NotAnyMore("gone")
    t, signup, title = reading.t, scene.signup, scene.activity.title
    if not await _may_know(reading, scene.occurrence, signup.person_id):
        return NotAnyMore("not_allowed")
    when = scene.when(reading)
    if signup.state is SignupState.SIGNED_UP:
        text = texts.answered_coming(t, title=title, when=when, role=signup.role)
        no = ReminderNo(signup.id, signup.version, notice.lead.replace(":", "."))
        return Drawing(text, keys((signup_texts.not_coming_key(t), no)))
    text = texts.answered_not_coming(t, title=title, when=when)
    if signup.state is SignupState.SEEKS_STAND_IN:
        return Drawing(text, keys((signup_texts.again_key(t), Coming(signup.id, signup.version))))
    return Drawing(text, keys((signup_texts.to_meeting_key(t), OpenMeeting(scene.occurrence.id))))


@view(PlaceOffered)
async def place_offered(notice: PlaceOffered, reading: Reading) -> Drawn:
    """Offer a free place, or say what became of the offer."""
    offer = await reading.work.session.get(Offer, notice.offer)
    scene = None if offer is None else await _scene(reading, offer.signup_id)
    if offer is None or scene is None:
        return NotAnyMore("gone")
    if not await _may_know(reading, scene.occurrence, offer.person_id):
        return NotAnyMore("not_allowed")
    if offer.state is not OfferState.PENDING:
        return NotAnyMore("answered") if reading.message_id is None else _offer_closed(offer, scene, reading)
    if is_quiet(reading.now, reading.t.zone):
        return Later(after_quiet(reading.now, reading.t.zone))
    text = signup_texts.offer(
        reading.t,
        title=scene.activity.title,
        when=scene.when(reading),
        role=scene.signup.role,
        until=offer.expires_at,
    )
    yes = (signup_texts.offer_yes_key(reading.t), OfferYes(offer.id))
    return Drawing(_about(scene, text, reading), keys([yes, (signup_texts.offer_no_key(reading.t), OfferNo(offer.id))]))


def _about(scene: Scene, text: str, reading: Reading) -> str:
    """Return a message about a place, with whose it is when not the reader's own, and that it is two places."""
    above = [along_texts.about_guest(reading.t, name=scene.signup.for_name)] if scene.signup.for_name else []
    below = [along_texts.for_two(reading.t)] if scene.signup.seats > 1 else []
    return "\n".join([*above, text, *below])


def _offer_closed(offer: Offer, scene: Scene, reading: Reading) -> Drawing:
    t, title = reading.t, scene.activity.title
    look = (signup_texts.to_meeting_key(t), OpenMeeting(scene.occurrence.id))
    match offer.state:
        case OfferState.ACCEPTED:
            text = signup_texts.offer_accepted(t, title=title, when=scene.when(reading))
        case OfferState.DECLINED:
            text = signup_texts.offer_declined(t, title=title)
        case OfferState.EXPIRED:
            text = signup_texts.offer_expired(t, title=title)
            again = (signup_texts.again_key(t), Again(scene.signup.id, scene.signup.version))
            return Drawing(_about(scene, text, reading), keys(again, look))
        case _:
            waits = scene.signup.state is SignupState.WAITING and scene.occurrence.called_off_at is None
            text = signup_texts.offer_withdrawn(t, title=title, waits=waits)
    return Drawing(_about(scene, text, reading), keys(look))


@view(FreePlace)
async def free_place(notice: FreePlace, reading: Reading) -> Drawn:
    """Say that a place is free for whoever taps first, if it still is."""
    scene = await _coming_scene(reading, notice.signup)
    if isinstance(scene, NotAnyMore):
        return scene
    signup, occurrence = scene.signup, scene.occurrence
    if signup.state is not SignupState.WAITING or not await _may_know(reading, occurrence, signup.person_id):
        return NotAnyMore("not_waiting")
    role = await queries.role_of(reading.work.session, occurrence, signup.role)
    held = await queries.held(reading.work.session, occurrence.id, signup.role)
    if role is None or (role.maximum is not None and held + signup.seats > role.maximum):
        return NotAnyMore("taken")
    text = signup_texts.free_place(reading.t, title=scene.activity.title, when=scene.when(reading), role=signup.role)
    take = TakeFree(signup.id, signup.version)
    yes = (signup_texts.coming_key(reading.t, role=signup.role), take)
    return Drawing(_about(scene, text, reading), keys(yes))


@view(StandInWanted)
async def stand_in_wanted(notice: StandInWanted, reading: Reading) -> Drawn:
    """Ask somebody to take a place over, if nobody has; never who it is that can't come."""
    scene = await _coming_scene(reading, notice.signup)
    if isinstance(scene, NotAnyMore):
        return scene
    signup, occurrence = scene.signup, scene.occurrence
    if signup.state is not SignupState.SEEKS_STAND_IN or signup.version != notice.version:
        return NotAnyMore("found")
    if not await _may_know(reading, occurrence, notice.person):
        return NotAnyMore("not_allowed")
    own = await queries.mine_at(reading.work.session, occurrence.id, notice.person)
    if any(row.role is signup.role and row.state is not SignupState.WAITING and not row.for_name for row in own):
        return NotAnyMore("comes_already")
    if is_quiet(reading.now, reading.t.zone):
        return Later(after_quiet(reading.now, reading.t.zone))
    text = signup_texts.stand_in_wanted(
        reading.t, title=scene.activity.title, when=scene.when(reading), role=signup.role
    )
    over = (signup_texts.take_over_key(reading.t), TakeOver(signup.id, signup.version))
    return Drawing(text, keys(over, (signup_texts.to_meeting_key(reading.t), OpenMeeting(occurrence.id))))


@view(StandInFound)
async def stand_in_found(notice: StandInFound, reading: Reading) -> Drawn:
    """Tell who can't come that somebody else does."""
    scene = await _scene(reading, notice.signup)
    if scene is None or scene.signup.state is not SignupState.REPLACED:
        return NotAnyMore("changed")
    text = signup_texts.stand_in_found(reading.t, title=scene.activity.title, when=scene.when(reading))
    return Drawing(_about(scene, text, reading))


@view(NoStandIn)
async def no_stand_in(notice: NoStandIn, reading: Reading) -> Drawn:
    """Tell the coordinator that nobody took the place yet."""
    scene = await _coming_scene(reading, notice.signup)
    if isinstance(scene, NotAnyMore):
        return scene
    if scene.signup.state is not SignupState.SEEKS_STAND_IN or scene.signup.version != notice.version:
        return NotAnyMore("found")
    if not await _may_know(reading, scene.occurrence, notice.person):
        return NotAnyMore("not_allowed")
    text = signup_texts.no_stand_in(
        reading.t, title=scene.activity.title, when=scene.when(reading), role=scene.signup.role
    )
    return Drawing(text, keys((signup_texts.to_meeting_key(reading.t), OpenMeeting(scene.occurrence.id))))


async def _meeting(reading: Reading, occurrence_id: int, person_id: int) -> tuple[Occurrence, Activity] | None:
    occurrence = await activity_queries.visible(reading.work.session, occurrence_id, person_id)
    activity = None if occurrence is None else await reading.work.session.get(Activity, occurrence.activity_id)
    return None if occurrence is None or activity is None else (occurrence, activity)


@view(CalledOff)
async def called_off(notice: CalledOff, reading: Reading) -> Drawn:
    """Say that a meeting does not go ahead."""
    found = await _meeting(reading, notice.occurrence, notice.person)
    if found is None or found[0].called_off_at is None:
        return NotAnyMore("not_called_off")
    occurrence, activity = found
    text = texts.called_off(
        reading.t,
        title=activity.title,
        when=_when(occurrence, reading),
        why=occurrence.called_off_why,
        patrol=occurrence.kind is ActivityKind.PATROL,
    )
    own = await queries.mine_at(reading.work.session, occurrence.id, notice.person)
    return Drawing(_and_others(text, own, reading), reply_to=await file_message(reading, occurrence.id, notice.person))


def _and_others(text: str, own: Sequence[Signup], reading: Reading) -> str:
    """Return a message with whom its reader must tell it: people without Telegram, whom the bot can't."""
    names = [row.for_name for row in own if row.for_name]
    return "\n\n".join([text, along_texts.tell_them(reading.t, names=names)]) if names else text


@view(Moved)
async def moved(notice: Moved, reading: Reading) -> Drawn:
    """Say that a meeting has another time, place or name; who has a place answers with one tap."""
    found = await _meeting(reading, notice.occurrence, notice.person)
    if found is None or found[0].called_off_at is not None or found[0].sequence != notice.sequence:
        return NotAnyMore("changed")
    occurrence, activity = found
    t = reading.t
    own = await queries.mine_at(reading.work.session, occurrence.id, notice.person)
    placed = next((row for row in own if row.state is SignupState.SIGNED_UP and not row.for_name), None)
    slot_at = placed.slot_at if placed else None
    walks = placed is not None and slot_at is None and walks_in(occurrence.kind, placed.role)
    text = texts.moved(
        t,
        title=activity.title,
        when=_when(occurrence, reading),
        time=notice.tells_time,
        place=(occurrence.place or activity.place or "") if notice.place else None,
        name=notice.name,
        slot_at=slot_at,
        walks_in=walks and notice.tells_time,
        why=occurrence.moved_why if notice.tells_time or notice.place else None,
    )
    text = _and_others(text, own, reading)
    file = await file_message(reading, occurrence.id, notice.person)
    if placed is None:
        return Drawing(text, keys((signup_texts.to_meeting_key(t), OpenMeeting(occurrence.id))), reply_to=file)
    yes = (signup_texts.coming_key(t, role=placed.role), Coming(placed.id, placed.version))
    no = (signup_texts.not_coming_key(t), NotComing(placed.id, placed.version))
    return Drawing(text, keys([yes, no]), reply_to=file)
