"""Answering back, changing one's first name, and taking a report back."""

from pydantic import BaseModel, ConfigDict
from telegram import Update

from bot.domain.text_input import Word, word
from bot.services.reporting import reports
from bot.texts import after as after_texts
from bot.texts import general, report_buttons
from bot.texts import my_reports as texts
from bot.texts import report as report_texts
from bot.texts import report_sent as sent_texts
from handlers.buttons import Button, Keyboard
from handlers.context import Ctx, keys, scope
from handlers.conversation import Back, Conversation, Stop, conversation
from handlers.my_reports import danger
from handlers.my_reports.buttons import OpenMine, OpenOne, Rename, ReplyTo, Unname, Withdraw
from handlers.my_reports.naming import number_of
from handlers.my_reports.overview import show_one
from handlers.report import start_with
from handlers.report.asides import first_name
from handlers.report.flow import refused
from handlers.report.hearing import IDLE
from handlers.report.media import album_begins, join_album, media_of, note_reply
from handlers.report.wiping import Wipe, remember_sent
from handlers.routes import OnMessage, OnOwnButton, Route, is_private
from storage.ids import new_id
from storage.models import Dialogue, Report

ABOUT = "reply"
WORDS, NAME, RATED = "words", "name", "rated"
#: Messages to a resident that a Telegram reply answers.
_ANSWERABLE = frozenset({"to_resident", "closing_to_resident", "closing_rated", "later_question", "report_receipt"})


class ReplyDraft(BaseModel):
    """What is being written, about which report."""

    model_config = ConfigDict(extra="forbid")

    report: int


async def on_reply(_update: Update, context: Ctx, pressed: ReplyTo) -> None:
    """Ask for the words of an answer."""
    await _open(context, pressed.report, WORDS)


async def on_rename(_update: Update, context: Ctx, pressed: Rename) -> None:
    """Ask for a first name."""
    await _open(context, pressed.report, NAME)


async def _open(context: Ctx, report_id: int, step: str) -> None:
    if await refused(context):
        return
    report = await reports.own(context.work, context.person, report_id)
    if report is None:
        context.show(texts.not_yours(context.t))
        return
    context.open_dialogue(ABOUT, step, ReplyDraft(report=report.id).model_dump(mode="json"))
    await show(context)


async def show(context: Ctx) -> None:
    """Show the open question again."""
    await _ask(context)


async def _ask(context: Ctx, above: str = "") -> None:
    """Show the open question with its buttons, under a line about what could not be its answer."""
    row = context.dialogue
    report = await _report_of(context)
    if row is None or report is None:
        return
    t = context.t
    rows: list[tuple[str, Button]] = []
    if row.step == RATED:
        context.show("\n\n".join(filter(None, (above, after_texts.say_more(t)))), _rated_keys(context, row, report))
        return
    if row.step == NAME:
        question = sent_texts.name_question(t)
        rows.append((report_buttons.no_name(t), Unname(report.id)))
    else:
        question = texts.write_reply(t, number=number_of(report))
    if report.sealed:
        rows.append((report_buttons.wipe(t), Wipe()))
    last: list[tuple[str, Button]] = [(general.back(t), Back(row.draft_id)), (general.stop(t), Stop(row.draft_id))]
    context.show("\n\n".join(filter(None, (above, question))), keys(*rows, last))


def _rated_keys(context: Ctx, row: Dialogue, report: Report) -> Keyboard:
    """Return what can be tapped instead of writing a line with a thumb."""
    wipe = [(report_buttons.wipe(context.t), Wipe())] if report.sealed else []
    return keys(*wipe, (after_texts.skip_label(context.t), Stop(row.draft_id)))


async def _report_of(context: Ctx) -> Report | None:
    row = context.dialogue
    if row is None:
        return None
    return await reports.own(context.work, context.person, ReplyDraft.model_validate(row.draft).report)


async def on_message(update: Update, context: Ctx) -> None:
    """Take the words, or the name."""
    row, message = context.dialogue, context.message
    if row is None or await refused(context) or await join_album(context):
        return
    if row.step == RATED and context.now - row.changed_at > IDLE:
        await context.end_dialogue()  # hours later these are no words with a thumb
        await start_with(update, context)
        return
    report_id = ReplyDraft.model_validate(row.draft).report
    if row.step == NAME:
        await _hear_name(context, report_id, message.text or "")
    elif not await _bring(context, report_id, row.draft_id):
        await _ask(context, report_texts.wrong_sort(context.t))
    else:
        await context.end_dialogue()


async def _hear_name(context: Ctx, report_id: int, text: str) -> None:
    if word(text) in (Word.NO, Word.SKIP):
        await _take_name(context, report_id, None)
    elif name := first_name(text):
        await _take_name(context, report_id, name)
    else:
        await _ask(context, sent_texts.name_unclear(context.t))


async def on_unname(_update: Update, context: Ctx, pressed: Unname) -> None:
    """Take the first name away."""
    await _take_name(context, pressed.report, None)


async def _take_name(context: Ctx, report_id: int, name: str | None) -> None:
    done = await reports.rename(context.work, context.person, report_id, name)
    if context.dialogue is not None and context.dialogue.about == ABOUT:
        await context.end_dialogue()
    context.show(texts.name_changed(context.t, name=name) if done else texts.not_yours(context.t))


async def _bring(context: Ctx, report_id: int, draft_id: int) -> bool:
    """Bring a message to whoever has the report; False when it holds nothing to bring."""
    message = context.message
    media = media_of(message)
    text = message.text or message.caption or ""
    if media is None and not text:
        return False
    if media is not None:
        await album_begins(context, draft_id)
    files = [(media.kind.value, media.file_id, media.id)] if media else []
    outcome = await reports.reply(context.work, context.person, report_id, draft_id=draft_id, text=text, media=files)
    t = context.t
    if outcome is reports.ReplyOutcome.NOT_YOURS:
        context.show(texts.not_yours(t))
    else:
        if media is not None:
            note_reply(context, draft_id, media)
        remember_sent(context, [(message.message_id, int(message.date.timestamp()))])
        line, rows = await danger.after_words(context, draft_id)
        context.show("\n\n".join(filter(None, (texts.reply_sent(t), line))), rows)
    return True


async def answer_here(_update: Update, context: Ctx) -> None:
    """Take a Telegram reply to one of our messages about a report as an answer to it."""
    if await refused(context):
        return
    row = _replied_to(context.message.chat.id, context)
    if row is not None and not await _bring(context, row, new_id()):
        context.show(report_texts.wrong_sort(context.t))


def _replied_to(chat_id: int, context: Ctx) -> int | None:
    reply = context.message.reply_to_message
    shown = context.scope.shown.get((chat_id, reply.message_id)) if reply else None
    return shown.about if shown is not None and shown.kind in _ANSWERABLE else None


async def on_withdraw(_update: Update, context: Ctx, pressed: Withdraw) -> None:
    """Take a report back, after asking once more."""
    t = context.t
    report = await reports.own(context.work, context.person, pressed.report)
    if report is None:
        context.show(texts.not_yours(t))
        return
    if not pressed.sure:
        yes, no = Withdraw(report.id, sure=True), OpenOne(report.id, words=False)
        rows = keys((texts.withdraw_yes(t), yes), (report_buttons.no(t), no))
        context.show(texts.withdraw_sure(t, number=number_of(report)), rows)
        return
    await reports.withdraw(context.work, context.person, report.id)
    context.show(texts.withdrawn(t, number=number_of(report)), keys((texts.mine(t), OpenMine(None))))


async def stop(context: Ctx) -> None:
    """Leave without an answer."""
    rated = context.dialogue is not None and context.dialogue.step == RATED
    await context.end_dialogue()
    said = after_texts.skipped(context.t) if rated else texts.stopped(context.t)
    context.show(said, keys((texts.mine(context.t), OpenMine(None))))


async def back(context: Ctx) -> None:
    """Go back to the report."""
    report = await _report_of(context)
    await context.end_dialogue()
    if report is None:
        context.show(texts.not_yours(context.t))
    else:
        await show_one(context, report, words=not report.sealed)


def _answers_ours(update: Update) -> bool:
    message = update.message
    if message is None or not is_private(update) or message.reply_to_message is None:
        return False
    shown = scope.get().shown.get((message.chat.id, message.reply_to_message.message_id))
    return shown is not None and shown.kind in _ANSWERABLE


conversation(Conversation(ABOUT, on_message, show, back, stop))

BUTTONS: list[Route] = [
    OnOwnButton(ReplyTo, on_reply),
    OnOwnButton(Rename, on_rename),
    OnOwnButton(Unname, on_unname),
    OnOwnButton(Withdraw, on_withdraw),
    OnMessage(_answers_ours, answer_here),
]
