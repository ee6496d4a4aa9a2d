"""Offering unfinished drafts again: after 10 minutes, and once the next day; never what falls under discretion."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.draft_offers import LOOKED_AT, MOST, SOON, may_be_offered, next_day, offer_window
from bot.domain.drafts import ReportDraft
from bot.domain.enums import Reachable
from bot.domain.notices.reports import DraftOffer
from storage.models import Dialogue, Person
from storage.queries import dialogues, town
from storage.work import Work

#: The dialogue of an open report.
REPORT = "report"


async def offer_again(work: Work) -> None:
    """Offer every draft whose time has come."""
    rows = await dialogues.unfinished(work.session, REPORT, work.now - LOOKED_AT, work.now - SOON, most=MOST)
    if not rows:
        return
    zone = await town.zone(work.session)
    for row in rows:
        window = _window(row, work.now, zone)
        if window is None or not window[0] <= work.now < window[1] or not await _may_hear(work, row):
            continue
        row.offered = MOST if window == next_day(row.changed_at, zone) else 1
        work.put(DraftOffer(row.draft_id, row.offered), chat=row.chat_id, valid_until=window[1])


async def next_due(work: Work) -> datetime | None:
    """Return when the next draft may be offered (UTC)."""
    rows = await dialogues.unfinished(work.session, REPORT, work.now - LOOKED_AT, work.now, most=MOST)
    if not rows:
        return None
    zone = await town.zone(work.session)
    windows = [_window(row, work.now, zone) for row in rows if _may(row)]
    return min((window[0] for window in windows if window is not None and window[0] > work.now), default=None)


def _window(row: Dialogue, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """Return the next time for this draft; what was missed (the bot was away) comes the next day."""
    window = offer_window(row.changed_at, row.offered, zone)
    return next_day(row.changed_at, zone) if window is not None and window[1] <= now else window


def _may(row: Dialogue) -> bool:
    return may_be_offered(ReportDraft.model_validate(row.draft))


async def _may_hear(work: Work, row: Dialogue) -> bool:
    person = await work.session.get(Person, row.user_id)
    reachable = person is not None and person.reachable is Reachable.YES and person.blocked_at is None
    return reachable and _may(row)
