"""Statements are compiled once for all databases of a test run.

SQLAlchemy keeps what it compiled per engine, and each test opens engines of its own: compiling the same statements
again took a third of a conversation's time. These dialects are the usual ones, but all engines of one kind share what
was compiled; a bot on a live machine has one database, and nothing to share.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite

_COMPILED: dict[Any, Any] = {}


class _Shared:
    """What was compiled for one engine is right for any other of the same kind, so their dialects count as equal."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=_COMPILED)


class Sqlite(_Shared, SQLiteDialect_aiosqlite):
    """SQLite for tests."""

    supports_statement_cache = True


class Postgres(_Shared, PGDialect_asyncpg):
    """PostgreSQL for tests."""

    supports_statement_cache = True


def share() -> None:
    """From now on let new engines share what was compiled."""
    registry.register("sqlite.aiosqlite", __name__, Sqlite.__name__)
    registry.register("postgresql.asyncpg", __name__, Postgres.__name__)
