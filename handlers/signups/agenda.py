"""🎟 Waar ik heen ga: one's own sign-ups, each with its page, where it can be given back."""

from telegram import Update

from bot.services.activities import meetings
from bot.texts import activities as activity_texts
from bot.texts import calendar as calendar_texts
from bot.texts import signups as texts
from handlers.activities import detail
from handlers.activities.along_buttons import OpenGuest
from handlers.activities.buttons import ListPage, OpenMeeting, OpenMine
from handlers.activities.calendar import OpenCalendar
from handlers.activities.listing import numbers, place_of
from handlers.buttons import Button
from handlers.context import Ctx, keys
from storage.models import Occurrence, Signup
from storage.queries import signups as queries
from storage.queries.activities import Place

PAGE = 8


async def open_list(_update: Update, context: Ctx) -> None:
    """Show one's own sign-ups."""
    await show_mine(context)


async def on_open(_update: Update, context: Ctx, pressed: OpenMine) -> None:
    """Show them, or the next page."""
    await show_mine(context, place_of(pressed.after_at, pressed.after_id))


async def show_mine(context: Ctx, after: Place | None = None) -> None:
    """Show the sign-ups after a place in the list, what comes first on top."""
    t = context.t
    rows = await queries.mine(context.work.session, context.person.id, now=context.now, after=after, limit=PAGE + 1)
    shown = rows[:PAGE]
    going = await meetings.of(context.work, [occurrence for _signup, occurrence in shown])
    entries, buttons = [], list[tuple[str, Button]]()
    for number, ((signup, occurrence), meeting) in enumerate(zip(shown, going, strict=True), start=1):
        title = meeting.activity.title
        status = await _status(context, signup, occurrence)
        starts_at = occurrence.starts_at
        entries.append(texts.mine_entry(t, number=number, title=title, starts_at=starts_at, status=status))
        opens = OpenGuest(signup.id) if signup.for_name else OpenMeeting(occurrence.id)
        buttons.append((activity_texts.list_key(number=number, title=title), opens))
    if after is not None:
        buttons.append((activity_texts.first_page_key(t), OpenMine()))
    if len(rows) > PAGE:
        signup, occurrence = shown[-1]
        following = Place(occurrence.starts_at, signup.id)
        buttons.append((activity_texts.more_key(t), OpenMine(*numbers(following))))
    if context.scope.web:
        buttons.append((calendar_texts.open_key(t), OpenCalendar()))
    text = "\n\n".join([texts.mine_title(t), *(entries or [texts.mine_empty(t)])])
    context.show(text, keys(*buttons, (activity_texts.to_list_key(t), ListPage(context.person.area_code))))


async def _status(context: Ctx, signup: Signup, occurrence: Occurrence) -> str:
    if occurrence.called_off_at is not None:
        return texts.status_called_off(context.t)
    return await detail.status_line(context, signup)
