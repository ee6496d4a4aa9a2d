"""Beginning to make an activity: a new one, a change, a copy, or a draft that was left."""

from telegram import Update

from bot.domain.activities.plans import Plan, Step
from bot.services.activities import plans, rights
from bot.texts import making as texts
from handlers.activities.making_buttons import CopyActivity, EditActivity, NewActivity, Resume
from handlers.context import Ctx
from handlers.making import flow
from handlers.making.managing import draft_of, managed_activity, show_home


async def on_new(_update: Update, context: Ctx, _pressed: NewActivity) -> None:
    """Begin a new activity."""
    if (await rights.held_by(context.work, context.person.id)).any:
        await flow.begin(context, Plan(), Step.KIND)
    else:
        context.show(texts.refused(context.t), new=True)


async def on_resume(_update: Update, context: Ctx, pressed: Resume) -> None:
    """Go on with a draft where it was left."""
    draft = draft_of(context)
    if draft is None or draft.draft_id != pressed.draft:
        await show_home(context)
        return
    context.resume_dialogue(draft)
    await flow.show(context)


async def on_edit(_update: Update, context: Ctx, pressed: EditActivity) -> None:
    """Change an activity, beginning at its preview."""
    if (activity := await managed_activity(context, pressed.activity)) is not None:
        await flow.begin(context, await plans.plan_of(context.work, activity, copy=False), Step.PREVIEW)


async def on_copy(_update: Update, context: Ctx, pressed: CopyActivity) -> None:
    """Make another activity like this one, beginning at its day."""
    if (activity := await managed_activity(context, pressed.activity)) is not None:
        await flow.begin(context, await plans.plan_of(context.work, activity, copy=True), Step.WHEN)
