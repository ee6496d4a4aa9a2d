"""A complaint about the organisation never enters a desk; what only looks like one is not swallowed."""

import pytest

from bot import data
from bot.domain.complaints import complaint_book, is_complaint
from bot.domain.drafts import Step
from tests.conversations.report_steps import dialogue, draft_of, reach, reports_of, step_of
from tests.town import Town

BOOK = complaint_book(data.complaint_words(), data.complaint_exceptions(), "De Schoor")


@pytest.mark.parametrize(
    "text",
    [
        "Ik heb een klacht over De Schoor",
        "Ik wil een klacht indienen tegen een vrijwilliger",
        "Hoi. Klacht over jullie!",
        "Ik ben ontevreden over de opbouwwerker",
        "Over De Schoor wil ik een klacht indienen",
        "De vrijwilliger van het Repair Café was heel onbeleefd",
        "Waar vind ik de klachtenregeling?",
        "I have a complaint about De Schoor",
        "I want to complain about one of your volunteers",
        "The volunteer was very rude to me",
        "I'd like to make a complaint about your staff",
    ],
)
def test_clear_complaints_are_known(text: str) -> None:
    assert is_complaint(text, BOOK)


@pytest.mark.parametrize(
    "text",
    [
        "Ik heb een klacht over geluid van de buren",
        "Klacht over afval. Kunnen jullie helpen?",
        "Ik heb een klacht over de container, kunnen jullie komen",
        "Ik heb geen klacht over de vrijwilligers",
        "De buren klagen over de herrie",
        "Ik wil vrijwilliger worden bij De Schoor",
        "Mijn buurvrouw klaagt over pijn",
        "Er is ruzie, kan de buurtwerker komen?",
        "I have a complaint about the noise next door",
        "My neighbour is rude and complains about everything",
        "No complaints about your volunteers, only about the rubbish",
    ],
)
def test_what_is_no_complaint_about_us_is_a_report(text: str) -> None:
    assert not is_complaint(text, BOOK)


async def test_a_complaint_shows_the_procedure_and_reaches_no_desk(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("Ik heb een klacht over een vrijwilliger van De Schoor")
    assert "Een klacht gaat niet via Buurtbode." in fatima.sees
    assert "privacy@example.org" in fatima.sees
    assert fatima.buttons[:2] == ["Ja, dit is een klacht", "Nee, dit is een melding"]
    await fatima.says("ja")
    assert fatima.sees.startswith("Ik heb niets verstuurd.")
    assert "Mail je klacht naar" in fatima.sees
    assert await dialogue(fatima) is None
    assert not await reports_of(town, fatima)


async def test_what_only_looks_like_one_goes_on_with_its_words(town: Town) -> None:
    piet = town.resident("Piet", language="en")
    await piet.says("I want to complain about your volunteer who was ill, the lamp he promised is broken")
    assert await step_of(piet) is Step.COMPLAINT
    await piet.taps("No, this is a report")
    assert await step_of(piet) is Step.KIND
    assert "lamp" in (await draft_of(piet)).text
    await piet.taps("Back")
    assert await step_of(piet) is Step.COMPLAINT


async def test_danger_comes_first_and_a_complaint_added_on_the_summary_is_not_sent(town: Town) -> None:
    fatima, piet = town.resident("Fatima"), town.resident("Piet")
    await fatima.says("Klacht over jullie vrijwilliger. Hij slaat zijn vrouw nu")
    assert await step_of(fatima) is Step.DANGER
    await reach(piet, Step.SUMMARY)
    await piet.says("En ik heb een klacht over de buurtwerker")
    await piet.taps("Versturen")
    assert await step_of(piet) is Step.COMPLAINT
    await piet.taps("Nee, dit is een melding")
    await piet.taps("Versturen")
    assert len(await reports_of(town, piet)) == 1
