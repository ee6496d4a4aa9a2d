"""How soon the bot is there after its command, and the memory that it takes when nobody says anything."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.benchmarks.figures import Figure, Table, Target
from tests.benchmarks.running import PATIENCE_S, stage

#: Starts, of which the quickest counts: the first one reads everything from the disk.
_STARTS = 5
_REST_S = 4.0


async def test_start_and_rest(noon_town: Path, folder: Path, table: Table) -> None:
    async with stage(noon_town, folder) as set_up:
        polls, took, rest = set_up.world.calls.total, [], []
        for _ in range(_STARTS):
            before, process = polls["getUpdates"], set_up.bot()
            async with process:
                began = time.monotonic()
                await process.start()
                await set_up.world.until(lambda before=before: polls["getUpdates"] > before, timeout=PATIENCE_S)  # type: ignore[misc]
                took.append(time.monotonic() - began)
                if len(took) == _STARTS:
                    await asyncio.sleep(_REST_S)
                    rest.append(process.resident_mb)
                await process.stop()
    missed = table.add(
        [
            Figure("start: from the command to the first question for updates", "s", min(took), target=Target("≤", 2)),
            Figure("memory at rest", "MB", rest[0], target=Target("≤", 150)),
        ],
        f"start: the quickest of {_STARTS}",
    )
    if missed:
        pytest.fail("\n".join(missed), pytrace=False)
