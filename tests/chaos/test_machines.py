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

pytestmark = [pytest.mark.chaos, pytest.mark.slow]

ROLES = [("web-1", "web"), ("web-2", "web"), ("worker-1", "worker"), ("worker-2", "worker")]
RESIDENTS, STORM = sized((60, 10), (2_000, 200))
#: Longer than the lease is valid.
FROZEN_S = sized(8.0, 20.0)
#: Ten seconds are promised, which a machine that does six other things at once can't keep: `test_lease` does the sum.
TAKE_OVER_S = sized(60.0, 10.0)
#: Many who talk at once on few cores: how long one of them may wait.
WAITS_S = sized(1, 5) * PATIENCE_S


async def test_a_worker_that_dies_or_stands_still_is_replaced_and_nothing_is_lost(
    postgres_server: PostgresServer, migrated_template: str, tmp_path: Path
) -> None:
    async with running(tmp_path, postgres_server, migrated_template, ROLES) as town:
        crowd = town.crowd
        first, second = await _who_sends_first(town)

        # Killed in the middle: the other takes over, also when nobody can see that the first one is dead.
        crowd.begin(RESIDENTS // 3, patience=WAITS_S)
        await town.sent_by(first, RESIDENTS // 6)
        await first.kill()
        killed = time.monotonic()
        # Whoever takes over meets a storm of 429.
        crowd.world.faults.flood("sendMessage", retry_after=1, count=STORM)
        crowd.begin(RESIDENTS // 6, patience=WAITS_S)
        taken = await town.sent_by(second)
        print(f"killed: another sends after {taken.monotonic - killed:.1f} s")  # noqa: T201
        assert taken.monotonic - killed <= TAKE_OVER_S

        # Back as a standby. Then the second one stands still for longer than its lease is valid.
        assert await start([first]) == ["standing by"]
        crowd.begin(RESIDENTS // 4, patience=WAITS_S)
        await town.sent_by(second, RESIDENTS // 12)
        second.freeze()
        frozen = time.monotonic()
        crowd.begin(RESIDENTS - len(crowd.residents), patience=WAITS_S)
        taken = await town.sent_by(first)
        print(f"frozen: another sends after {taken.monotonic - frozen:.1f} s")  # noqa: T201
        assert taken.monotonic - frozen <= TAKE_OVER_S
        await asyncio.sleep(max(0.0, frozen + FROZEN_S - time.monotonic()))
        second.thaw()
        await second.ready("standing by")  # it does not go on where it was

        await crowd.finish()
        assert sum(call.status == 429 for call in crowd.world.calls) == STORM
        late = [call for call in town.sends_of(second) if call.monotonic > taken.monotonic]
        assert len(late) <= REPEATED_PER_CRASH, "no more than what was on the wire when it stood still"
        assert [await machine.stop() for machine in town.machines.values()] == [0] * 4
        await crowd.check(repeated=2 * REPEATED_PER_CRASH)
        assert not any("Traceback" in line for machine in town.machines.values() for line in machine.lines)


async def _who_sends_first(town: Machines) -> tuple[Machine, Machine]:
    """Return the worker with the duty, and the one that stands by."""
    workers = [machine for machine in town.machines.values() if machine.role == "worker"]
    duties = {await machine.ready(): machine for machine in workers}
    assert set(duties) == {"on", "standing by"}
    return duties["on"], duties["standing by"]
