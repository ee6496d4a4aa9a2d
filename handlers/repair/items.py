"""What somebody brings, as the host writes it down: for who is not on the list, or when it is really something else."""

from pydantic import BaseModel, ConfigDict, Field
from telegram import Update

from bot.domain.text_input import is_empty, normalise
from bot.services.repair_cafe import bringing, repair_day
from bot.services.repair_cafe.repair_day import Done
from bot.texts import general
from bot.texts import repair as texts
from bot.texts import signup_form as form_texts
from handlers import fallback
from handlers.activities.repair_buttons import Act, AskItem, PickItem
from handlers.context import Ctx, keys
from handlers.conversation import Back, Conversation, Stop, conversation, current
from handlers.repair.pages import allowed, show_answer, show_list
from handlers.routes import command_of

ABOUT = "repair_item"
WORDS, WHICH = "words", "which"
MAX_ITEM = 80


class Draft(BaseModel):
    """What is being written down; `signup` None for somebody who is not on the list."""

    model_config = ConfigDict(extra="forbid")

    occurrence: int
    signup: int | None = None
    version: int | None = None
    typed: str = ""
    found: list[str] = Field(default_factory=list)


async def on_ask(_update: Update, context: Ctx, pressed: AskItem) -> None:
    """Ask what it is."""
    if await allowed(context, pressed.occurrence) is None:
        return
    draft = Draft(occurrence=pressed.occurrence, signup=pressed.signup, version=pressed.version)
    context.open_dialogue(ABOUT, WORDS, draft.model_dump(mode="json"))
    await show(context)


async def show(context: Ctx) -> None:
    """Show the open question."""
    await _ask(context)


async def _ask(context: Ctx, above: str = "") -> None:
    row, t = context.dialogue, context.t
    if row is None:
        return
    draft = Draft.model_validate(row.draft)
    question = texts.ask_item(t) if row.step == WORDS else form_texts.which_item(t)
    options = [(name, PickItem(row.draft_id, at)) for at, name in enumerate(draft.found)]
    if row.step == WHICH:
        options.append((form_texts.other_item_key(t, typed=draft.typed), PickItem(row.draft_id, None)))
    last = [(general.back(t), Back(row.draft_id)), (general.stop(t), Stop(row.draft_id))]
    context.show("\n\n".join(filter(None, [above, question])), keys(*options, last))


async def on_message(update: Update, context: Ctx) -> None:
    """Search by what was typed."""
    row, t = context.dialogue, context.t
    if row is None:
        return
    if command_of(update) is not None:
        await fallback.unknown_command(update, context)
        return
    typed = " ".join((context.message.text or "").split())
    draft = Draft.model_validate(row.draft)
    if await allowed(context, draft.occurrence) is None:
        await context.end_dialogue()
    elif is_empty(typed):
        await _ask(context, form_texts.type_it(t))
    elif len(typed) > MAX_ITEM:
        await _ask(context, form_texts.too_long(t, most=MAX_ITEM))
    else:
        await _search(context, draft, typed)


async def _search(context: Ctx, draft: Draft, typed: str) -> None:
    found = [item.name for item in bringing.search(typed)]
    exact = next((name for name in found if normalise(name) == normalise(typed)), None)
    if exact or not found:
        await _keep(context, draft, exact or typed)
        return
    draft.typed, draft.found = typed, found
    context.step(WHICH, draft.model_dump(mode="json"))
    await show(context)


async def on_pick(_update: Update, context: Ctx, pressed: PickItem) -> None:
    """Take one of those that were found, or the words as they were typed."""
    row = await current(context, pressed.draft, WHICH)
    if row is None or row.about != ABOUT:
        return
    draft = Draft.model_validate(row.draft)
    if pressed.at is None:
        await _keep(context, draft, draft.typed)
    elif 0 <= pressed.at < len(draft.found):
        await _keep(context, draft, draft.found[pressed.at])
    else:
        await _ask(context, form_texts.choose_below(context.t))


async def _keep(context: Ctx, draft: Draft, name: str) -> None:
    """Give a number to who is not on the list; or write the other thing down."""
    await context.end_dialogue()
    work, person_id, item = context.work, context.person.id, repair_day.as_item(name)
    if draft.signup is None:
        answer = await repair_day.walk_in(work, draft.occurrence, person_id, item)
    else:
        answer = await repair_day.change_item(work, draft.signup, person_id, item, version=draft.version or 0)
    number = answer.visit.number if answer.visit else None
    if answer.done is Done.DONE and draft.signup is None and number is not None:
        undo = (answer.visit, Act.NOT_HERE) if answer.visit else None
        await show_list(context, draft.occurrence, texts.given_number(context.t, number=number), undo=undo)
    else:
        await show_answer(context, answer)


async def back(context: Ctx) -> None:
    """Go from the choice to the question; else out, to the list."""
    row = context.dialogue
    if row is not None and row.step == WHICH:
        draft = Draft.model_validate(row.draft).model_copy(update={"found": [], "typed": ""})
        context.step(WORDS, draft.model_dump(mode="json"))
        await show(context)
    else:
        await stop(context)


async def stop(context: Ctx) -> None:
    """Leave without a change."""
    row = context.dialogue
    draft = None if row is None else Draft.model_validate(row.draft)
    await context.end_dialogue()
    if draft is not None:
        await show_list(context, draft.occurrence, texts.stopped(context.t))


conversation(Conversation(ABOUT, on_message, show, back, stop))
