"""Drawing the offer of a free place, and what became of it."""

from bot.domain.enums import OfferState, SignupState
from bot.domain.notices.activities import (
    FreePlace,
    PlaceOffered,
)
from bot.texts import signups as signup_texts
from handlers.activities.buttons import (
    Again,
    OfferNo,
    OfferYes,
    OpenMeeting,
    TakeFree,
)
from handlers.context import keys
from handlers.views.activities.signup_scene import Scene, about_place, coming_scene, may_know, scene_of
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Offer
from storage.queries import signups as queries


@view(PlaceOffered)
async def place_offered(notice: PlaceOffered, reading: Reading) -> Drawn:
    """Offer a free place, or say what became of the offer."""
    offer = await reading.work.session.get(Offer, notice.offer)
    scene = None if offer is None else await scene_of(reading, offer.signup_id)
    if offer is None or scene is None:
        return NotAnyMore("gone")
    if not await may_know(reading, scene.occurrence, offer.person_id):
        return NotAnyMore("not_allowed")
    if offer.state is not OfferState.PENDING:
        return NotAnyMore("answered") if reading.message_id is None else _offer_closed(offer, scene, reading)
    if (morning := reading.morning) is not None:
        return morning
    text = signup_texts.offer(
        reading.t,
        title=scene.activity.title,
        when=scene.when(reading),
        role=scene.signup.role,
        until=offer.expires_at,
    )
    yes = (signup_texts.offer_yes_key(reading.t), OfferYes(offer.id))
    no = (signup_texts.offer_no_key(reading.t), OfferNo(offer.id))
    return Drawing(about_place(scene, text, reading), keys([yes, no]))


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
            return Drawing(about_place(scene, text, reading), keys(again, look))
        case _:
            waits = scene.signup.state is SignupState.WAITING and scene.occurrence.called_off_at is None
            text = signup_texts.offer_withdrawn(t, title=title, waits=waits)
    return Drawing(about_place(scene, text, reading), keys(look))


@view(FreePlace)
async def free_place(notice: FreePlace, reading: Reading) -> Drawn:
    """Say that a place is free for whoever taps first, if it still is."""
    scene = await coming_scene(reading, notice.signup)
    if isinstance(scene, NotAnyMore):
        return scene
    signup, occurrence = scene.signup, scene.occurrence
    if signup.state is not SignupState.WAITING or not await may_know(reading, occurrence, signup.person_id):
        return NotAnyMore("not_waiting")
    role = await queries.role_of(reading.work.session, occurrence, signup.role)
    held = await queries.held(reading.work.session, occurrence.id, signup.role)
    if role is None or (role.maximum is not None and held + signup.seats > role.maximum):
        return NotAnyMore("taken")
    text = signup_texts.free_place(reading.t, title=scene.activity.title, when=scene.when(reading), role=signup.role)
    take = TakeFree(signup.id, signup.version)
    yes = (signup_texts.coming_key(reading.t, role=signup.role), take)
    return Drawing(about_place(scene, text, reading), keys(yes))
