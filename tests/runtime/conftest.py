"""A town whose bot has only the routes of `tests.runtime.echo`."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.engine import Database
from tests.databases import sqlite_url
from tests.runtime import echo
from tests.town import Town, living_in


@pytest.fixture
async def echo_town(town_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """The example town, served by the echo routes."""
    shutil.copyfile(town_file, tmp_path / "town.db")
    async with living_in(Database(sqlite_url(tmp_path / "town.db")), routes=echo.ROUTES) as town:
        yield town
