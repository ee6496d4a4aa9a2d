"""Drawing the reminders of a place, and what its person answered."""

from bot.domain.activities.reminders import put_off
from bot.domain.enums import ActivityKind, Attendance, SignupState
from bot.domain.notices.activities import (
    ReminderAnswered,
    SignupReminder,
)
from bot.services.activities import reminders
from bot.texts import reminders as texts
from bot.texts import signups as signup_texts
from handlers.activities.buttons import (
    Coming,
    OpenMeeting,
    ReminderNo,
    ReminderYes,
)
from handlers.context import keys
from handlers.views.activities.signup_scene import coming_scene, may_know, scene_of
from handlers.views.drawing import Drawing, Drawn, Later, NotAnyMore
from handlers.views.registry import Reading, view
from storage.models import Person


@view(SignupReminder)
async def signup_reminder(notice: SignupReminder, reading: Reading) -> Drawn:
    """Ask whether somebody comes, unless there is nothing to ask (any more)."""
    scene = await coming_scene(reading, notice.signup)
    if isinstance(scene, NotAnyMore):
        return scene
    signup, occurrence = scene.signup, scene.occurrence
    person = await reading.work.session.get(Person, signup.person_id)
    if person is None or signup.state is not SignupState.SIGNED_UP:
        return NotAnyMore("cancelled")
    if not await may_know(reading, occurrence, signup.person_id):
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
    scene = await scene_of(reading, notice.signup)
    if scene is None or reading.message_id is None:
        return NotAnyMore("gone")
    t, signup, title = reading.t, scene.signup, scene.activity.title
    if not await may_know(reading, scene.occurrence, signup.person_id):
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
