"""One process serves a database: the lease, its renewal, and who died with it."""

import asyncio

import pytest

from bot.runtime import lease as lease_module
from bot.runtime.lease import Lease, TakenError
from storage.engine import Database
from storage.queries import leases
from tests.runtime.doors import NOW, FixedClock


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


async def test_who_died_on_this_machine_gives_way_at_once(database: Database) -> None:
    host = lease_module._holder().split("|")[0]
    for dead in (f"{host}|1|0|aaaa", f"{host}|999999999||bbbb"):
        async with database.write(NOW) as work:
            await leases.release(work.session, "run", (await _holder(work.session)) or "")
            assert await leases.take(work.session, "run", dead, seconds=60) == dead
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


async def test_it_is_renewed_and_its_loss_is_noticed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease_module, "RENEW_S", 0.01)
    mine = Lease(database, FixedClock())
    await mine.take()
    async with database.write(NOW) as work:
        await leases.release(work.session, "run", (await _holder(work.session)) or "")
        await leases.take(work.session, "run", "elsewhere|1|1|dddd", seconds=60)
    await asyncio.wait_for(mine.keep(), 5)
    assert mine.lost.is_set()


async def _holder(session: object) -> str | None:
    from sqlalchemy import select
    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.models import Lease as Row

    assert isinstance(session, AsyncSession)
    return await session.scalar(select(Row.holder))
