"""Looking at the standard answers, and removing one. Only the beheerder sees any of it."""

from telegram import Update

from bot.domain.enums import Language, Theme
from bot.services.desk import standard_answers as service
from bot.services.desk.standard_answers import Kept
from bot.texts import standard_answers as texts
from handlers.buttons import Button, Key, Keyboard
from handlers.context import Ctx, keys
from handlers.routes import OnButton, OnCommand, Route
from handlers.standard_answers.buttons import AddAnswer, ChangeAnswer, OfTheme, OpenAnswer, RemoveAnswer, Themes
from storage.models import StandardAnswer
from storage.queries import standard_answers as queries


async def is_refused(context: Ctx) -> bool:
    """Tell whether this person does not keep the answers (any more), after saying so."""
    if context.is_private and await service.may_keep(context.work, context.person):
        return False
    context.toast(None)
    context.refused()
    context.show(texts.refused(context.t, Kept.STRANGER), new=True)
    return True


async def on_command(_update: Update, context: Ctx) -> None:
    """Show the themes below in the chat."""
    if not await is_refused(context):
        await _themes(context)


async def on_themes(_update: Update, context: Ctx, _pressed: Themes) -> None:
    """Go back to the themes."""
    if not await is_refused(context):
        await _themes(context)


async def _themes(context: Ctx) -> None:
    t, counts = context.t, await queries.counts(context.work.session)
    found = [Key(texts.theme_label(t, theme, count=counts.get(theme, 0)), OfTheme(theme)) for theme in Theme]
    context.show(texts.themes(t), [found[start : start + 2] for start in range(0, len(found), 2)])


async def on_theme(_update: Update, context: Ctx, pressed: OfTheme) -> None:
    """Show the answers of a theme."""
    if not await is_refused(context):
        await show_theme(context, pressed.theme)


async def show_theme(context: Ctx, theme: Theme, above: str = "") -> None:
    """Show the answers of a theme, under a line about what was done."""
    t = context.t
    rows: Keyboard = [
        [Key(texts.answer_label(t, title=each.title, language=each.language), OpenAnswer(each.id))]
        for each in await queries.of_theme(context.work.session, theme)
    ]
    rows += [[Key(texts.add_label(t, language), AddAnswer(theme, language))] for language in Language]
    rows.append([Key(texts.back_label(t), Themes())])
    context.show("\n\n".join(filter(None, (above, texts.of_theme(t, theme)))), rows)


async def on_answer(_update: Update, context: Ctx, pressed: OpenAnswer) -> None:
    """Show one answer."""
    if not await is_refused(context) and (answer := await found(context, pressed.answer)):
        await show_answer(context, answer)


async def found(context: Ctx, answer_id: int) -> StandardAnswer | None:
    """Return an answer; say so and show the themes when it is gone."""
    answer = await context.work.session.get(StandardAnswer, answer_id)
    if answer is None:
        context.say(texts.refused(context.t, Kept.GONE))
        await _themes(context)
    return answer


async def show_answer(context: Ctx, answer: StandardAnswer, above: str = "") -> None:
    """Show one answer with what can be done, under a line about what was done."""
    t = context.t
    text = texts.one(t, theme=answer.theme, language=answer.language, title=answer.title, text=answer.text)
    changes: list[tuple[str, Button]] = [
        (texts.change_title_label(t), ChangeAnswer(answer.id, title=True)),
        (texts.change_text_label(t), ChangeAnswer(answer.id, title=False)),
    ]
    remove, back = RemoveAnswer(answer.id, sure=False), OfTheme(answer.theme)
    rows = keys(changes, (texts.remove_label(t), remove), (texts.back_label(t), back))
    context.show("\n\n".join(filter(None, (above, text))), rows)


async def on_remove(_update: Update, context: Ctx, pressed: RemoveAnswer) -> None:
    """Remove an answer, after asking once more."""
    if await is_refused(context):
        return
    answer = await found(context, pressed.answer)
    if answer is None:
        return
    t, theme = context.t, answer.theme
    if not pressed.sure:
        yes, no = RemoveAnswer(answer.id, sure=True), OpenAnswer(answer.id)
        rows = keys((texts.yes_remove_label(t), yes), (texts.back_label(t), no))
        context.show(texts.remove_sure(t, title=answer.title), rows)
        return
    done = await service.remove(context.work, context.person, answer.id)
    await show_theme(context, theme, texts.removed(t) if done is Kept.DONE else texts.refused(t, done))


COMMANDS: list[Route] = [OnCommand(texts.COMMANDS, on_command)]
BUTTONS: list[Route] = [
    OnButton(Themes, on_themes),
    OnButton(OfTheme, on_theme),
    OnButton(OpenAnswer, on_answer),
    OnButton(RemoveAnswer, on_remove),
]
