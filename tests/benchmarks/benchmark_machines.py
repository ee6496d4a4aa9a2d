"""Several web processes on one PostgreSQL: what a second one adds, and how long one busy group delays somebody else.

Here everything runs on one machine: the database, the processes, and who brings the updates (this process) share its
cores, so the figures tell what that machine allows, not what two machines would do. What brings them is therefore as
plain as can be: ready bytes on a connection that stays.
"""

import asyncio
import itertools
import json
import os
import re
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

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
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


async def test_a_second_web_process(
    postgres_server: PostgresServer, migrated_template: str, tmp_path: Path, table: Table
) -> None:
    async with running(tmp_path, postgres_server, migrated_template, [("web-1", "web"), ("web-2", "web")]) as town:
        machines = list(town.machines.values())
        await _measure(machines)  # warm
        rounds = [(await _measure(machines[:1]), await _measure(machines)) for _ in range(ROUNDS)]
    # Of either the quicker round, with what it took.
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
        quiet, busy = [], []
        for _ in range(GROUP_ROUNDS):
            async with _connections(machines, GROUP_UPDATES // 2) as made, _connections(machines[1:], 1) as ((own,),):
                quiet.append(await own.bring(_first_message()))
                group = [asyncio.create_task(one.bring(_group_tap())) for ones in made for one in ones]
                await asyncio.sleep(0)
                busy.append(await own.bring(_first_message()))
                await asyncio.gather(*group)
    what = f"a message beside {GROUP_UPDATES} taps of one group"
    delay = Figure(f"{what}: waits longer by", "ms", median(busy) - median(quiet), target=Target("≤", LIMIT_MS))
    if missed := table.add([Figure(f"{what}: alone", "ms", median(quiet)), delay]):
        pytest.fail("\n".join(missed), pytrace=False)


class Connection:
    """One connection to the webhook of a process, as Telegram keeps them: one update after the other."""

    def __init__(self, machine: Machine, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Bring updates to *machine*."""
        secret = secret_of(machine.environment["BUURTBODE_TELEGRAM_TOKEN"])
        self._head = f"POST {PATH} HTTP/1.1\r\nHost: bot\r\nX-Telegram-Bot-Api-Secret-Token: {secret}\r\n"
        self._reader, self._writer = reader, writer

    async def bring(self, update: dict[str, object]) -> float:
        """Bring one update; return the milliseconds until it was committed."""
        body = json.dumps(update)
        began = time.perf_counter()
        self._writer.write(f"{self._head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        head = await self._reader.readuntil(b"\r\n\r\n")
        if length := _LENGTH.search(head):
            await self._reader.readexactly(int(length[1]))
        assert head.startswith(b"HTTP/1.1 200 "), head
        return 1000 * (time.perf_counter() - began)

    async def close(self) -> None:
        """Close it."""
        self._writer.close()
        await self._writer.wait_closed()


@asynccontextmanager
async def _connections(machines: Sequence[Machine], each: int) -> AsyncIterator[list[list[Connection]]]:
    """Open *each* connections to each of these processes."""
    made = [
        [Connection(machine, *await asyncio.open_connection("127.0.0.1", machine.web_port)) for _ in range(each)]
        for machine in machines
    ]
    yield made
    await asyncio.gather(*[one.close() for ones in made for one in ones])


async def _measure(machines: Sequence[Machine]) -> tuple[float, float]:
    """Bring first messages to these processes in turn; return updates a second, and their CPU (ms) for each."""
    waiting = [_first_message() for _ in range(UPDATES)]
    async with _connections(machines, AT_ONCE // len(machines)) as made:
        before, began = sum(map(_cpu, machines)), time.perf_counter()

        async def bring_on(connection: Connection) -> None:
            while waiting:
                await connection.bring(waiting.pop())

        await asyncio.gather(*[bring_on(one) for ones in made for one in ones])
        took, cpu = time.perf_counter() - began, sum(map(_cpu, machines)) - before
    return UPDATES / took, 1000 * cpu / UPDATES


def _first_message() -> dict[str, object]:
    return text("De lantaarnpaal is kapot", update_id=next(_ids), user=next(_people))


def _group_tap() -> dict[str, object]:
    return tap("zz:1", update_id=next(_ids), message_id=1, user=next(_people), chat=_STAD_WEST)


def _cpu(machine: Machine) -> float:
    """Return the seconds of a core that a process used so far."""
    fields = Path(f"/proc/{machine.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
