"""Exports of reports. Read a page at a time, each in a transaction of its own, so that nothing is held up."""

from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain import exports
from bot.domain.exports import ExportedReport
from storage.engine import Database
from storage.queries import exports as queries
from storage.queries import town

_PAGE = 500


async def csv_file(database: Database, now: datetime) -> AsyncIterator[str]:
    """Yield all reports as CSV, the heading first; LookupError before the town is set up."""
    zone = await _zone(database, now)
    for line in exports.csv_lines(()):
        yield line
    async for report in _reports(database, now, zone):
        yield exports.csv_line(report)


async def georeport_file(database: Database, now: datetime) -> AsyncIterator[str]:
    """Yield the open reports as a JSON list of GeoReport v2 service requests; sealed ones are no service requests.

    LookupError before the town is set up.
    """
    zone = await _zone(database, now)
    yield "["
    before = "\n  "
    async for report in _reports(database, now, zone):
        if not report.sealed:
            yield before + exports.georeport_json(report, zone)
            before = ",\n  "
    yield "\n]\n"


async def _zone(database: Database, now: datetime) -> ZoneInfo:
    async with database.read(now) as work:
        return await town.zone(work.session)


async def _reports(database: Database, now: datetime, zone: ZoneInfo) -> AsyncIterator[ExportedReport]:
    after = 0
    while True:
        async with database.read(now) as work:
            rows = await queries.page(work.session, after=after, limit=_PAGE)
        for row_id, year, number, theme, area, sent, status, line, sealed in rows:
            after = row_id
            yield ExportedReport(year, number, theme, area, exports.month_of(sent, zone), status, line, sealed)
        if len(rows) < _PAGE:
            return
