"""Nothing lost: the bot is killed at any moment, again and again, while people talk to it."""

import asyncio
import shutil
from pathlib import Path

import pytest

from tests.chaos.crowd import REPEATED_PER_CRASH, crowd
from tests.chaos.sizes import sized
from tests.databases import sqlite_url
from tests.patience import PATIENCE_S

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.lasts(210)]

KILLS, RESIDENTS = sized((5, 50), (50, 500))
#: A bot that is killed at every moment gets little done in between, least on a busy machine.
WAITS_S = sized(1, 5) * PATIENCE_S


async def test_kills_at_any_moment_lose_nothing_and_double_no_report(town_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(town_file, tmp_path / "town.db")
    async with crowd(tmp_path, sqlite_url(tmp_path / "town.db")) as people:
        await people.bot.start()
        for _ in range(KILLS):
            # Some begin between any two kills.
            people.begin(RESIDENTS // KILLS, patience=WAITS_S)
            # Most kills hit a bot that is answering; now and then one hits a bot that is still starting.
            if people.chance.random() < 0.85:
                await people.says_something()
            await asyncio.sleep(people.chance.uniform(0.0, 0.8))
            await people.bot.kill()
            await people.bot.start()
        await people.finish()
        assert await people.bot.stop() == 0
        await people.check(repeated=KILLS * REPEATED_PER_CRASH)
