"""Fixtures for all tests; each part lives in a module of its own."""

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
from tests.town import town, town_file

__all__ = [
    "database",
    "database_kind",
    "database_url",
    "migrated_file",
    "migrated_template",
    "migrated_url",
    "postgres_server",
    "postgres_url",
    "town",
    "town_file",
]
