"""Conversations with steps: which there are, and what all of them share (stale taps, back, stop).

A conversation is known by `about`, the name in its dialogue row. Its buttons carry the draft id and the step they
were shown for, so that a tap on an older prompt changes nothing.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Update

from bot.domain.text_input import is_back, is_stop
from bot.texts import general as texts
from handlers.buttons import Button, button
from handlers.context import Ctx, scope
from handlers.routes import OnButton, OnMessage, Route, is_private
from storage.models import Dialogue


@dataclass(frozen=True)
class Conversation:
    """The four things that a conversation can do; all of them act on `context.dialogue`.

    `on_message`  something was typed or sent at the open step (never a button's word, a menu word, back or stop).
    `show`        show the open step again.
    `back`        go one step back and show it (at the first step: the same as stop).
    `stop`        leave it; says what became of the draft.
    """

    about: str
    on_message: Callable[[Update, Ctx], Awaitable[None]]
    show: Callable[[Ctx], Awaitable[None]]
    back: Callable[[Ctx], Awaitable[None]]
    stop: Callable[[Ctx], Awaitable[None]]


CONVERSATIONS: dict[str, Conversation] = {}


def conversation(new: Conversation) -> Conversation:
    """Enter a conversation; a second one of the same name is a programming error."""
    if new.about in CONVERSATIONS:
        raise TypeError(f"conversation {new.about!r} exists already")
    CONVERSATIONS[new.about] = new
    return new


@button("bk")
@dataclass(frozen=True)
class Back(Button):
    """*Terug* of the draft's open step."""

    draft: int


@button("st")
@dataclass(frozen=True)
class Stop(Button):
    """*Stoppen*."""

    draft: int


def open_of(context: Ctx) -> Conversation | None:
    """Return the conversation of the open dialogue."""
    row = context.dialogue
    return CONVERSATIONS.get(row.about) if row else None


async def current(context: Ctx, draft: int, step: str | None = None) -> Dialogue | None:
    """Return the open dialogue if *draft* is its draft and *step* its step (None: any step).

    Otherwise the tap is stale: answer "Dat had je al beantwoord", show the open step again, return None.
    """
    row = context.dialogue
    if row is not None and row.draft_id == draft and step in (None, row.step):
        return row
    context.refused()
    context.toast(texts.already_answered(context.t))
    found = open_of(context)
    if found is None:
        context.show(texts.nothing_open(context.t), new=True)
    else:
        await found.show(context)
    return None


async def on_back(_update: Update, context: Ctx, pressed: Back) -> None:
    """Go one step back, when the button belongs to the open draft."""
    if await current(context, pressed.draft) and (found := open_of(context)):
        await found.back(context)


async def on_stop(_update: Update, context: Ctx, pressed: Stop) -> None:
    """Leave the conversation, when the button belongs to the open draft."""
    if await current(context, pressed.draft) and (found := open_of(context)):
        await found.stop(context)


async def on_back_word(_update: Update, context: Ctx) -> None:
    """Go one step back because somebody typed so."""
    if found := open_of(context):
        await found.back(context)
    else:
        context.show(texts.nothing_to_stop(context.t))


async def on_stop_word(_update: Update, context: Ctx) -> None:
    """Leave the conversation because somebody typed so."""
    if found := open_of(context):
        await found.stop(context)
    else:
        context.show(texts.nothing_to_stop(context.t))


async def on_message(update: Update, context: Ctx) -> None:
    """Hand a message to the open conversation."""
    if found := open_of(context):
        await found.on_message(update, context)


def has_open_dialogue(update: Update) -> bool:
    """Return whether this private message comes in an open dialogue that we (still) know."""
    if not is_private(update) or update.effective_user is None or update.effective_chat is None:
        return False
    rows = scope.get().dialogues.of(update.effective_chat.id, update.effective_user.id)
    return any(row.active and row.about in CONVERSATIONS for row in rows)


def _typed(test: Callable[[str], bool]) -> Callable[[Update], bool]:
    return lambda update: bool(
        is_private(update) and update.message and update.message.text and test(update.message.text)
    )


BUTTONS: list[Route] = [OnButton(Back, on_back), OnButton(Stop, on_stop)]
WORDS: list[Route] = [OnMessage(_typed(is_back), on_back_word), OnMessage(_typed(is_stop), on_stop_word)]
DIALOGUE: list[Route] = [OnMessage(has_open_dialogue, on_message)]
