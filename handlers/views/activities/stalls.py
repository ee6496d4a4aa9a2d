"""What the Rommelroute says by itself: the deadline, numbers, the day, its map, and the sheet for the organiser."""

from collections.abc import Callable
from functools import partial

from bot import data
from bot.domain.activities.stall_map import Spot, spots
from bot.domain.enums import MediaKind, RoleKey, StallState
from bot.domain.geo import Point
from bot.domain.notices.stalls import (
    RouteChanged,
    RouteReady,
    RouteSheet,
    StallDeadline,
    StallMap,
    StallNumber,
    StallPageGone,
    StallPanel,
    StallThanks,
)
from bot.services.rommelroute import stall_days, stall_lists, stalls
from bot.services.rommelroute.stall_lists import Route, Shown
from bot.services.town import areas, places
from bot.texts import Translator
from bot.texts import stall_organiser as organiser_texts
from bot.texts import stall_paper as paper
from bot.texts import stalls as texts
from handlers.activities.stall_buttons import GoOnWithStall, PrintRoute, SetStall, ShowMap, StallPage
from handlers.buttons import Button, Key
from handlers.context import keys
from handlers.signups.draft import ABOUT
from handlers.stalls.links import to_route
from handlers.views.activities.route import Dot, Picture, Row, Sheet, for_paper
from handlers.views.drawing import Drawing, Drawn, NotAnyMore, Remove, Upload
from handlers.views.registry import Reading, view
from storage.models import Activity, Area, Occurrence, Signup, Stall
from storage.queries import signups as signup_queries
from storage.queries import stalls as queries
from storage.queries import town


@view(StallDeadline)
async def deadline(notice: StallDeadline, reading: Reading) -> Drawn:
    """Remind who began to sign up and did not finish, as long as the draft and the time are there."""
    session = reading.work.session
    occurrence = await session.get(Occurrence, notice.occurrence)
    activity = None if occurrence is None else await session.get(Activity, occurrence.activity_id)
    if occurrence is None or activity is None or occurrence.deadline_at is None:
        return NotAnyMore("gone")
    if occurrence.called_off_at is not None or occurrence.deadline_at <= reading.now:
        return NotAnyMore("over")
    row = await queries.draft_of(session, notice.person, ABOUT)
    if row is None or row.draft.get("occurrence") != occurrence.id or row.draft.get("role") != RoleKey.STALL.value:
        return NotAnyMore("no draft")
    own = await signup_queries.of_person(session, occurrence.id, notice.person, RoleKey.STALL)
    if own is not None and own.state in signup_queries.OPEN:
        return NotAnyMore("signed up")
    if (morning := reading.morning) is not None:
        return morning
    text = texts.deadline(reading.t, title=activity.title, deadline_at=occurrence.deadline_at)
    return Drawing(text, keys((texts.go_on_key(reading.t), GoOnWithStall(occurrence.id, row.draft_id))))


async def _own(reading: Reading, signup_id: int) -> tuple[Stall, Signup, Occurrence, Activity] | None:
    """Return a stall that (still) has a place, with its meeting."""
    found = await signup_queries.with_meeting(reading.work.session, signup_id)
    stall = None if found is None else await signup_queries.stall(reading.work.session, signup_id)
    if found is None or stall is None or found[0].state not in queries.STANDING:
        return None
    return stall, *found


@view(RouteReady)
async def route_ready(notice: RouteReady, reading: Reading) -> Drawn:
    """Tell the organiser that the sheet can be printed."""
    return await _to_organiser(reading, notice.occurrence, notice.person, organiser_texts.route_ready)


@view(RouteChanged)
async def route_changed(notice: RouteChanged, reading: Reading) -> Drawn:
    """Tell the organiser that what was printed is not the newest any more."""
    return await _to_organiser(reading, notice.occurrence, notice.person, organiser_texts.route_changed)


async def _to_organiser(reading: Reading, occurrence_id: int, person_id: int, words: Callable[..., str]) -> Drawn:
    route = await stall_lists.seen_by(reading.work, occurrence_id, person_id)
    if route is None or not route.organises:
        return NotAnyMore("not the organiser")
    if route.occurrence.called_off_at is not None or route.occurrence.ends_at <= reading.now:
        return NotAnyMore("over")
    text = words(reading.t, title=route.activity.title, total=len(route.stalls))
    rows: list[tuple[str, Button]] = [(organiser_texts.sheet_key(reading.t), PrintRoute(occurrence_id))]
    rows.append((organiser_texts.organiser_list_key(reading.t), StallPage(occurrence_id)))
    return Drawing(text, keys(*rows))


@view(StallNumber)
async def number(notice: StallNumber, reading: Reading) -> Drawn:
    """Tell a stall its number."""
    found = await _own(reading, notice.signup)
    if found is None or found[0].number is None or found[2].called_off_at is not None:
        return NotAnyMore("gone")
    stall, _signup, _occurrence, activity = found
    address = stalls.address_line(stall)
    return Drawing(texts.number(reading.t, title=activity.title, number=stall.number or 0, address=address))


@view(StallPanel)
async def panel(notice: StallPanel, reading: Reading) -> Drawn:
    """Let a stall say with one tap how it stands; after the end say that it is closed."""
    found = await _own(reading, notice.signup)
    if found is None:
        return NotAnyMore("gone")
    stall, _signup, occurrence, activity = found
    off = occurrence.called_off_at is not None
    if off or occurrence.ends_at <= reading.now:
        over = texts.panel_over(reading.t, title=activity.title, called_off=off)
        return NotAnyMore("over") if reading.message_id is None else Drawing(over)
    state = StallState(stall.state)
    text = texts.panel(reading.t, title=activity.title, number=stall.number or 0, state=state)
    row = [
        Key(texts.state_key(reading.t, choice, now=choice is state), SetStall(stall.id, choice, panel=True))
        for choice in StallState
    ]
    return Drawing(text, [row])


@view(StallThanks)
async def thanks(notice: StallThanks, reading: Reading) -> Drawn:
    """Thank a stall after the day."""
    found = await _own(reading, notice.signup)
    if found is None or found[2].called_off_at is not None:
        return NotAnyMore("gone")
    return Drawing(texts.thanks(reading.t, title=found[3].title))


# -- the map ----------------------------------------------------------------------------------------------------------


@view(StallMap)
async def stall_map(notice: StallMap, reading: Reading) -> Drawn:
    """Show the map as it is now, on the day; before it to the organiser only."""
    t = reading.t
    if await stall_lists.is_cleared(reading.work, notice.occurrence):
        return _gone(reading, paper.gone(t))
    route = await stall_lists.seen_by(reading.work, notice.occurrence, notice.person)
    if route is None:
        return _gone(reading, paper.not_today(t))
    picture = await _picture(reading, route)
    again = (texts.refresh_key(t), ShowMap(route.occurrence.id, notice.asked))
    caption = paper.map_caption(t, title=route.activity.title, at=reading.now, total=len(route.stalls))
    drawn = Upload(MediaKind.PHOTO, "kaart.png", partial(_map, picture), key=picture.key)
    rows = keys([again, (texts.list_key(t), StallPage(route.occurrence.id))])
    return Drawing(caption, rows, media=[drawn])


def _gone(reading: Reading, instead: str) -> Drawn:
    """Take a map or a sheet away; what Telegram lets nobody delete any more turns grey and reads *instead*."""
    return NotAnyMore("not shown") if reading.message_id is None else Remove([reading.message_id], instead)


@view(StallPageGone)
async def page_gone(notice: StallPageGone, reading: Reading) -> Drawn:
    """Take a page with addresses away; what Telegram lets nobody delete any more says that they were erased."""
    return Remove([notice.message], paper.gone(reading.t))


async def _picture(reading: Reading, route: Route) -> Picture:
    """Gather what is on the map, in the reader's language."""
    t, work, occurrence = reading.t, reading.work, route.occurrence
    known = {area.code: area for area in await places.names(work)}
    area = known.get(occurrence.area_code or "")
    shape = await areas.border(work, occurrence.area_code)
    middle = area.inner if area else Point(52.37, 5.21)
    on_street = [shown for shown in route.stalls if not shown.stall.shared_field]
    shared = {
        shown.stall.id: Point(shown.stall.lat, shown.stall.lon)
        for shown in on_street
        if shown.stall.lat is not None and shown.stall.lon is not None
    }
    placed = spots([stall_days.door(shown.stall) for shown in on_street], shared)
    dots = tuple(_dot(shown, placed.get(shown.stall.id)) for shown in on_street)
    field = [shown.number for shown in route.stalls if shown.stall.shared_field]
    return Picture(
        title=route.activity.title,
        when=paper.plain_when(t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at),
        dots=dots,
        middle=middle,
        shape=shape,
        names=tuple((other.name, other.inner) for other in known.values() if other is not area),
        states=tuple(paper.map_states(t)),
        about=paper.map_about(t),
        field=paper.map_field(t, numbers=field) if field else "",
        unplaced=paper.map_unplaced(t),
        source=data.BORDERS_SOURCE if shape else "",
    )


def _dot(shown: Shown, spot: Spot | None) -> Dot:
    return Dot(
        shown.number, shown.street or "", spot.point if spot else None, shown.state, about=spot is None or spot.about
    )


# -- the sheet --------------------------------------------------------------------------------------------------------


@view(RouteSheet)
async def route_sheet(notice: RouteSheet, reading: Reading) -> Drawn:
    """Send the organiser the route sheet; nobody else, also when the coordinator changed meanwhile."""
    t, work = reading.t, reading.work
    if await stall_lists.is_cleared(work, notice.occurrence):
        return _gone(reading, paper.gone(t))
    route = await stall_lists.seen_by(work, notice.occurrence, notice.person)
    if route is None or not route.organises:
        return _gone(reading, paper.not_yours(t))
    occurrence = route.occurrence
    area: Area | None = await town.area(work.session, occurrence.area_code)
    place = ", ".join(filter(None, [occurrence.place or route.activity.place, area.name if area else None]))
    sheet = Sheet(
        title=route.activity.title,
        when=paper.plain_when(t, starts_at=occurrence.starts_at, ends_at=occurrence.ends_at),
        place=place,
        rows=tuple(_row(t, shown) for shown in route.stalls),
        field=paper.sheet_field(t),
        note=paper.sheet_provisional(t) if any(shown.provisional for shown in route.stalls) else "",
        scan=paper.sheet_scan(t),
        foot=paper.sheet_foot(t),
        link=to_route(reading.bot_username, occurrence.id),
        picture=for_paper(await _picture(reading, route)) if route.stalls else None,
        made_at=reading.now,
    )
    drawn = Upload(MediaKind.DOCUMENT, f"{paper.sheet_name(t)}.pdf", partial(_pdf, sheet), key=sheet.key)
    return Drawing(paper.sheet_caption(t, title=route.activity.title), media=[drawn])


def _row(t: Translator, shown: Shown) -> Row:
    stall = shown.stall
    if stall.shared_field:
        return Row(shown.number, None, "", stall.sells or "")
    return Row(
        shown.number, shown.street or "", paper.sheet_house(t, house=stall.house_number or ""), stall.sells or ""
    )


# -- drawing: late, in the sender's thread, since what draws is large and most days nothing is drawn ----


def _map(picture: Picture) -> bytes:
    from handlers.views.activities.route_map import draw

    return draw(picture)


def _pdf(sheet: Sheet) -> bytes:
    from handlers.views.activities.route_sheet import draw_sheet

    return draw_sheet(sheet)
