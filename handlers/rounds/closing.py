"""Closing a round with one tap, and the line that may stand beside it."""

from pydantic import BaseModel, ConfigDict
from telegram import Update

from bot import data
from bot.domain.activities.round_lines import Unfit
from bot.domain.enums import RoundOutcome
from bot.services import rounds
from bot.services.rounds import Added, Arrived, Closed, Scene
from bot.texts import round_closing as closing_texts
from bot.texts import rounds as texts
from handlers import report
from handlers.activities import detail
from handlers.activities.round_buttons import CloseRound, Home, ShowRound, WriteLine
from handlers.activities.round_rows import Row, closed_rows, closing_rows
from handlers.context import Ctx, keys
from handlers.conversation import Conversation, Stop, conversation
from handlers.report.hearing import IDLE
from handlers.rounds.walking import answer, seen, show_card
from storage.models import Dialogue

ABOUT = "round_line"
LINE = "line"


class LineDraft(BaseModel):
    """Of which round a line is asked."""

    model_config = ConfigDict(extra="forbid")

    occurrence: int
    at: int


async def on_home(_update: Update, context: Ctx, pressed: Home) -> None:
    """*Wij zijn thuis*: ask how it was; closed already, show that."""
    scene = await seen(context, pressed.occurrence)
    if scene is None or (context.person.id not in scene.walkers and context.person.id not in scene.expected):
        detail.show_not_there(context)
    elif scene.at != pressed.at:
        await answer(context, Arrived.MOVED, pressed.occurrence)
    elif scene.is_open and context.person.id in scene.walkers:
        t = context.t
        back: Row = (texts.to_round_key(t), ShowRound(pressed.occurrence, pressed.at))
        context.show(closing_texts.how_was_it(t), keys(*closing_rows(t, pressed.occurrence, pressed.at), back))
    else:
        await show_card(context, pressed.occurrence, above=texts.not_open(context.t))


async def on_close(_update: Update, context: Ctx, pressed: CloseRound) -> None:
    """Close the round; the second of two reads how the first did."""
    t = context.t
    closed = await rounds.close(context.work, pressed.occurrence, context.person.id, pressed.outcome, at=pressed.at)
    if closed is Closed.NOT_THERE:
        detail.show_not_there(context)
    elif closed is Closed.NOT_OPEN:
        await show_card(context, pressed.occurrence, above=texts.not_open(t))
    elif closed is Closed.ALREADY:
        scene = await seen(context, pressed.occurrence)
        before = scene.round.outcome if scene is not None and scene.round is not None else None
        text = closing_texts.closed_before(t, of=RoundOutcome(before)) if before else texts.over(t)
        context.show(text, keys(*_rows(context, scene)))
    else:
        await _closed(context, pressed)


async def _closed(context: Ctx, pressed: CloseRound) -> None:
    t = context.t
    told = closing_texts.incident_told(t) if pressed.outcome is RoundOutcome.INCIDENT else closing_texts.welcome_home(t)
    text = f"{closing_texts.is_closed(t, of=pressed.outcome)}\n{told}"
    scene = await seen(context, pressed.occurrence)
    has_line = scene is None or scene.round is None or scene.round.line is not None
    if pressed.outcome is RoundOutcome.NOTHING or has_line:
        context.show(text, keys(*_rows(context, scene)))
    else:
        await _ask(context, pressed.occurrence, pressed.at, above=text)


def _rows(context: Ctx, scene: Scene | None) -> list[Row]:
    return [] if scene is None else closed_rows(context.t, context.work, scene)


async def on_write_line(_update: Update, context: Ctx, pressed: WriteLine) -> None:
    """*Regel erbij*: ask for it, when this person walked the round and there is none."""
    scene = await seen(context, pressed.occurrence)
    t = context.t
    if scene is None or context.person.id not in scene.walkers or scene.round is None or scene.at != pressed.at:
        detail.show_not_there(context)
    elif scene.round.closed_at is None:
        await show_card(context, pressed.occurrence)
    elif not rounds.may_raise(context.work, scene.round):
        context.show(closing_texts.line_too_late(t))
    elif scene.round.line is not None:
        context.show(closing_texts.line_there(t))
    else:
        await _ask(context, pressed.occurrence, pressed.at)


async def _ask(context: Ctx, occurrence: int, at: int, *, above: str = "") -> None:
    draft = LineDraft(occurrence=occurrence, at=at)
    row = context.open_dialogue(ABOUT, LINE, draft.model_dump(mode="json"))
    await context.work.session.flush()
    _show(context, row, above)


def _show(context: Ctx, row: Dialogue, above: str = "") -> None:
    text = "\n\n".join(filter(None, (above, closing_texts.line_question(context.t))))
    context.show(text, keys((closing_texts.no_line_key(context.t), Stop(row.draft_id))))


async def on_message(update: Update, context: Ctx) -> None:
    """Take what was typed as the line; hours later it is something new, and starts a report."""
    row = context.dialogue
    if row is None:
        return
    if context.now - row.changed_at > IDLE:
        await context.end_dialogue()
        await report.start_with(update, context)
        return
    draft, t = LineDraft.model_validate(row.draft), context.t
    typed = context.message.text or ""
    added = await rounds.add_line(context.work, draft.occurrence, context.person.id, typed, at=draft.at)
    if isinstance(added, Unfit):
        _show(context, row, closing_texts.line_unfit(t, added, police=data.help_lines()["police"].number))
        return
    await context.end_dialogue()
    if added is Added.NOT_THERE:
        detail.show_not_there(context)
        return
    said = {Added.ALREADY: closing_texts.line_there(t), Added.TOO_LATE: closing_texts.line_too_late(t)}
    context.show(said.get(added, closing_texts.line_kept(t)))


async def show_step(context: Ctx) -> None:
    """Show the question again."""
    if row := context.dialogue:
        _show(context, row)


async def stop(context: Ctx) -> None:
    """Leave the line out; the round stays closed."""
    await context.end_dialogue()
    context.show(closing_texts.line_left_out(context.t))


conversation(Conversation(ABOUT, on_message, show_step, stop, stop))
