"""How a report begins, is left, and is taken up again."""

from datetime import timedelta

from telegram import Update

from bot.domain.drafts import (
    DraftMedia,
    Piece,
    ReportDraft,
    Step,
    Walk,
    heard,
    next_step,
)
from bot.domain.enums import Kind
from bot.domain.text_input import is_empty, is_small_talk, word
from bot.texts import report as texts
from bot.texts import report_buttons as labels
from handlers.context import Ctx, scope
from handlers.report import hearing
from handlers.report.flow import PAGES, Page, StepPage, Turn, load, open_step, refused
from handlers.report.leaving import GoOn, ThrowAway
from handlers.report.media import add, album_begins, join_album, media_of
from handlers.report.where import take_location
from handlers.report.wiping import ABOUT, DRAFTS, KEPT
from handlers.routes import OnOwnButton, Route, is_private
from storage.models import Dialogue
from storage.queries import dialogues

#: What is not sent is thrown away after this.
KEPT_FOR = timedelta(days=7)
GO_ON, BEGIN_NEW = "go", "new"


async def begin(update: Update, context: Ctx) -> None:
    """Begin a report (📣 Iets melden, /melden), or offer the one that was not finished."""
    if context.args:
        await start_with(update, context)
        return
    if await refused(context):
        return
    row = _row(context, ABOUT)
    if row is not None and _offered(context, row):
        await _offer(context, row)
    else:
        await _new(context)


async def start_with(_update: Update, context: Ctx) -> None:
    """Begin a report with what was typed or sent."""
    if await refused(context) or await join_album(context):
        return
    row = _row(context, ABOUT)
    if row is not None and _offered(context, row):
        await _offer(context, row, incoming=True)
    else:
        await _new(context, incoming=True)


async def begin_on_round(context: Ctx, round_id: int, area: str | None) -> None:
    """Begin a report about something that is broken or dirty, seen on a round; an older draft is offered first."""
    if await refused(context):
        return
    walk, row = Walk(round=round_id, area=area), _row(context, ABOUT)
    if row is None or not _offered(context, row):
        await _new(context, walk=walk)
        return
    draft = load(row)
    draft.incoming_walk = walk
    context.resume_dialogue(row)
    await open_step(context, draft, Step.RESUME)


async def on_message(update: Update, context: Ctx) -> None:
    """Take a message in an open report; after hours of silence it may well begin another one."""
    row = context.dialogue
    if row is None or await refused(context):
        return
    silent = context.now - row.changed_at > hearing.IDLE
    if silent and Step(row.step) is not Step.RESUME and not load(row).empty and _can_start(context):
        await start_with(update, context)
    else:
        await hearing.on_message(update, context)


def _row(context: Ctx, about: str) -> Dialogue | None:
    return next((row for row in context.dialogues() if row.about == about), None)


def _offered(context: Ctx, row: Dialogue) -> bool:
    """Tell whether this draft is offered by itself: something was told, it is not old, and not for other eyes."""
    draft = load(row)
    told = not draft.empty or draft.call_me is not None
    return told and not draft.discreet and context.now - row.changed_at < KEPT_FOR


async def _new(context: Ctx, *, incoming: bool = False, walk: Walk | None = None) -> None:
    """Open a new draft, with what came in or on a round; a sealed one that rests is kept out of sight."""
    row = _row(context, ABOUT)
    if row is not None and load(row).discreet:
        _put_aside(context, row)
    draft = _on_walk(ReportDraft(under_16=context.person.under_16), walk)
    row = context.open_dialogue(ABOUT, Step.TELL, draft.kept())
    above = await _take_in(context, row, draft) if incoming else ""
    await open_step(context, draft, next_step(draft), above=above)


def _on_walk(draft: ReportDraft, walk: Walk | None) -> ReportDraft:
    """Return a new draft as one made on a round: it is about a place, until its words say otherwise."""
    draft.walk, draft.kind = walk, Kind.PLACE if walk else draft.kind
    return draft


async def _take_in(context: Ctx, row: Dialogue, draft: ReportDraft) -> str:
    """Put the first message into a new draft; return what must be said about it."""
    message = context.message
    heard(draft, (message.message_id, int(message.date.timestamp())))
    above = ""
    if (media := media_of(message)) is not None:
        await album_begins(context, row.draft_id)
        above = add(context, draft, row.draft_id, media)
    if message.location is not None:
        await take_location(context, draft, message.location.latitude, message.location.longitude)
        above = texts.location_thanks(context.t)
    typed = hearing.typed(context)
    if message.text and is_empty(typed):
        above = texts.words_please(context.t)
    elif typed and not is_small_talk(typed) and word(typed) is None:
        above = await hearing.tell(context, draft, message.message_id, typed) or above
    return above


def _put_aside(context: Ctx, row: Dialogue) -> None:
    """Keep a sealed draft out of sight, so that another report can be made; it is found in the overview."""
    aside = _place_aside(context)
    aside.draft_id, aside.step, aside.draft, aside.changed_at = row.draft_id, row.step, row.draft, row.changed_at


def _place_aside(context: Ctx) -> Dialogue:
    """Return a row for a draft that is put aside: a new one, or that of the oldest when there are very many."""
    held = {row.about: row for row in context.dialogues() if row.about in KEPT}
    about = next((place for place in KEPT if place not in held), None)
    if about is None:
        return min(held.values(), key=lambda row: row.changed_at)
    row = Dialogue(chat_id=context.chat_id, user_id=context.person.id, about=about, active=False)
    scope.get().dialogues[(row.chat_id, row.user_id, about)] = row
    context.work.session.add(row)
    return row


# -- an older draft -----------------------------------------------------------------------------------------------


async def _offer(context: Ctx, row: Dialogue, *, incoming: bool = False) -> None:
    """Ask whether to go on with an older draft; what came in just now waits in it."""
    draft = load(row)
    context.resume_dialogue(row)
    if not incoming:
        await open_step(context, draft, Step.RESUME)
        return
    heard(draft, (context.message.message_id, int(context.message.date.timestamp())))
    await hearing.wait_with(context, draft)


async def _resume_page(context: Ctx, draft: ReportDraft) -> Page:
    t = context.t
    text = texts.unfinished(t, text=draft.text if draft.kind is not None else "")
    rows = [[(labels.resume(t), GO_ON)], [(labels.begin_new(t), BEGIN_NEW)]]
    return Page(f"{text}\n\n{texts.danger_line(t)}", rows)


async def _chose_resume(context: Ctx, draft: ReportDraft, value: str) -> Turn | None:
    row = context.dialogue
    if row is None or value not in (GO_ON, BEGIN_NEW):
        return None
    pieces, files, walk = draft.incoming, draft.incoming_media, draft.incoming_walk
    point = draft.incoming_point
    if value == BEGIN_NEW:
        draft = _on_walk(ReportDraft(heard=draft.heard, under_16=context.person.under_16), walk)
        row = context.open_dialogue(ABOUT, Step.TELL, draft.kept())
    draft.incoming, draft.incoming_media, draft.incoming_walk, draft.incoming_point = [], [], None, None
    above = []
    if point is not None:
        await take_location(context, draft, *point)
        above.append(texts.location_thanks(context.t))
    above.append(await _merge(context, row, draft, pieces, files))
    await open_step(context, draft, next_step(draft), above="\n".join(filter(None, above)))
    return Turn(ended=True)


async def _merge(context: Ctx, row: Dialogue, draft: ReportDraft, pieces: list[Piece], files: list[DraftMedia]) -> str:
    lines = [add(context, draft, row.draft_id, media) for media in files]
    for piece in pieces:
        if not is_empty(piece.text) and not is_small_talk(piece.text):
            lines.append(await hearing.tell(context, draft, piece.message, piece.text))
    return "\n".join(filter(None, lines))


async def on_go_on(_update: Update, context: Ctx, pressed: GoOn) -> None:
    """Take a stopped draft up where it was left."""
    row = _resting(context, pressed.draft)
    if row is None:
        context.show(texts.draft_gone(context.t))
        return
    draft = load(row)
    if row.about in KEPT:
        row = await _bring_back(context, row)
    context.resume_dialogue(row)
    await open_step(context, draft, next_step(draft))


async def _bring_back(context: Ctx, kept: Dialogue) -> Dialogue:
    """Make a draft that was put aside the report again; an open one that stands there changes places with it."""
    there = _row(context, ABOUT)
    other = (there.draft_id, there.step, there.draft, there.changed_at) if there else None
    back_again = kept.draft_id, kept.step, kept.draft
    row = context.open_dialogue(ABOUT, kept.step, kept.draft)
    row.draft_id, row.step, row.draft = back_again
    if other is None:
        await _drop(context, kept)
    else:
        kept.active = False
        kept.draft_id, kept.step, kept.draft, kept.changed_at = other
    return row


async def _drop(context: Ctx, row: Dialogue) -> None:
    del scope.get().dialogues[(row.chat_id, row.user_id, row.about)]
    await dialogues.remove(context.work.session, row)


async def on_throw_away(_update: Update, context: Ctx, pressed: ThrowAway) -> None:
    """Throw a stopped draft away."""
    row = _resting(context, pressed.draft)
    if row is None:
        context.show(texts.draft_gone(context.t))
        return
    await _drop(context, row)
    context.show(texts.thrown_away(context.t))


def _resting(context: Ctx, draft_id: int) -> Dialogue | None:
    return next(
        (row for row in context.dialogues() if row.about in DRAFTS and row.draft_id == draft_id and draft_id),
        None,
    )


def unsent(context: Ctx) -> list[Dialogue]:
    """Return the drafts of this person that hold something, for the overview that they open themselves."""
    rows = [row for row in context.dialogues() if row.about in DRAFTS]
    return [row for row in rows if not load(row).empty and context.now - row.changed_at < KEPT_FOR]


def _can_start(context: Ctx) -> bool:
    update = context.incoming
    return update is not None and starts_report(update)


def starts_report(update: Update) -> bool:
    """Tell whether this private message can begin a report: words, a file, a place."""
    message = update.message
    if message is None or not is_private(update):
        return False
    text = message.text or ""
    return (bool(text) and not text.startswith("/")) or media_of(message) is not None or message.location is not None


PAGES |= {Step.RESUME: StepPage(_resume_page, _chose_resume)}
BUTTONS: list[Route] = [OnOwnButton(GoOn, on_go_on), OnOwnButton(ThrowAway, on_throw_away)]
