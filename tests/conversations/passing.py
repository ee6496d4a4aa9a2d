"""Helpers for conversations about passing a report on to a partner."""

from storage.models import PartnerMail
from storage.queries import partners as queries
from tests.conversations.telling import PERSON, Told, tells
from tests.town import Town
from tests.town_people import Someone

SUMMARY = "Een lantaarnpaal aan het plein brandt niet meer."


async def taken(town: Town, *, photos: int = 0, text: str = "De lantaarnpaal is kapot") -> tuple[Told, Someone]:
    """Return a report about a place that Samira took, and Samira."""
    samira = town.worker("Samira")
    await samira.starts()
    told = await tells(town, town.resident("Fatima"), text, photos=photos)
    await samira.taps("Ik pak het op", on=told.card)
    return told, samira


async def sealed(town: Town, *, write_back: bool = True) -> tuple[Told, Someone]:
    """Return a report about a person that Wilma took, and Wilma."""
    wilma = town.worker("Wilma")
    await wilma.starts()
    told = await tells(
        town, town.resident("Fatima"), "Mijn overbuurvrouw komt nooit meer buiten", kind=PERSON, desk="stad",
        theme="Eenzaam zijn", write_back=write_back,
    )  # fmt: skip
    await wilma.taps("Ik pak het op", on=told.card)
    return told, wilma


async def passes_on(worker: Someone, told: Told, partner: str = "Gemeente Almere", summary: str = SUMMARY) -> None:
    """Go from the card to the preview, or to the photos."""
    await worker.taps("Meer…", on=told.card)
    await worker.taps("Doorzetten", on=told.card)
    await worker.taps(partner)
    await worker.says(summary)


async def wants_a_call(worker: Someone, partner: str = "Woningcorporatie") -> None:
    """Go from the private card to asking the resident."""
    await worker.taps("Meer…")
    await worker.taps("Doorzetten")
    await worker.taps(partner)
    await worker.says("036 123 45 67")
    await worker.taps("Vraag het de bewoner")


async def the_mail(told: Told) -> PartnerMail:
    """Return the newest mail about a report."""
    async with told.town.reading() as work:
        found = await queries.of_report(work.session, (await told.report()).id)
        return found[-1][0]
