"""Buurtpreventie: the shifts of one's own team. For everybody else there are none, here or anywhere."""

from telegram import Update

from bot.services.activities import meetings
from bot.texts import activities as activity_texts
from bot.texts import patrol as texts
from bot.texts import teams as team_texts
from handlers.activities import detail
from handlers.activities.buttons import ListPage, Shifts, Teams
from handlers.activities.listing import entry, meeting_rows, numbers, place_of
from handlers.activities.round_rows import month_rows
from handlers.buttons import Button
from handlers.context import Ctx, keys
from storage.queries import activities as queries


async def on_shifts(_update: Update, context: Ctx, pressed: Shifts) -> None:
    """Show the shifts that this person may see; who may see none is answered as if there were none to see."""
    t = context.t
    if not await queries.sees_shifts(context.work.session, context.person.id):
        detail.show_not_there(context)
        return
    after = place_of(pressed.after_at, pressed.after_id)
    page = await meetings.shifts(context.work, context.person.id, after=after)
    entries = [entry(context, number, meeting) for number, meeting in enumerate(page.meetings, start=1)]
    parts = [texts.shifts_title(t), *(entries or [texts.shifts_empty(t)]), texts.secret(t)]
    rows: list[tuple[str, Button] | list[tuple[str, Button]]] = list(meeting_rows(page))
    rows += await month_rows(context)
    if after is not None:
        rows.append((activity_texts.first_page_key(t), Shifts()))
    if page.following is not None:
        rows.append((activity_texts.more_key(t), Shifts(*numbers(page.following))))
    rows.append((team_texts.teams_key(t), Teams()))
    context.show("\n\n".join(parts), keys(*rows, (activity_texts.to_list_key(t), ListPage(context.person.area_code))))
