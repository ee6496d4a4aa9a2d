"""All open cards of a desk, shown (again) in its group by the page: after it moved, or when it may show more."""

from datetime import datetime

from bot.domain.standing import DANGER
from bot.services.desk import cards
from storage.models import Desk
from storage.queries import triage as queries
from storage.work import Work


async def begin(work: Work, desk: Desk) -> None:
    """Show the cards of all open reports of *desk* (again): danger first, then the oldest promise.

    A page of them at once, the others by the schedule (`go_on`).
    """
    desk.shown_standing, desk.shown_id = DANGER, 0
    await _show_page(work, desk)


async def go_on(work: Work) -> None:
    """Show one more page of cards at each desk that has more (a job): so many as a group takes meanwhile, in lists."""
    for desk in await queries.showing(work.session):
        await _show_page(work, desk)


async def next_page(work: Work) -> datetime | None:
    """Return now while cards are left to be shown."""
    return work.now if await queries.showing(work.session) else None


async def _show_page(work: Work, desk: Desk) -> None:
    reports = await queries.open_after(work.session, desk.id, desk.shown_standing or DANGER, desk.shown_id or 0)
    for report in reports:
        await cards.refresh(work, report)
    full = len(reports) == queries.PAGE
    desk.shown_standing, desk.shown_id = (reports[-1].standing, reports[-1].id) if full else (None, None)
