"""Two web processes and two workers on one PostgreSQL: whichever machine goes away, nothing is lost and one sends."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.chaos.crowd import REPEATED_PER_CRASH
from tests.chaos.machines import Machine, Machines, running, start
from tests.chaos.sizes import sized
from tests.patience import PATIENCE_S
from tests.postgres import PostgresServer

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.lasts(160)]

ROLES = [("web-1", "web"), ("web-2", "web"), ("worker-1", "worker"), ("worker-2", "worker")]
EVERY_ROLE = [("all-1", "all"), ("web-1", "web"), ("worker-1", "worker")]
RESIDENTS, STORM = sized((60, 10), (2_000, 200))
#: Longer than the lease is valid.
FROZEN_S = sized(8.0, 20.0)
#: Longer than two rounds of what is done once a minute.
LIVES_S = sized(1.0, 150.0)
#: What a thawed worker may still send. A call asks for the lease as the last thing before it is written, in one thread:
#: only the one that it had asked for and not yet written when it was stopped, a few microseconds, goes out afterwards.
LATE = 1
#: Ten seconds are promised, which a machine that does six other things at once can't keep: `test_lease` does the sum.
TAKE_OVER_S = sized(60.0, 10.0)
#: Many who talk at once on few cores: how long one of them may wait.
WAITS_S = sized(1, 5) * PATIENCE_S


async def test_a_worker_that_dies_or_stands_still_is_replaced_and_nothing_is_lost(
    postgres_server: PostgresServer, migrated_template: str, tmp_path: Path
) -> None:
    async with running(tmp_path, postgres_server, migrated_template, ROLES) as town:
        crowd = town.crowd
        assert [await machine.ready() for machine in _workers(town)].count("standing by") == 1

        # Killed in the middle: the other takes over, also when nobody can see that the first one is dead.
        crowd.begin(RESIDENTS // 3, patience=WAITS_S)
        first, second = await _who_sends(town, RESIDENTS // 6)
        await first.kill()
        killed = time.monotonic()
        # Whoever takes over meets a storm of 429.
        crowd.world.faults.flood("sendMessage", retry_after=1, count=STORM)
        crowd.begin(RESIDENTS // 6, patience=WAITS_S)
        taken = await town.sent_by(second)
        print(f"killed: another sends after {taken.monotonic - killed:.1f} s")  # noqa: T201
        assert taken.monotonic - killed <= TAKE_OVER_S

        # Back as a standby. Then who sends stands still for longer than its lease is valid.
        assert await start([first]) == ["standing by"] or second.ways_given
        crowd.begin(RESIDENTS // 4, patience=WAITS_S)
        second, first = await _who_sends(town, RESIDENTS // 12)
        turns, ways_given = second.turns, second.ways_given
        second.freeze()
        frozen = time.monotonic()
        crowd.begin(RESIDENTS - len(crowd.residents), patience=WAITS_S)
        taken = await town.sent_by(first)
        print(f"frozen: another sends after {taken.monotonic - frozen:.1f} s")  # noqa: T201
        assert taken.monotonic - frozen <= TAKE_OVER_S
        await asyncio.sleep(max(0.0, frozen + FROZEN_S - time.monotonic()))
        thawed = time.monotonic()
        second.thaw()
        await second.gives_way(ways_given)  # it does not go on where it was
        late = _sent_since(town, second, thawed)

        await crowd.finish()
        assert sum(call.status == 429 for call in crowd.world.calls) == STORM
        if second.turns == turns:
            late = _sent_since(town, second, thawed)
        assert late <= LATE, "what was on the wire had arrived long before, and what was not asks for the lease first"
        for machine in town.machines.values():
            assert await machine.stop() == 0, "\n".join(machine.lines)
        await crowd.check(repeated=2 * REPEATED_PER_CRASH)
        assert not any("Traceback" in line for machine in town.machines.values() for line in machine.lines)


async def test_machines_outlive_every_period_of_theirs_without_a_complaint(
    postgres_server: PostgresServer, migrated_template: str, tmp_path: Path
) -> None:
    async with running(tmp_path, postgres_server, migrated_template, EVERY_ROLE) as town:
        for _ in range(2):
            town.crowd.begin(3)
            await asyncio.sleep(LIVES_S / 2)
            await town.crowd.finish()
        for machine in town.machines.values():
            assert await machine.stop() == 0, "\n".join(machine.lines)
            assert {line.split()[1] for line in machine.lines} == {"info"}, "\n".join(machine.lines)
        await town.crowd.check(repeated=0)


def _workers(town: Machines) -> list[Machine]:
    return [machine for machine in town.machines.values() if machine.role == "worker"]


async def _who_sends(town: Machines, more: int) -> tuple[Machine, Machine]:
    """Wait until so much *more* is sent; return the worker that sent the last of it, and the other one.

    On a busy machine the lease of one that stands still may have gone to the other at any time.
    """
    one, other = _workers(town)
    before = {machine.name: len(town.sends_of(machine)) for machine in (one, other)}

    def sent(machine: Machine) -> int:
        return len(town.sends_of(machine)) - before[machine.name]

    await town.crowd.world.until(
        lambda: sent(one) + sent(other) >= more, timeout=PATIENCE_S, what="one of the workers sends"
    )
    last = max(
        (town.sends_of(machine)[-1] for machine in (one, other) if sent(machine)), key=lambda call: call.monotonic
    )
    return (one, other) if last.via == one.api_port else (other, one)


def _sent_since(town: Machines, machine: Machine, moment: float) -> int:
    """How much of what *machine* sent came in after a *moment* (monotonic)."""
    return sum(call.monotonic > moment for call in town.sends_of(machine))
