"""Fixtures for databases: each test that asks for one runs on SQLite and on PostgreSQL.

`database_url` is an empty database, `migrated_url` one with our tables, `database` the same, opened. A test that is
about one kind only says so: `@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)`.
"""

import shutil
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.engine import Database
from storage.migrate import upgrade
from tests import plans
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


@pytest.fixture(scope="session")
def asks_postgres(postgres_server: PostgresServer, migrated_template: str) -> Iterator[None]:
    """At the end of all tests, ask PostgreSQL how it would run what their conversations sent to SQLite."""
    yield
    name = postgres_server.create(template=migrated_template)
    whole = run_apart(partial(_whole_reads, postgres_server.url(name)))
    postgres_server.drop(name)
    assert not whole, "\n".join(whole)


async def _whole_reads(url: str) -> list[str]:
    """Ask about all of `plans.FOR_POSTGRES`. Among the many indexes of reports it chooses by what it knows of them."""
    from tests.benchmarks.many_reports import NOW, fill
    from tests.town import set_up

    await set_up(Database(url))
    database = Database(url)
    try:
        await fill(database, 2_000)
        async with database.write(NOW) as work:
            await work.session.execute(text("ANALYZE report"))
            return await plans.whole_reads(await work.session.connection(), plans.FOR_POSTGRES)
    finally:
        await database.close()


def sqlite_url(path: Path) -> str:
    """Return the SQLAlchemy URL of the SQLite file at *path*."""
    return f"sqlite+aiosqlite:///{path}"


def _upgrade(url: str) -> None:
    run_apart(lambda: upgrade(url))
