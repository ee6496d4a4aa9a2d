"""One process serves a database: the lease, its renewal, and who died with it."""

import asyncio
import time

import pytest

from bot.runtime import lease as lease_module
from bot.runtime.health import Watch
from bot.runtime.lease import Lease, TakenError, door_lease, doors_left_behind, doors_served
from storage.engine import Database
from storage.queries import leases
from tests.patience import PATIENCE_S
from tests.runtime.doors import NOW, FixedClock

#: How long it takes at most until who stands by has the lease of who is gone.
TAKE_OVER_S = lease_module.VALID_S + 2 * lease_module.LOOK_S


@pytest.fixture(autouse=True)
def _valid_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no lease run out, or be doubted, because the tests stand still."""
    monkeypatch.setattr(lease_module, "VALID_S", PATIENCE_S)
    monkeypatch.setattr(lease_module, "DOUBT_S", PATIENCE_S)


async def test_a_second_process_is_refused_until_the_first_gives_it_back(database: Database) -> None:
    first, second = Lease(database, FixedClock()), Lease(database, FixedClock())
    await first.take()
    await first.take()
    assert first.sure
    with pytest.raises(TakenError):
        await second.take()
    assert not second.sure
    await first.release()
    await second.take()


async def test_a_machine_that_slept_is_not_sure_when_it_wakes(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease_module, "DOUBT_S", 4.0)
    clock = SleepingClock()
    monkeypatch.setattr(lease_module, "time", clock)
    mine = Lease(database, FixedClock())
    await mine.take()
    assert mine.sure
    clock.slept = 5.0
    assert not mine.sure, "the monotonic clock stood still, and somebody else may have it now"


class SleepingClock:
    """The clocks of a machine that stands still, but for the time that it slept."""

    CLOCK_MONOTONIC, CLOCK_BOOTTIME = time.CLOCK_MONOTONIC, getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

    def __init__(self) -> None:
        self.slept = 0.0

    def monotonic(self) -> float:
        return 1_000.0

    def clock_gettime(self, clock: int) -> float:
        return 1_000.0 + (self.slept if clock == self.CLOCK_BOOTTIME else 0.0)


async def test_who_died_on_this_machine_gives_way_at_once(database: Database) -> None:
    host = lease_module._holder().split("|")[0]
    for dead in (f"{host}|1|0|aaaa", f"{host}|999999999||bbbb"):
        async with database.write(NOW) as work:
            await leases.release(work.session, "run", (await _holder(work.session)) or "")
            assert (await leases.take(work.session, "run", dead, seconds=60)).holder == dead
        mine = Lease(database, FixedClock())
        await mine.take()
        assert mine.sure


async def test_of_another_machine_we_wait_for_its_time_to_run_out(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease_module, "VALID_S", 0.1)
    async with database.write(NOW) as work:
        await leases.take(work.session, "run", "elsewhere|1|1|cccc", seconds=0.3)
    mine = Lease(database, FixedClock())
    await mine.take()
    assert mine.sure


@pytest.mark.chaos
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_the_databases_clock_is_put_forth_and_still_one_has_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = _elsewhere(database, "one"), _elsewhere(database, "two")
    await first.attempt()
    await second.attempt()
    for hours in (1, 5):
        monkeypatch.setattr(leases, "_POSTGRES_NOW", f"(now() + interval '{hours} hours'){{}}")
        await second.attempt()
        assert (first.mine, first.sure, second.mine) == (True, True, False)
        await first.attempt()
        assert first.mine


@pytest.mark.chaos
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
async def test_the_databases_clock_is_put_back_and_who_died_is_replaced_all_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease_module, "VALID_S", 0.4)
    first, second = _elsewhere(database, "one"), _elsewhere(database, "two")
    await first.attempt()
    await second.attempt()
    monkeypatch.setattr(leases, "_POSTGRES_NOW", "(now() - interval '1 hour'){}")
    has_it = []
    for lease in (second, second, first):
        await lease.attempt()
        has_it.append(lease.mine)
        await asyncio.sleep(0.5)
    assert has_it == [False, True, False]


def _elsewhere(database: Database, machine: str) -> Lease:
    """A lease of a process of another machine."""
    lease = Lease(database, FixedClock())
    lease._holder = f"{machine}|1|1|aaaa"
    return lease


def test_who_stands_by_takes_over_within_ten_seconds() -> None:
    assert TAKE_OVER_S <= 10.0


async def test_it_is_renewed_and_its_loss_is_noticed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease_module, "RENEW_S", 0.01)
    mine = Lease(database, FixedClock())
    await mine.take()
    async with database.write(NOW) as work:
        await leases.release(work.session, "run", (await _holder(work.session)) or "")
        await leases.take(work.session, "run", "elsewhere|1|1|dddd", seconds=60)
    mine.turned.clear()
    keeping = asyncio.create_task(mine.keep())
    await asyncio.wait_for(mine.turned.wait(), PATIENCE_S)
    assert not mine.mine
    keeping.cancel()
    await asyncio.wait({keeping})


async def test_who_takes_updates_in_is_known_and_who_died_doing_so_is_noticed(database: Database) -> None:
    first, second = (door_lease(database, FixedClock(), Watch()) for _ in range(2))
    for one in (first, second):
        await one.attempt()
        assert one.mine, "nobody wants another's"
    async with database.write(NOW) as work:
        assert await doors_served(work)
        assert await doors_left_behind(work) == 0
    await first.release()
    await second.release()
    async with database.write(NOW) as work:
        assert not await doors_served(work)
        await leases.take(work.session, "door dead", f"{lease_module._HOST}|999999999||bbbb", seconds=60)
        await leases.take(work.session, "door late", "elsewhere|1|1|cccc", seconds=-1)
        assert not await doors_served(work)
        assert await doors_left_behind(work) == 2
        assert await doors_left_behind(work) == 0


async def _holder(session: object) -> str | None:
    from sqlalchemy import select
    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.models import Lease as Row

    assert isinstance(session, AsyncSession)
    return await session.scalar(select(Row.holder))
