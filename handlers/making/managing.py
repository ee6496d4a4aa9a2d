"""Looking after activities: the list, the page of one, the page of one of its dates."""

from collections.abc import Sequence

from telegram import Update

from bot.domain.activities.plans import Plan
from bot.domain.when import holiday
from bot.services.activities import attendance, meetings, news, one_date, plans, recurrence, rights
from bot.texts import activities as activity_texts
from bot.texts import attendance as attendance_texts
from bot.texts import making as making_texts
from bot.texts import making_preview as preview_texts
from bot.texts import managing as texts
from bot.texts import news as news_texts
from bot.texts import signups as signup_texts
from handlers.activities.attendance_buttons import BegunDates
from handlers.activities.buttons import OpenMeeting
from handlers.activities.making_buttons import (
    Announce,
    CallOffDate,
    CopyActivity,
    EditActivity,
    EndActivity,
    Home,
    MoveDate,
    NewActivity,
    OpenActivity,
    OpenDate,
    PlaceDate,
    Resume,
)
from handlers.activities.repair_rows import attendance_rows
from handlers.buttons import Button
from handlers.context import Ctx, keys
from handlers.making.names import ABOUT
from handlers.making.pages import repeats_line
from storage.models import Activity, Dialogue, Occurrence
from storage.queries import making as queries

Row = tuple[str, Button] | list[tuple[str, Button]]
#: So many dates of an activity have a button.
DATES = 8


async def on_command(_update: Update, context: Ctx) -> None:
    """Show what one looks after, below in the chat."""
    await show_home(context, new=True)


async def on_home(_update: Update, context: Ctx, pressed: Home) -> None:
    """Show a page of what one looks after."""
    await show_home(context, after=pressed.after)


async def show_home(context: Ctx, *, after: int | None = None, new: bool = False, above: str = "") -> None:
    """Show a page of the activities that one looks after, with *Nieuwe activiteit*."""
    t = context.t
    if not (await rights.held_by(context.work, context.person.id)).any:
        context.show(making_texts.refused(t), new=True)
        return
    found, following = await rights.managed(context.work, context.person.id, after=after)
    rows: list[Row] = []
    if (draft := draft_of(context)) is not None:
        plan = Plan.model_validate(draft.draft)
        if await rights.may_plan(context.work, plan, context.person.id):
            rows.append((texts.resume_key(t, title=plan.title or None), Resume(draft.draft_id)))
    rows.append((texts.new_key(t), NewActivity()))
    rows += [(activity.title, OpenActivity(activity.id)) for activity in found]
    if following is not None:
        rows.append((texts.more_key(t), Home(following)))
    if (await attendance.begun(context.work, context.person.id))[0]:
        rows.append((attendance_texts.open_key(t), BegunDates(None)))
    text = texts.home(t, any_there=bool(found))
    context.show("\n\n".join(filter(None, (above, text))), keys(*rows), new=new)


def draft_of(context: Ctx) -> Dialogue | None:
    """Return the draft of an activity that was left, or is open."""
    return next((row for row in context.dialogues() if row.about == ABOUT), None)


async def managed_activity(context: Ctx, activity_id: int) -> Activity | None:
    """Return an activity that this person looks after; else say that there is none."""
    activity = await context.work.session.get(Activity, activity_id)
    if activity is None or not activity.active:
        activity = None
    if activity is not None and await rights.may_manage(context.work, activity, context.person.id):
        return activity
    context.show(making_texts.gone(context.t), new=True)
    return None


async def on_activity(_update: Update, context: Ctx, pressed: OpenActivity) -> None:
    """Show an activity."""
    if (activity := await managed_activity(context, pressed.activity)) is not None:
        await show_activity(context, activity, page=pressed.page)


async def show_activity(context: Ctx, activity: Activity, *, page: int = 0, above: str = "") -> None:
    """Show an activity with a page of its dates to come and what can be done, under a line about what was done."""
    t = context.t
    ahead = await queries.dates_to_come(context.work.session, activity.id, now=context.now)
    first = page * DATES if 0 <= page * DATES < len(ahead) else 0
    dates, more = ahead[first : first + DATES], len(ahead) > first + DATES
    labels = [activity_texts.span(t, starts_at=row.starts_at, ends_at=row.ends_at) for row in dates]
    plan = await plans.plan_of(context.work, activity, copy=False)
    rows: list[Row] = [(label, OpenDate(row.id)) for label, row in zip(labels, dates, strict=True)]
    turns: list[tuple[str, Button]] = []
    if first:
        turns.append((activity_texts.first_page_key(t), OpenActivity(activity.id)))
    if more:
        turns.append((activity_texts.more_key(t), OpenActivity(activity.id, first // DATES + 1)))
    if turns:
        rows.append(turns)
    rows.append([(texts.edit_key(t), EditActivity(activity.id)), (texts.copy_key(t), CopyActivity(activity.id))])
    rows.append((texts.cancel_all_key(t), EndActivity(activity.id)))
    rows.append((texts.back_key(t), Home()))
    made_until = context.now.astimezone(t.zone).date() + recurrence.AHEAD
    begins = plan.day if plan.day and plan.day > made_until else None
    text = texts.series(t, title=activity.title, repeats=repeats_line(context, plan), dates=labels, begins=begins)
    context.show("\n\n".join(filter(None, (above, text, _holidays(context, dates)))), keys(*rows))


def _holidays(context: Ctx, dates: Sequence[Occurrence]) -> str:
    """Return the warning about dates that are public holidays; nothing when none is."""
    days = [row.starts_at.astimezone(context.t.zone).date() for row in dates]
    warned = [(day, name) for day in days if (name := holiday(day, context.t.language))]
    return preview_texts.holidays_warning(context.t, days=warned) if warned else ""


async def on_date(_update: Update, context: Ctx, pressed: OpenDate) -> None:
    """Show one date."""
    await show_date(context, pressed.occurrence)


async def show_date(context: Ctx, occurrence_id: int, *, above: str = "") -> None:
    """Show one date with what can be done about it; to who does not look after it there is none."""
    t = context.t
    found = await one_date.date_of(context.work, occurrence_id, context.person.id)
    if found is None:
        context.show(making_texts.gone(t), new=True)
        return
    occurrence, activity = found
    meeting = (await meetings.of(context.work, [occurrence]))[0]
    people = await queries.people_at(context.work.session, [occurrence.id])
    off = occurrence.called_off_at is not None
    text = texts.one_date(
        t,
        title=activity.title,
        when=activity_texts.span(t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at),
        place=meeting.place,
        joined=people.get(occurrence.id, 0),
        off=off,
    )
    rows: list[Row] = []
    if not off and occurrence.starts_at > context.now:
        rows.append([(texts.move_key(t), MoveDate(occurrence.id)), (texts.place_key(t), PlaceDate(occurrence.id))])
    if not off and occurrence.ends_at > context.now:
        rows.append((texts.call_off_key(t), CallOffDate(occurrence.id)))
    if news.can_be_announced(context.work, occurrence):
        rows.append((news_texts.announce_key(t), Announce(occurrence.id)))
    rows += await attendance_rows(context, occurrence)
    rows.append((signup_texts.to_meeting_key(t), OpenMeeting(occurrence.id)))
    rows.append((texts.to_series_key(t), OpenActivity(activity.id)) if activity.active else (texts.back_key(t), Home()))
    warned = "" if off else _holidays(context, [occurrence])
    context.show("\n\n".join(filter(None, (above, text, warned))), keys(*rows))
