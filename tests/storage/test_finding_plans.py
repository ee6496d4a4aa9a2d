"""Every list and search that a worker waits for reads an index: never a whole table, on both databases."""

import re
from collections.abc import AsyncIterator, Mapping
from datetime import date

import pytest
from sqlalchemy import Select, text

from bot.domain.standing import promised_before
from bot.services import setup
from bot.services.town import areas
from storage.engine import Database
from storage.queries import finding as queries
from storage.queries.finding import At
from storage.work import Work
from tests.benchmarks.many_reports import HOT, NOW, SAMIRA, fill
from tests.town import TOWN_FILE

AREAS = ["WK003427", "WK003418"]
PLACES = {"first page": None, "next page": At(739_000, 5), "page before": At(739_000, 5, back=True)}


@pytest.fixture
async def busy(database: Database) -> AsyncIterator[Work]:
    """A town with some thousands of reports, so that reading a whole table would look costly."""
    file, lines = setup.parse(TOWN_FILE.read_text())
    async with database.write(NOW) as work:
        await setup.load(work, file, lines, areas.builtin())
    await fill(database, 4_000)
    async with database.write(NOW) as work:
        await work.session.execute(text("ANALYZE"))
    async with database.read(NOW) as work:
        yield work


def _queries(desks: list[int]) -> Mapping[str, Select[*tuple[object, ...]]]:
    words = list(HOT)
    found: dict[str, Select[*tuple[object, ...]]] = {
        "the first letters": queries.beginnings_query(desks[0], "lant"),
        "how rare": queries.rarity_query(words[:2], desks),
        "late": queries.promised_query(desks[0], promised_before(date(2026, 11, 23)), limit=100),
        "of nobody": queries.unheld_query(desks[0], limit=100),
        "at a partner": queries.forwarded_query(desks[0], limit=100),
    }
    for name, at in PLACES.items():
        found |= {
            f"open, {name}": queries.open_query(desks, at, limit=9),
            f"mine, {name}": queries.mine_query(SAMIRA, desks, at, limit=9),
            f"wijk, {name}": queries.area_query(AREAS, desks, at, limit=9),
            f"word, {name}": queries.words_query(words[:3], [], desks, at, limit=9),
            f"words, {name}": queries.words_query(words[:2], [words[2:4], words[4:]], desks, at, limit=2_000),
        }
    return found


async def _plan(work: Work, query: Select[*tuple[object, ...]], *, sqlite: bool) -> str:
    compiled = query.compile(work.session.get_bind(), compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if sqlite else "EXPLAIN"
    return "\n".join(
        str(row[-1]) for row in await work.session.execute(text(f"{explain} {compiled}".replace(":", r"\:")))
    )


async def test_no_list_reads_a_whole_table(busy: Work, database: Database) -> None:
    desks = [desk.id for desk in await queries.desks(busy.session)]
    for name, query in _queries(desks).items():
        plan = await _plan(busy, query, sqlite=database.is_sqlite)
        whole = re.findall(r"SCAN report\w*|Seq Scan on report\w*", plan)
        assert whole == [], f"{name}:\n{plan}"
        assert re.search(r"SEARCH report|Index (?:Only )?Scan", plan), f"{name}:\n{plan}"
