"""Whatever is done to series, here and by the set-up file: no day has two meetings, and who joined one keeps it.

The histories are random: changing, copying and ending series, moving and calling off dates, people who come and go, the
set-up file again (also with other words in it), the schedule, and time.
"""

import asyncio
import random
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.domain.activities.plans import Repeats, repeats_for
from bot.domain.enums import COUNTED_ON, ActivityKind, RoleKey
from bot.services import setup
from bot.services.activities import making, one_date, plans, recurrence, signups
from bot.services.activities.one_date import DateChange
from bot.services.activities.rescheduling import Changed
from bot.services.town import areas
from storage.engine import Database
from storage.models import Activity, Occurrence, Person, Signup
from storage.work import Work
from tests.services.meetings import ZONE, person
from tests.services.test_making import coffee
from tests.town import TOWN_FILE

START = datetime(2026, 10, 5, 8, tzinfo=UTC)
WILMA, OMAR = 9003, 9002
_FILE = TOWN_FILE.read_text()
#: What the set-up file may say of the Repair Café some other time.
_OTHER = [
    {"2026-12-05T": "2026-12-06T", "BYDAY=1SA": "BYDAY=1SU"},
    {"2026-12-05T": "2026-12-04T", "FREQ=MONTHLY;BYDAY=1SA": "FREQ=WEEKLY;BYDAY=FR"},
    {"T13:00   # local": "T10:00   # local"},
    {"title: Repair Café Stedenwijk": "title: Repareren", "host: {min: 1, max: 2}": "host: {min: 1, max: 1}"},
]
_ACTS = ["edit", "edit", "move", "move", "off", "copy", "file", "file", "end", *["join"] * 3, "leave", *["wait"] * 4]


@pytest.mark.slow
@settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_no_day_has_two_meetings_of_a_series_and_who_joined_keeps_theirs(migrated_url: str, seed: int) -> None:
    asyncio.run(live(migrated_url, random.Random(seed)))


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_histories_are_worth_something(migrated_url: str) -> None:
    """Each act is really done, and not only refused, for the test above to mean anything."""
    done: set[str] = set()
    for seed in range(3):
        done |= asyncio.run(live(migrated_url, random.Random(seed)))
    assert done >= set(_ACTS)


class _UndoError(Exception):
    """Leaves the database as it was."""


async def live(url: str, dice: random.Random) -> set[str]:
    """Live through one history; return which acts were really done."""
    database, done = Database(url), set[str]()
    try:
        async with database.write(START) as work:
            await load(work, _FILE)
            await make(work, dice)
            for act in dice.sample(_ACTS, len(_ACTS)):
                before = await joined(work)
                moved = await something(work, act, dice)
                await work.flush()
                if moved is not None:
                    done.add(act)
                await recurrence.extend_series(work)
                await judge(work, before, moved or None)
            raise _UndoError
    except _UndoError:
        return done
    finally:
        await database.close()


_parsed = cache(setup.parse)
_areas = cache(areas.builtin)


async def load(work: Work, text: str) -> None:
    """Run the set-up file."""
    await setup.load(work, *_parsed(text), _areas())


async def make(work: Work, dice: random.Random) -> None:
    """Make a series of one's own; the town has a monthly one, one on two days a week, and one date."""
    omar = await person(work, OMAR)
    day = (START + timedelta(days=dice.randint(1, 7))).date()
    repeats = dice.choice([Repeats.WEEKLY, Repeats.FORTNIGHTLY])
    result = await making.make(work, omar, coffee(day=day, repeats=repeats, roles=coffee().roles))
    assert result.activity is not None


async def something(work: Work, act: str, dice: random.Random) -> int | None:
    """Do one thing; return the date that was moved, 0 for something else that was done, None for nothing."""
    wilma = await person(work, WILMA)
    public = Activity.active, Activity.kind != ActivityKind.PATROL
    activity = dice.choice(list(await work.session.scalars(select(Activity).where(*public).order_by(Activity.id))))
    ahead = Occurrence.activity_id == activity.id, Occurrence.starts_at > work.now, Occurrence.called_off_at.is_(None)
    rows = list(await work.session.scalars(select(Occurrence).where(*ahead).order_by(Occurrence.starts_at)))
    row = dice.choice(rows) if rows else None
    match act:
        case "edit" | "copy":
            return await _plans(work, wilma, activity, dice, copy=act == "copy")
        case "move" if row is not None:
            shift = timedelta(days=dice.randint(-9, 9), hours=dice.randint(-3, 3))
            change = DateChange(row.id, row.version, row.starts_at + shift, row.ends_at + shift)
            return row.id if await one_date.change_date(work, wilma, change) is Changed.DONE else None
        case "off" if row is not None:
            return 0 if await one_date.call_off_date(work, wilma, row.id, None) is Changed.DONE else None
        case "end":
            return 0 if (await making.end(work, wilma, activity.id, None)).outcome is making.Made.DONE else None
        case "file":
            await load(work, _changed(dice.choice([{}, *_OTHER])))
            return 0
        case "join" if row is not None:
            role = RoleKey.STALL if row.kind is ActivityKind.ROMMELROUTE else None
            role = role or (RoleKey.HOST if row.kind is ActivityKind.REPAIR_CAFE else RoleKey.VISITOR)
            came = await signups.join(work, row.id, await person(work, dice.randint(1, 4)), role)
            return 0 if came.signup is not None else None
        case "leave":
            taken = list(await work.session.scalars(select(Signup).where(Signup.state.in_(COUNTED_ON))))
            if not taken:
                return None
            one = dice.choice(sorted(taken, key=lambda signup: signup.id))
            await signups.leave(work, one.id, one.person_id, version=one.version)
            return 0
        case "wait":
            work.now += timedelta(days=dice.choice([0, 1, 3, 10]), hours=dice.randint(1, 9))
            return 0
    return None


def _changed(words: dict[str, str]) -> str:
    text = _FILE
    for old, new in words.items():
        assert old in text
        text = text.replace(old, new, 2)
    return text


async def _plans(work: Work, wilma: Person, activity: Activity, dice: random.Random, *, copy: bool) -> int | None:
    plan = await plans.plan_of(work, activity, copy=copy)
    if copy or dice.random() < 0.7:
        plan.day = (work.now + timedelta(days=dice.randint(1, 20))).astimezone(ZONE).date()
        plan.deadline_days = plan.deadline_at = None
    if copy:
        plan.begins, plan.ends = coffee().begins, coffee().ends
    if dice.random() < 0.5 and plan.begins is not None and plan.ends is not None:
        plan.begins, plan.ends = plan.begins.replace(hour=9), plan.ends.replace(hour=12 + dice.randint(0, 3))
    if plan.repeats not in repeats_for(plan) or dice.random() < 0.4:
        plan.repeats = dice.choice(
            [one for one in repeats_for(plan) if activity.repeats is None or one is not Repeats.NO]
        )
    if dice.random() < 0.3:
        plan.title = f"Koffie {dice.randint(1, 9)}"
    result = await (making.make if copy else making.change)(work, wilma, plan)
    return 0 if result.outcome is making.Made.DONE else None


async def joined(work: Work) -> dict[int, tuple[date, datetime, datetime]]:
    """Return day and times of the dates to come that somebody counts on."""
    await work.flush()
    query = (
        select(Occurrence)
        .join(Signup)
        .where(Signup.state.in_(COUNTED_ON), Occurrence.starts_at > work.now, Occurrence.called_off_at.is_(None))
    )
    rows = (await work.session.scalars(query.execution_options(populate_existing=True))).all()
    return {row.id: (row.nominal_on, row.starts_at, row.ends_at) for row in rows}


async def judge(work: Work, before: dict[int, tuple[date, datetime, datetime]], moved: int | None) -> None:
    """Fail when a series has two meetings on a day, or two for one of its dates, or when a joined date changed."""
    rows = list(await work.session.scalars(select(Occurrence).execution_options(populate_existing=True)))
    series = {row.id: row for row in await work.session.scalars(select(Activity))}
    for activity in series.values():
        coming = [
            row
            for row in rows
            if row.activity_id == activity.id and row.called_off_at is None and row.starts_at > work.now
        ]
        days = [row.starts_at.astimezone(ZONE).date() for row in coming]
        assert len(days) == len(set(days)), f"{activity.title} twice on one day: {sorted(days)}"
        nominal = sorted(row.nominal_on for row in coming)
        if activity.repeats and "TU,TH" not in activity.repeats:
            gaps = [later - earlier for earlier, later in pairwise(nominal)]
            assert all(gap >= timedelta(days=4) for gap in gaps), f"{activity.title} stands twice: {nominal}"
    now = {row.id: row for row in rows}
    for row_id, was in before.items():
        row = now.get(row_id)
        assert row is not None, "a date that somebody joined is gone"
        if row_id != moved and row.called_off_at is None:
            assert (row.nominal_on, row.starts_at, row.ends_at) == was
