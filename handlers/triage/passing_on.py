"""The list "doorgeven": `/doorgeven` in a desk's group shows it, *Doorgegeven* marks all of it in one go."""

from telegram import Update

from bot.services.desk import passing_on
from bot.services.triage import Verdict
from bot.texts import conversation as texts
from bot.texts import triage_answers as answer_texts
from bot.texts.menu import COMMAND_NAMES
from handlers.context import Ctx
from handlers.routes import OnButton, OnCommand, Route
from handlers.staff.buttons import PassedOnAll
from handlers.staff.private import ANONYMOUS, tell
from storage.models import Desk
from storage.queries import town


async def show(_update: Update, context: Ctx) -> None:
    """Show the list of each desk of this group; in a group that is no desk's, say nothing."""
    desks = await town.desk_of_chat(context.work.session, context.chat_id, context.thread_id)
    if not desks:
        return
    if context.person.id == ANONYMOUS or context.message.sender_chat is not None:
        context.say(answer_texts.anonymous(context.t))
        return
    verdicts = [await passing_on.ask(context.work, desk, context.person) for desk in desks]
    if Verdict.DONE in verdicts:
        return
    stranger = Verdict.STRANGER in verdicts
    context.say(answer_texts.stranger(context.t) if stranger else texts.nothing_to_pass_on(context.t))


async def done(_update: Update, context: Ctx, pressed: PassedOnAll) -> None:
    """Mark the list as passed on."""
    if context.person.id == ANONYMOUS:
        context.refused()
        tell(context, answer_texts.anonymous(context.t))
        return
    desk = await context.work.session.get(Desk, pressed.desk)
    if desk is None or desk.chat_id != context.chat_id:
        context.refused()
        tell(context, answer_texts.stranger(context.t))
        return
    verdict, count = await passing_on.done(context.work, desk.id, context.person, pressed.mark)
    match verdict:
        case Verdict.DONE:
            tell(context, texts.passed_on_now(context.t, count=count))
        case Verdict.STRANGER:
            context.refused()
            tell(context, answer_texts.stranger(context.t))
        case Verdict.STALE:
            context.refused()
            tell(context, texts.list_changed(context.t))
        case _:
            tell(context, texts.nothing_to_pass_on(context.t))


COMMANDS: list[Route] = [OnCommand(COMMAND_NAMES["pass_on"], show, private=False, group=True)]
BUTTONS: list[Route] = [OnButton(PassedOnAll, done)]
