"""What stands on screens about a report follows when it loses something: its name, its words, a number to call."""

from collections.abc import Sequence

from bot.domain.enums import Priority
from bot.domain.notices.triage import PRIVATE_CARDS, PrivateCard, PrivateWords, ResidentWords
from bot.services.desk import cards
from storage.models import Report
from storage.queries import sending
from storage.queries import triage as queries
from storage.queries.retention import reports
from storage.work import Work

#: A card or a prompt that another one followed below; it can't be drawn again (`storage.queries.outbox`).
_FORMER = "said:"


async def renamed(work: Work, report: Report) -> None:
    """Have the first name under which the resident of *report* is shown be the present one, or none, everywhere."""
    await cards.refresh(work, report)
    await work.flush()
    for row in await queries.shown_about(work.session, report.id, (ResidentWords.kind, PrivateWords.kind)):
        cards.draw_again(work, row)
    await former_gone(work, report)


async def former_gone(work: Work, report: Report) -> None:
    """Take earlier copies of *report* out of the private chats of workers: they show what it told then."""
    for row in await queries.shown_about(work.session, report.id, (cards.PROMPT,)):
        if row.key.startswith(_FORMER):
            await cards.take_away(work, report.id, row)


async def lost(work: Work, report_ids: Sequence[int]) -> None:
    """Have all that stands in groups and with workers about these reports say what they still tell.

    What can't be drawn again goes. Nobody waits for it.
    """
    again = []
    for row in await reports.still_shown(work.session, report_ids):
        if row.kind == cards.PROMPT:
            await cards.take_away(work, row.about or 0, row, priority=Priority.ANNOUNCEMENT)
        elif row.kind in PRIVATE_CARDS:
            card = PrivateCard(row.about or 0, row.chat_id)
            work.put(card, chat=row.chat_id, silent=True, priority=Priority.ANNOUNCEMENT)
        else:
            again.append(row.id)
    work.written += await sending.again(work.session, again, priority=Priority.ANNOUNCEMENT)
