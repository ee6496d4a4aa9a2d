"""What somebody types or sends while a report is open: nothing is lost, and something helpful is said."""

from datetime import timedelta

from telegram import Message, Update

from bot.domain.drafts import MAX_TEXT, DraftMedia, Piece, ReportDraft, Step, add_words, heard, next_step, read_again
from bot.domain.geo import Point, rounded
from bot.domain.text_input import Word, choose, is_empty, is_small_talk, number, word
from bot.services.reporting import signs
from bot.texts import report as texts
from handlers.context import Ctx
from handlers.report import asides, where
from handlers.report.flow import PAGES, Page, Turn, go, load, missed, open_step, save
from handlers.report.media import add, album_begins, join_album, media_of
from storage.models import Dialogue

#: Steps that are answered by telling something.
TELLING = frozenset({Step.TELL, Step.WORDS, Step.DETAILS})
#: After so long a message is not taken for an answer to the open step any more.
IDLE = timedelta(hours=4)


async def on_message(_update: Update, context: Ctx) -> None:
    """Take a message at the open step."""
    row = context.dialogue
    if row is None or await join_album(context):
        return
    draft, step = load(row), Step(row.step)
    message = context.message
    heard(draft, (message.message_id, int(message.date.timestamp())))
    media = media_of(message)
    comes_along = media is not None or message.location is not None
    if step is Step.RESUME and (comes_along or _is_told(message.text or "")):
        await wait_with(context, draft)
    elif media is not None:
        await _hear_file(context, row, draft, step, media)
    elif message.location is not None:
        await _hear_location(context, draft, step, message)
    elif message.contact is not None and step is Step.PHONE:
        await go(context, draft, step, asides.take_phone(context, draft, message.contact.phone_number))
    elif message.text:
        await _hear_text(context, draft, step, message.text)
    else:
        save(row, draft)
        await missed(context, draft, step, texts.wrong_sort(context.t))


def typed(context: Ctx) -> str:
    """Return the words of a message, or of its picture, without the command before them ("/melden Er ligt glas")."""
    words = context.message.text or context.message.caption or ""
    return words.split(maxsplit=1)[1] if context.args else words


async def wait_with(context: Ctx, draft: ReportDraft) -> None:
    """Keep what came in until it is known whether it belongs to the older draft or begins a new report."""
    message = context.message
    if (media := media_of(message)) is not None:
        draft.incoming_media.append(media)
    if (shared := message.location) is not None:
        kept = rounded(Point(shared.latitude, shared.longitude))
        draft.incoming_point = kept.lat, kept.lon
    if words := typed(context):
        draft.incoming.append(Piece(message=message.message_id, text=words))
    await open_step(context, draft, Step.RESUME)


async def _hear_file(context: Ctx, row: Dialogue, draft: ReportDraft, step: Step, media: DraftMedia) -> None:
    message = context.message
    await album_begins(context, row.draft_id)
    above = add(context, draft, row.draft_id, media)
    if message.caption and not is_empty(message.caption):
        above = await tell(context, draft, message.message_id, message.caption) or above
    await _after_telling(context, draft, step, above)


async def _hear_location(context: Ctx, draft: ReportDraft, step: Step, message: Message) -> None:
    location = message.location
    if location is None:
        return
    await where.take_location(context, draft, location.latitude, location.longitude)
    if step in (Step.WHERE, Step.AREA, Step.CHOICE, Step.OUTSIDE):
        await go(context, draft, step, Turn(to=None))
    else:
        await open_step(context, draft, step, above=texts.location_thanks(context.t))


async def _hear_text(context: Ctx, draft: ReportDraft, step: Step, text: str) -> None:
    """Take typed words: an answer to this step, or else more of the report."""
    page = PAGES[step]
    if is_small_talk(text) and word(text) is None and step not in _SMALL_TALK_COUNTS:
        await open_step(context, draft, step)
        return
    if step is Step.CALL_112 and await _value_of(context, draft, step, text) is None and _is_told(text):
        await _after_telling(context, draft, step, await tell(context, draft, context.message.message_id, text))
        return
    if step in TELLING and not is_empty(text) and word(text) is None:
        await _after_telling(context, draft, step, await tell(context, draft, context.message.message_id, text))
        return
    value = await _value_of(context, draft, step, text)
    turn = await page.choose(context, draft, value) if value is not None else None
    if turn is None and page.hear is not None and not is_empty(text):
        turn = await page.hear(context, draft, text)
    if turn is not None:
        await go(context, draft, step, turn)
    elif word(text) is Word.HELP:
        await _help(context, draft, step)
    elif not _is_told(text) or step in _ALONE:
        say = texts.words_please if step in TELLING else texts.not_understood
        await missed(context, draft, step, say(context.t))
    else:
        await _add_beside(context, draft, step, text)


#: Steps at which a greeting may be the answer.
_SMALL_TALK_COUNTS = frozenset({Step.WORDS, Step.DETAILS, Step.NAME, Step.CALL_LANGUAGE})
#: Steps at which words are never taken for more of the report.
_ALONE = frozenset({Step.CALL_112, Step.RESUME, Step.PHONE, Step.DAY_PART, Step.CALL_LANGUAGE, Step.NAME})


async def _help(context: Ctx, draft: ReportDraft, step: Step) -> None:
    """Say how it goes and whom to call, once."""
    page = await PAGES[step].page(context, draft)
    danger = texts.danger_line(context.t)
    lines = [texts.how_it_works(context.t), *([] if danger in page.text else [danger])]
    await missed(context, draft, step, "\n".join(lines))


def _is_told(text: str) -> bool:
    """Tell whether *text* tells something, and is not only a word or number for a button."""
    return not is_empty(text) and word(text) is None and number(text) is None


async def _value_of(context: Ctx, draft: ReportDraft, step: Step, text: str) -> str | None:
    """Return the value of the button that *text* means at this step."""
    page: Page = await PAGES[step].page(context, draft)
    meant = word(text)
    if meant is not None and meant in PAGES[step].words:
        return PAGES[step].words[meant]
    at = choose(text, [label for label, _value in page.options])
    return page.options[at][1] if at is not None else None


async def tell(context: Ctx, draft: ReportDraft, message_id: int, text: str) -> str:
    """Add words to the report and read them; return what must be said about it."""
    was_young = draft.under_16
    fits = add_words(draft, message_id, text)
    read_again(draft, await signs.read(context.work, draft.text))
    lines = [] if fits else [texts.too_long(context.t, most=MAX_TEXT)]
    if draft.under_16 and not was_young:
        lines.append(texts.under_16(context.t))
    return "\n".join(lines)


async def _add_beside(context: Ctx, draft: ReportDraft, step: Step, text: str) -> None:
    """Words at a step that asks for a choice: they join the report, and the choice is asked again."""
    said = await tell(context, draft, context.message.message_id, text)
    line = "\n".join(filter(None, (said, texts.added(context.t))))
    if next_step(draft) is Step.DANGER:
        await open_step(context, draft, Step.DANGER, above=line)
    else:
        await missed(context, draft, step, line)


async def _after_telling(context: Ctx, draft: ReportDraft, step: Step, above: str) -> None:
    """Go on after something was told: at a telling step it was the answer, elsewhere the step stays open."""
    if step in TELLING:
        draft.details_done = draft.details_done or step is Step.DETAILS
        draft.words_done = draft.words_done or step is Step.WORDS
        await go(context, draft, step, Turn(above=above))
    elif next_step(draft) is Step.DANGER and step is not Step.CALL_112:
        await open_step(context, draft, Step.DANGER, above=above)
    else:
        await open_step(context, draft, step, above=above)
