"""`/signaal`: a worker takes down a signal of their own, or for somebody without Telegram. In private, staff only.

The answers lead to `bot.domain.signals.next_ask`; whether this person is staff is read at each step.
"""

from telegram import Update

from bot import data
from bot.domain.areas import Located, Sure, regions
from bot.domain.enums import Kind, Source, Theme
from bot.domain.reports import MAX_MEDIA, format_number
from bot.domain.signals import KINDS, MAX_SIGNAL, PEOPLE_KINDS, SOURCES, Ask, SignalDraft, answered, next_ask, undo
from bot.domain.text_input import Word, word
from bot.services.desk import signals
from bot.services.reporting import signs
from bot.services.town import places
from bot.texts import general
from bot.texts import menu as menu_texts
from bot.texts import report as report_texts
from bot.texts import signals as texts
from handlers import fallback
from handlers.buttons import Key, Keyboard
from handlers.context import Ctx, keys
from handlers.conversation import Back, Conversation, Stop, conversation, current
from handlers.desk.leading import to_private
from handlers.desk.signal_buttons import OpenSignal, Pick
from handlers.desk.signal_pages import AREA, NO, NOWHERE, REGION, YES, page
from handlers.report import start_with
from handlers.report.media import media_of
from handlers.routes import OnButton, OnCommand, OnWords, Route
from storage.models import Desk, Dialogue

ABOUT = "signal"
#: What the deep link to this conversation carries, behind `/start `.
LINK = "signaal"
_PER_ROW = 2
_SPOKEN: dict[Word, str] = {Word.YES: YES, Word.NO: NO, Word.SKIP: NOWHERE, Word.SEND: YES}


async def begin(update: Update, context: Ctx) -> None:
    """Begin a signal, with the words behind the command if there are any; or go on with one that was begun.

    In a desk's group it leads to the private chat: words about people do not belong there.
    """
    if not context.is_private:
        await to_private(context, texts.in_private(context.t), texts.menu_label(context.t), LINK)
        return
    if not await signals.may_record(context.work, context.person.id):
        await fallback.unknown_command(update, context)
        return
    await _open(context, " ".join(context.args or ()))


async def follow_link(update: Update, context: Ctx) -> None:
    """Begin a signal by the link from the group."""
    context.args = []
    await begin(update, context)


async def begin_word(update: Update, context: Ctx) -> None:
    """Take the bare word for the command when staff types it; from anybody else it begins a report."""
    if await signals.may_record(context.work, context.person.id):
        await _open(context, "")
    else:
        await start_with(update, context)


async def on_open(_update: Update, context: Ctx, _pressed: OpenSignal) -> None:
    """Begin a signal by a tap."""
    if await _is_staff(context):
        await _open(context, "")


async def _open(context: Ctx, text: str) -> None:
    row = next((row for row in context.dialogues() if row.about == ABOUT), None)
    if row is not None and not _load(row).empty and not text:
        context.resume_dialogue(row)
        await _ask(context, _load(row), texts.went_on(context.t))
        return
    draft = SignalDraft()
    context.open_dialogue(ABOUT, Ask.WORDS, draft.model_dump(mode="json"))
    await context.work.session.flush()
    await _ask(context, draft, await _take_words(context, draft, text) if text else "")


async def _is_staff(context: Ctx) -> bool:
    """Tell whether this person may go on; who lost the role meanwhile loses the draft too."""
    if context.is_private and await signals.may_record(context.work, context.person.id):
        return True
    context.refused()
    context.toast(texts.not_staff(context.t))
    if context.is_private:
        if context.dialogue is not None and context.dialogue.about == ABOUT:
            await context.end_dialogue()
        context.show(texts.not_staff(context.t), new=True)
    return False


# -- answers ------------------------------------------------------------------------------------------------------


async def on_pick(_update: Update, context: Ctx, pressed: Pick) -> None:
    """Take the answer of a button."""
    if not await _is_staff(context):
        return
    row = await current(context, pressed.draft, pressed.ask)
    if row is not None and row.about == ABOUT:
        await _answer(context, row, pressed.ask, pressed.value)


async def on_message(_update: Update, context: Ctx) -> None:
    """Take what was typed, spoken or sent along."""
    row = context.dialogue
    if row is None or not await _is_staff(context):
        return
    draft, message, ask = _load(row), context.message, Ask(row.step)
    media, text = media_of(message), (message.text or message.caption or "").strip()
    full = media is not None and len(draft.media) >= MAX_MEDIA
    if media is not None and not full:
        draft.media = [*draft.media, media]
    above = report_texts.too_many_files(context.t, most=MAX_MEDIA) if full else ""
    if media is not None:
        if ask is Ask.WORDS:
            answered(draft, Ask.WORDS)
        await _ask(context, draft, "\n".join(filter(None, (above, await _add(context, draft, text)))))
    elif ask is Ask.WORDS:
        await _ask(context, draft, await _take_words(context, draft, text) if text else texts.words_or_file(context.t))
    elif ask is Ask.WHERE and text:
        await _hear_place(context, draft, text)
    elif (said := word(text)) in _SPOKEN:
        await _answer(context, row, ask, _SPOKEN[said])
    else:
        await _ask(context, draft, texts.pick_please(context.t))


async def _take_words(context: Ctx, draft: SignalDraft, text: str) -> str:
    """Take the sentence as the answer to the first question; return what must be said about it."""
    problem = await _read(context, draft, text)
    if not problem:
        answered(draft, Ask.WORDS)
    return problem


async def _add(context: Ctx, draft: SignalDraft, text: str) -> str:
    """Add what was written with a file; return what must be said about it."""
    fits = not text or not await _read(context, draft, "\n".join(filter(None, (draft.text, text))))
    return "" if fits else texts.does_not_fit(context.t, most=MAX_SIGNAL)


async def _read(context: Ctx, draft: SignalDraft, text: str) -> str:
    """Put the words into the draft, and what they speak of; return what must be said about it."""
    if len(text) > MAX_SIGNAL:
        return texts.too_long(context.t, most=MAX_SIGNAL)
    draft.text, draft.signs = text, await signs.read(context.work, text)
    return ""


async def _answer(context: Ctx, row: Dialogue, ask: Ask, value: str) -> None:
    draft = _load(row)
    if ask is Ask.SEND and value == YES:
        await _send(context, row, draft)
        return
    if not await _take(context, draft, ask, value):
        await _ask(context, draft, texts.pick_please(context.t))
        return
    if not (draft.region or draft.choices):
        answered(draft, ask)
    await _ask(context, draft, _danger_line(context) if ask is Ask.DANGER and draft.danger else "")


async def _take(context: Ctx, draft: SignalDraft, ask: Ask, value: str) -> bool:
    """Write the answer into the draft; False for what was no answer to this question."""
    match ask:
        case Ask.SOURCE if value in SOURCES:
            draft.source = Source(value)
        case Ask.KIND if value in KINDS:
            draft.kind = Kind(value)
        case Ask.PEOPLE if value == NO or value in PEOPLE_KINDS:
            draft.about_people = value != NO
            draft.kind = Kind.PLACE if value == NO else Kind(value)
        case Ask.DANGER if value in (YES, NO):
            draft.danger = value == YES
        case Ask.THEME if value in list(Theme):
            draft.theme = Theme(value)
        case Ask.WHERE:
            return await _take_place(context, draft, value)
        case _:
            return False
    return True


async def _take_place(context: Ctx, draft: SignalDraft, value: str) -> bool:
    known = await places.names(context.work)
    names = regions(known)
    if value == NOWHERE:
        draft.nowhere, draft.region, draft.choices = True, None, []
    elif value.startswith(AREA) and value[1:] in {area.code for area in known}:
        draft.area, draft.region, draft.choices = value[1:], None, []
    elif value.startswith(REGION) and value[1:].isdecimal() and int(value[1:]) < len(names):
        draft.region = names[int(value[1:])]
    else:
        return False
    return True


async def _hear_place(context: Ctx, draft: SignalDraft, text: str) -> None:
    found = await places.typed(context.work, text)
    if isinstance(found, str):
        draft.region = found
    elif found.area is not None:
        draft.area, draft.region, draft.choices = found.area.code, None, []
        answered(draft, Ask.WHERE)
    elif not _take_choice(draft, found):
        await _ask(context, draft, texts.place_unknown(context.t))
        return
    await _ask(context, draft)


def _take_choice(draft: SignalDraft, found: Located) -> bool:
    if found.sure is Sure.CHOOSE:
        draft.choices = [area.code for area in found.areas]
    elif found.sure is Sure.OUTSIDE:
        draft.nowhere = True
        answered(draft, Ask.WHERE)
    return found.sure in (Sure.CHOOSE, Sure.OUTSIDE)


def _danger_line(context: Ctx) -> str:
    lines = data.help_lines()
    return texts.danger_first(context.t, emergency=lines["emergency"].number, advice=lines["safe_home"].number)


async def _send(context: Ctx, row: Dialogue, draft: SignalDraft) -> None:
    report = await signals.record(context.work, context.person, draft, row.draft_id)
    if report is None:
        await _ask(context, draft)
        return
    desk = await context.work.session.get(Desk, report.desk_id)
    await context.end_dialogue()
    number = format_number(report.year, report.number)
    text = texts.sent(context.t, number=number, desk=desk.name if desk else "?")
    context.show(text, keys((texts.menu_label(context.t), OpenSignal())))


# -- questions ----------------------------------------------------------------------------------------------------


async def show(context: Ctx) -> None:
    """Show the open question again."""
    if context.dialogue is not None and await _is_staff(context):
        await _ask(context, _load(context.dialogue))


async def _ask(context: Ctx, draft: SignalDraft, above: str = "") -> None:
    """Show the next question with its buttons, under a line about the last answer."""
    row = context.dialogue
    if row is None:
        return
    ask = next_ask(draft)
    context.step(ask, draft.model_dump(mode="json"))
    text, options = await page(context, draft, ask)
    taps = [Key(label, Pick(row.draft_id, ask, value)) for label, value in options]
    rows: Keyboard = [taps[at : at + _PER_ROW] for at in range(0, len(taps), _PER_ROW)]
    last = [Key(general.back(context.t), Back(row.draft_id)), Key(general.stop(context.t), Stop(row.draft_id))]
    context.show("\n\n".join(filter(None, (above, text))), [*rows, last])


# -- leaving ------------------------------------------------------------------------------------------------------


async def back(context: Ctx) -> None:
    """Take the last answer back; before the first one, leave."""
    row = context.dialogue
    draft = _load(row) if row is not None else None
    if draft is not None and undo(draft):
        await _ask(context, draft)
    else:
        await stop(context)


async def stop(context: Ctx) -> None:
    """Leave; the signal is thrown away."""
    await context.end_dialogue()
    context.show(texts.stopped(context.t), keys((texts.menu_label(context.t), OpenSignal())))


def _load(row: Dialogue) -> SignalDraft:
    return SignalDraft.model_validate(row.draft)


conversation(Conversation(ABOUT, on_message, show, back, stop))

_NAMES = menu_texts.COMMAND_NAMES["signal"]
COMMANDS: list[Route] = [OnCommand(_NAMES, begin, group=True)]
BUTTONS: list[Route] = [OnButton(OpenSignal, on_open), OnButton(Pick, on_pick)]
#: Comes after the open conversation, in which it is a word like any other.
WORDS: list[Route] = [OnWords(_NAMES, begin_word)]
