"""Signing up with something to tell: an item for the Repair Café, a stall of the Rommelroute.

The draft is a record of answers with the trail of steps that were asked; `handlers.signups.pages` holds what each
step shows and takes. Nothing is kept but the draft until the last answer, which signs up.
"""

from telegram import Update

from bot.domain.age import says_under_16
from bot.domain.enums import RoleKey
from bot.domain.geo import Point
from bot.domain.text_input import is_empty
from bot.services.activities import meetings, signups
from bot.services.activities.meetings import Meeting
from bot.services.activities.signups import Joined
from bot.services.rommelroute import stall_days
from bot.services.rommelroute.stall_days import Done
from bot.texts import general
from bot.texts import signup_form as texts
from bot.texts import signups as signup_texts
from bot.texts import stalls as stall_texts
from handlers import fallback
from handlers.activities import detail
from handlers.activities.stall_buttons import ChangeStall, GoOnWithStall
from handlers.buttons import Key, Keyboard
from handlers.context import Ctx
from handlers.conversation import Back, Stop, current
from handlers.routes import command_of
from handlers.signups import stall_pages
from handlers.signups.draft import ABOUT, FormAnswer, SignupDraft, Step, asks_more, first_step
from handlers.signups.outcomes import refusal, show_result
from handlers.signups.pages import PAGES, Next, following
from storage.models import Occurrence, Signup
from storage.queries import signups as queries


async def begin(context: Ctx, meeting: Meeting, role: RoleKey, version: int, *, guest: bool = False) -> None:
    """Ask the first question, unless this person can't sign up anyway; *guest* is about somebody without Telegram."""
    occurrence, person = meeting.occurrence, context.person
    refused = signups.refuses(context.work, occurrence, person, role, version, for_name="?" if guest else "")
    if not guest and await signups.has_place(context.work, occurrence.id, person.id, role):
        refused = Joined.ALREADY
    if role not in meeting.roles or refused is not None:
        above = refusal(context, refused or Joined.CHANGED, occurrence)
        await detail.show_meeting(context, occurrence.id, above=above)
        return
    first = Step.NAME if guest else first_step(role)
    more = asks_more(occurrence.kind, role)
    draft = SignupDraft(occurrence=occurrence.id, version=occurrence.version, role=role, asks_more=more, guest=guest)
    context.open_dialogue(ABOUT, first.value, draft.model_dump(mode="json"))
    if role is RoleKey.STALL:
        await stall_days.remind_of_deadline(context.work, occurrence, person)
    await _show_step(context, draft, first)


async def begin_change(_update: Update, context: Ctx, pressed: ChangeStall) -> None:
    """Ask where one's own stall stands now and what it sells, with what was told as the first choice."""
    signup = await context.work.session.get(Signup, pressed.signup)
    stall = await queries.stall(context.work.session, pressed.signup)
    meeting = None if signup is None else await meetings.detail(context.work, signup.occurrence_id, context.person.id)
    if signup is None or stall is None or meeting is None or signup.person_id != context.person.id:
        detail.show_not_there(context)
        return
    occurrence = meeting.occurrence
    if signup.state not in queries.OPEN or signup.version != pressed.version:
        await detail.show_meeting(context, occurrence.id, above=signup_texts.changed(context.t))
        return
    if occurrence.starts_at <= context.now or occurrence.called_off_at is not None:
        await detail.show_meeting(context, occurrence.id, above=signup_texts.started(context.t))
        return
    draft = SignupDraft(occurrence=occurrence.id, version=occurrence.version, role=RoleKey.STALL)
    draft.signup, draft.signup_version = signup.id, signup.version
    draft.street, draft.house_number, draft.postcode = stall.street, stall.house_number, stall.postcode
    draft.shared_field, draft.sells, draft.lat, draft.lon = stall.shared_field, stall.sells, stall.lat, stall.lon
    context.open_dialogue(ABOUT, Step.WHERE.value, draft.model_dump(mode="json"))
    await _show_step(context, draft, Step.WHERE)


async def go_on(_update: Update, context: Ctx, pressed: GoOnWithStall) -> None:
    """Open a sign-up for a stall again where it was left, from the reminder of the deadline."""
    row = next((row for row in context.dialogues() if row.about == ABOUT), None)
    if row is None or row.draft_id != pressed.draft:
        await detail.show_meeting(context, pressed.occurrence, above=signup_texts.changed(context.t))
        return
    context.resume_dialogue(row)
    await show(context)


async def on_answer(_update: Update, context: Ctx, pressed: FormAnswer) -> None:
    """Take the answer of a button, if it belongs to the open step of the open draft."""
    row = await current(context, pressed.draft, pressed.step.value)
    draft = _draft(context)
    if row is None or draft is None or row.about != ABOUT:
        return
    taken = await PAGES[pressed.step].choose(context, draft, pressed.value)
    if taken is None:
        await _show_step(context, draft, pressed.step, above=texts.choose_below(context.t))
    else:
        await _go_on(context, draft, pressed.step, taken)


async def on_message(update: Update, context: Ctx) -> None:
    """Take what was typed or sent at the open step."""
    draft, step = _draft(context), _step(context)
    if draft is None or step is None:
        await stop(context)
        return
    if command_of(update) is not None:
        await fallback.unknown_command(update, context)
        return
    shared = context.message.location
    if shared is not None and step is Step.SPOT:
        point = Point(shared.latitude, shared.longitude)
        await _go_on(context, draft, step, await stall_pages.take_location(context, draft, point))
        return
    if context.message.photo and step in (Step.ITEM, Step.WHICH, Step.BRAND, Step.FAULT):
        await _take_photo(context, draft, step)
        return
    text = context.message.text or ""
    if is_empty(text):
        await _show_step(context, draft, step, above=texts.type_it(context.t))
        return
    if says_under_16(text) and not draft.guest:
        context.person.under_16 = True
        if draft.role is RoleKey.STALL:
            await context.end_dialogue()
            stall_pages.put_menu_back(context, draft)
            await stall_days.forget_deadline(context.work, draft.occurrence, context.person.id)
            await detail.show_meeting(context, draft.occurrence, above=signup_texts.under_16(context.t))
            return
    taken = await PAGES[step].hear(context, draft, text)
    await _go_on(context, draft, step, taken)


async def _take_photo(context: Ctx, draft: SignupDraft, step: Step) -> None:
    """Keep the photo of what is brought; its caption answers the question, and where a photo is asked for, it does."""
    draft.photo, caption = context.message.photo[-1].file_id, context.message.caption or ""
    context.step(step.value, draft.model_dump(mode="json"))
    if caption:
        await _go_on(context, draft, step, await PAGES[step].hear(context, draft, caption))
    elif step is Step.FAULT:
        await _go_on(context, draft, step, Next())
    else:
        await _show_step(context, draft, step, above=texts.photo_kept(context.t))


async def _go_on(context: Ctx, draft: SignupDraft, step: Step, taken: Next) -> None:
    """Ask the next question, the same one again with a reason above it, or sign up."""
    if taken.again:
        await _show_step(context, draft, step, above=taken.again)
        return
    to = taken.to or await following(context, draft, step)
    if to is None:
        await _finish(context, draft)
        return
    if to is not step:
        draft.trail = [*draft.trail, step]
        stall_pages.put_menu_back(context, draft)
    context.step(to.value, draft.model_dump(mode="json"))
    await _show_step(context, draft, to)


async def _finish(context: Ctx, draft: SignupDraft) -> None:
    if draft.signup is not None:
        await _finish_change(context, draft, draft.signup)
        return
    if draft.rules_accepted and not draft.guest and context.person.house_rules_at is None:
        context.person.house_rules_at = context.now
    result = await signups.join(
        context.work,
        draft.occurrence,
        context.person,
        draft.role,
        version=draft.version,
        extra=draft.extra(),
        for_name=draft.for_name,
    )
    if result.outcome is Joined.SLOT_FULL:
        draft.slot_at = None
        draft.trail = [step for step in draft.trail if step not in (Step.SLOT, Step.RULES)]
        context.step(Step.SLOT.value, draft.model_dump(mode="json"))
        await _show_step(context, draft, Step.SLOT, above=texts.slot_gone(context.t))
        return
    await context.end_dialogue()
    if draft.role is RoleKey.STALL:
        await stall_days.forget_deadline(context.work, draft.occurrence, context.person.id)
    await show_result(context, draft.occurrence, result)


async def _finish_change(context: Ctx, draft: SignupDraft, signup_id: int) -> None:
    """Put the stall elsewhere, and show the meeting with what became of it."""
    t = context.t
    done, _mine = await stall_days.move(
        context.work, signup_id, context.person.id, draft.stall(), version=draft.signup_version
    )
    await context.end_dialogue()
    above = {Done.DONE: stall_texts.moved(t), Done.STARTED: signup_texts.started(t)}.get(done, signup_texts.changed(t))
    await detail.show_meeting(context, draft.occurrence, above=above)


async def _show_step(context: Ctx, draft: SignupDraft, step: Step, *, above: str = "") -> None:
    row = context.dialogue
    if row is None:
        return
    text, options = await PAGES[step].page(context, draft)
    keyboard: Keyboard = [
        [Key(label, FormAnswer(row.draft_id, step, value)) for label, value in line] for line in options
    ]
    last = [Key(general.back(context.t), Back(row.draft_id)), Key(general.stop(context.t), Stop(row.draft_id))]
    context.show("\n\n".join(filter(None, [above, text])), [*keyboard, last])


async def show(context: Ctx) -> None:
    """Show the open step again."""
    draft, step = _draft(context), _step(context)
    if draft is not None and step is not None:
        await _show_step(context, draft, step)


async def back(context: Ctx) -> None:
    """Ask the question before; before the first one there is only stopping."""
    draft = _draft(context)
    if draft is None or not draft.trail:
        await stop(context)
        return
    *trail, step = draft.trail
    draft.trail = trail
    stall_pages.put_menu_back(context, draft)
    context.step(step.value, draft.model_dump(mode="json"))
    await _show_step(context, draft, step)


async def stop(context: Ctx) -> None:
    """Leave without signing up; the draft is gone."""
    draft = _draft(context)
    await context.end_dialogue()
    if draft is None:
        detail.show_not_there(context)
        return
    stall_pages.put_menu_back(context, draft)
    if draft.role is RoleKey.STALL:
        await stall_days.forget_deadline(context.work, draft.occurrence, context.person.id)
    occurrence = await context.work.session.get(Occurrence, draft.occurrence)
    above = texts.stopped(context.t) if draft.signup is None else stall_texts.not_moved(context.t)
    if occurrence is None:
        context.show(above)
    else:
        await detail.show_meeting(context, occurrence.id, above=above)


def _draft(context: Ctx) -> SignupDraft | None:
    row = context.dialogue
    return SignupDraft.model_validate(row.draft) if row is not None and row.about == ABOUT else None


def _step(context: Ctx) -> Step | None:
    row = context.dialogue
    return Step(row.step) if row is not None and row.about == ABOUT else None
