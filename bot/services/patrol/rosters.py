"""The rounds of a team in one month, with who walks; for who may see them only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.domain.time import at_wall
from bot.services.activities import meetings
from bot.services.activities.meetings import Meeting
from storage.models import Signup
from storage.queries import patrol as queries
from storage.queries import town
from storage.queries.activities import Place
from storage.work import Work

PAGE = 8


@dataclass(frozen=True)
class Shown:
    """A round with who holds a place in it, and their names."""

    meeting: Meeting
    walkers: Sequence[tuple[Signup, str | None]]


@dataclass(frozen=True)
class MonthPage:
    """Some rounds of a month, and where its next page begins (None: this was the last)."""

    rounds: Sequence[Shown]
    following: Place | None


async def month_of(work: Work, team_id: int, person_id: int, *, first: date, after: Place | None) -> MonthPage:
    """Return a page of the month that begins at the local date *first*; empty for who may not see the roster."""
    here = await town.zone(work.session)
    next_month = (first + timedelta(days=31)).replace(day=1)
    rows = await queries.month(
        work.session,
        team_id,
        person_id,
        first=at_wall(first, time(0), here),
        until=at_wall(next_month, time(0), here),
        after=after,
        limit=PAGE + 1,
    )
    shown = rows[:PAGE]
    walkers = await queries.walkers(work.session, [row.id for row in shown])
    dates = await meetings.of(work, shown)
    rounds = [
        Shown(meeting, [each for each in walkers if each[0].occurrence_id == meeting.occurrence.id])
        for meeting in dates
    ]
    following = Place(shown[-1].starts_at, shown[-1].id) if len(rows) > PAGE else None
    return MonthPage(rounds, following)
