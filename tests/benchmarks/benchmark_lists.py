"""`/open`, `/mijn` and `/zoek` on 200,000 reports in an SQLite file: at most 50 ms at the 95th percentile."""

import random
import shutil
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import quantiles

import pytest

from bot.services.desk import finding
from bot.services.desk.finding import Page, Reader, Unfindable
from storage.engine import Database
from storage.work import Work
from tests.benchmarks.figures import Figure, Table, Target
from tests.benchmarks.many_reports import HOT, NOW, SAMIRA, WILMA, fill, vocabulary
from tests.databases import sqlite_url

MADE, TIMES = 10_000, 20
REPORTS = MADE * TIMES
LIMIT_MS = 50.0
#: Other processes on the machine only make it slower, so the best of some rounds counts.
ROUNDS, LOOKS = 3, 25
Look = Callable[[Work, Reader], Awaitable[Page | Unfindable]]


@pytest.mark.slow
async def test_lists_and_searches_on_very_many_reports(
    town_file: Path, tmp_path: Path, table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    database = Database(sqlite_url(tmp_path / "town.db"))
    await fill(database, MADE, times=TIMES)
    figures = {name: await _measured(database, look) for name, look in _looks().items()}
    await database.close()
    lines = [f"{name:<26} p50 {p50:5.1f} ms   p95 {p95:5.1f} ms" for name, (p50, p95) in figures.items()]
    with capsys.disabled():
        print(f"\n{REPORTS:,} reports in SQLite", *lines, sep="\n")  # noqa: T201 the figures are what this test is for
    slowest = max(p95 for _p50, p95 in figures.values())
    missed = table.add(
        [
            Figure(
                f"a worker's lists and searches in {REPORTS:,} reports: the slowest, 95 of 100 within",
                "ms",
                slowest,
                target=Target("≤", LIMIT_MS),
            )
        ]
    )
    assert not missed, lines


def _looks() -> dict[str, Look]:
    chance, words = random.Random(5), vocabulary()
    frequent = [*HOT, *words[:20]]

    def searching(typed: Callable[[], str]) -> Look:
        return lambda work, who: finding.search(work, who, typed())

    return {
        "/open, two pages": _pages,
        "/mijn": lambda work, who: finding.mine(work, who, SAMIRA),
        "/zoek number": searching(lambda: str(chance.randint(1, REPORTS))),
        "/zoek wijk": searching(lambda: chance.choice(("Stedenwijk", "Filmwijk", "Muziekwijk", "Kruidenwijk"))),
        "/zoek rare word": searching(lambda: chance.choice(words[1000:])),
        "/zoek frequent word": searching(lambda: chance.choice(frequent)),
        "/zoek beginning": searching(lambda: chance.choice(words)[:4]),
        "/zoek two words": searching(lambda: " ".join(chance.sample(words, 2))),
        "/zoek two frequent words": searching(lambda: " ".join(chance.sample(frequent, 2))),
        "/zoek three words": searching(lambda: " ".join(chance.sample([*frequent, *words[500:520]], 3))),
        "/zoek word and wijk": searching(lambda: f"{chance.choice(list(HOT))} Filmwijk"),
        "/zoek nothing there": searching(lambda: "xyzzyplugh"),
    }


async def _measured(database: Database, look: Look) -> tuple[float, float]:
    """Return median and 95th percentile (milliseconds) of the best round."""
    await _timed(database, look, SAMIRA)
    rounds = []
    for _ in range(ROUNDS):
        took = [await _timed(database, look, person) for person in (SAMIRA, WILMA) * (LOOKS // 2)]
        hundredths = quantiles(took, n=100)
        rounds.append((hundredths[49], hundredths[94]))
    return min(rounds, key=lambda figures: figures[1])


async def _timed(database: Database, look: Look, person: int) -> float:
    """Return the milliseconds from the command to the lines: who may look, the page, names and lateness."""
    began = time.perf_counter()
    async with database.read(NOW) as work:
        who = await finding.reader(work, person, chat=None)
        assert isinstance(who, Reader)
        assert isinstance(await look(work, who), Page)
    return (time.perf_counter() - began) * 1000


async def _pages(work: Work, who: Reader) -> Page:
    page = await finding.open_at(work, who)
    assert len(page.lines) == finding.PAGE
    assert page.later is not None
    return await finding.open_at(work, who, page.later)
