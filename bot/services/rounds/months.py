"""The rounds of a team in a month, for its coordinator and worker: figures and lines, no names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.activities.round_watch import walked
from bot.domain.enums import RoundOutcome, Theme
from bot.domain.notices.rounds import RoundMonth
from bot.domain.time import at_wall, local_date
from bot.services.rounds.scene import leading_team
from storage.models import Team
from storage.queries import rounds as queries
from storage.queries import town
from storage.work import Work

#: Months before this one, counted as years times 12 plus month, are none.
_FIRST, _LAST = 2020 * 12, 2100 * 12


@dataclass(frozen=True)
class Month:
    """What was walked in a month: `number` is years times 12 plus month (from 0), `lines` those of rounds, dated."""

    team: Team
    number: int
    first: date
    rounds: int
    length: timedelta
    not_walked: int
    called_off: int
    outcomes: Mapping[RoundOutcome, int]
    findings: Mapping[Theme, int]
    lines: Sequence[tuple[datetime, RoundOutcome, str]]


def month_of(day: date) -> int:
    """Return the number of a local day's month."""
    return day.year * 12 + day.month - 1


async def this_month(work: Work) -> int:
    """Return the number of the month that it is now."""
    return month_of(local_date(work.now, await town.zone(work.session)))


async def overview(work: Work, team_id: int, number: int, person_id: int) -> Month | None:
    """Return a month of a team, for its coordinator and its worker; None for everybody else, and for odd numbers."""
    team = await work.session.get(Team, team_id)
    if team is None or not _FIRST <= number < _LAST or person_id not in await leading_team(work, team):
        return None
    first, until = _bounds(number, await town.zone(work.session))
    rows = await queries.month(work.session, team_id, first=first, until=until)
    made = [(shift, row) for shift, row in rows if row is not None]
    past = [shift for shift, row in rows if row is None and shift.ends_at <= work.now]
    closed = [(shift, row, RoundOutcome(row.outcome)) for shift, row in made if row.outcome is not None]
    return Month(
        team=team,
        number=number,
        first=date(number // 12, number % 12 + 1, 1),
        rounds=len(made),
        length=sum((walked(row.opened_at, row.closed_at, shift.ends_at) for shift, row in made), timedelta(0)),
        not_walked=sum(shift.called_off_at is None for shift in past),
        called_off=sum(shift.called_off_at is not None for shift, row in rows if row is None),
        outcomes=Counter(outcome for _shift, _row, outcome in closed),
        findings=await queries.findings(work.session, [row.id for _shift, row in made]),
        lines=[(shift.starts_at, outcome, row.line) for shift, row, outcome in closed if row.line],
    )


def _bounds(number: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first moment (UTC) of a month by the clock on the wall, and that of the next."""
    first, following = (date(at // 12, at % 12 + 1, 1) for at in (number, number + 1))
    return at_wall(first, time(), zone), at_wall(following, time(), zone)


async def send(work: Work) -> None:
    """Send last month to who leads a team of which there were rounds (a chore of each first working day)."""
    last = await this_month(work) - 1
    first, until = _bounds(last, await town.zone(work.session))
    for team in await queries.teams(work.session):
        if await queries.month(work.session, team.id, first=first, until=until):
            for person_id in await leading_team(work, team):
                notice = RoundMonth(team.id, last, person_id)
                work.put(notice, chat=person_id, valid_until=work.now + timedelta(days=7))
