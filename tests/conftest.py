"""Fixtures for all tests; each part lives in a module of its own."""

from hypothesis import HealthCheck, settings

from tests.databases import (
    database,
    database_kind,
    database_url,
    migrated_file,
    migrated_template,
    migrated_url,
    postgres_server,
    postgres_url,
)
from tests.post_office import mail_town, post
from tests.telegram_checks import pytest_terminal_summary
from tests.town import town, town_file

__all__ = [
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
    "pytest_terminal_summary",
    "town",
    "town_file",
]

# A slow machine is no failure. Where CI is set, Hypothesis tries the same examples each time.
settings.register_profile(
    "buurtbode", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("buurtbode")
