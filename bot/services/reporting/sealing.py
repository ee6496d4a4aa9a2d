"""Sealing a report after it was sent: by another kind, or because its resident turns out to be under 16."""

from bot.services.desk import cards
from bot.services.reporting import following
from bot.services.triage.history import step
from storage.models import Person, Report
from storage.work import Work


async def seal_for_age(work: Work, report: Report, person: Person) -> None:
    """Seal a (locked) report of somebody who says to be under 16, and take its words and photos out of the group."""
    report.under_16 = person.under_16 = True
    if report.sealed:
        return
    await seal(work, report, person.id)
    await cards.close_private(work, report)


async def seal(work: Work, report: Report, actor: int) -> None:
    """Seal a (locked) report: out of the group with its words, out of its group of reports, and nobody follows it."""
    report.sealed = True
    report.lat = report.lon = report.group_id = None
    event = await step(work, report, actor, "sealed")
    await following.let_go(work, report, event)
    await cards.take_words_back(work, report)
