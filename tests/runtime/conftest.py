"""A town whose bot has only the routes of `tests.runtime.echo`, and an office on either database."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.engine import Database
from tests import telegram_checks
from tests.databases import sqlite_url
from tests.runtime import echo
from tests.runtime.office import Office, opened
from tests.town import Town, living_in


@pytest.fixture
async def echo_town(town_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """The example town, served by the echo routes."""
    shutil.copyfile(town_file, tmp_path / "town.db")
    async with living_in(Database(sqlite_url(tmp_path / "town.db")), routes=echo.ROUTES) as town:
        yield town


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    """A sender with everything around it, on each kind of database; all it called is as Telegram describes it."""
    async with opened(database) as running:
        yield running
        assert telegram_checks.check_calls(running.world.calls) == []
