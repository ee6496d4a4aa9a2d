"""A year of reports in SQLite, with retention on."""

from pathlib import Path

import pytest

from tests.benchmarks import year
from tests.benchmarks.figures import Figure, Table, Target
from tests.benchmarks.running import stage
from tests.benchmarks.sizes import Sizes

LIVED, TIMES = 50, 10
_GB = 1024**3


async def test_year(noon_town: Path, folder: Path, table: Table, sizes: Sizes) -> None:
    async with stage(noon_town, folder) as set_up:
        await year.live(set_up, LIVED)
        found = await year.sizes_of(folder, noon_town, reports=LIVED, times=TIMES, days=sizes.days)
    missed = table.add(
        [
            Figure(
                f"database after {sizes.days} days of {LIVED * TIMES} reports a day",
                "GB",
                max(found) / _GB,
                target=Target("≤", 2),
            )
        ],
        "database: each report by another resident, taken, answered and closed on its day; "
        f"{LIVED} are lived, the others are their rows once more; retention runs each week",
    )
    if missed:
        pytest.fail("\n".join(missed), pytrace=False)
