"""Who comes along: signing up somebody without Telegram, and bringing a companion."""

from typing import assert_never

from telegram import Update

from bot.domain.enums import RoleKey
from bot.services.activities import guests, meetings, signups
from bot.services.activities.guests import Along
from bot.services.activities.meetings import Meeting
from bot.texts import activities as activity_texts
from bot.texts import signing as texts
from bot.texts import signups as signup_texts
from handlers.activities import detail
from handlers.activities.along_buttons import Bring, OpenGuest, SignOther
from handlers.activities.buttons import OpenMeeting
from handlers.context import Ctx, keys
from handlers.signups import form
from storage.models import Signup


async def on_sign_other(_update: Update, context: Ctx, pressed: SignOther) -> None:
    """Ask as what somebody else comes, where there is a choice, and then for the name."""
    meeting = await meetings.detail(context.work, pressed.occurrence, context.person.id)
    if meeting is None:
        detail.show_not_there(context)
        return
    occurrence = meeting.occurrence
    roles = guest_roles(context, meeting)
    role = roles[0] if len(roles) == 1 else pressed.role
    if not await guests.may_bring(context.work, occurrence, context.person, role):
        await detail.show_meeting(context, occurrence.id, above=texts.not_for_others(context.t))
    elif role is None:
        t = context.t
        options = [
            (texts.guest_role_key(t, role=each), SignOther(occurrence.id, pressed.version, each)) for each in roles
        ]
        back = (activity_texts.back_key(t), OpenMeeting(occurrence.id))
        context.show(texts.guest_role(t, title=meeting.activity.title), keys(*options, back))
    else:
        await form.begin(context, meeting, role, pressed.version, guest=True)


def guest_roles(context: Ctx, meeting: Meeting) -> list[RoleKey]:
    """Return as what somebody else can be signed up now; all of them when that can't be any more, to say why."""
    work, person, occurrence = context.work, context.person, meeting.occurrence
    roles: list[RoleKey] = [role for role in meeting.roles if role is not RoleKey.WALKER]
    return [
        role for role in roles if signups.refuses(work, occurrence, person, role, None, for_name="?") is None
    ] or roles


async def on_open_guest(_update: Update, context: Ctx, pressed: OpenGuest) -> None:
    """Show the meeting of somebody whom this person signed up."""
    signup = await context.work.session.get(Signup, pressed.signup)
    if signup is None or signup.person_id != context.person.id:
        detail.show_not_there(context)
    else:
        await detail.show_meeting(context, signup.occurrence_id, guest=signup.id)


async def on_bring(_update: Update, context: Ctx, pressed: Bring) -> None:
    """Come with a companion, or alone, and show the meeting as it is then."""
    along, occurrence = await guests.bring(
        context.work, pressed.signup, context.person.id, version=pressed.version, companion=pressed.companion
    )
    if occurrence is None:
        detail.show_not_there(context)
        return
    await detail.show_meeting(context, occurrence.id, above=_said(context, along))


def _said(context: Ctx, along: Along) -> str:
    t = context.t
    match along:
        case Along.BRINGS | Along.ALONE | Along.NOT_THERE:
            return ""
        case Along.NO_ROOM:
            return texts.no_room_for_two(t)
        case Along.CHANGED:
            return signup_texts.changed(t)
        case Along.CLOSED:
            return texts.along_closed(t)
        case _:
            assert_never(along)
