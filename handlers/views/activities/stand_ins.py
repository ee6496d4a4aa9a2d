"""Drawing who is asked to stand in, and whether anybody does."""

from bot.domain.enums import SignupState
from bot.domain.notices.activities import (
    NoStandIn,
    StandInFound,
    StandInWanted,
)
from bot.texts import signups as signup_texts
from handlers.activities.buttons import (
    OpenMeeting,
    TakeOver,
)
from handlers.context import keys
from handlers.views.activities.signup_scene import about_place, coming_scene, may_know, scene_of
from handlers.views.drawing import Drawing, Drawn, NotAnyMore
from handlers.views.registry import Reading, view
from storage.queries import signups as queries


@view(StandInWanted)
async def stand_in_wanted(notice: StandInWanted, reading: Reading) -> Drawn:
    """Ask somebody to take a place over, if nobody has; never who it is that can't come."""
    scene = await coming_scene(reading, notice.signup)
    if isinstance(scene, NotAnyMore):
        return scene
    signup, occurrence = scene.signup, scene.occurrence
    if signup.state is not SignupState.SEEKS_STAND_IN or signup.version != notice.version:
        return NotAnyMore("found")
    if not await may_know(reading, occurrence, notice.person):
        return NotAnyMore("not_allowed")
    own = await queries.mine_at(reading.work.session, occurrence.id, notice.person)
    if any(row.role is signup.role and row.state is not SignupState.WAITING and not row.for_name for row in own):
        return NotAnyMore("comes_already")
    if (morning := reading.morning) is not None:
        return morning
    text = signup_texts.stand_in_wanted(
        reading.t, title=scene.activity.title, when=scene.when(reading), role=signup.role
    )
    over = (signup_texts.take_over_key(reading.t), TakeOver(signup.id, signup.version))
    return Drawing(text, keys(over, (signup_texts.to_meeting_key(reading.t), OpenMeeting(occurrence.id))))


@view(StandInFound)
async def stand_in_found(notice: StandInFound, reading: Reading) -> Drawn:
    """Tell who can't come that somebody else does."""
    scene = await scene_of(reading, notice.signup)
    if scene is None or scene.signup.state is not SignupState.REPLACED:
        return NotAnyMore("changed")
    text = signup_texts.stand_in_found(reading.t, title=scene.activity.title, when=scene.when(reading))
    return Drawing(about_place(scene, text, reading))


@view(NoStandIn)
async def no_stand_in(notice: NoStandIn, reading: Reading) -> Drawn:
    """Tell the coordinator that nobody took the place yet."""
    scene = await coming_scene(reading, notice.signup)
    if isinstance(scene, NotAnyMore):
        return scene
    if scene.signup.state is not SignupState.SEEKS_STAND_IN or scene.signup.version != notice.version:
        return NotAnyMore("found")
    if not await may_know(reading, scene.occurrence, notice.person):
        return NotAnyMore("not_allowed")
    text = signup_texts.no_stand_in(
        reading.t, title=scene.activity.title, when=scene.when(reading), role=scene.signup.role
    )
    return Drawing(text, keys((signup_texts.to_meeting_key(reading.t), OpenMeeting(scene.occurrence.id))))
