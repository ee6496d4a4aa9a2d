"""Following a report of somebody else: by *Samenvoegen*, or because a neighbour says "me too".

A follower hears where the report stands, in the bot's own sentences: what a worker writes to its resident, the
report's words and names stay between those two.
"""

from datetime import datetime

from bot.domain.enums import ReportStatus
from bot.domain.notices import Notice
from bot.domain.notices.following import FollowedMerged, FollowedNews, FollowedNoMore
from bot.domain.time import after_quiet
from storage.models import Report, ReportEvent, ReportFollower
from storage.queries import following as queries
from storage.queries import town
from storage.queries.locking import locked_all
from storage.work import Work


async def follow(work: Work, report: Report, person_id: int) -> bool:
    """Let somebody follow *report*, which must be locked; False when it is their own, or followed already."""
    if report.resident_id == person_id or await queries.follower(work.session, report.id, person_id) is not None:
        return False
    work.session.add(ReportFollower(report_id=report.id, person_id=person_id, joined_at=work.now))
    await work.session.flush()
    return True


async def leave(work: Work, report_id: int, person_id: int) -> bool:
    """Let somebody hear no more of a report, wherever it went on; False when they did not follow it."""
    _report, end = await locked_with_end(work, report_id)
    found = await queries.follower(work.session, end.id, person_id) if end is not None else None
    if found is None:
        return False
    await work.session.delete(found)
    await work.session.flush()
    return True


async def locked_with_end(work: Work, report_id: int) -> tuple[Report | None, Report | None]:
    """Return a report and the one that it goes on in in the end (itself when it was not merged), both locked.

    Whoever lets either of them, or one between, go on elsewhere or be opened again needs one of the two locks.
    """
    while True:
        end = await queries.end_of(work.session, report_id)
        rows = await locked_all(work.session, Report, sorted({report_id, end}))
        if await queries.end_of(work.session, report_id) == end:
            return rows.get(report_id), rows.get(end)


async def hand_on(work: Work, report: Report, into: Report, event: ReportEvent) -> None:
    """Let everybody who follows *report* follow *into* instead, and tell them so; both must be locked."""
    for row in await queries.followers(work.session, report.id):
        await work.session.delete(row)
        await follow(work, into, row.person_id)
        await _put(work, FollowedMerged(report.id, event.id, row.person_id), row.person_id)


async def go_own_way(work: Work, report: Report, end: Report) -> None:
    """Take *report*, which was opened again, out of the one that it went on in in the end; both must be locked.

    What had gone on in *report* before is followed there again, by who did not leave meanwhile.
    """
    report.merged_into = None
    await work.session.flush()
    told = {report.resident_id, *await queries.residents_of_merged(work.session, report.id)}
    for person_id in sorted(person for person in told if person is not None):
        row = await queries.follower(work.session, end.id, person_id)
        if row is not None and await queries.merged_of(work.session, end.id, person_id) is None:
            await work.session.delete(row)
            await follow(work, report, person_id)
    await work.session.flush()


async def let_go(work: Work, report: Report, event: ReportEvent) -> None:
    """Tell who follows *report*, which was sealed by *event*, that they will hear no more of it."""
    for row in await queries.followers(work.session, report.id):
        await work.session.delete(row)
        await _put(work, FollowedNoMore(report.id, event.id, row.person_id), row.person_id)
    await work.session.flush()


async def tell(work: Work, report: Report) -> None:
    """Tell who follows *report* that it was taken or closed, each of it once; called whenever its cards are drawn."""
    if report.sealed:
        return
    closed = report.status is ReportStatus.CLOSED
    since = report.closed_at if closed else report.taken_at
    if since is None or (not closed and report.holder_id is None):
        return
    for row in await queries.followers(work.session, report.id):
        if row.joined_at < since or (closed and row.joined_at == since):
            stamp = stamp_of(since) if closed else 0
            await _put(work, FollowedNews(report.id, row.person_id, stamp), row.person_id)


def stamp_of(closed_at: datetime) -> int:
    """Return what tells one closing of a report from another."""
    return int(closed_at.timestamp())


async def _put(work: Work, notice: Notice, person_id: int) -> None:
    morning = after_quiet(work.now, await town.zone(work.session))
    work.put(notice, chat=person_id, due_at=morning)
