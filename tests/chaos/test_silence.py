"""PostgreSQL is there, and answers nobody: its processes stand still, or the network swallows what goes there.

No connection is closed, so nobody is told. Nothing waits for ever: the lease is given up, `/readyz` says so after a
minute, and all goes on when somebody answers again, also when the old connections never do.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from storage.engine import Database
from tests.chaos.crowd import REPEATED_PER_CRASH, Crowd, crowd
from tests.chaos.machines import free_ports
from tests.chaos.network import Network
from tests.chaos.sizes import FULL, sized
from tests.chaos.watching import until_told
from tests.patience import PATIENCE_S
from tests.postgres import PostgresServer
from tests.town import set_up

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.lasts(140)]

SILENT_S, RESIDENTS = sized((4.5, 10), (100.0, 300))
#: In the short form nobody waits long for an answer.
_HASTY = "from storage import postgres; postgres.ANSWER_S = postgres.OPEN_S = 1.0; from bot.cli import main; main()"
#: So long after the first silence `/readyz` must say so, and so long after the last that all is well.
_TELLS_S, _WELL_S = 75.0, sized(PATIENCE_S, 45.0)
#: When it doubts whether the lease is its own: after four seconds of silence, until that ends.
_DOUBTS_S = sized(PATIENCE_S, 10.0)


@pytest.mark.parametrize("how", sized(["network swallows"], ["network swallows", "server stands still"]))
async def test_a_database_that_answers_nobody_and_closes_nothing(
    postgres_server: PostgresServer, migrated_template: str, tmp_path: Path, how: str
) -> None:
    name = postgres_server.create(template=migrated_template)
    await set_up(Database(postgres_server.url(name)))
    (port,) = free_ports(1)
    web = {"web_port": str(port), "web_monitor": "True"}
    async with (
        Network(postgres_server.folder / ".s.PGSQL.5432").running() as network,
        crowd(tmp_path, f"postgresql+asyncpg://postgres@127.0.0.1:{network.port}/{name}", **web) as people,
    ):
        if not FULL:
            people.bot.command = ("-c", _HASTY)
        silent = postgres_server.standing_still if how == "server stands still" else network.swallowing
        await _go_through(people, silent, port)
    postgres_server.drop(name)


async def _go_through(people: Crowd, silent: Callable[[], AbstractContextManager[None]], port: int) -> None:
    await people.bot.start()
    people.begin(RESIDENTS // 2, patience=SILENT_S + PATIENCE_S)
    await people.says_something()
    with silent():
        began = time.monotonic()
        people.begin(RESIDENTS - RESIDENTS // 2, patience=SILENT_S + PATIENCE_S)
        await until_told(people, port, lambda told: told["duty"] == "in doubt", seconds=_DOUBTS_S)
        if FULL:
            await until_told(people, port, _is_told, seconds=_TELLS_S)
            print(f"not ready after {time.monotonic() - began:.0f} s")  # noqa: T201
        await asyncio.sleep(began + SILENT_S - time.monotonic())
    ended = time.monotonic()
    await until_told(
        people, port, lambda told: bool(told["ready"]) and told["failing_s"]["database"] == 0, seconds=_WELL_S
    )
    print(f"well again after {time.monotonic() - ended:.1f} s")  # noqa: T201
    await people.finish()
    print(f"all said after {time.monotonic() - ended:.1f} s")  # noqa: T201
    assert await people.bot.stop() == 0
    await people.check(repeated=REPEATED_PER_CRASH)
    told = [line for line in people.bot.lines if " error " in line or " warning " in line]
    assert any('database failed; trying on why="' in line for line in told)
    assert len(told) <= 12 * (1 + SILENT_S / 60), "\n".join(told)
    assert not any("Traceback" in line for line in people.bot.lines), "\n".join(people.bot.lines)


def _is_told(told: Any) -> bool:  # noqa: ANN401 JSON
    return not told["ready"] and told["failing_s"]["database"] >= 60
