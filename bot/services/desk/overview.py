"""The overview of each desk at 08:45 on its working days: a `recurring` row per desk says when it is due next.

Only the plan is here; whether there is something to say is seen when it is drawn (`handlers.views.overview`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.hours import Hours, parse_hours
from bot.domain.notices.overview import DeskOverview
from bot.domain.reports import ReportNumber, format_number
from bot.domain.standing import DANGER, promised_before
from bot.domain.time import at_wall, local_date
from bot.services.desk import cards
from storage.models import Desk, Recurring
from storage.queries import finding as queries
from storage.queries import town
from storage.work import Work

#: The local wall time.
AT = time(8, 45)
#: So many of each sort are read.
MOST = 100


def next_after(moment: datetime, hours: Hours, zone: ZoneInfo) -> datetime:
    """Return the first 08:45 (UTC) after *moment* on a day on which a desk with these *hours* is open."""
    day = local_date(moment, zone)
    while not (hours.opens_on(day) and at_wall(day, AT, zone) > moment):
        day += timedelta(days=1)
    return at_wall(day, AT, zone)


async def run(work: Work) -> None:
    """Put the overviews whose time has come and plan the next; a changed desk is planned anew.

    What is due of a day that has ended is left out: the next morning has its own.
    """
    desks = await queries.desks(work.session)
    if not desks:
        return  # nothing is set up yet
    zone = await town.zone(work.session)
    for desk in desks:
        due = next_after(work.now, parse_hours(desk.hours), zone)
        row = await work.session.get(Recurring, _name(desk.id))
        if row is None:
            work.session.add(Recurring(name=_name(desk.id), next_due_at=due))
            continue
        if row.next_due_at <= work.now:
            await _put(work, desk, row.next_due_at, zone)
        row.next_due_at = due


async def next_due(work: Work) -> datetime | None:
    """Return when the next overview is due (UTC), None before any was planned."""
    return await queries.next_of(work.session, _name(None))


async def _put(work: Work, desk: Desk, due: datetime, zone: ZoneInfo) -> None:
    ends = at_wall(local_date(due, zone) + timedelta(days=1), time.min, zone)
    if work.now < ends:
        silent = not await cards.is_open(work, desk)
        work.put(DeskOverview(desk.id), chat=desk.chat_id, thread=desk.thread_id, valid_until=ends, silent=silent)


@dataclass(frozen=True)
class Overview:
    """The numbers of what waits at a desk, each sort with the oldest promise first, at most `MOST`."""

    danger: Sequence[str]
    late: Sequence[str]
    today: Sequence[str]
    nobody: Sequence[str]
    partner: Sequence[str]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.danger or self.late or self.today or self.nobody or self.partner)


async def look(work: Work, desk_id: int) -> Overview:
    """Return what waits at a desk now."""
    today = local_date(work.now, await town.zone(work.session))
    tomorrow = today + timedelta(days=1)
    late, due = promised_before(today), range(today.toordinal(), tomorrow.toordinal())

    async def numbers(query: queries.Numbers) -> list[str]:
        found = await queries.numbers(work.session, query)
        return [
            ReportNumber(number).short if year == today.year else format_number(year, number) for year, number in found
        ]

    return Overview(
        danger=await numbers(queries.promised_query(desk_id, range(DANGER, DANGER + 1), limit=MOST)),
        late=await numbers(queries.promised_query(desk_id, late, limit=MOST)),
        today=await numbers(queries.promised_query(desk_id, due, limit=MOST)),
        nobody=await numbers(queries.unheld_query(desk_id, limit=MOST)),
        partner=await numbers(queries.forwarded_query(desk_id, limit=MOST)),
    )


def _name(desk_id: int | None) -> str:
    return f"overview:{'' if desk_id is None else desk_id}"
