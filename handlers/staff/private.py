"""The worker's private chat with the bot, also when the worker tapped or replied in a group."""

from typing import Any

from bot.services.desk import openings
from bot.services.triage import Outcome, Verdict
from bot.texts import Translator
from bot.texts import triage_answers as texts
from handlers.buttons import Keyboard
from handlers.context import Ctx, scope
from handlers.views.drawing import Drawing
from storage.models import Dialogue
from storage.queries import dialogues

#: Telegram's own account behind which anonymous administrators of a group write.
ANONYMOUS = 1087968824
#: The deep link that only opens the private chat.
HELLO = "hallo"


def private_t(context: Ctx) -> Translator:
    """Return the translator of the person, whatever chat this happens in."""
    return context.scope.translators(context.person)


def tell(context: Ctx, text: str, *, url: str | None = None) -> None:
    """Answer a tap with a toast; what was typed in private with a message."""
    if context.incoming is not None and context.incoming.callback_query is not None:
        context.toast(text, alert=len(text) > 60, url=url)
    elif context.is_private:
        context.say(text)


def show(
    context: Ctx, text: str, keyboard: Keyboard, *, protect: bool = False, new: bool = False, about: int | None = None
) -> None:
    """Show the next prompt in the worker's private chat. A protected one is always a new message, and a *new* one.

    What is shown of the report *about* goes when this worker may not read it any more, and when it is erased.
    """
    chat = context.person.id
    tapped = context.tapped_prompt() if context.is_private and not protect and not new else None
    drawing = Drawing(text=text, keyboard=keyboard, protect=protect)
    context.work.say(drawing.to_payload(), chat=chat, key=f"prompt:{chat}", message_id=tapped, about=about)
    remember(context, keyboard)


def remember(context: Ctx, keyboard: Keyboard) -> None:
    """Let the worker type the buttons of what is shown in private."""
    context.person.prompt = [[key.label, key.button.encode()] for row in keyboard for key in row if key.button]


async def open_dialogue(context: Ctx, about: str, step: str, draft: dict[str, Any]) -> Dialogue:
    """Begin a dialogue in the worker's private chat."""
    await fetch(context)
    return context.open_dialogue(about, step, draft, chat=context.person.id)


async def dialogue(context: Ctx) -> Dialogue | None:
    """Return the open dialogue in the worker's private chat."""
    await fetch(context)
    mine = (context.person.id, context.person.id)
    rows = (row for (chat, user, _), row in scope.get().dialogues.items() if (chat, user) == mine and row.active)
    return next(rows, None)


async def fetch(context: Ctx) -> None:
    """Bring the dialogues of the worker's private chat into the scope, when this happens in a group."""
    if not context.is_private:
        found = await dialogues.fetch(context.work.session, {(context.person.id, context.person.id)})
        for place, row in found.items():
            scope.get().dialogues.setdefault(place, row)


async def invite(context: Ctx, report_id: int) -> None:
    """Bring a worker whom the bot can't write to into the private chat: by the link that opens this report there."""
    opened = await openings.open_for(context.work, report_id, context.person)
    payload = opened.token or HELLO
    url = f"https://t.me/{context.scope.bot_username}?start={payload}"
    tell(context, texts.start_me_first(context.t), url=url)


def refusal(context: Ctx, outcome: Outcome) -> str:
    """Return why a tap changed nothing, and write down that it did not."""
    context.refused()
    t = context.t
    other = (outcome.other.name if outcome.other else None) or "?"
    match outcome.verdict:
        case Verdict.HELD:
            return texts.held_do_take_over(t, name=other)
        case Verdict.NOBODY:
            return texts.nobody_has_it(t)
        case Verdict.MINE:
            return texts.mine(t)
        case Verdict.STALE:
            return texts.stale(t)
        case Verdict.CLOSED:
            return texts.closed(t)
        case Verdict.STRANGER:
            return texts.stranger(t)
        case Verdict.GONE:
            return texts.gone(t)
        case Verdict.SAME:
            return texts.same(t)
        case Verdict.IMPOSSIBLE | Verdict.DONE:
            return texts.impossible(t)
