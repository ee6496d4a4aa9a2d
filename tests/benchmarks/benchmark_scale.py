"""What people wait for in a town a hundred times as large: at most twice as long.

100,000 residents, 1,000,000 reports and 50,000 sign-ups in an SQLite file (some 3.5 GB, and some minutes to write),
against one hundredth of all. Each thing is done in both towns in turn by the real router and views, and taken back.
`SCALE_REPORTS=100000` is a shorter form, against a hundredth of that.
"""

import os
import shutil
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.enums import ActivityKind, ReportStatus, RoleKey
from bot.domain.notices.triage import ReportCard
from handlers.activities.buttons import Join, OpenMeeting
from handlers.activities.round_buttons import OpenMonth
from handlers.staff.buttons import Take
from handlers.views.activities.calendar import feed
from storage.engine import Database
from storage.models import Occurrence, Person, Report, Team
from tests.benchmarks.figures import Figure, Table, Target
from tests.benchmarks.grown_town import FIRST_RESIDENT, grow
from tests.benchmarks.many_reports import NOW, SAMIRA, vocabulary
from tests.conversations.doors import Doors, trying
from tests.databases import sqlite_url

REPORTS = int(os.environ.get("SCALE_REPORTS", "1000000"))
TIMES = 100
MOST, LOOKS = 2.0, 15
GROUP, RESIDENT = -1001, FIRST_RESIDENT + 5
Act = Callable[[], Awaitable[object]]


@pytest.mark.slow
async def test_everything_takes_as_long_in_a_large_town(town_file: Path, tmp_path: Path, table: Table) -> None:
    towns = {}
    for name, times in (("small", 1), ("large", TIMES)):
        shutil.copyfile(town_file, tmp_path / f"{name}.db")
        towns[name] = Database(sqlite_url(tmp_path / f"{name}.db"))
        await grow(towns[name], REPORTS // TIMES, times=times)
    async with trying(towns["small"], now=NOW) as small, trying(towns["large"], now=NOW) as large:
        acts = [await _acts(small), await _acts(large)]
        figures = {name: await _both(acts[0][name], acts[1][name]) for name in acts[0]}
    for database in towns.values():
        await database.close()
    missed = table.add(
        [
            Figure(
                f"{name}, {TIMES} times as large a town", "× the small one", after / before, target=Target("≤", MOST)
            )
            for name, (before, after) in figures.items()
        ],
        f"large town, {REPORTS:,} reports (ms): "
        + ", ".join(f"{name} {before:.1f} → {after:.1f}" for name, (before, after) in figures.items()),
    )
    if missed:
        pytest.fail("\n".join(missed), pytrace=False)


async def _acts(doors: Doors) -> dict[str, Act]:
    """Return what people do, by what it is called."""
    async with doors.database.write(NOW) as work:
        session = work.session
        new = (Report.status == ReportStatus.RECEIVED, Report.sealed.is_(False))
        newest = select(Report).where(Report.id == select(func.max(Report.id)).where(*new).scalar_subquery())
        report = (await session.scalars(newest)).one()
        upcoming = select(Occurrence).where(Occurrence.starts_at > NOW, Occurrence.kind == ActivityKind.REPAIR_CAFE)
        meeting = (await session.scalars(upcoming.order_by(Occurrence.starts_at).limit(1))).one()
        team = (await session.scalars(select(Team).limit(1))).one()
        desk = report.desk_id
    words = vocabulary()

    def says(who: int, said: str) -> Act:
        return lambda: doors.say(who, said)

    def taps(who: int, data: str, chat: int | None = None) -> Act:
        return lambda: doors.tap(who, data, chat=chat)

    async def fetches() -> None:
        async with doors.database.read(NOW) as work:
            person = await work.session.get_one(Person, RESIDENT)
            await feed(work, doors.app.translators(person), person, bot_username="bode_bot")

    return {
        "a report begins": says(RESIDENT, "De lantaarnpaal is kapot"),
        "a resident's /meldingen": says(RESIDENT, "/meldingen"),
        "/activiteiten": says(RESIDENT, "/activiteiten"),
        "/aanmeldingen": says(RESIDENT, "/aanmeldingen"),
        "a meeting": taps(RESIDENT, OpenMeeting(meeting.id).encode()),
        "a sign-up": taps(RESIDENT, Join(meeting.id, meeting.version, RoleKey.VISITOR).encode()),
        "a calendar feed": fetches,
        "/open": says(SAMIRA, "/open"),
        "/mijn": says(SAMIRA, "/mijn"),
        "/zoek wijk": says(SAMIRA, "/zoek Filmwijk"),
        "/zoek number": says(SAMIRA, f"/zoek {report.number}"),
        "/zoek frequent word": says(SAMIRA, "/zoek kapot"),
        "/zoek rare word": says(SAMIRA, f"/zoek {words[1500]}"),
        "a card is drawn": lambda: doors.draw(ReportCard(report.id, desk), GROUP),
        "a card is taken": taps(SAMIRA, Take(report.id, report.version).encode(), GROUP),
        "a month of rounds": taps(team.coordinator_id, OpenMonth(team.id).encode()),
        "/afwezig": says(SAMIRA, "/afwezig"),
    }


async def _both(small: Act, large: Act) -> tuple[float, float]:
    """Return the best times (milliseconds) of the same thing done in both towns in turn: others only make it slower."""
    took: tuple[list[float], list[float]] = ([], [])
    for act in (small, large):
        await act()
    for _ in range(LOOKS):
        for act, times in zip((small, large), took, strict=True):
            began = time.perf_counter()
            await act()
            times.append((time.perf_counter() - began) * 1000)
    return min(took[0]), min(took[1])
