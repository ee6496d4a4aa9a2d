"""Typed words for the buttons under what a worker wrote: "lezen", "antwoord terug", "niet opgelost".

Such a message is no prompt, so its buttons are not kept with the person; its key says what they would do.
"""

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram import Update

from bot.domain.notices.after import ClosingRated, LaterQuestion
from bot.domain.notices.triage import ClosingToResident, ToResident
from bot.services.triage import Later
from bot.texts import after as after_texts
from bot.texts import resident as texts
from handlers.context import Ctx
from handlers.conversation import has_open_dialogue
from handlers.my_reports import ReadAnswer, ReplyTo
from handlers.my_reports.buttons import NotSolved
from handlers.my_reports.reading import on_read
from handlers.my_reports.replying import on_reply
from handlers.report import start_with
from handlers.routes import Label, OnWords, Route, in_every_language
from handlers.triage.later import on_answer, on_rate
from handlers.triage.resident import not_solved, read_closing
from handlers.triage.resident_buttons import AnswerLater, Rate, ReadClosing
from storage.models import Outbox
from storage.queries import outbox

#: Older messages are opened from the overview.
_LATELY = timedelta(days=28)
_CLOSINGS = (ClosingToResident.kind, ClosingRated.kind)
_Act = Callable[[Update, Ctx, Outbox], Coroutine[Any, Any, None]]


async def _read(update: Update, context: Ctx, row: Outbox) -> None:
    if row.kind == ToResident.kind:
        await on_read(update, context, ReadAnswer(ToResident.from_key(row.key).message))
    else:
        closing = ClosingToResident.from_key(row.key)
        await read_closing(update, context, ReadClosing(closing.report, closing.event))


async def _reply(update: Update, context: Ctx, row: Outbox) -> None:
    await on_reply(update, context, ReplyTo(ToResident.from_key(row.key).report))


async def _not_solved(update: Update, context: Ctx, row: Outbox) -> None:
    await not_solved(update, context, NotSolved(ClosingToResident.from_key(row.key).report))


def _thumb(*, good: bool) -> _Act:
    async def act(update: Update, context: Ctx, row: Outbox) -> None:
        closing = ClosingToResident.from_key(row.key)
        await on_rate(update, context, Rate(closing.report, closing.event, good=good))

    return act


def _later(said: Later) -> _Act:
    async def act(update: Update, context: Ctx, row: Outbox) -> None:
        asked = LaterQuestion.from_key(row.key)
        await on_answer(update, context, AnswerLater(asked.report, asked.event, said))

    return act


def _typed(label: Label, kinds: tuple[str, ...], act: _Act) -> Route:
    """Return the route that takes *label* for a tap under the newest message of *kinds*."""

    async def answer(update: Update, context: Ctx) -> None:
        since = context.now - _LATELY
        row = await outbox.last_asked(context.work.session, context.chat_id, kinds, since=since)
        if row is None:
            await start_with(update, context)
        else:
            await act(update, context, row)

    return OnWords(in_every_language(label), answer, lambda update: not has_open_dialogue(update))


WORDS: list[Route] = [
    _typed(texts.read_label, (ToResident.kind, ClosingToResident.kind), _read),
    _typed(texts.reply_label, (ToResident.kind,), _reply),
    _typed(texts.not_solved_label, _CLOSINGS, _not_solved),
    _typed(after_texts.good_label, _CLOSINGS, _thumb(good=True)),
    _typed(after_texts.bad_label, _CLOSINGS, _thumb(good=False)),
    _typed(after_texts.later_good, (LaterQuestion.kind,), _later(Later.GOOD)),
    _typed(after_texts.later_bad, (LaterQuestion.kind,), _later(Later.BAD)),
    _typed(after_texts.later_never, (LaterQuestion.kind,), _later(Later.NEVER)),
]
