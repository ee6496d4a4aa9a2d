"""Signing up with something to tell: an item for the Repair Café, a stall of the Rommelroute.

The draft is a record of answers with the trail of steps that were asked; `handlers.signups.pages` holds what each
step shows and takes. Nothing is kept but the draft until the last answer, which signs up.
"""

from telegram import Update

from bot.domain.age import says_under_16
from bot.domain.enums import RoleKey
from bot.domain.text_input import is_empty
from bot.services import signups
from bot.services.activities import Meeting
from bot.services.signups import Joined
from bot.texts import general
from bot.texts import signup_form as texts
from bot.texts import signups as signup_texts
from handlers import fallback
from handlers.activities import detail
from handlers.activities.buttons import Join
from handlers.buttons import Key, Keyboard
from handlers.context import Ctx
from handlers.conversation import Back, Stop, current
from handlers.routes import command_of
from handlers.signups.draft import ABOUT, FormAnswer, SignupDraft, Step
from handlers.signups.outcomes import refusal, show_result
from handlers.signups.pages import PAGES, Next, following
from storage.models import Occurrence


async def begin(context: Ctx, meeting: Meeting, pressed: Join) -> None:
    """Ask the first question, unless this person can't sign up anyway."""
    occurrence = meeting.occurrence
    person, role = context.person, pressed.role
    refused = signups.refuses(context.work, occurrence, person, role, pressed.version)
    if await signups.has_place(context.work, occurrence.id, person.id, role):
        refused = Joined.ALREADY
    if role not in meeting.roles or refused is not None:
        above = refusal(context, refused or Joined.CHANGED, occurrence)
        await detail.show_meeting(context, occurrence.id, above=above)
        return
    first = Step.WHERE if role is RoleKey.STALL else Step.ITEM
    draft = SignupDraft(occurrence=occurrence.id, version=occurrence.version, role=role)
    context.open_dialogue(ABOUT, first.value, draft.model_dump(mode="json"))
    await _show_step(context, draft, first)


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
    photo = context.message.photo
    if photo and step is Step.FAULT:
        draft.photo = photo[-1].file_id
        await _go_on(context, draft, step, Next())
        return
    text = context.message.text or ""
    if is_empty(text):
        await _show_step(context, draft, step, above=texts.type_it(context.t))
        return
    if says_under_16(text):
        context.person.under_16 = True
        if draft.role is RoleKey.STALL:
            await context.end_dialogue()
            await detail.show_meeting(context, draft.occurrence, above=signup_texts.under_16(context.t))
            return
    taken = await PAGES[step].hear(context, draft, text)
    await _go_on(context, draft, step, taken)


async def _go_on(context: Ctx, draft: SignupDraft, step: Step, taken: Next) -> None:
    """Ask the next question, the same one again with a reason above it, or sign up."""
    if taken.again:
        await _show_step(context, draft, step, above=taken.again)
        return
    to = taken.to or await following(context, draft, step)
    if to is None:
        await _finish(context, draft)
        return
    draft.trail = [*draft.trail, step]
    context.step(to.value, draft.model_dump(mode="json"))
    await _show_step(context, draft, to)


async def _finish(context: Ctx, draft: SignupDraft) -> None:
    if draft.rules_accepted and context.person.house_rules_at is None:
        context.person.house_rules_at = context.now
    result = await signups.join(
        context.work, draft.occurrence, context.person, draft.role, version=draft.version, extra=draft.extra()
    )
    if result.outcome is Joined.SLOT_FULL:
        draft.slot_at = None
        draft.trail = [step for step in draft.trail if step not in (Step.SLOT, Step.RULES)]
        context.step(Step.SLOT.value, draft.model_dump(mode="json"))
        await _show_step(context, draft, Step.SLOT, above=texts.slot_gone(context.t))
        return
    await context.end_dialogue()
    await show_result(context, draft.occurrence, result)


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
    context.step(step.value, draft.model_dump(mode="json"))
    await _show_step(context, draft, step)


async def stop(context: Ctx) -> None:
    """Leave without signing up; the draft is gone."""
    draft = _draft(context)
    await context.end_dialogue()
    if draft is None:
        detail.show_not_there(context)
        return
    occurrence = await context.work.session.get(Occurrence, draft.occurrence)
    above = texts.stopped(context.t)
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
