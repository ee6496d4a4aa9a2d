"""What the page of a Rommelroute offers beside signing up: to its stalls, its visitors and its organiser."""

from collections.abc import Sequence

from bot.domain.enums import ActivityKind, RoleKey, StallState
from bot.services.activities.meetings import Meeting
from bot.services.rommelroute import stall_days, stall_lists
from bot.texts import stall_organiser as organiser_texts
from bot.texts import stalls as texts
from handlers.activities.stall_buttons import ChangeStall, FavouritePage, PrintRoute, SetStall, ShowMap, StallPage
from handlers.buttons import Button
from handlers.context import Ctx
from storage.models import Occurrence, Signup
from storage.queries import signups as queries
from storage.queries import stalls as stall_queries
from storage.queries import town

Row = tuple[str, Button] | list[tuple[str, Button]]


async def rows(context: Ctx, meeting: Meeting, mine: Sequence[Signup]) -> list[Row]:
    """Return the buttons; none on the page of any other kind of meeting."""
    occurrence = meeting.occurrence
    if occurrence.kind is not ActivityKind.ROMMELROUTE or occurrence.called_off_at is not None:
        return []
    return [*await _own(context, occurrence, mine), *await _of_the_day(context, occurrence)]


async def _own(context: Ctx, occurrence: Occurrence, mine: Sequence[Signup]) -> list[Row]:
    t = context.t
    found: list[Row] = []
    for signup in mine:
        stall = await queries.stall(context.work.session, signup.id) if signup.role is RoleKey.STALL else None
        if stall is None:
            continue
        here = await town.zone(context.work.session)
        if signup.state in stall_queries.STANDING and stall_days.is_selling(occurrence, context.now, here):
            now = StallState(stall.state)
            found.append(
                [
                    (texts.state_key(t, state, now=state is now), SetStall(stall.id, state, panel=False))
                    for state in StallState
                ]
            )
        if occurrence.starts_at > context.now:
            found.append((texts.change_key(t), ChangeStall(signup.id, signup.version)))
    return found


async def _of_the_day(context: Ctx, occurrence: Occurrence) -> list[Row]:
    t = context.t
    leads = await stall_lists.organises(context.work, occurrence, context.person.id)
    today = await stall_lists.is_today(context.work, occurrence)
    found: list[Row] = []
    if today:
        found.append([(texts.map_key(t), ShowMap(occurrence.id)), (texts.list_key(t), StallPage(occurrence.id))])
        found.append((texts.favourites_key(t), FavouritePage(occurrence.id)))
    elif leads:
        found.append((organiser_texts.organiser_key(t), StallPage(occurrence.id)))
    if leads:
        found.append((organiser_texts.sheet_key(t), PrintRoute(occurrence.id)))
    return found
