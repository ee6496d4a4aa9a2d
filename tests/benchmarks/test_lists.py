"""`/open`, `/mijn` and `/zoek` on 200,000 reports in an SQLite file: at most 50 ms at the 95th percentile."""

import random
import shutil
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import quantiles

import pytest

from bot.services import finding
from bot.services.finding import Page, Reader, Unfindable
from storage.engine import Database
from storage.work import Work
from tests.benchmarks.many_reports import HOT, NOW, SAMIRA, WILMA, fill, vocabulary
from tests.databases import sqlite_url

REPORTS = 200_000
LIMIT_MS = 50.0
_ROUNDS = 60
Look = Callable[[Work, Reader], Awaitable[Page | Unfindable]]


@pytest.mark.slow
async def test_lists_and_searches_on_very_many_reports(
    town_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    database = Database(sqlite_url(tmp_path / "town.db"))
    await fill(database, REPORTS)
    chance, words, lines, worst = random.Random(5), vocabulary(), [f"{REPORTS:,} reports in SQLite"], 0.0
    looks: dict[str, Callable[[], Look]] = {
        "/open, three pages on": lambda: _pages,
        "/mijn": lambda: lambda work, who: finding.mine(work, who, SAMIRA),
        "/zoek number": lambda: _searching(f"{chance.randint(1, REPORTS)}"),
        "/zoek wijk": lambda: _searching(chance.choice(("Stedenwijk", "Filmwijk", "Muziekwijk", "Kruidenwijk"))),
        "/zoek a rare word": lambda: _searching(chance.choice(words[1000:])),
        "/zoek a word": lambda: _searching(chance.choice(words)),
        "/zoek a frequent word": lambda: _searching(chance.choice([*HOT, *words[:20]])),
        "/zoek a beginning": lambda: _searching(chance.choice(words)[:4]),
        "/zoek two words": lambda: _searching(f"{chance.choice(words)} {chance.choice(words)}"),
        "/zoek two frequent words": lambda: _searching(" ".join(chance.sample([*HOT, *words[:20]], 2))),
        "/zoek three words": lambda: _searching(" ".join(chance.sample([*HOT, *words[:20], *words[500:520]], 3))),
        "/zoek a word and a wijk": lambda: _searching(
            f"{chance.choice(list(HOT))} {chance.choice(('Filmwijk', 'Tussen de Vaarten Noord'))}"
        ),
        "/zoek nothing there": lambda: _searching("xyzzyplugh"),
    }
    for name, look in looks.items():
        took = [await _timed(database, look(), chance.choice((SAMIRA, WILMA))) for _ in range(_ROUNDS)]
        p50, p95 = quantiles(took, n=100)[49], quantiles(took, n=100)[94]
        worst = max(worst, p95)
        lines.append(f"{name:<28} p50 {p50:5.1f} ms   p95 {p95:5.1f} ms   most {max(took):5.1f} ms")
    await database.close()
    with capsys.disabled():
        print("", *lines, sep="\n")  # noqa: T201 the figures are what this test is for
    assert worst <= LIMIT_MS, lines


async def _timed(database: Database, look: Look, person: int) -> float:
    """Return the milliseconds from the command to the lines: who may look, the page, names and lateness."""
    began = time.perf_counter()
    async with database.read(NOW) as work:
        who = await finding.reader(work, person, chat=None)
        assert isinstance(who, Reader)
        found = await look(work, who)
        assert isinstance(found, Page)
    return (time.perf_counter() - began) * 1000


async def _pages(work: Work, who: Reader) -> Page:
    page = await finding.open_at(work, who)
    assert len(page.lines) == finding.PAGE
    assert page.later is not None
    return await finding.open_at(work, who, page.later)


def _searching(typed: str) -> Look:
    return lambda work, who: finding.search(work, who, typed)
