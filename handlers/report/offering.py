"""Typed words for the buttons of a draft that was offered again: "verder gaan", "weggooien".

Such a message is no prompt, so its buttons are not kept with the person: the draft says that it was offered.
"""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update

from bot.texts import report_buttons as labels
from handlers.context import Ctx, scope
from handlers.report.beginning import on_go_on, on_throw_away
from handlers.report.leaving import GoOn, ThrowAway
from handlers.report.wiping import ABOUT
from handlers.routes import Label, OnWords, Route, in_every_language
from storage.models import Dialogue


def _offered(update: Update) -> Dialogue | None:
    """Return the draft of who wrote this, when it was offered by itself."""
    chat, user = update.effective_chat, update.effective_user
    row = scope.get().dialogues.get((chat.id, user.id, ABOUT)) if chat and user else None
    return row if row is not None and row.active and row.offered else None


def _typed(label: Label, act: Callable[[Update, Ctx, int], Coroutine[Any, Any, None]]) -> Route:
    async def answer(update: Update, context: Ctx) -> None:
        if row := _offered(update):
            await act(update, context, row.draft_id)

    return OnWords(in_every_language(label), answer, lambda update: _offered(update) is not None)


async def _go_on(update: Update, context: Ctx, draft_id: int) -> None:
    await on_go_on(update, context, GoOn(draft_id))


async def _throw_away(update: Update, context: Ctx, draft_id: int) -> None:
    await on_throw_away(update, context, ThrowAway(draft_id))


WORDS: list[Route] = [_typed(labels.resume, _go_on), _typed(labels.throw_away, _throw_away)]
