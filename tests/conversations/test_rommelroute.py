"""Signing up with a stall for the Rommelroute, its number, moving and withdrawing, and what the organiser sees."""

from bot.domain.enums import StallState
from bot.services.rommelroute import stalls
from handlers.activities.stall_buttons import (
    ChangeStall,
    FavouritePage,
    GoOnWithStall,
    OpenStall,
    PrintRoute,
    SetStall,
    ShowMap,
    StallPage,
    Star,
)
from handlers.buttons import Button
from storage.models import Person
from tests.conversations.market import DEADLINE, THREE, begin, live_until, open_market, sells, stall_of, with_stalls
from tests.conversations.meetings import jump, signup_of, told, wall
from tests.town import Town


async def test_the_postcode_is_asked_by_itself_when_it_is_missing(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin(fatima)
    await fatima.says("filmstraat 12a")
    assert fatima.sees == "Je adres: Filmstraat 12A.\nWat is je postcode? Bijvoorbeeld: 1325 AB."
    await fatima.says("weet ik niet")
    assert "Typ vier cijfers en twee letters." in fatima.sees
    await fatima.says("1325")
    assert "Typ vier cijfers en twee letters." in fatima.sees
    await fatima.says("1012ab")
    assert "Deze postcode is niet in Almere." in fatima.sees
    await fatima.says("Filmstraat 14 bis")
    assert fatima.sees.startswith("Je adres: Filmstraat 14 bis.")
    await fatima.says("filmstraat 12a")
    await fatima.says("1325ab")
    assert "Ben je nu thuis? Deel dan je plek." in fatima.sees
    await fatima.taps("Terug")
    assert "Wat is je postcode?" in fatima.sees
    await fatima.says("1325 AB")
    await fatima.says("sla over")
    await fatima.says("boeken")
    assert "Adres: Filmstraat 12A, 1325 AB" in fatima.sees


async def test_an_address_outside_the_wijk_is_asked_about_once(town: Town) -> None:
    fatima = town.resident("Fatima")
    await begin(fatima)
    await fatima.says("Havenstraat 3, 1357 AB")
    assert "Dit adres ligt niet in Filmwijk:\nHavenstraat 3, 1357 AB" in fatima.sees
    await fatima.taps("Ander adres")
    assert "Waar verkoop je?" in fatima.sees
    await fatima.says("Havenstraat 3, 1357 AB")
    await fatima.taps("Ja, dit klopt")
    await fatima.taps("Overslaan")
    await fatima.taps("Overslaan")
    assert "Adres: Havenstraat 3, 1357 AB" in fatima.sees
    await fatima.taps("Ja, meld mij aan")
    assert "Je bent aangemeld als verkoper." in fatima.sees


async def test_a_shared_point_is_kept_rounded_and_the_menu_comes_back(town: Town) -> None:
    (fatima,) = await told(town, "Fatima")
    await begin(fatima)
    await fatima.says("Filmstraat 12, 1325 AB")
    await fatima.taps("Deel mijn plek")
    assert fatima.menu[:2] == ["📍 Deel mijn plek", "📣 Iets melden"]
    await fatima.sends_location(52.0907, 5.1214)
    assert "Deze plek is ver van de route." in fatima.sees
    await fatima.sends_location(52.366123, 5.222123)
    assert "Wat verkoop je?" in fatima.sees
    assert fatima.menu[0] == "📣 Iets melden"
    await fatima.says("boeken")
    await fatima.says("ja")
    stall = await stall_of(town, fatima)
    assert stall.lat is not None
    assert stall.lat != 52.366123
    assert abs(stall.lat - 52.366123) < 0.0003
    async with town.reading() as work:
        assert (await work.session.get_one(Person, fatima.id)).house_rules_at is None


async def test_who_began_hears_of_the_deadline_the_day_before_and_goes_on(town: Town) -> None:
    fatima, bob, cor = await told(town, "Fatima", "Bob", "Cor")
    town.sleep(wall("2026-12-05T12:00"))
    await begin(fatima)
    await fatima.says("Filmstraat 12, 1325 AB")
    await sells(bob, "Filmstraat 14, 1325 AB")
    await begin(cor)
    await cor.says("stop")
    await jump(town, "2026-12-08T20:01")
    assert fatima.sees == (
        "Je was bezig met je aanmelden voor Rommelroute Filmwijk.\nAanmelden kan tot woensdag 9 december 20:00."
    )
    assert not bob.was_told("Je was bezig")
    assert not cor.was_told("Je was bezig")
    await fatima.taps("Verder gaan")
    assert "Ben je nu thuis?" in fatima.sees
    await fatima.taps("Overslaan")
    await fatima.forges(GoOnWithStall(1, 1).encode())
    assert "bestaat niet" in fatima.sees


# -- numbers, moving, withdrawing -----------------------------------------------------------------------------------


async def test_numbers_are_given_at_the_deadline_and_never_change(town: Town) -> None:
    meeting = await with_stalls(town, THREE)
    ann, bob, cor = (town.resident(name) for name in THREE)
    await live_until(town, DEADLINE)
    assert "Jouw nummer is 1." in bob.sees
    assert "Jouw nummer is 2." in ann.sees
    assert "Jouw nummer is 3.\nPlek: het gedeelde veld" in cor.sees
    await open_market(ann)
    assert "Jouw nummer: 2" in ann.sees
    await ann.taps("Mijn plek veranderen")
    await ann.says("Aapweg 1, 1325 AA")
    await ann.taps("Overslaan")
    await ann.taps("Hetzelfde")
    assert "Adres: Aapweg 1, 1325 AA\nJe verkoopt: kleding" in ann.sees
    await ann.taps("Ja, verander het")
    assert ann.sees.startswith("Veranderd.")
    await open_market(bob)
    await bob.taps("Ik kan niet")
    await town.advance(minutes=3)
    assert [(await stall_of(town, someone)).number for someone in (ann, bob, cor)] == [2, 1, 3]
    wilma = town.person("Wilma")
    await wilma.starts()
    await wilma.forges(StallPage(meeting.id).encode())
    assert "1. huis" not in wilma.sees
    assert "2. huis 1 · kleding" in wilma.sees


async def test_moving_to_the_field_and_stopping_halfway(town: Town) -> None:
    await with_stalls(town, THREE)
    ann = town.resident("Ann")
    await open_market(ann)
    await ann.taps("Mijn plek veranderen")
    await ann.says("stop")
    assert ann.sees.startswith("Gestopt. Je plek is niet veranderd.")
    assert "Jouw verkoopplek: Filmstraat 4, 1325 AB" in ann.sees
    await ann.taps("Mijn plek veranderen")
    await ann.taps("Dezelfde plek")
    await ann.says("fietsen")
    await ann.taps("Ja, verander het")
    assert "Jouw verkoopplek: Filmstraat 4, 1325 AB\nJe verkoopt: fietsen" in ann.sees
    await ann.taps("Mijn plek veranderen")
    await ann.taps("gedeelde veld")
    await ann.taps("Hetzelfde")
    await ann.says("ja")
    assert "Jouw verkoopplek: een plek op het gedeelde veld\nJe verkoopt: fietsen" in ann.sees


async def test_the_organiser_has_the_addresses_and_nobody_else_before_the_day(town: Town) -> None:
    meeting = await with_stalls(town, THREE)
    wilma, ann, fatima = town.person("Wilma"), town.resident("Ann"), *await told(town, "Fatima")
    await open_market(wilma)
    await wilma.taps("Alle plekken met adres")
    assert wilma.sees == (
        "Rommelroute Filmwijk\n3 verkoopplekken\n"
        "Alleen jij ziet deze adressen. De nummers zijn voorlopig tot de aanmelding sluit.\n\n"
        "Filmstraat\n1. huis 3 · <b>lego</b>\n2. huis 4 · kleding\n\n"
        "Gedeeld veld\n3. · taart"
    )
    await wilma.taps("Plek 1")
    assert "📍 Filmstraat 3, 1325 AB" in wilma.sees
    stall = await stall_of(town, town.resident("Bob"))
    forged: list[Button] = [
        StallPage(meeting.id),
        FavouritePage(meeting.id),
        OpenStall(stall.id),
        Star(stall.id, on=True),
        ShowMap(meeting.id),
        PrintRoute(meeting.id),
        SetStall(stall.id, StallState.CLOSED, panel=True),
    ]
    for hour in ("2026-12-01T12:00", "2026-12-11T23:59", "2026-12-13T00:01"):
        await jump(town, hour)
        for someone in (ann, fatima):
            for button in forged:
                await someone.forges(button.encode())
            assert not someone.was_told("Filmstraat 3")
            assert not someone.was_told("lego")
            assert not [message for message in someone.messages if message.media]
    assert (await stall_of(town, town.resident("Bob"))).state in ("open", "dicht")


async def test_buttons_of_somebody_else_s_stall_change_nothing(town: Town) -> None:
    meeting = await with_stalls(town, THREE)
    ann, bob = town.resident("Ann"), town.resident("Bob")
    signup = await signup_of(town, ann, meeting.id)
    await bob.forges(ChangeStall(signup.id, signup.version).encode())
    assert "Deze activiteit bestaat niet meer." in bob.sees
    await ann.forges(ChangeStall(signup.id, signup.version + 1).encode())
    assert ann.sees.startswith("Er is iets veranderd.")
    assert stalls.address_line(await stall_of(town, ann)) == "Filmstraat 4, 1325 AB"
