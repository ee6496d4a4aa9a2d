"""What happens without anybody writing: jobs at intervals, and chores at local wall times.

A module of services adds its jobs to `JOBS` and its chores to `CHORES`; `bot.runtime.schedule` runs them. Only what
has no row of its own belongs here: a planned message is an outbox row with a due time.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.lessons import learned
from bot.domain.time import at_wall, is_working_day, local_date
from bot.services import partners, retention, rounds
from bot.services.activities import fullness, offers, recurrence
from bot.services.desk import absence, chasing, eyes, overview, passing_on, showing, stalled
from bot.services.patrol import calls, chain
from bot.services.repair_cafe import repair_day
from bot.services.reporting import drafts
from bot.services.rommelroute import stall_days
from bot.services.town import themes
from storage import moving
from storage.models import Recurring
from storage.work import Work

Run = Callable[[Work], Awaitable[bool | None]]
NextDue = Callable[[Work], Awaitable[datetime | None]]


@dataclass(frozen=True)
class Job:
    """Something that is looked at *every* so often, each time in a transaction of its own.

    `run` returns True when there is more to do: it is called again at once (do at most 500 rows in one go).
    `next_due` tells when there will be something to do (UTC), so that a moved demo clock can stop there.
    """

    name: str
    every: timedelta
    run: Run
    next_due: NextDue | None = None


@dataclass(frozen=True)
class Study:
    """What takes long: `gather` reads, `think` works in a thread while no transaction is open, `keep` writes.

    When the process ends in between, all of it is done again.
    """

    gather: Callable[[Work], Awaitable[Any]]
    think: Callable[[Any], Any]
    keep: Callable[[Work, Any], Awaitable[None]]


@dataclass(frozen=True)
class Chore:
    """Something that happens at a local wall time; missed times are done once, late.

    It is each day, each working day, or (*monthly*) the first working day of each month.

    What takes longer than a transaction should is a `Study`.
    """

    name: str
    at: time
    run: Run | Study
    working_days: bool = False
    monthly: bool = False

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return the first time (UTC) after *moment* that this is due."""
        day = local_date(moment, zone)
        while True:
            due = at_wall(day, self.at, zone)
            if due > moment and self._is_on(day):
                return due
            day += timedelta(days=1)

    def _is_on(self, day: date) -> bool:
        if self.monthly:
            return is_working_day(day) and not any(is_working_day(day.replace(day=at)) for at in range(1, day.day))
        return not self.working_days or is_working_day(day)


async def do_chore(work: Work, chore: Chore, zone: ZoneInfo, run: Run) -> bool:
    """Do *run* for *chore* if its time has come and plan its next time; return whether it ran."""
    row = await work.session.get(Recurring, chore.name)
    if row is None:
        work.session.add(Recurring(name=chore.name, next_due_at=chore.next_after(work.now, zone)))
        return False
    if row.next_due_at > work.now:
        return False
    row.next_due_at = chore.next_after(work.now, zone)
    await run(work)
    return True


async def chore_due(work: Work, chore: Chore) -> datetime | None:
    """Return when *chore* is due next (UTC), None before it was planned."""
    row = await work.session.get(Recurring, chore.name)
    return row.next_due_at if row else None


async def erase(work: Work) -> bool:
    """Erase a chunk of what may not be kept any longer; return whether there is more."""
    return any((await retention.erase_some(work)).values())


JOBS: list[Job] = [
    Job("erase", timedelta(hours=1), erase),
    Job("stalled", timedelta(hours=1), stalled.run),
    Job("series", timedelta(hours=1), recurrence.extend_series),
    Job("chases", timedelta(minutes=1), chasing.run, chasing.next_due),
    Job("moves", timedelta(seconds=3), moving.go_on),
    Job("cards", timedelta(seconds=3), showing.go_on, showing.next_page),
    Job("eyes", timedelta(minutes=1), eyes.go_on, eyes.next_page),
    Job("absences", timedelta(minutes=1), absence.end_over, absence.next_end),
    Job("repair_lists", timedelta(minutes=1), repair_day.run, repair_day.next_due),
    Job("offers", timedelta(seconds=20), offers.run, offers.next_due),
    Job("stall_days", timedelta(minutes=1), stall_days.run, stall_days.next_due),
    Job("fullness", timedelta(minutes=1), fullness.run, fullness.next_due),
    Job("never_alone", timedelta(seconds=20), chain.run, chain.next_due),
    Job("walk_calls", timedelta(seconds=20), calls.run, calls.next_due),
    Job("overviews", timedelta(seconds=20), overview.run, overview.next_due),
    Job("silent_partners", timedelta(minutes=5), partners.nudge_silent, partners.next_nudge),
    Job("rounds", timedelta(seconds=20), rounds.run, rounds.upcoming),
    Job("drafts", timedelta(seconds=30), drafts.offer_again, drafts.next_due),
]
CHORES: list[Chore] = [
    Chore("themes", time(3, 30), Study(themes.gather, learned, themes.keep)),
    Chore("pass_on", time(9), passing_on.every_morning, working_days=True),
    Chore("round_months", time(9), rounds.send_months, monthly=True),
]
