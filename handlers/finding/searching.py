"""`/zoek`: a number, a wijk or words. What was asked is kept as a resting dialogue, so that pages can be turned."""

from telegram import Update

from bot.services.desk import finding
from bot.services.desk.finding import At, Page, Unfindable
from bot.texts import finding as texts
from bot.texts import general
from handlers.buttons import Key
from handlers.context import Ctx
from handlers.conversation import Conversation, Stop, conversation
from handlers.finding.buttons import FoundPage
from handlers.finding.pages import answer, draw, show, who_looks
from handlers.routes import OnButton, OnCommand, Route
from storage.models import Dialogue
from storage.queries import triage as queries

#: The open question what to look for, and the search that was made last in this chat.
ASKS, ASKED = "search", "searched"
_STEP = "words"


async def search(_update: Update, context: Ctx) -> None:
    """Look for the words behind the command, or ask for them in private."""
    if await who_looks(context) is None:
        return
    typed = " ".join(context.args or [])
    if typed:
        await _look(context, typed)
    elif context.is_private:
        context.open_dialogue(ASKS, _STEP, {})
        await context.work.session.flush()
        await ask(context)
    else:
        context.say(texts.how(context.t))


async def ask(context: Ctx, above: str = "") -> None:
    """Show the open question, under a line about what could not be its answer."""
    row = context.dialogue
    keys = [[Key(general.stop(context.t), Stop(row.draft_id))]] if row else []
    context.show("\n\n".join(filter(None, (above, texts.ask(context.t)))), keys)


async def on_message(_update: Update, context: Ctx) -> None:
    """Look for what was typed."""
    typed = context.message.text
    if not typed or not typed.strip():
        await ask(context, texts.too_common(context.t))
        return
    await context.end_dialogue()
    if await who_looks(context) is not None:
        await _look(context, typed)


async def stop(context: Ctx) -> None:
    """Leave the question."""
    await context.end_dialogue()
    context.show(texts.stopped(context.t))


async def on_page(_update: Update, context: Ctx, pressed: FoundPage) -> None:
    """Show another page of a search of this chat, as far as who taps may see it."""
    row = await queries.dialogue_of_draft(context.work.session, pressed.person, pressed.asked)
    if row is None or row.about != ASKED or row.chat_id != context.chat_id:
        context.refused()
        answer(context, texts.search_again(context.t))
        return
    await _show(context, row, pressed.at)


async def _look(context: Ctx, typed: str) -> None:
    await _show(context, _keep(context, typed), None)


def _keep(context: Ctx, typed: str) -> Dialogue:
    """Keep what is looked for; whatever is open stays open."""
    open_row = context.dialogue
    row = context.open_dialogue(ASKED, _STEP, {"typed": typed[: finding.MAX_TYPED]})
    row.active = False
    if open_row is not None and open_row is not row:
        open_row.active = True
    return row


async def _show(context: Ctx, row: Dialogue, at: At | None) -> None:
    who = await who_looks(context)
    if who is None:
        return
    found = await finding.search(context.work, who, str(row.draft["typed"]), at)
    t = context.t
    match found:
        case Unfindable.TOO_COMMON:
            answer(context, texts.too_common(t))
        case Unfindable.IN_PRIVATE:
            answer(context, texts.words_in_private(t))
        case Page():
            heading, empty = texts.found(t, areas=found.areas), texts.nothing_found(t)
            show(
                context,
                draw(t, found, heading=heading, empty=empty, turn=lambda at: _turn(row, at), here=_turn(row, at)),
            )


def _turn(row: Dialogue, at: At | None) -> FoundPage:
    standing, after, back = (at.standing, at.report, at.back) if at else (None, None, False)
    return FoundPage(standing=standing, after=after, back=back, asked=row.draft_id, person=row.user_id)


conversation(Conversation(ASKS, on_message, ask, stop, stop))

COMMANDS: list[Route] = [OnCommand(texts.SEARCH, search, group=True)]
BUTTONS: list[Route] = [OnButton(FoundPage, on_page)]
