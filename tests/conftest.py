"""Fixtures for all tests; each part lives in a module of its own."""

import os

from hypothesis import HealthCheck, settings

from tests import statements
from tests.chaos.order import pytest_collection_modifyitems
from tests.databases import (
    asks_postgres,
    database,
    database_kind,
    database_url,
    migrated_file,
    migrated_template,
    migrated_url,
    postgres_server,
    postgres_url,
)
from tests.leaks import pytest_collection_finish, pytest_configure, pytest_runtest_teardown, pytest_sessionfinish
from tests.memory import memory
from tests.post_office import mail_town, post
from tests.telegram_checks import pytest_terminal_summary
from tests.town import town, town_file
from tests.tracing import pytest_runtest_protocol

__all__ = [
    "asks_postgres",
    "database",
    "database_kind",
    "database_url",
    "mail_town",
    "migrated_file",
    "migrated_template",
    "migrated_url",
    "post",
    "postgres_server",
    "postgres_url",
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_runtest_protocol",
    "pytest_runtest_teardown",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
    "town",
    "town_file",
]

# SQLite waits for the disk at each commit, which takes most of a conversation's time. In memory it waits for nothing.
if (folder := memory()) is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))

statements.share()

# A slow machine is no failure. Where CI is set, Hypothesis tries the same examples each time.
settings.register_profile(
    "buurtbode", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("buurtbode")
