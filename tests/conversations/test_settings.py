"""⚙️ Instellingen: what somebody may choose about reminders, the first name and privacy."""

from bot.domain.enums import ReminderChoice
from handlers.settings import ForgetName
from storage.models import Person
from tests.conversations.report_steps import reports_of
from tests.conversations.telling import tells
from tests.town import Town
from tests.town_people import Someone


async def _person(someone: Someone) -> Person:
    async with someone.town.reading() as work:
        return await work.session.get_one(Person, someone.id)


async def test_reminders_are_chosen_and_privacy_is_read(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.starts()
    await fatima.says("/instellingen")
    await fatima.taps("Herinneringen")
    assert fatima.sees == "Welke herinneringen wil je krijgen?"
    await fatima.taps("⬅️ Instellingen")
    assert "Herinneringen: Alle herinneringen" in fatima.sees
    await fatima.taps("🔔 Herinneringen")
    await fatima.says("alleen de laatste")
    assert "Herinneringen: Alleen de laatste" in fatima.sees
    assert (await _person(fatima)).reminders is ReminderChoice.LAST
    await fatima.taps("Privacy")
    assert fatima.sees.startswith("Wat wij bewaren")


async def test_a_resident_takes_the_own_first_name_back(town: Town) -> None:
    fatima = town.resident("Fatima")
    await tells(town, fatima, "De lantaarnpaal is kapot")
    await fatima.taps("Wat ik heb gemeld")
    await fatima.taps("M-2026-0001")
    await fatima.taps("Mijn voornaam")
    await fatima.says("Fatima")
    async with town.writing() as work:
        (await work.session.get_one(Person, fatima.id)).name = "Fatima"
    await fatima.says("/instellingen")
    assert "Mijn voornaam: Fatima" in fatima.sees
    await fatima.taps("Mijn voornaam wissen")
    assert "Mijn voornaam: niet gegeven" in fatima.sees
    assert not any("wissen" in label for label in fatima.message.labels)
    assert (await _person(fatima)).name is None
    assert len(await reports_of(town, fatima)) == 1


async def test_who_is_named_by_the_organisation_is_not_offered_what_can_not_be(town: Town) -> None:
    for name in ("Samira", "John"):
        someone = town.person(name)
        await someone.starts()
        await someone.says("/instellingen")
        assert f"Mijn voornaam: {name}" in someone.sees
        assert not any("wissen" in label for label in someone.message.labels)
        await someone.forges(ForgetName().encode())
        assert (await _person(someone)).name == name
