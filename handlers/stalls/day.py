"""One tap on the day: how my stall stands, the map, and the sheet for the organiser."""

from telegram import Update

from bot.domain.notices.stalls import RouteSheet, StallMap
from bot.services.rommelroute import stall_days, stall_lists
from bot.services.rommelroute.stall_days import Done
from bot.texts import stall_organiser as organiser_texts
from bot.texts import stalls as texts
from handlers.activities import detail
from handlers.activities.stall_buttons import PrintRoute, SetStall, ShowMap
from handlers.context import Ctx
from handlers.stalls.pages import seen
from storage.models import Occurrence, Signup

#: No time that a button of ours carries (seconds since 1970) is later.
_LATEST = 2**33


async def on_set(_update: Update, context: Ctx, pressed: SetStall) -> None:
    """Set one's own stall to open, sold out or closed; the message of the day says so from now on."""
    t = context.t
    done, stall = await stall_days.set_state(context.work, pressed.stall, context.person.id, pressed.state)
    signup = None if stall is None else await context.work.session.get(Signup, stall.signup_id)
    if signup is None:
        detail.show_not_there(context)
    elif done is Done.DONE and pressed.panel:
        context.toast(texts.set_to(t, state=pressed.state))
    else:
        occurrence = await context.work.session.get(Occurrence, signup.occurrence_id)
        off = occurrence is not None and occurrence.called_off_at is not None
        above = texts.set_to(t, state=pressed.state) if done is Done.DONE else texts.not_now(t, called_off=off)
        await detail.show_meeting(context, signup.occurrence_id, above=above)


async def on_map(_update: Update, context: Ctx, pressed: ShowMap) -> None:
    """Show the map below, or draw it anew where it stands."""
    if await seen(context, pressed.occurrence) is None:
        return
    asked = pressed.asked if pressed.asked and pressed.asked < _LATEST else int(context.now.timestamp())
    context.work.put(StallMap(pressed.occurrence, context.person.id, asked), chat=context.person.id)


async def on_print(_update: Update, context: Ctx, pressed: PrintRoute) -> None:
    """Send the organiser the route sheet; for everybody else it does not exist."""
    route = await stall_lists.seen_by(context.work, pressed.occurrence, context.person.id)
    above = ""
    if route is not None and route.organises:
        sheet = RouteSheet(pressed.occurrence, context.person.id, int(context.now.timestamp()))
        context.work.put(sheet, chat=context.person.id)
        above = organiser_texts.sheet_comes(context.t)
    await detail.show_meeting(context, pressed.occurrence, above=above)
