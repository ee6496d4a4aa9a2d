"""One tap: sign up, *Ik kom*, *Ik kan niet*, the answer to an offer, taking a place over."""

from typing import assert_never

from telegram import Update

from bot.domain.enums import SignupState
from bot.domain.notices.activities import ReminderAnswered
from bot.services.activities import meetings, offers, signups, stand_ins
from bot.services.activities.offers import Answered
from bot.services.activities.signups import Came, Joined, Left, Mine
from bot.services.activities.stand_ins import TakenOver
from bot.texts import signing as along_texts
from bot.texts import signups as texts
from handlers.activities import detail
from handlers.activities.along_buttons import AgainAnyway, JoinAnyway, TakeOverAnyway
from handlers.activities.buttons import (
    Again,
    Coming,
    Join,
    NotComing,
    OfferNo,
    OfferYes,
    OpenMeeting,
    OpenMine,
    ReminderNo,
    ReminderYes,
    TakeFree,
    TakeOver,
)
from handlers.context import Ctx, keys
from handlers.signups import form, overlap
from handlers.signups.draft import asks_more
from handlers.signups.outcomes import show_joined, show_result, when
from storage.models import Activity, Occurrence, Signup


async def on_join(_update: Update, context: Ctx, pressed: Join) -> None:
    """Sign up with one tap, or begin the questions where something must be told."""
    anyway = JoinAnyway(pressed.occurrence, pressed.version, pressed.role)
    if not await overlap.asks(context, pressed.occurrence, pressed.role, anyway):
        await _join(context, pressed)


async def on_join_anyway(_update: Update, context: Ctx, pressed: JoinAnyway) -> None:
    """The same for who knows of the other thing."""
    await _join(context, pressed)


async def _join(context: Ctx, pressed: Join | JoinAnyway) -> None:
    meeting = await meetings.detail(context.work, pressed.occurrence, context.person.id)
    if meeting is not None and asks_more(meeting.occurrence.kind, pressed.role):
        await form.begin(context, meeting, pressed.role, pressed.version)
        return
    result = await signups.join(context.work, pressed.occurrence, context.person, pressed.role, version=pressed.version)
    await show_result(context, pressed.occurrence, result)


async def on_again(_update: Update, context: Ctx, pressed: Again) -> None:
    """Take a place again; when the time slot went meanwhile, ask for another."""
    own = await _own(context, pressed.signup)
    anyway = AgainAnyway(pressed.signup, pressed.version)
    asked = own is not None and not own.for_name and await overlap.asks(context, own.occurrence_id, own.role, anyway)
    if not asked:
        await _again(context, pressed)


async def on_again_anyway(_update: Update, context: Ctx, pressed: AgainAnyway) -> None:
    """The same for who knows of the other thing."""
    await _again(context, pressed)


async def _own(context: Ctx, signup_id: int) -> Signup | None:
    seen = await context.work.session.get(Signup, signup_id)
    return seen if seen is not None and seen.person_id == context.person.id else None


async def _again(context: Ctx, pressed: Again | AgainAnyway) -> None:
    result = await signups.rejoin(context.work, pressed.signup, context.person, version=pressed.version)
    seen = await _own(context, pressed.signup)
    occurrence_id = seen.occurrence_id if seen is not None else 0
    meeting = await meetings.detail(context.work, occurrence_id, context.person.id)
    if result.outcome is Joined.SLOT_FULL and meeting is not None and seen is not None:
        await form.begin(context, meeting, seen.role, meeting.occurrence.version, guest=bool(seen.for_name))
    else:
        await show_result(context, occurrence_id, result)


async def on_not_coming(_update: Update, context: Ctx, pressed: NotComing) -> None:
    """Give a place, a spot in the queue or an offer back."""
    left, mine = await signups.leave(context.work, pressed.signup, context.person.id, version=pressed.version)
    await _show_left(context, left, mine)


async def on_reminder_no(_update: Update, context: Ctx, pressed: ReminderNo) -> None:
    """The same from a reminder, which says so from now on."""
    left, mine = await signups.leave(context.work, pressed.signup, context.person.id, version=pressed.version)
    if mine is not None:
        _redraw(context, pressed)
    await _show_left(context, left, mine)


def _redraw(context: Ctx, pressed: ReminderYes | ReminderNo) -> None:
    notice = ReminderAnswered(pressed.signup, pressed.lead.replace(".", ":"))
    context.work.put(notice, chat=context.person.id)


async def _show_left(context: Ctx, left: Left, mine: Mine | None) -> None:
    t = context.t
    if mine is None or left is Left.NOT_THERE:
        detail.show_not_there(context)
        return
    signup, occurrence = mine.signup, mine.occurrence
    title = await _title(context, occurrence)
    match left:
        case Left.FREED | Left.LEFT_QUEUE if signup.for_name:
            text = along_texts.guest_left(t, name=signup.for_name, title=title, when=when(context, occurrence))
            again = (texts.again_key(t), Again(signup.id, signup.version))
        case Left.FREED:
            text = texts.left(t, title=title, when=when(context, occurrence))
            again = (texts.again_key(t), Again(signup.id, signup.version))
        case Left.LEFT_QUEUE:
            text = texts.left_queue(t, title=title)
            again = (texts.again_key(t), Again(signup.id, signup.version))
        case Left.SEEKS_STAND_IN:
            text = _for_guest(signup, texts.seeks_stand_in(t, title=title, when=when(context, occurrence)))
            context.show(
                text, keys((texts.again_key(t), Coming(signup.id, signup.version)), *_ways(context, occurrence))
            )
            return
        case Left.ALREADY | Left.CHANGED | Left.STARTED:
            above = {Left.ALREADY: texts.not_signed_up(t), Left.CHANGED: texts.changed(t)}.get(left, texts.started(t))
            await detail.show_meeting(context, occurrence.id, above=above)
            return
        case _:
            assert_never(left)
    context.show(text, keys(again, *_ways(context, occurrence)))


def _ways(context: Ctx, occurrence: Occurrence) -> list[tuple[str, OpenMeeting] | tuple[str, OpenMine]]:
    t = context.t
    return [(texts.to_meeting_key(t), OpenMeeting(occurrence.id)), (texts.to_mine_key(t), OpenMine())]


def _for_guest(signup: Signup, text: str) -> str:
    return along_texts.guest_status(name=signup.for_name, status=text) if signup.for_name else text


async def _title(context: Ctx, occurrence: Occurrence) -> str:
    activity = await context.work.session.get(Activity, occurrence.activity_id)
    return activity.title if activity else ""


async def on_coming(_update: Update, context: Ctx, pressed: Coming) -> None:
    """Note that somebody comes (after all) and show the meeting."""
    came, mine = await signups.confirm(context.work, pressed.signup, context.person.id, version=pressed.version)
    await _show_came(context, came, mine)


async def on_reminder_yes(update: Update, context: Ctx, pressed: ReminderYes) -> None:
    """*Ik kom* on a reminder: the reminder itself says so from now on."""
    came, mine = await signups.confirm(context.work, pressed.signup, context.person.id, version=pressed.version)
    if came is Came.COMING and update.callback_query is not None:
        context.toast(texts.coming(context.t))
        _redraw(context, pressed)
        return
    if mine is not None:
        _redraw(context, pressed)
    await _show_came(context, came, mine)


async def _show_came(context: Ctx, came: Came, mine: Mine | None) -> None:
    t = context.t
    if mine is None:
        detail.show_not_there(context)
        return
    above = {
        Came.COMING: texts.coming(t),
        Came.NO_PLACE: texts.not_signed_up(t),
        Came.CALLED_OFF: texts.called_off(t),
    }.get(came, texts.started(t))
    await detail.show_meeting(context, mine.occurrence.id, above=above)


async def on_offer_yes(_update: Update, context: Ctx, pressed: OfferYes) -> None:
    """Take the place that was offered."""
    await _show_answered(context, *await offers.accept(context.work, pressed.offer, context.person.id))


async def on_offer_no(_update: Update, context: Ctx, pressed: OfferNo) -> None:
    """Give the offered place back."""
    await _show_answered(context, *await offers.decline(context.work, pressed.offer, context.person.id))


async def on_take_free(_update: Update, context: Ctx, pressed: TakeFree) -> None:
    """Take a place shortly before the start, if nobody was faster."""
    answered = await offers.take_free(context.work, pressed.signup, context.person.id, pressed.version)
    await _show_answered(context, *answered)


async def _show_answered(context: Ctx, answered: Answered, signup: Signup | None) -> None:
    t = context.t
    occurrence = None if signup is None else await context.work.session.get(Occurrence, signup.occurrence_id)
    if signup is None or occurrence is None:
        detail.show_not_there(context)
        return
    match answered:
        case Answered.PLACE:
            await show_joined(context, signup, occurrence, None)
        case Answered.DECLINED:
            text = _for_guest(signup, texts.offer_declined(t, title=await _title(context, occurrence)))
            again = (texts.again_key(t), Again(signup.id, signup.version))
            context.show(text, keys(again, *_ways(context, occurrence)))
        case Answered.TAKEN:
            await detail.show_meeting(context, occurrence.id, above=texts.was_faster(t))
        case Answered.TOO_LATE | Answered.NOT_THERE:
            await detail.show_meeting(context, occurrence.id, above=texts.too_late(t))
        case _:
            assert_never(answered)


async def on_take_over(_update: Update, context: Ctx, pressed: TakeOver) -> None:
    """Take the place of somebody who can't come."""
    given = await context.work.session.get(Signup, pressed.signup)
    anyway = TakeOverAnyway(pressed.signup, pressed.version)
    stands = given is not None and given.state is SignupState.SEEKS_STAND_IN and given.version == pressed.version
    if given is None or not stands or not await overlap.asks(context, given.occurrence_id, given.role, anyway):
        await _take_over(context, pressed)


async def on_take_over_anyway(_update: Update, context: Ctx, pressed: TakeOverAnyway) -> None:
    """The same for who knows of the other thing."""
    await _take_over(context, pressed)


async def _take_over(context: Ctx, pressed: TakeOver | TakeOverAnyway) -> None:
    t = context.t
    how, _signup, occurrence = await stand_ins.take_over(
        context.work, pressed.signup, context.person, version=pressed.version
    )
    if occurrence is None:
        detail.show_not_there(context)
        return
    above = {
        TakenOver.DONE: texts.took_over(t, title=await _title(context, occurrence), when=when(context, occurrence)),
        TakenOver.ALREADY_COMES: texts.you_come_already(t),
        TakenOver.TAKEN: texts.taken_by_other(t),
    }.get(how, texts.started(t))
    await detail.show_meeting(context, occurrence.id, above=above)
