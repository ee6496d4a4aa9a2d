"""The export of repairs. Read a page at a time, each in a transaction of its own, so that nothing is held up."""

from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.activities import repair_data
from bot.domain.activities.repair_data import ExportedRepair
from bot.domain.activities.repairing import RepairOutcome, RepairReason
from bot.domain.time import local_date
from storage.engine import Database
from storage.queries import repair as queries
from storage.queries import town

_PAGE = 500


async def standard_file(database: Database, now: datetime) -> AsyncIterator[str]:
    """Yield the repairs of things with a plug as CSV of the Open Repair Data Standard, the heading first.

    LookupError before the town is set up.
    """
    provider, zone = await _provider(database, now)
    yield repair_data.csv_line(repair_data.COLUMNS)
    async for repair in _repairs(database, now, zone):
        if (row := repair_data.row(repair, provider)) is not None:
            yield repair_data.csv_line(row.values())


async def unpowered_file(database: Database, now: datetime) -> AsyncIterator[str]:
    """Yield the sums of things without a plug as CSV, the heading first; LookupError before the town is set up."""
    provider, zone = await _provider(database, now)
    repairs = [repair async for repair in _repairs(database, now, zone)]
    yield repair_data.csv_line(repair_data.UNPOWERED_COLUMNS)
    for cells in repair_data.unpowered(repairs, provider):
        yield repair_data.csv_line(cells)


async def _provider(database: Database, now: datetime) -> tuple[str, ZoneInfo]:
    async with database.read(now) as work:
        organisation = await town.organisation(work.session)
        return organisation.name, organisation.zone


async def _repairs(database: Database, now: datetime, zone: ZoneInfo) -> AsyncIterator[ExportedRepair]:
    after = 0
    while True:
        async with database.read(now) as work:
            rows = await queries.repairs(work.session, after=after, limit=_PAGE)
        for row_id, item_type, category, brand, outcome, reason, group, starts_at in rows:
            after = row_id
            yield ExportedRepair(
                row_id,
                item_type,
                category,
                brand,
                RepairOutcome(outcome) if outcome else None,
                RepairReason(reason) if reason else None,
                group,
                local_date(starts_at, zone),
            )
        if len(rows) < _PAGE:
            return
