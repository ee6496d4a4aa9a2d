"""Changing one date (move, other place, call off) or ending a series: what, why, and a question before it is done."""

from datetime import datetime

from telegram import Update

from bot.domain.activities.plans import MAX_PLACE, one_line
from bot.domain.text_input import Word, word
from bot.domain.time import to_utc, to_wall
from bot.domain.when import When, Wrong, ends_of, parse_times, parse_when
from bot.services.activities import making, one_date, plans
from bot.services.activities.making import Made
from bot.services.activities.one_date import DateChange
from bot.services.activities.rescheduling import Changed
from bot.texts import making as making_texts
from bot.texts import managing as texts
from handlers.activities.making_buttons import CallOffDate, EndActivity, MoveDate, PlaceDate
from handlers.context import Ctx
from handlers.conversation import Conversation, conversation
from handlers.making.choosing import TAKES
from handlers.making.date_pages import NONE, YES, Ask, Draft, What, found_by, show
from handlers.making.managing import managed_activity, show_activity, show_date, show_home
from handlers.making.names import DATE
from storage.models import Activity, Occurrence
from storage.queries import making as queries

MAX_WHY = 200


async def on_move(_update: Update, context: Ctx, pressed: MoveDate) -> None:
    """Begin to move a date."""
    await _begin(context, What.MOVE, pressed.occurrence, Ask.WHEN)


async def on_place(_update: Update, context: Ctx, pressed: PlaceDate) -> None:
    """Begin to give a date another place."""
    await _begin(context, What.PLACE, pressed.occurrence, Ask.PLACE)


async def on_call_off(_update: Update, context: Ctx, pressed: CallOffDate) -> None:
    """Begin to call a date off."""
    await _begin(context, What.OFF, pressed.occurrence, Ask.WHY)


async def on_end(_update: Update, context: Ctx, pressed: EndActivity) -> None:
    """Begin to end an activity."""
    activity = await managed_activity(context, pressed.activity)
    if activity is not None:
        await _open(context, Draft(what=What.END, activity=activity.id), Ask.WHY)


async def _begin(context: Ctx, what: What, occurrence_id: int, ask: Ask) -> None:
    found = await one_date.date_of(context.work, occurrence_id, context.person.id)
    if found is None:
        context.show(making_texts.gone(context.t), new=True)
        return
    occurrence, activity = found
    over = occurrence.ends_at if what is What.OFF else occurrence.starts_at
    if occurrence.called_off_at is not None or over <= context.now:
        await show_date(context, occurrence.id, above=texts.too_late(context.t))
        return
    draft = Draft(what=what, activity=activity.id, occurrence=occurrence.id, version=occurrence.version)
    await _open(context, draft, ask)


async def _open(context: Ctx, draft: Draft, ask: Ask) -> None:
    context.open_dialogue(DATE, ask.value, draft.model_dump(mode="json"))
    await show(context)


# -- answers --------------------------------------------------------------------------------------------------------


async def on_message(_update: Update, context: Ctx) -> None:
    """Take a typed time, place or reason."""
    row, t = context.dialogue, context.t
    if row is None:
        return
    draft, said = Draft.model_validate(row.draft), (context.message.text or "").strip()
    found = await found_by(context, draft)
    if found is None:
        return
    match Ask(row.step):
        case _ if not said:
            await show(context, making_texts.text_only(t))
        case Ask.WHY if word(said) in (Word.SKIP, Word.NO):
            await _to(context, draft.model_copy(update={"why": None}), Ask.SURE)
        case Ask.SURE if word(said) is Word.YES:
            await _do(context, draft, *found)
        case Ask.SURE if word(said) is Word.NO:
            await stop(context)
        case Ask.WHEN if found[1] is not None:
            await _take_when(context, draft, found[1], said)
        case Ask.PLACE:
            if (place := one_line(said, most=MAX_PLACE)) is None:
                await show(context, making_texts.place_too_long(t))
            else:
                await _to(context, draft.model_copy(update={"place": place}), Ask.WHY)
        case Ask.WHY:
            if (why := one_line(said, most=MAX_WHY)) is None:
                await show(context, making_texts.too_long(t, most=MAX_WHY))
            else:
                await _to(context, draft.model_copy(update={"why": why}), Ask.SURE)
        case _:
            await show(context, making_texts.choose(t))


async def _take_when(context: Ctx, draft: Draft, occurrence: Occurrence, said: str) -> None:
    """Take a new day, new times, or both; what was not typed stays: the day, the time, the length."""
    t, now = context.t, await plans.wall_now(context.work)
    when = parse_when(said, now)
    if when is Wrong.UNKNOWN and not isinstance(times := parse_times(said, now), Wrong):
        when = times
    if isinstance(when, Wrong):
        await show(context, making_texts.wrong(t, when))
        return
    starts, ends = _moved(occurrence, when, context)
    if starts <= now:
        await show(context, making_texts.wrong(t, Wrong.PAST))
    else:
        await _to(context, draft.model_copy(update={"starts": starts, "ends": ends}), Ask.WHY)


def _moved(occurrence: Occurrence, when: When, context: Ctx) -> tuple[datetime, datetime]:
    old_starts = to_wall(occurrence.starts_at, context.t.zone)
    lasts = to_wall(occurrence.ends_at, context.t.zone) - old_starts
    starts = datetime.combine(when.day or old_starts.date(), when.begins or old_starts.time())
    return starts, ends_of(starts, when.ends) if when.ends else starts + lasts


async def _to(context: Ctx, draft: Draft, ask: Ask) -> None:
    context.step(ask.value, draft.model_dump(mode="json"))
    await show(context)


async def take(context: Ctx, value: str) -> None:
    """Take *Zonder reden* or *Ja, doen*."""
    row = context.dialogue
    if row is None:
        return
    draft = Draft.model_validate(row.draft)
    found = await found_by(context, draft)
    if found is None:
        return
    if row.step == Ask.WHY and value == NONE:
        await _to(context, draft.model_copy(update={"why": None}), Ask.SURE)
    elif row.step == Ask.SURE and value == YES:
        await _do(context, draft, *found)
    else:
        await show(context, making_texts.choose(context.t))


async def _do(context: Ctx, draft: Draft, activity: Activity, occurrence: Occurrence | None) -> None:
    t, zone = context.t, context.t.zone
    await context.end_dialogue()
    if occurrence is None:
        result = await making.end(context.work, context.person, activity.id, draft.why)
        done = result.outcome is Made.DONE
        await show_home(context, above=texts.done(t, people=result.told) if done else making_texts.gone(t))
        return
    people = sum((await queries.people_at(context.work.session, [occurrence.id])).values())
    if occurrence.version != draft.version:
        await show_date(context, occurrence.id, above=texts.changed_meanwhile(t))
        return
    if draft.what is What.OFF:
        outcome = await one_date.call_off_date(context.work, context.person, occurrence.id, draft.why)
    else:
        change = DateChange(
            occurrence.id,
            draft.version,
            to_utc(draft.starts, zone) if draft.starts else None,
            to_utc(draft.ends, zone) if draft.ends else None,
            draft.place,
            draft.why,
        )
        outcome = await one_date.change_date(context.work, context.person, change)
    above = {
        Changed.DONE: texts.done(t, people=people),
        Changed.ALREADY: texts.same(t),
        Changed.ENDED: texts.too_late(t),
        Changed.SAME_DAY: texts.same_day(t),
        Changed.NOT_THERE: making_texts.gone(t),
    }[outcome]
    await show_date(context, occurrence.id, above=above)


async def back(context: Ctx) -> None:
    """Go one question back; from the first to where one came from."""
    row = context.dialogue
    if row is None:
        return
    draft = Draft.model_validate(row.draft)
    first = {What.MOVE: Ask.WHEN, What.PLACE: Ask.PLACE}.get(draft.what, Ask.WHY)
    if row.step == Ask.SURE:
        await _to(context, draft, Ask.WHY)
    elif row.step == Ask.WHY and first is not Ask.WHY:
        await _to(context, draft, first)
    else:
        found = await found_by(context, draft)
        if found is not None:
            await context.end_dialogue()
            await (show_date(context, found[1].id) if found[1] else show_activity(context, found[0]))


async def stop(context: Ctx) -> None:
    """Leave without a change."""
    await context.end_dialogue()
    context.show(texts.stopped(context.t))


async def show_open(context: Ctx) -> None:
    """Show the open question again."""
    await show(context)


conversation(Conversation(DATE, on_message, show_open, back, stop))
TAKES[DATE] = take
