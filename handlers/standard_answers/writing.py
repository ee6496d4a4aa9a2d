"""Writing a standard answer: first its title, then its text; or one of them anew."""

from pydantic import BaseModel, ConfigDict
from telegram import Update

from bot.domain.enums import Language, Theme
from bot.services.desk import standard_answers as service
from bot.services.desk.standard_answers import MAX_TITLE, Kept
from bot.texts import general
from bot.texts import standard_answers as texts
from handlers.context import Ctx, keys
from handlers.conversation import Back, Conversation, Stop, conversation
from handlers.routes import OnButton, Route
from handlers.standard_answers.buttons import AddAnswer, ChangeAnswer
from handlers.standard_answers.pages import found, is_refused, show_answer, show_theme
from storage.models import StandardAnswer
from storage.queries import standard_answers as queries

ABOUT = "standard_answer"
TITLE, TEXT = "title", "text"


class Draft(BaseModel):
    """An answer being written; `answer` is the one that is changed, None for a new one."""

    model_config = ConfigDict(extra="forbid")

    theme: Theme
    language: Language
    answer: int | None = None
    title: str = ""


async def on_add(_update: Update, context: Ctx, pressed: AddAnswer) -> None:
    """Begin a new answer."""
    if not await is_refused(context):
        await _begin(context, Draft(theme=pressed.theme, language=pressed.language), TITLE)


async def on_change(_update: Update, context: Ctx, pressed: ChangeAnswer) -> None:
    """Begin another title or text."""
    if not await is_refused(context) and (answer := await found(context, pressed.answer)):
        draft = Draft(theme=answer.theme, language=answer.language, answer=answer.id)
        await _begin(context, draft, TITLE if pressed.title else TEXT)


async def _begin(context: Ctx, draft: Draft, step: str) -> None:
    context.open_dialogue(ABOUT, step, draft.model_dump(mode="json"))
    await show(context)


async def show(context: Ctx) -> None:
    """Show the open question."""
    await _ask(context)


async def _ask(context: Ctx, above: str = "") -> None:
    row, t = context.dialogue, context.t
    if row is not None:
        question = texts.ask_title(t, most=MAX_TITLE) if row.step == TITLE else texts.ask_text(t)
        last = [(general.back(t), Back(row.draft_id)), (general.stop(t), Stop(row.draft_id))]
        context.show("\n\n".join(filter(None, (above, question))), keys(last))


async def on_message(_update: Update, context: Ctx) -> None:
    """Take the title or the text."""
    row, t = context.dialogue, context.t
    if row is None:
        return
    if not await service.may_keep(context.work, context.person):
        await context.end_dialogue()
        await is_refused(context)
        return
    said, draft = (context.message.text or "").strip(), Draft.model_validate(row.draft)
    if not said:
        await _ask(context, texts.text_only(t))
    elif row.step == TITLE and draft.answer is None:
        await _take_title(context, draft, " ".join(said.split()))
    else:
        await _keep(context, draft, row.step, said)


async def _take_title(context: Ctx, draft: Draft, title: str) -> None:
    taken = await queries.titled(context.work.session, draft.theme, draft.language, title)
    if len(title) > MAX_TITLE or taken is not None:
        await _ask(context, texts.refused(context.t, Kept.LONG if taken is None else Kept.DOUBLE))
        return
    context.step(TEXT, draft.model_copy(update={"title": title}).model_dump(mode="json"))
    await show(context)


async def _keep(context: Ctx, draft: Draft, step: str, said: str) -> None:
    work, person = context.work, context.person
    if draft.answer is None:
        done = await service.add(work, person, draft.theme, draft.language, draft.title, said)
    elif step == TITLE:
        done = await service.change(work, person, draft.answer, title=" ".join(said.split()))
    else:
        done = await service.change(work, person, draft.answer, text=said)
    if done in (Kept.LONG, Kept.DOUBLE):
        await _ask(context, texts.refused(context.t, done))
        return
    await context.end_dialogue()
    await _show_kept(context, draft, texts.kept(context.t) if done is Kept.DONE else texts.refused(context.t, done))


async def _show_kept(context: Ctx, draft: Draft, above: str) -> None:
    session = context.work.session
    if draft.answer is None:
        answer = await queries.titled(session, draft.theme, draft.language, draft.title)
    else:
        answer = await session.get(StandardAnswer, draft.answer)
    if answer is None:
        await show_theme(context, draft.theme, above)
    else:
        await show_answer(context, answer, above)


async def back(context: Ctx) -> None:
    """Go from the text of a new answer to its title; else out, to the theme."""
    row = context.dialogue
    if row is None:
        return
    draft = Draft.model_validate(row.draft)
    if row.step == TEXT and draft.answer is None:
        context.step(TITLE)
        await show(context)
        return
    await context.end_dialogue()
    if not await is_refused(context):
        await show_theme(context, draft.theme)


async def stop(context: Ctx) -> None:
    """Leave without a change."""
    await context.end_dialogue()
    context.show(texts.stopped(context.t))


conversation(Conversation(ABOUT, on_message, show, back, stop))

BUTTONS: list[Route] = [OnButton(AddAnswer, on_add), OnButton(ChangeAnswer, on_change)]
