"""Announcing one date: which wijken, how it reads and to how many, and then *Versturen*."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from telegram import Update

from bot.domain.activities.plans import one_line
from bot.domain.text_input import Word, word
from bot.domain.time import is_quiet
from bot.services.activities import meetings, news, one_date
from bot.services.activities.news import Told
from bot.texts import general
from bot.texts import making as making_texts
from bot.texts import managing as managing_texts
from bot.texts import news as texts
from handlers.activities.making_buttons import Announce, Choose
from handlers.buttons import Key, Keyboard
from handlers.context import Ctx, keys
from handlers.conversation import Back, Conversation, Stop, conversation
from handlers.making.answers import REGIONS
from handlers.making.choosing import TAKES
from handlers.making.managing import show_date
from handlers.making.names import NEWS
from handlers.making.pages import area_chosen, area_heard, area_options
from handlers.views.activities.news import announcement
from storage.models import Occurrence
from storage.queries import town

GO_ON, SEND, DROP, LINE, NONE = "on", "send", "x", "line", "none"
MAX_LINE = 200


class Ask(StrEnum):
    """The choice of wijken, a line of one's own, and the preview."""

    AREAS = "areas"
    LINE = "line"
    PREVIEW = "preview"


class Draft(BaseModel):
    """An announcement in the making: of which date, to which wijken, and what its sender adds.

    `region` is the part of town being looked at.
    """

    model_config = ConfigDict(extra="forbid")

    occurrence: int
    areas: list[str]
    region: str | None = None
    line: str | None = None


async def on_announce(_update: Update, context: Ctx, pressed: Announce) -> None:
    """Begin with the wijk of the activity."""
    found = await one_date.date_of(context.work, pressed.occurrence, context.person.id)
    if found is None:
        context.show(making_texts.gone(context.t), new=True)
    elif not news.can_be_announced(context.work, found[0]):
        await show_date(context, pressed.occurrence, above=managing_texts.too_late(context.t))
    else:
        areas = [found[0].area_code] if found[0].area_code else []
        draft = Draft(occurrence=pressed.occurrence, areas=areas)
        context.open_dialogue(NEWS, Ask.AREAS.value, draft.model_dump(mode="json"))
        await show(context)


async def _occurrence(context: Ctx, draft: Draft) -> Occurrence | None:
    """Return the date that is announced; None, after saying so, when that can't be (any more)."""
    found = await one_date.date_of(context.work, draft.occurrence, context.person.id)
    if found is not None and news.can_be_announced(context.work, found[0]):
        return found[0]
    await context.end_dialogue()
    if found is None:
        context.show(making_texts.gone(context.t), new=True)
    else:
        await show_date(context, draft.occurrence, above=managing_texts.too_late(context.t))
    return None


async def show(context: Ctx, above: str = "") -> None:
    """Show the open step under a line about what was wrong."""
    row, t = context.dialogue, context.t
    if row is None:
        return
    draft = Draft.model_validate(row.draft)
    occurrence = await _occurrence(context, draft)
    if occurrence is None:
        return
    names = [(area.name, area.code) for code in draft.areas if (area := await town.area(context.work.session, code))]
    readers = await news.count_readers(context.work, occurrence, draft.areas)
    areas = [name for name, _code in names]
    if row.step == Ask.AREAS:
        text = texts.ask_areas(t, areas=areas, readers=readers)
        options = [[(texts.drop_area_key(t, area=name), DROP + code)] for name, code in names]
        options += await area_options(context, draft.region)
        if draft.region is not None:
            options.append([(general.back(t), REGIONS)])
        options.append([(texts.go_on_key(t), GO_ON)])
    elif row.step == Ask.LINE:
        text, options = texts.ask_line(t, most=MAX_LINE), [[(texts.no_line_key(t), NONE)]]
    else:
        meeting = (await meetings.of(context.work, [occurrence]))[0]
        text = texts.preview(t, text=announcement(t, meeting, draft.line), areas=areas, readers=readers)
        options = [[(texts.send_key(t), SEND)], [(texts.change_line_key(t), LINE)]]
    rows: Keyboard = [[Key(label, Choose(row.draft_id, row.step, value)) for label, value in line] for line in options]
    last = [(general.back(t), Back(row.draft_id)), (general.stop(t), Stop(row.draft_id))]
    if row.step == Ask.AREAS and draft.region is not None:
        last = last[1:]
    said = "\n\n".join(filter(None, (above, text)))
    (context.show_numbers if row.step == Ask.LINE else context.show)(said, [*rows, *keys(last)])


async def take(context: Ctx, value: str) -> None:
    """Take a tapped wijk, *Verder*, *Zonder eigen tekst* or *Versturen*."""
    row = context.dialogue
    if row is None:
        return
    draft = Draft.model_validate(row.draft)
    if row.step == Ask.PREVIEW:
        if value == SEND:
            await _send(context, draft)
        else:
            await _to(context, draft, Ask.LINE if value == LINE else Ask.PREVIEW)
    elif row.step == Ask.LINE:
        await _to(context, draft.model_copy(update={"line": None}), Ask.PREVIEW)
    elif value == GO_ON:
        if draft.areas:
            await _to(context, draft, Ask.LINE)
        else:
            await show(context, texts.no_area(context.t))
    elif value == REGIONS:
        await _to(context, draft.model_copy(update={"region": None}))
    elif value.startswith(DROP):
        areas = [code for code in draft.areas if code != value[len(DROP) :]]
        await _to(context, draft.model_copy(update={"areas": areas}))
    else:
        await _add(context, draft, *await area_chosen(context, value))


async def on_message(_update: Update, context: Ctx) -> None:
    """Take a typed wijk, a line of one's own, or *ja* under the preview."""
    row, said = context.dialogue, (context.message.text or "").strip()
    if row is None:
        return
    draft, t = Draft.model_validate(row.draft), context.t
    match Ask(row.step):
        case _ if not said:
            await show(context, making_texts.text_only(t))
        case Ask.AREAS:
            await _add(context, draft, *await area_heard(context, said))
        case Ask.LINE:
            line = None if word(said) in (Word.SKIP, Word.NO) else one_line(said, most=MAX_LINE)
            if line is None and word(said) is None:
                await show(context, making_texts.too_long(t, most=MAX_LINE))
            else:
                await _to(context, draft.model_copy(update={"line": line}), Ask.PREVIEW)
        case Ask.PREVIEW if word(said) in (Word.YES, Word.SEND):
            await _send(context, draft)
        case _:
            await show(context, making_texts.choose(t))


async def _add(context: Ctx, draft: Draft, code: str | None, region: str | None) -> None:
    if code is None and region is None:
        await show(context, making_texts.area_unknown(context.t))
        return
    areas = draft.areas if code is None or code in draft.areas else [*draft.areas, code]
    await _to(context, draft.model_copy(update={"areas": areas, "region": region}))


async def _to(context: Ctx, draft: Draft, ask: Ask = Ask.AREAS) -> None:
    context.step(ask.value, draft.model_dump(mode="json"))
    await show(context)


async def _send(context: Ctx, draft: Draft) -> None:
    t = context.t
    told, readers = await news.announce(context.work, context.person, draft.occurrence, draft.areas, line=draft.line)
    if told is Told.NOBODY:
        await show(context, texts.nobody(t))
        return
    await context.end_dialogue()
    above = {
        Told.SENT: texts.sent(t, readers=readers, quiet=is_quiet(context.now, t.zone)),
        Told.TOO_LATE: managing_texts.too_late(t),
    }.get(told, making_texts.gone(t))
    await show_date(context, draft.occurrence, above=above)


async def back(context: Ctx) -> None:
    """Go back to the line, to the wijken, or to the date."""
    row = context.dialogue
    if row is None:
        return
    draft = Draft.model_validate(row.draft)
    if row.step == Ask.PREVIEW:
        await _to(context, draft, Ask.LINE)
        return
    if row.step == Ask.LINE or draft.region is not None:
        await _to(context, draft.model_copy(update={"region": None}))
        return
    await context.end_dialogue()
    await show_date(context, draft.occurrence)


async def stop(context: Ctx) -> None:
    """Leave; nothing is sent."""
    await context.end_dialogue()
    context.show(texts.stopped(context.t))


async def show_open(context: Ctx) -> None:
    """Show the open step again."""
    await show(context)


conversation(Conversation(NEWS, on_message, show_open, back, stop))
TAKES[NEWS] = take
