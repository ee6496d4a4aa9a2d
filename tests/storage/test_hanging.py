"""PostgreSQL that answers nobody, and closes no connection: who asks hears so in time, and asks again later."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack

import pytest
from sqlalchemy import text

from storage import postgres
from storage.engine import Database
from storage.failures import is_database_failure, why
from tests.patience import PATIENCE_S
from tests.postgres import PostgresServer
from tests.town import START

#: How long an answer and a new connection may take here.
_ANSWER_S = 0.3
#: Who heard of no limit would wait for ever, or for as long as a live bot does; a busy machine stands still for less.
_IN_TIME_S = 0.9 * postgres.ANSWER_S


@pytest.fixture
async def hasty(
    postgres_server: PostgresServer, migrated_template: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Database]:
    """A database of which nobody waits long for an answer, with connections that wait to be used again."""
    monkeypatch.setattr(postgres, "ANSWER_S", _ANSWER_S)
    monkeypatch.setattr(postgres, "OPEN_S", _ANSWER_S)
    name = postgres_server.create(template=migrated_template)
    database = Database(postgres_server.url(name))
    await _ask_at_once(database, "SELECT pg_sleep(0.05)")
    yield database
    await database.close()
    postgres_server.drop(name)


@pytest.mark.chaos
@pytest.mark.parametrize("moment", ["begin", "statement", "commit"])
async def test_who_asks_a_server_that_stands_still_hears_so_in_time(
    hasty: Database, postgres_server: PostgresServer, moment: str
) -> None:
    with ExitStack() as stack:
        began = time.monotonic()
        with pytest.raises(Exception) as failure:  # noqa: PT011 of what sort, is asked below
            await _works(hasty, moment, lambda: stack.enter_context(postgres_server.standing_still()))
        assert time.monotonic() - began < _IN_TIME_S
    assert is_database_failure(failure.value) or isinstance(failure.value, OSError)
    assert why(failure.value) in ("nothing answers there", "the connection broke")
    # When it answers again, so does all that is asked at the same time.
    await _ask_at_once(hasty, "SELECT 1")


async def _works(database: Database, moment: str, stands_still: Callable[[], None]) -> None:
    """Do a transaction during which the server begins to stand still at this moment."""
    if moment == "begin":
        stands_still()
    async with database.write(START) as work:
        await work.session.execute(text("UPDATE lease SET holder = holder"))
        if moment != "begin":
            stands_still()
        if moment == "statement":
            await work.session.execute(text("SELECT 1"))


async def _ask_at_once(database: Database, query: str) -> None:
    """Ask five times at once, again as long as somebody waits in vain, as when a machine stands still."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            began = time.monotonic()
            heard = await asyncio.gather(*(_asks(database, query) for _ in range(5)), return_exceptions=True)
            failures = [one for one in heard if isinstance(one, BaseException)]
            if not failures:
                return
            assert time.monotonic() - began >= _ANSWER_S, failures
            assert all(is_database_failure(one) or isinstance(one, OSError) for one in failures), failures


async def _asks(database: Database, query: str) -> None:
    async with database.write(START) as work:
        await work.session.execute(text(query))
