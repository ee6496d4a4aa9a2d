"""Fixtures for databases: each test that asks for one runs on SQLite and on PostgreSQL.

`database_url` is an empty database, `migrated_url` one with our tables, `database` the same, opened. A test that is
about one kind only says so: `@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)`.
"""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.engine import Database
from storage.migrate import upgrade
from tests.postgres import PostgresServer, run_apart

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A running server, one for each process of pytest (so one for each worker of xdist)."""
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> str:
    """The URL of the server's own database; make another one to work in, or ask for `database_url`."""
    return postgres_server.url()


@pytest.fixture(params=KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """The kind of database that this run of the test is on: "sqlite" or "postgresql"."""
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The SQLAlchemy URL of an empty database that is this test's own."""
    if database_kind == "sqlite":
        yield sqlite_url(tmp_path / "town.db")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def migrated_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The SQLAlchemy URL of a database with our tables and nothing in them, this test's own."""
    if database_kind == "sqlite":
        shutil.copyfile(request.getfixturevalue("migrated_file"), tmp_path / "town.db")
        yield sqlite_url(tmp_path / "town.db")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.create(template=request.getfixturevalue("migrated_template"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[Database]:
    """An open, migrated, empty database that is this test's own."""
    database = Database(migrated_url)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that was migrated once, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "town.db"
    _upgrade(sqlite_url(path))
    return path


@pytest.fixture(scope="session")
def migrated_template(postgres_server: PostgresServer) -> str:
    """The name of a PostgreSQL database that was migrated once, to be used as a template."""
    name = postgres_server.create()
    _upgrade(postgres_server.url(name))
    return name


def sqlite_url(path: Path) -> str:
    """Return the SQLAlchemy URL of the SQLite file at *path*."""
    return f"sqlite+aiosqlite:///{path}"


def _upgrade(url: str) -> None:
    run_apart(lambda: upgrade(url))
