"""The stalls of a Rommelroute on the day: the list by street, the page of one stall, and stars."""

from collections.abc import Sequence

from telegram import Update

from bot.services.rommelroute import stall_lists, stalls
from bot.services.rommelroute.stall_lists import Route, Shown
from bot.texts import activities as activity_texts
from bot.texts import signups as signup_texts
from bot.texts import stall_organiser as organiser_texts
from bot.texts import stalls as texts
from handlers import turning
from handlers.activities import detail
from handlers.activities.buttons import OpenMeeting
from handlers.activities.stall_buttons import FavouritePage, OpenStall, ShowMap, StallPage, Star, StreetPage
from handlers.buttons import Button, Key, Keyboard
from handlers.context import Ctx, keys
from handlers.stalls.links import to_map
from storage.models import Occurrence, Signup, Stall
from storage.queries import stalls as queries

#: Stalls of a page: with all that may stand in each, a page keeps well under what Telegram takes.
PAGE = 16
_IN_A_ROW = 4


async def on_list(_update: Update, context: Ctx, pressed: StallPage) -> None:
    """Show the stalls by street, or the next page of them."""
    route = await seen(context, pressed.occurrence)
    if route is None:
        return
    t, title = context.t, texts.list_title(context.t, title=route.activity.title, total=len(route.stalls))
    if not route.is_today:
        provisional = any(shown.provisional for shown in route.stalls)
        title += "\n" + organiser_texts.organiser_note(t, provisional=provisional)
    _show(context, route, route.stalls, title, texts.list_empty(t), pressed)


async def on_streets(_update: Update, context: Ctx, pressed: StreetPage) -> None:
    """Show the streets, each of which opens the list where it begins."""
    route = await seen(context, pressed.occurrence)
    if route is None:
        return
    t, choices = context.t, list[Key]()
    before: Shown | None = None
    for shown in route.stalls:
        if before is None or shown.street != before.street:
            button = StallPage(route.occurrence.id, before.stall.id if before else None)
            choices.append(Key(texts.street_choice_key(t, name=shown.street), button))
        before = shown
    part = turning.part(t, choices, pressed.start, lambda start: StreetPage(route.occurrence.id, start))
    last = keys((texts.list_key(t), StallPage(route.occurrence.id)))
    context.show(texts.streets_title(t, title=route.activity.title), [*part.rows, *last])
    turning.understand(context, part.hidden)


async def on_favourites(_update: Update, context: Ctx, pressed: FavouritePage) -> None:
    """Show the stalls that one marked with a star."""
    route = await seen(context, pressed.occurrence)
    if route is None:
        return
    starred = [shown for shown in route.stalls if shown.stall.id in route.favourites]
    title = texts.favourites_title(context.t, title=route.activity.title)
    _show(context, route, starred, title, texts.favourites_empty(context.t), pressed)


async def seen(context: Ctx, occurrence_id: int) -> Route | None:
    """Return the route as this person may see it; else say that it is not the day, or that there is no such meeting."""
    route = await stall_lists.seen_by(context.work, occurrence_id, context.person.id)
    if route is None:
        occurrence = await context.work.session.get(Occurrence, occurrence_id)
        off = occurrence is not None and occurrence.called_off_at is not None
        await detail.show_meeting(context, occurrence_id, above=texts.not_today(context.t, called_off=off))
    return route


def _show(
    context: Ctx,
    route: Route,
    stalls_shown: Sequence[Shown],
    title: str,
    empty: str,
    pressed: StallPage | FavouritePage,
) -> None:
    t = context.t
    begins = next((at for at, shown in enumerate(stalls_shown, 1) if shown.stall.id == pressed.after), 0)
    page = stalls_shown[begins : begins + PAGE]
    open_keys = [Key(texts.stall_key(t, number=shown.number), OpenStall(shown.stall.id)) for shown in page]
    rows: Keyboard = [open_keys[at : at + _IN_A_ROW] for at in range(0, len(open_keys), _IN_A_ROW)]
    again = type(pressed)
    paging: list[tuple[str, Button]] = []
    if begins:
        paging.append((activity_texts.first_page_key(t), again(route.occurrence.id)))
    if len(stalls_shown) > begins + PAGE:
        paging.append((texts.next_key(t), again(route.occurrence.id, page[-1].stall.id)))
    rows += keys(paging) if paging else []
    if isinstance(pressed, StallPage) and len(route.stalls) > PAGE:
        rows += keys((texts.streets_key(t), StreetPage(route.occurrence.id)))
    rows += keys(
        [
            (texts.map_key(t), ShowMap(route.occurrence.id)),
            (signup_texts.to_meeting_key(t), OpenMeeting(route.occurrence.id)),
        ]
    )
    lines = _lines(context, route, page) or [empty]
    context.show("\n".join([title, *lines]), rows, about=route.occurrence.id)


def _lines(context: Ctx, route: Route, page: Sequence[Shown]) -> list[str]:
    """Return the stalls of a page under the name of their street."""
    t, lines = context.t, list[str]()
    before: str | None = "?"
    for shown in page:
        stall = shown.stall
        if shown.street != before:
            lines += ["", texts.street(t, name=shown.street)]
            before = shown.street
        lines.append(
            texts.entry(
                t,
                number=shown.number,
                house=None if stall.shared_field else stall.house_number,
                state=shown.state if route.is_today else None,
                sells=stall.sells,
                starred=stall.id in route.favourites,
            )
        )
    return lines


async def on_stall(_update: Update, context: Ctx, pressed: OpenStall) -> None:
    """Show one stall."""
    found = await queries.standing(context.work.session, pressed.stall)
    if found is None:
        await _show_gone(context, pressed.stall)
        return
    route = await seen(context, found[1].occurrence_id)
    shown = None if route is None else route.find(pressed.stall)
    if route is not None and shown is not None:
        _show_stall(context, route, shown)


async def on_star(_update: Update, context: Ctx, pressed: Star) -> None:
    """Mark a stall with a star, or take it away, and show it so."""
    found = await stall_lists.star(context.work, pressed.stall, context.person.id, on=pressed.on)
    if found is None:
        await _show_gone(context, pressed.stall)
    else:
        _show_stall(context, *found)


async def _show_gone(context: Ctx, stall_id: int) -> None:
    """Say that a stall does not take part (any more), on the page of its route; of no route there is nothing to say."""
    stall = await context.work.session.get(Stall, stall_id)
    signup = None if stall is None else await context.work.session.get(Signup, stall.signup_id)
    if signup is None:
        detail.show_not_there(context)
    elif await seen(context, signup.occurrence_id) is not None:
        await detail.show_meeting(context, signup.occurrence_id, above=texts.stall_gone(context.t))


def _show_stall(context: Ctx, route: Route, shown: Shown) -> None:
    t, stall = context.t, shown.stall
    address = stalls.address_line(stall)
    text = texts.stall(
        t, number=shown.number, address=address, state=shown.state if route.is_today else None, sells=stall.sells
    )
    starred = stall.id in route.favourites
    rows = keys((texts.star_key(t, on=not starred), Star(stall.id, on=not starred))) if route.is_today else []
    where = address or route.occurrence.place or route.activity.place
    if where:
        rows.append([Key(texts.open_map_key(t), url=to_map(where))])
    before = route.place_of(stall.id) - 1
    page = route.stalls[before - before % PAGE - 1].stall.id if before >= PAGE else None
    rows += keys(
        [
            (texts.list_key(t), StallPage(route.occurrence.id, page)),
            (texts.favourites_key(t), FavouritePage(route.occurrence.id)),
        ]
    )
    context.show(text, rows, about=route.occurrence.id)
