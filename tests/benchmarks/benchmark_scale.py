"""What people wait for in a town a hundred times as large: at most twice as long.

100,000 residents, 1,000,000 reports and 50,000 sign-ups in an SQLite file (some 3.5 GB) and in PostgreSQL (some 5 GB),
against one hundredth of all. Each thing is done in both towns in turn by the real router and views, and taken back.
`SCALE_REPORTS=100000` is a shorter form, against a hundredth of that.
"""

import os
import shutil
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
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
from storage.migrate import upgrade
from storage.models import Desk, DeskWorker, Occurrence, Person, Report, Signup, Team
from tests.benchmarks.figures import Figure, Table, Target
from tests.benchmarks.grown_town import FIRST_RESIDENT, grow
from tests.benchmarks.many_reports import NOW, SAMIRA, vocabulary
from tests.conversations.doors import Doors, trying
from tests.databases import sqlite_url
from tests.postgres import PostgresServer, run_apart
from tests.town import set_up

REPORTS = int(os.environ.get("SCALE_REPORTS", "1000000"))
TIMES = 100
MOST, WARM, LOOKS = 2.0, 3, 15
RESIDENT = FIRST_RESIDENT + 5
Act = Callable[[], Awaitable[object]]
_CALLED = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@pytest.fixture
def towns(database_kind: str, town_file: Path, folder: Path) -> Iterator[dict[str, str]]:
    """The URLs of a small and a large town, each set up, of this kind."""
    names = ("small", "large")
    if database_kind == "sqlite":
        for name in names:
            shutil.copyfile(town_file, folder / f"{name}.db")
        yield {name: sqlite_url(folder / f"{name}.db") for name in names}
        return
    # As much memory as its own pages have by default, and room to write much at once.
    with PostgresServer(on_disk=True, shared_buffers="128MB", max_wal_size="8GB") as server:
        urls = {name: server.url(server.create()) for name in names}
        for url in urls.values():
            run_apart(partial(_set_up, url))
        yield urls


async def _set_up(url: str) -> None:
    await upgrade(url)
    await set_up(Database(url))


async def test_everything_takes_as_long_in_a_large_town(
    database_kind: str, towns: dict[str, str], table: Table
) -> None:
    databases = {name: Database(url) for name, url in towns.items()}
    began = time.perf_counter()
    for name, times in (("small", 1), ("large", TIMES)):
        await grow(databases[name], REPORTS // TIMES, times=times)
    wrote = time.perf_counter() - began
    async with trying(databases["small"], now=NOW) as small, trying(databases["large"], now=NOW) as large:
        acts = [await _acts(small), await _acts(large)]
        figures = {name: await _both(acts[0][name], acts[1][name]) for name in acts[0]}
    for database in databases.values():
        await database.close()
    missed = table.add(
        [
            Figure(
                f"{name}, {TIMES} times as large a town ({_CALLED[database_kind]})",
                "× the small one",
                after / before,
                target=Target("≤", MOST),
            )
            for name, (before, after) in figures.items()
        ],
        f"large town, {REPORTS:,} reports in {_CALLED[database_kind]} (written in {wrote:.0f} s; ms): "
        + ", ".join(f"{name} {before:.1f} → {after:.1f}" for name, (before, after) in figures.items()),
    )
    if missed:
        pytest.fail("\n".join(missed), pytrace=False)


async def _acts(doors: Doors) -> dict[str, Act]:
    """Return what people do, by what it is called."""
    async with doors.database.write(NOW) as work:
        session = work.session
        hers = select(DeskWorker.desk_id).where(DeskWorker.person_id == SAMIRA)
        new = (Report.status == ReportStatus.RECEIVED, Report.sealed.is_(False), Report.desk_id.in_(hers))
        newest = select(Report).where(Report.id == select(func.max(Report.id)).where(*new).scalar_subquery())
        report = (await session.scalars(newest)).one()
        upcoming = select(Occurrence).where(Occurrence.starts_at > NOW, Occurrence.kind == ActivityKind.REPAIR_CAFE)
        meeting = (await session.scalars(upcoming.order_by(Occurrence.starts_at).limit(1))).one()
        team = (await session.scalars(select(Team).limit(1))).one()
        desk = await session.get_one(Desk, report.desk_id)
        coming = select(Signup.person_id).join(Occurrence, Occurrence.id == Signup.occurrence_id)
        goes = (await session.scalars(coming.where(Occurrence.starts_at > NOW).order_by(Signup.id).limit(1))).one()
    words = vocabulary()

    def says(who: int, said: str) -> Act:
        return lambda: doors.say(who, said)

    def taps(who: int, data: str) -> Act:
        return lambda: doors.tap(who, data)

    async def fetches() -> None:
        async with doors.database.read(NOW) as work:
            person = await work.session.get_one(Person, goes)
            await feed(work, doors.app.translators(person), person, bot_username="bode_bot")

    async def takes() -> None:
        told = await doors.tap(SAMIRA, Take(report.id, report.version).encode(), chat=desk.chat_id)
        assert told[0].text.startswith("Deze melding is van jou")

    return {
        "a report begins": says(RESIDENT, "De lantaarnpaal is kapot"),
        "a resident's /meldingen": says(RESIDENT, "/meldingen"),
        "/activiteiten": says(RESIDENT, "/activiteiten"),
        "/aanmeldingen": says(goes, "/aanmeldingen"),
        "a meeting": taps(RESIDENT, OpenMeeting(meeting.id).encode()),
        "a sign-up": taps(RESIDENT, Join(meeting.id, meeting.version, RoleKey.VISITOR).encode()),
        "a calendar feed": fetches,
        "/open": says(SAMIRA, "/open"),
        "/mijn": says(SAMIRA, "/mijn"),
        "/zoek wijk": says(SAMIRA, "/zoek Filmwijk"),
        "/zoek number": says(SAMIRA, f"/zoek {report.number}"),
        "/zoek frequent word": says(SAMIRA, "/zoek kapot"),
        "/zoek rare word": says(SAMIRA, f"/zoek {words[1500]}"),
        "a card is drawn": lambda: doors.draw(ReportCard(report.id, desk.id), desk.chat_id),
        "a card is taken": takes,
        "a month of rounds": taps(team.coordinator_id, OpenMonth(team.id).encode()),
        "/afwezig": says(SAMIRA, "/afwezig"),
    }


async def _both(small: Act, large: Act) -> tuple[float, float]:
    """Return the best times (milliseconds) of the same thing done in both towns in turn: others only make it slower.

    What is done first opens connections and has statements prepared, so all is done some times before.
    """
    took: tuple[list[float], list[float]] = ([], [])
    for act in (small, large) * WARM:
        await act()
    for _ in range(LOOKS):
        for act, times in zip((small, large), took, strict=True):
            began = time.perf_counter()
            await act()
            times.append((time.perf_counter() - began) * 1000)
    return min(took[0]), min(took[1])
