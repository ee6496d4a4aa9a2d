"""Several web processes on one PostgreSQL: what a second one adds, and how long one busy group delays somebody else.

Here everything runs on one machine: the database, the processes, and who brings the updates (this process) share its
cores, so the figures tell what that machine allows, not what two machines would do.
"""

import asyncio
import itertools
import os
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import aiohttp
import pytest

from bot.runtime.webhook import PATH, secret_of
from tests.benchmarks.figures import Figure, Table, Target
from tests.chaos.machines import Machine, running
from tests.postgres import PostgresServer
from tests.runtime.raws import tap, text

UPDATES, AT_ONCE, ROUNDS = 400, 80, 2
#: For two cores that the bot has alone, with everything else elsewhere.
WANTED = 1.6
GROUP_UPDATES, GROUP_ROUNDS, LIMIT_MS = 40, 12, 100.0
_ids = itertools.count(500_000_000)
_people = itertools.count(5_000_000)
_STAD_WEST = -1001


async def test_a_second_web_process(
    postgres_server: PostgresServer, migrated_template: str, tmp_path: Path, table: Table
) -> None:
    async with running(tmp_path, postgres_server, migrated_template, [("web-1", "web"), ("web-2", "web")]) as town:
        machines = list(town.machines.values())
        await _measure(machines)  # warm
        rounds = [(await _measure(machines[:1]), await _measure(machines)) for _ in range(ROUNDS)]
    (one, cpu_one), (two, cpu_two) = (max(figures) for figures in zip(*rounds, strict=True))
    missed = table.add(
        [
            Figure("webhooks, one web process", "updates/s", one),
            Figure("webhooks, one web process: processor", "ms/update", cpu_one),
            Figure("webhooks, two web processes", "updates/s", two),
            Figure("webhooks, two web processes: processor", "ms/update", cpu_two),
            Figure("webhooks, two web processes to one", "×", two / one, target=Target("≥", WANTED)),
        ],
        f"webhooks: {UPDATES} first messages, {AT_ONCE} at once; the database and Telegram share the cores",
    )
    if missed:
        pytest.fail("\n".join(missed), pytrace=False)


async def test_forty_updates_of_a_busy_group_hold_nobody_else_up(
    postgres_server: PostgresServer, migrated_template: str, tmp_path: Path, table: Table
) -> None:
    async with running(tmp_path, postgres_server, migrated_template, [("web-1", "web"), ("web-2", "web")]) as town:
        machines = list(town.machines.values())
        await _measure(machines)  # warm
        async with _session(machines[0]) as session:
            quiet, busy = [], []
            for _ in range(GROUP_ROUNDS):
                quiet.append(await _bring(session, machines[1], _first_message()))
                group = [
                    asyncio.create_task(_bring(session, machine, _group_tap()))
                    for machine, _ in zip(itertools.cycle(machines), range(GROUP_UPDATES), strict=False)
                ]
                await asyncio.sleep(0)
                busy.append(await _bring(session, machines[1], _first_message()))
                await asyncio.gather(*group)
    what = f"a message beside {GROUP_UPDATES} taps of one group"
    delay = Figure(f"{what}: waits longer by", "ms", median(busy) - median(quiet), target=Target("≤", LIMIT_MS))
    if missed := table.add([Figure(f"{what}: alone", "ms", median(quiet)), delay]):
        pytest.fail("\n".join(missed), pytrace=False)


async def _measure(machines: Sequence[Machine]) -> tuple[float, float]:
    """Bring first messages to these processes in turn; return updates a second, and their CPU (ms) for each."""
    waiting = [_first_message() for _ in range(UPDATES)]
    turn = itertools.cycle(machines)
    before, began = sum(map(_cpu, machines)), time.perf_counter()
    async with _session(machines[0]) as session:

        async def connection() -> None:
            while waiting:
                await _bring(session, next(turn), waiting.pop())

        await asyncio.gather(*[connection() for _ in range(AT_ONCE)])
    return UPDATES / (time.perf_counter() - began), 1000 * (sum(map(_cpu, machines)) - before) / UPDATES


async def _bring(session: aiohttp.ClientSession, machine: Machine, update: dict[str, object]) -> float:
    """Bring one update as Telegram does; return the milliseconds until it was committed."""
    began = time.perf_counter()
    async with session.post(f"http://127.0.0.1:{machine.web_port}{PATH}", json=update) as response:
        assert response.status == 200
    return 1000 * (time.perf_counter() - began)


def _session(machine: Machine) -> aiohttp.ClientSession:
    secret = secret_of(machine.environment["BUURTBODE_TELEGRAM_TOKEN"])
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), headers={"X-Telegram-Bot-Api-Secret-Token": secret}
    )


def _first_message() -> dict[str, object]:
    return text("De lantaarnpaal is kapot", update_id=next(_ids), user=next(_people))


def _group_tap() -> dict[str, object]:
    return tap("zz:1", update_id=next(_ids), message_id=1, user=next(_people), chat=_STAD_WEST)


def _cpu(machine: Machine) -> float:
    """Return the seconds of a core that a process used so far."""
    fields = Path(f"/proc/{machine.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
