"""📅 Activiteiten: the list of one's own wijk, of another one, or of the whole town."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from telegram import Update

from bot.domain.areas import Area, regions
from bot.services.activities import meetings, rights
from bot.services.activities.meetings import Meeting, Page
from bot.services.town import places
from bot.texts import activities as texts
from bot.texts import managing as managing_texts
from bot.texts import patrol as patrol_texts
from bot.texts import signups as signup_texts
from bot.texts import teams as team_texts
from handlers.activities.buttons import ListPage, OpenMeeting, OpenMine, PickArea, Shifts, Teams, ThisArea
from handlers.activities.making_buttons import Home
from handlers.buttons import Button
from handlers.context import Ctx, keys
from storage.queries import activities as queries
from storage.queries import town
from storage.queries.activities import Place

Row = tuple[str, Button] | list[tuple[str, Button]]


async def open_list(_update: Update, context: Ctx) -> None:
    """Show the list of the remembered wijk; without one, ask for it."""
    if context.person.area_code is None:
        await _ask_region(context)
    else:
        await show_list(context, context.person.area_code)


async def on_page(_update: Update, context: Ctx, pressed: ListPage) -> None:
    """Show a page of a list."""
    await show_list(context, pressed.area, place_of(pressed.after_at, pressed.after_id))


async def on_pick_area(_update: Update, context: Ctx, pressed: PickArea) -> None:
    """Show the parts of town, or the wijken of one."""
    names = await places.names(context.work)
    known = regions(names)
    if pressed.region is None or not 0 <= pressed.region < len(known):
        await _ask_region(context)
        return
    region = known[pressed.region]
    options: list[tuple[str, Button]] = [(area.name, ThisArea(area.code)) for area in names if area.region == region]
    context.show(
        texts.choose_area(context.t, region=region),
        keys(*in_pairs(options), (texts.other_area_key(context.t), PickArea())),
    )
    understand_names(context, names, ThisArea)


async def on_area(_update: Update, context: Ctx, pressed: ThisArea) -> None:
    """Remember the wijk and show its list."""
    if await town.area(context.work.session, pressed.area) is None:
        await _ask_region(context)
        return
    context.person.area_code = pressed.area
    await show_list(context, pressed.area)


async def _ask_region(context: Ctx) -> None:
    names = await places.names(context.work)
    known = regions(names)
    options: list[tuple[str, Button]] = [(region, PickArea(at)) for at, region in enumerate(known)]
    rows: list[Row] = [*in_pairs(options), (texts.whole_town_key(context.t), ListPage())]
    context.show(texts.choose_region(context.t), keys(*rows, *await team_rows(context)))
    understand_names(context, names, ThisArea)


def understand_names(context: Ctx, names: Sequence[Area], choose: Callable[[str], Button]) -> None:
    """Let any name of a wijk be typed where one is asked for; what two have is no name, and *choose* is the button."""
    found: dict[str, set[str]] = {}
    for area in names:
        for name in (area.name, *area.aliases):
            found.setdefault(name, set()).add(area.code)
    typed = [[name, choose(*codes).encode()] for name, codes in found.items() if len(codes) == 1]
    context.person.prompt = [*(context.person.prompt or []), *typed]


async def show_list(context: Ctx, area_code: str | None, after: Place | None = None) -> None:
    """Show the meetings of a wijk (None: of the whole town) after a place in the list."""
    t = context.t
    area = await town.area(context.work.session, area_code)
    page = await meetings.upcoming(context.work, area_code=area.code if area else None, after=after)
    name = area.name if area else None
    if page.meetings:
        entries = [entry(context, number, meeting) for number, meeting in enumerate(page.meetings, start=1)]
        text = "\n\n".join([texts.list_title(t, area=name), *entries, texts.choose_a_meeting(t)])
    else:
        text = texts.list_title(t, area=name) + "\n\n" + texts.list_empty(t, area=name)
    rows: list[Row] = [*meeting_rows(page)]
    paging: list[tuple[str, Button]] = []
    if after is not None:
        paging.append((texts.first_page_key(t), ListPage(area_code)))
    if page.following is not None:
        paging.append((texts.more_key(t), ListPage(area_code, *numbers(page.following))))
    rows += [paging] if paging else []
    rows.append(await _other_lists(context, area_code))
    context.show(text, keys(*rows, *await team_rows(context), (signup_texts.to_mine_key(t), OpenMine())))


async def _other_lists(context: Ctx, area_code: str | None) -> list[tuple[str, Button]]:
    t = context.t
    mine = await town.area(context.work.session, context.person.area_code)
    row: list[tuple[str, Button]] = []
    if area_code is not None:
        row.append((texts.whole_town_key(t), ListPage()))
    elif mine is not None:
        row.append((texts.my_area_key(t, area=mine.name), ListPage(mine.code)))
    return [*row, (texts.other_area_key(t), PickArea())]


async def team_rows(context: Ctx) -> list[Row]:
    """Return the ways to the shifts, the teams and what one looks after, for who may; nobody else learns of them."""
    rows: list[Row] = []
    if await queries.sees_shifts(context.work.session, context.person.id):
        rows.append((patrol_texts.shifts_key(context.t), Shifts()))
    if not context.person.under_16 and await queries.has_teams(context.work.session):
        rows.append((team_texts.teams_key(context.t), Teams()))
    if (await rights.held_by(context.work, context.person.id)).any:
        rows.append((managing_texts.manage_key(context.t), Home()))
    return rows


def entry(context: Ctx, number: int, meeting: Meeting) -> str:
    """Return one meeting of a list."""
    return texts.list_entry(
        context.t,
        number=number,
        title=meeting.activity.title,
        starts_at=meeting.occurrence.starts_at,
        area=meeting.area.name if meeting.area else None,
        state=texts.state(context.t, meeting.state),
    )


def meeting_rows(page: Page) -> list[Row]:
    """Return a button for each meeting; its number is also what can be typed."""
    return [
        (texts.list_key(number=number, title=meeting.activity.title), OpenMeeting(meeting.occurrence.id))
        for number, meeting in enumerate(page.meetings, start=1)
    ]


def in_pairs(options: list[tuple[str, Button]]) -> list[Row]:
    """Return two buttons per row."""
    return [options[at : at + 2] for at in range(0, len(options), 2)]


def numbers(place: Place) -> tuple[int, int]:
    """Return a place in a list as a button carries it."""
    return int(place.starts_at.timestamp()), place.id


def place_of(after_at: int | None, after_id: int | None) -> Place | None:
    """Return the place in a list that a button names; None for the beginning, and for times that do not exist."""
    if after_at is None or after_id is None or not 0 <= after_at < 2**33 or not 0 <= after_id < 2**63:
        return None
    return Place(datetime.fromtimestamp(after_at, UTC), after_id)
