"""The schedule: jobs in transactions of their own, chores at wall times, and a clock that stops on the way."""

import asyncio
import threading
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.runtime.clock import LONGEST_STEP, DemoClock, SystemClock
from bot.runtime.schedule import Schedule
from bot.services.schedule import JOBS, Chore, Job, Study
from storage.engine import Database
from storage.models import Person
from storage.work import Work
from tests.patience import PATIENCE_S
from tests.runtime.doors import NOW, FixedClock

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOUR = timedelta(hours=1)


def add(person_id: int) -> Job:
    async def run(work: Work) -> None:
        work.session.add(Person(id=person_id, created_at=work.now))

    return Job(f"add {person_id}", HOUR, run)


async def fail(work: Work) -> None:
    work.session.add(Person(id=66, created_at=work.now))
    await work.session.flush()
    raise RuntimeError


async def people(database: Database) -> list[int]:
    async with database.read(NOW) as work:
        return list((await work.session.scalars(select(Person.id).order_by(Person.id))).all())


async def test_a_job_that_fails_harms_no_other_and_leaves_nothing(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    jobs = [add(1), Job("fails", HOUR, fail), add(2)]
    await Schedule(database, FixedClock(), lambda: AMSTERDAM, jobs=jobs, chores=[]).run_all()
    assert await people(database) == [1, 2]
    assert [(record.message, vars(record)["job"]) for record in caplog.records] == [("job failed", "fails")]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_job_with_more_to_do_runs_again_in_a_new_transaction(database: Database) -> None:
    works: list[Work] = []

    async def run(work: Work) -> bool:
        works.append(work)
        return len(works) < 3

    await Schedule(database, FixedClock(), lambda: AMSTERDAM, jobs=[Job("x", HOUR, run)], chores=[]).run_all()
    assert len({id(work) for work in works}) == 3


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_job_with_a_backlog_lets_others_have_their_turn(database: Database) -> None:
    rounds, other = 0, asyncio.Event()

    async def much(work: Work) -> bool:
        nonlocal rounds
        rounds += 1
        return rounds < 500 and not other.is_set()

    async def little(work: Work) -> None:
        if rounds:
            other.set()

    soon = timedelta(seconds=0.05)
    jobs = [Job("much", soon, much), Job("little", soon, little)]
    schedule = Schedule(database, SystemClock(), lambda: AMSTERDAM, jobs=jobs, chores=[])
    schedule.start()
    await asyncio.wait_for(other.wait(), PATIENCE_S)
    await schedule.stop(1)
    assert rounds < 500


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_who_may_not_run_jobs_runs_none(database: Database) -> None:
    schedule = Schedule(database, FixedClock(), lambda: AMSTERDAM, jobs=[add(1)], chores=[], may_run=lambda: False)
    await schedule.run_all()
    assert await people(database) == []


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_jobs_tick_by_themselves(database: Database) -> None:
    ran = asyncio.Event()

    async def run(work: Work) -> None:
        ran.set()

    schedule = Schedule(
        database, SystemClock(), lambda: AMSTERDAM, jobs=[Job("x", timedelta(seconds=0.05), run)], chores=[]
    )
    schedule.start()
    await asyncio.wait_for(ran.wait(), PATIENCE_S)
    await schedule.stop(1)


@pytest.mark.parametrize(("grace", "kept"), [(PATIENCE_S, [1]), (0.01, [])])
async def test_a_stop_lets_the_job_that_runs_come_to_its_end_and_begins_nothing_more(
    database: Database, grace: float, kept: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    begun, stopping, rounds = asyncio.Event(), asyncio.Event(), 0

    async def run(work: Work) -> bool:
        nonlocal rounds
        rounds += 1
        begun.set()
        await stopping.wait()
        work.session.add(Person(id=rounds, created_at=work.now))
        return True

    jobs = [Job("x", timedelta(seconds=0.02), run), Job("y", timedelta(seconds=0.02), run)]
    schedule = Schedule(database, SystemClock(), lambda: AMSTERDAM, jobs=jobs, chores=[])
    schedule.start()
    await asyncio.wait_for(begun.wait(), PATIENCE_S)
    stop = asyncio.create_task(schedule.stop(grace))
    await asyncio.sleep(0.1)
    stopping.set()
    await stop
    assert (rounds, await people(database)) == (1, kept)
    assert bool(caplog.records) is not bool(kept), "what was cut off is told"


def test_a_chore_stays_at_its_wall_time_through_both_clock_changes() -> None:
    chore = Chore("morgens", time(8, 45), _nothing)
    autumn = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert chore.next_after(autumn, AMSTERDAM) == datetime(2026, 10, 25, 7, 45, tzinfo=UTC)
    spring = datetime(2027, 3, 27, 12, tzinfo=UTC)
    assert chore.next_after(spring, AMSTERDAM) == datetime(2027, 3, 28, 6, 45, tzinfo=UTC)


def test_a_chore_of_working_days_skips_weekends_and_holidays() -> None:
    chore = Chore("werkdag", time(8, 45), _nothing, working_days=True)
    thursday_before_christmas = datetime(2026, 12, 24, 12, tzinfo=UTC)
    assert chore.next_after(thursday_before_christmas, AMSTERDAM) == datetime(2026, 12, 28, 7, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-11-30T12:00", "2026-12-01T08:00"),  # the first is a Tuesday
        ("2026-12-01T08:00", "2027-01-04T08:00"),  # New Year's Day is a Friday
        ("2027-03-31T12:00", "2027-04-01T07:00"),  # summer time
        ("2027-04-30T12:00", "2027-05-03T07:00"),
    ],
)
def test_a_chore_of_months_is_on_the_first_working_day(moment: str, due: str) -> None:
    chore = Chore("maand", time(9), _nothing, monthly=True)
    after, expected = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (moment, due))
    assert chore.next_after(after, AMSTERDAM) == expected


async def test_a_chore_is_done_once_per_day_and_once_for_all_missed_days(database: Database) -> None:
    done: list[datetime] = []

    async def run(work: Work) -> None:
        done.append(work.now)

    clock = FixedClock(datetime(2026, 11, 23, 6, 0, tzinfo=UTC))
    schedule = Schedule(database, clock, lambda: AMSTERDAM, jobs=[], chores=[Chore("morgens", time(8, 45), run)])
    await schedule.run_all()
    assert not done
    assert await schedule.next_due() == datetime(2026, 11, 23, 7, 45, tzinfo=UTC)
    for hours in (1, 2, 3, 80, 81):
        clock.at = datetime(2026, 11, 23, 6, 0, tzinfo=UTC) + timedelta(hours=hours)
        await schedule.run_all()
    assert done == [datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 26, 14, tzinfo=UTC)]


async def test_a_moved_clock_stops_at_every_due_time() -> None:
    clock = DemoClock(NOW)
    due = [NOW + timedelta(minutes=10), NOW + timedelta(minutes=10, seconds=30), NOW + timedelta(hours=5)]
    stops: list[datetime] = []

    async def next_due() -> datetime | None:
        return min((at for at in due if at > clock.now()), default=None)

    async def settle() -> None:
        stops.append(clock.now())

    await clock.advance(NOW + timedelta(hours=20), next_due=next_due, settle=settle)
    near = [min(stops, key=lambda stop: abs(stop - at)) - at for at in due]
    assert all(abs(gap) < timedelta(seconds=10) for gap in near)
    assert max(later - earlier for earlier, later in pairwise(stops)) <= LONGEST_STEP + HOUR / 600
    assert clock.now() - NOW >= timedelta(hours=20)


async def test_the_registered_jobs_run(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    await Schedule(database, FixedClock(), lambda: AMSTERDAM, chores=[]).run_all()
    assert not caplog.records
    assert len({job.name for job in JOBS}) == len(JOBS)


async def _nothing(work: Work) -> None:
    """Do nothing."""


async def test_a_study_thinks_in_a_thread_while_others_write_and_is_done_once(database: Database) -> None:
    loop_thread, thought = threading.get_ident(), []
    at = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)

    async def gather(work: Work) -> list[int]:
        return list((await work.session.scalars(select(Person.id))).all())

    def think(found: list[int]) -> int:
        assert threading.get_ident() != loop_thread
        asyncio.run_coroutine_threadsafe(somebody_comes(), loop).result(PATIENCE_S)
        return len(found)

    async def somebody_comes() -> None:
        async with database.write(at) as work:
            work.session.add(Person(id=5, created_at=at))

    async def keep(work: Work, count: int) -> None:
        thought.append((work.now, count))

    loop = asyncio.get_running_loop()
    clock = FixedClock(at)
    chore = Chore("nacht", time(8, 45), Study(gather, think, keep))
    schedule = Schedule(database, clock, lambda: AMSTERDAM, jobs=[], chores=[chore])
    await schedule.run_all()
    clock.at = at + timedelta(hours=3)
    await schedule.run_all()
    await schedule.run_all()
    assert thought == [(clock.at, 0)]
    assert await people(database) == [5]


async def test_a_study_that_fails_is_logged_and_tried_again(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    kept: list[int] = []

    async def gather(_work: Work) -> int:
        return 0

    def think(found: int) -> int:
        if not caplog.records:
            raise ValueError
        return found

    async def keep(_work: Work, thought: int) -> None:
        kept.append(thought)

    clock = FixedClock(datetime(2026, 11, 23, 6, 0, tzinfo=UTC))
    chore = Chore("nacht", time(8, 45), Study(gather, think, keep))
    schedule = Schedule(database, clock, lambda: AMSTERDAM, jobs=[], chores=[chore])
    await schedule.run_all()
    clock.at += timedelta(hours=3)
    await schedule.run_all()
    assert (kept, [record.message for record in caplog.records]) == ([], ["job failed"])
    await schedule.run_all()
    assert kept == [0]
