"""What changing one date or ending a series asks, and how it is confirmed: the draft and the pages of its questions."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from bot.domain.time import to_utc
from bot.domain.when import holiday
from bot.services.activities import one_date, rights
from bot.texts import activities as activity_texts
from bot.texts import general
from bot.texts import making as making_texts
from bot.texts import making_preview as preview_texts
from bot.texts import managing as texts
from handlers.activities.making_buttons import Choose
from handlers.buttons import Key, Keyboard
from handlers.context import Ctx, keys
from handlers.conversation import Back, Stop
from storage.models import Activity, Occurrence
from storage.queries import making as queries

YES, NONE = "yes", "none"


class What(StrEnum):
    """What is done."""

    MOVE = "move"
    PLACE = "place"
    OFF = "off"
    END = "end"


class Ask(StrEnum):
    """A question: the new time, the new place, the reason, and whether one is sure."""

    WHEN = "when"
    PLACE = "place"
    WHY = "why"
    SURE = "sure"


class Draft(BaseModel):
    """A change in the making; times are naive local wall times. `version` is that of the date as it was shown."""

    model_config = ConfigDict(extra="forbid")

    what: What
    activity: int
    occurrence: int = 0
    version: int = 0
    starts: datetime | None = None
    ends: datetime | None = None
    place: str | None = None
    why: str | None = None


async def found_by(context: Ctx, draft: Draft) -> tuple[Activity, Occurrence | None] | None:
    """Return what the draft is about; None, after saying so, when this person does not look after it any more."""
    if draft.what is What.END:
        activity = await context.work.session.get(Activity, draft.activity)
        if activity and activity.active and await rights.may_manage(context.work, activity, context.person.id):
            return activity, None
    elif (found := await one_date.date_of(context.work, draft.occurrence, context.person.id)) is not None:
        return found[1], found[0]
    await context.end_dialogue()
    context.show(making_texts.gone(context.t), new=True)
    return None


async def show(context: Ctx, above: str = "") -> None:
    """Show the open question under a line about what was wrong."""
    row, t = context.dialogue, context.t
    if row is None:
        return
    draft, ask = Draft.model_validate(row.draft), Ask(row.step)
    found = await found_by(context, draft)
    if found is None:
        return
    rows: Keyboard = []
    match ask:
        case Ask.WHEN:
            text = texts.ask_when(t, when=_span(context, found[1]) if found[1] else "")
        case Ask.PLACE:
            text = texts.ask_place(t)
        case Ask.WHY:
            text = texts.ask_why(t)
            rows = [[Key(texts.no_reason_key(t), Choose(row.draft_id, ask.value, NONE))]]
        case _:
            text = await _sure(context, draft, *found)
            rows = [[Key(texts.yes_key(t), Choose(row.draft_id, ask.value, YES))]]
    last = [(general.back(t), Back(row.draft_id)), (general.stop(t), Stop(row.draft_id))]
    said = "\n\n".join(filter(None, (above, text)))
    (context.show if ask is Ask.SURE else context.show_numbers)(said, [*rows, *keys(last)])


def _span(context: Ctx, row: Occurrence) -> str:
    return activity_texts.span(context.t, starts_at=row.starts_at, ends_at=row.ends_at)


async def _sure(context: Ctx, draft: Draft, activity: Activity, occurrence: Occurrence | None) -> str:
    t = context.t
    if occurrence is None:
        rows = list(await queries.dates_to_come(context.work.session, activity.id, now=context.now))
    else:
        rows = [occurrence]
    told = await queries.people_at(context.work.session, [row.id for row in rows])
    people = sum(told.values())
    if draft.what in (What.OFF, What.END):
        dates = [_span(context, row) for row in rows if occurrence or row.id in told or activity.repeats is None]
        text = texts.confirm_call_off(t, title=activity.title, dates=dates, why=draft.why, people=people)
        repeats = draft.what is What.END and activity.repeats is not None
        return f"{text}\n{texts.confirm_end(t)}" if repeats else text
    if draft.what is What.PLACE:
        before, after = texts.at(rows[0].place or activity.place), texts.at(draft.place)
    else:
        before, after = _span(context, rows[0]), _new_span(context, draft)
    text = texts.confirm_move(t, title=activity.title, before=before, after=after, why=draft.why, people=people)
    return "\n\n".join(filter(None, (text, _holiday_line(context, draft.starts.date() if draft.starts else None))))


def _holiday_line(context: Ctx, day: date | None) -> str:
    name = None if day is None else holiday(day, context.t.language)
    return preview_texts.holidays_warning(context.t, days=[(day, name)]) if day and name else ""


def _new_span(context: Ctx, draft: Draft) -> str:
    zone = context.t.zone
    if draft.starts is None or draft.ends is None:
        return ""
    return activity_texts.span(context.t, starts_at=to_utc(draft.starts, zone), ends_at=to_utc(draft.ends, zone))
