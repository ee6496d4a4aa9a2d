"""Signing up to sell at a Rommelroute."""

from bot.domain.enums import RoleKey
from handlers.activities.buttons import Join
from tests.conversations.joining import MARKET, MARKET_ON, open_first
from tests.conversations.meetings import jump, occurrence
from tests.town import Town


async def test_a_stall_has_an_address_that_others_do_not_see(town: Town) -> None:
    fatima, bob = town.resident("Fatima"), town.resident("Bob")
    await open_first(fatima, 2)
    await fatima.taps("Ik wil verkopen")
    await fatima.says("filmstraat")
    assert "Ik zie geen huisnummer." in fatima.sees
    await fatima.says("filmstraat 12a 1012 ab")
    assert "Deze postcode is niet in Almere." in fatima.sees
    await fatima.says("filmstraat 12a, 1325ab")
    await fatima.taps("Overslaan")
    assert "Wat verkoop je?" in fatima.sees
    await fatima.says("boeken")
    assert "Adres: Filmstraat 12A, 1325 AB\nJe verkoopt: boeken" in fatima.sees
    assert "Alleen de organisator ziet je adres, tot de dag begint." in fatima.sees
    await fatima.taps("Ja, meld mij aan")
    assert "Je bent aangemeld als verkoper." in fatima.sees
    await fatima.taps("Bekijk de activiteit")
    assert "Jouw verkoopplek: Filmstraat 12A, 1325 AB" in fatima.sees
    await open_first(bob, 2)
    assert "1 van de 80 plekken bezet" in bob.sees
    assert not bob.was_told("Filmstraat")
    assert not bob.was_told("boeken")


async def test_people_in_flats_stand_on_the_shared_field(town: Town) -> None:
    fatima, bob = town.resident("Fatima"), town.resident("Bob")
    await open_first(fatima, 2)
    await fatima.taps("Ik wil verkopen")
    await fatima.says("Filmstraat 12, 4e etage flat 12")
    assert "Is dit een flat?" in fatima.sees
    await fatima.taps("gedeelde veld")
    await fatima.taps("Overslaan")
    assert "Plek: op het gedeelde veld" in fatima.sees
    await fatima.says("ja")
    assert "Je bent aangemeld als verkoper." in fatima.sees
    await open_first(bob, 2)
    await bob.taps("Ik wil verkopen")
    await bob.taps("gedeelde veld")
    await bob.says("nee")
    await bob.taps("Ja, meld mij aan")
    await bob.says("/agenda")
    assert "✅ Aangemeld als verkoper" in bob.sees


async def test_after_the_deadline_there_is_no_signing_up(town: Town) -> None:
    fatima = town.resident("Fatima")
    await open_first(fatima, 2)
    await jump(town, "2026-12-09T20:00")
    await fatima.taps("Ik wil verkopen")
    assert "Aanmelden kan niet meer. Dat kon tot woensdag 9 december 20:00." in fatima.sees
    assert "🛍 Ik wil verkopen" not in fatima.buttons


async def test_who_says_to_be_under_16_gets_no_stall(town: Town) -> None:
    kim = town.resident("Kim")
    await open_first(kim, 2)
    await kim.taps("Ik wil verkopen")
    await kim.says("ik ben 13 jaar")
    assert "Verkopen mag vanaf 16 jaar." in kim.sees
    assert "🛍 Ik wil verkopen" not in kim.buttons
    meeting = await occurrence(town, MARKET, MARKET_ON)
    await kim.forges(Join(meeting.id, meeting.version, RoleKey.STALL).encode())
    assert "Verkopen mag vanaf 16 jaar." in kim.sees
