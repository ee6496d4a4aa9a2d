"""A report whose resident turns out to be under 16: it is sealed, also when that is said after sending."""

from bot.services import cards
from bot.services.triage.history import step
from storage.models import Person, Report
from storage.work import Work


async def seal_for_age(work: Work, report: Report, person: Person) -> None:
    """Seal a (locked) report of somebody who says to be under 16, and take its words and photos out of the group."""
    report.under_16 = person.under_16 = True
    if report.sealed:
        return
    report.sealed = True
    report.lat = report.lon = None
    await step(work, report, person.id, "sealed")
    await cards.take_words_back(work, report)
    await cards.close_private(work, report)
