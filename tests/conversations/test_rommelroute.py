"""The Rommelroute, as sellers, visitors and the organiser live it."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.enums import RoleKey, StallState
from bot.services import signups, stalls
from bot.services.signups import Extra
from bot.services.stalls import StallDraft
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
from handlers.stalls.links import to_route
from storage.models import Occurrence, Person, Stall
from storage.queries import signups as queries
from tests.conversations.meetings import jump, occurrence, signup_of, told, wall
from tests.town import Town
from tests.town_people import Someone

MARKET, MARKET_ON = "rr-filmwijk", "2026-12-12"
DEADLINE = "2026-12-09T20:00"


async def open_market(someone: Someone) -> None:
    """Open the page of the Rommelroute from the list of the whole town."""
    await someone.says("/activiteiten")
    await someone.taps("Heel Almere")
    await someone.taps("Rommelroute Filmwijk")


async def begin(someone: Someone) -> None:
    await open_market(someone)
    await someone.taps("Ik wil verkopen")


async def sells(someone: Someone, address: str, what: str = "boeken") -> None:
    """Sign up with a stall at an address with its postcode, or (empty) on the shared field."""
    await begin(someone)
    if address:
        await someone.says(address)
        await someone.taps("Overslaan")
    else:
        await someone.taps("gedeelde veld")
    await someone.says(what)
    await someone.taps("Ja, meld mij aan")
    assert "Je bent aangemeld als verkoper." in someone.sees


async def with_stalls(town: Town, drafts: dict[str, StallDraft]) -> Occurrence:
    """Give people a stall, as if they had told it."""
    people = await told(town, *drafts)
    meeting = await occurrence(town, MARKET, MARKET_ON)
    async with town.writing() as work:
        for someone, draft in zip(people, drafts.values(), strict=True):
            person = await work.session.get_one(Person, someone.id)
            await signups.join(work, meeting.id, person, RoleKey.STALL, extra=Extra(stall=draft))
    return meeting


async def stall_of(town: Town, someone: Someone) -> Stall:
    meeting = await occurrence(town, MARKET, MARKET_ON)
    signup = await signup_of(town, someone, meeting.id)
    async with town.reading() as work:
        stall = await queries.stall(work.session, signup.id)
    assert stall is not None
    return stall


async def live_until(town: Town, to: str) -> None:
    """Sleep until two minutes before a local wall time, then live through it."""
    before = datetime.fromisoformat(to) - timedelta(minutes=2)
    await jump(town, before.isoformat(timespec="minutes"))
    await town.advance(wall(to) + timedelta(seconds=90))


THREE = {
    "Ann": StallDraft("Filmstraat", "4", "1325 AB", sells="kleding"),
    "Bob": StallDraft("Filmstraat", "3", "1325 AB", sells="<b>lego</b>"),
    "Cor": StallDraft(shared_field=True, sells="taart"),
}


# -- signing up -----------------------------------------------------------------------------------------------------


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
    assert fatima.menu == ["📍 Deel mijn plek"]
    await fatima.sends_location(52.0907, 5.1214)
    assert "Deze plek is ver van de route." in fatima.sees
    await fatima.sends_location(52.366123, 5.222123)
    assert "Wat verkoop je?" in fatima.sees
    assert "🎟 Waar ik heen ga" in fatima.menu
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


# -- the day --------------------------------------------------------------------------------------------------------


async def test_on_the_day_visitors_find_the_stalls_and_keep_favourites(town: Town) -> None:
    await with_stalls(town, THREE)
    (fatima,) = await told(town, "Fatima")
    await live_until(town, DEADLINE)
    await jump(town, "2026-12-12T00:01")
    await open_market(fatima)
    await fatima.taps("Lijst per straat")
    assert "Filmstraat\n1. huis 3 · open · <b>lego</b>\n2. huis 4 · open · kleding" in fatima.sees
    await fatima.taps("Plek 2")
    assert fatima.sees == "Plek 2\n📍 Filmstraat 4, 1325 AB\nNu: open\nVerkoopt: kleding"
    link = next(key for row in fatima.message.buttons for key in row if key["text"] == "📍 Open in kaart")
    assert link["url"] == "https://www.openstreetmap.org/search?query=Filmstraat%204%2C%201325%20AB%20Almere"
    await fatima.taps("Favoriet")
    await fatima.taps("Mijn favorieten")
    assert "2. huis 4 · open · kleding ⭐" in fatima.sees
    assert "lego" not in fatima.sees
    await fatima.taps("Plek 2")
    await fatima.taps("Geen favoriet meer")
    await fatima.taps("Mijn favorieten")
    assert "Je hebt nog geen favorieten." in fatima.sees


async def test_everything_is_there_in_english_too(town: Town) -> None:
    meeting = await with_stalls(town, THREE)
    eve = town.resident("Eve", language="en")
    await eve.starts()
    await jump(town, "2026-12-12T09:00")
    await eve.forges(StallPage(meeting.id).encode())
    assert "Filmstraat\n1. house 3 · open · <b>lego</b>" in eve.sees
    assert "Shared field\n3. · open · taart" in eve.sees
    await eve.taps("Map")
    assert eve.was_told("Stalls: 3.")


async def test_the_list_comes_in_pages(town: Town) -> None:
    drafts = {f"P{at}": StallDraft("Filmstraat", str(2 * at + 1), "1325 AB") for at in range(19)}
    await with_stalls(town, drafts)
    (fatima,) = await told(town, "Fatima")
    await live_until(town, DEADLINE)
    await jump(town, "2026-12-12T09:00")
    await open_market(fatima)
    await fatima.taps("Lijst per straat")
    assert "8. huis 15" in fatima.sees
    assert "9. huis" not in fatima.sees
    await fatima.taps("Meer plekken")
    assert "9. huis 17" in fatima.sees
    await fatima.taps("Plek 12")
    await fatima.taps("Lijst per straat")
    assert "12. huis 23" in fatima.sees
    await fatima.taps("Meer plekken")
    assert "19. huis 37" in fatima.sees
    assert "➡️ Meer plekken" not in fatima.buttons
    await fatima.taps("Naar het begin")
    assert "1. huis 1" in fatima.sees


async def test_a_stall_says_with_one_tap_how_it_stands_and_everybody_sees_it(town: Town) -> None:
    meeting = await with_stalls(town, THREE)
    ann, bob = town.resident("Ann"), town.resident("Bob")
    (fatima,) = await told(town, "Fatima")
    await live_until(town, DEADLINE)
    await live_until(town, "2026-12-12T10:00")
    panel = next(message for message in ann.messages if "Tik op een knop." in message.text)
    assert panel.labels == ["☑️ Open", "Uitverkocht", "Dicht"]
    await ann.taps("Uitverkocht", on=panel)
    assert ann.toast == "Je plek is nu: uitverkocht."
    assert "Nu: uitverkocht." in panel.text
    assert panel.labels == ["Open", "☑️ Uitverkocht", "Dicht"]
    await open_market(fatima)
    await fatima.taps("Kaart")
    (shown,) = [message for message in fatima.messages if message.media == "photo"]
    assert "Zo was het om 10:0" in shown.text
    before = shown.content
    await open_market(bob)
    await bob.taps("Dicht")
    assert bob.sees.startswith("Je plek is nu: dicht.")
    await fatima.taps("Hoe is het nu?", on=shown)
    assert [message for message in fatima.messages if message.media == "photo"] == [shown]
    assert shown.content != before
    await fatima.forges(SetStall((await stall_of(town, ann)).id, StallState.OPEN, panel=True).encode())
    assert (await stall_of(town, ann)).state == "uitverkocht"
    await fatima.forges(StallPage(meeting.id).encode())
    assert "2. huis 4 · uitverkocht · kleding" in fatima.sees


async def test_a_seller_may_type_how_the_stall_stands_and_others_tell_something(town: Town) -> None:
    await with_stalls(town, THREE)
    ann = town.resident("Ann")
    (fatima,) = await told(town, "Fatima")
    await ann.says("dicht")
    assert "Waar gaat het over?" in ann.sees
    await ann.says("stop")
    await jump(town, "2026-12-12T11:00")
    for word, state in (("Uitverkocht", "uitverkocht"), ("closed", "dicht"), ("open", "open")):
        await ann.says(word)
        assert ann.sees.startswith(f"Je plek is nu: {state}.")
        assert (await stall_of(town, ann)).state == state
    await fatima.says("dicht")
    assert "Waar gaat het over?" in fatima.sees


async def test_the_day_closes_with_thanks_and_the_addresses_go_a_week_later(town: Town) -> None:
    await with_stalls(town, THREE)
    ann = town.resident("Ann")
    (fatima,) = await told(town, "Fatima")
    await live_until(town, DEADLINE)
    await live_until(town, "2026-12-12T10:00")
    await fatima.forges(Star((await stall_of(town, ann)).id, on=True).encode())
    panel = next(message for message in ann.messages if "Tik op een knop." in message.text)
    wilma = town.person("Wilma")
    for button in ("Kaart", "Routeblad", "Routeblad"):
        await town.advance(seconds=2)
        await open_market(wilma)
        await wilma.taps(button)
    files = [message for message in wilma.messages if message.media]
    assert [message.media for message in files] == ["photo", "document", "document"]
    await live_until(town, "2026-12-12T15:00")
    assert panel.text == "Rommelroute Filmwijk\nDe route is klaar. Jouw plek is dicht."
    assert panel.labels == []
    thanks = [message.text for message in ann.messages if "Bedankt" in message.text]
    assert thanks == ["Bedankt dat je meedeed met Rommelroute Filmwijk! Over een week wissen wij je adres."]
    assert [(await stall_of(town, town.resident(name))).state for name in THREE] == ["dicht"] * 3
    stall = await stall_of(town, ann)
    await ann.forges(SetStall(stall.id, StallState.OPEN, panel=False).encode())
    assert "Dit kan alleen op de dag zelf, tot het einde." in ann.sees
    await town.advance(wall("2026-12-19T14:30"))
    assert (await stall_of(town, ann)).street == "Filmstraat"
    await town.advance(wall("2026-12-19T17:00"))
    async with town.reading() as work:
        rows = (await work.session.scalars(select(Stall))).all()
        assert [(row.street, row.postcode, row.lat, row.sells) for row in rows] == [(None, None, None, None)] * 3
    assert [message.text for message in files] == ["Gewist. De route is een week voorbij."] * 3
    assert {message.media for message in files} == {"photo"}
    assert len({town.world.files.get(message.content[-1]["file_id"]).data for message in files}) == 1


async def test_a_route_that_is_called_off_gives_no_numbers_and_shows_nothing(town: Town) -> None:
    await with_stalls(town, THREE)
    wilma, ann = town.person("Wilma"), town.resident("Ann")
    await open_market(wilma)
    await wilma.taps("Afgelasten")
    await wilma.taps("Ja, afgelasten")
    await live_until(town, DEADLINE)
    await live_until(town, "2026-12-12T10:00")
    assert not ann.was_told("Jouw nummer")
    assert not ann.was_told("Tik op een knop.")
    await open_market(ann)
    assert "🗺 Kaart" not in ann.buttons


# -- the sheet ------------------------------------------------------------------------------------------------------


async def test_the_organiser_gets_a_sheet_to_print_and_its_code_leads_to_the_route(town: Town) -> None:
    meeting = await with_stalls(town, THREE)
    wilma = town.person("Wilma")
    await open_market(wilma)
    await wilma.taps("Routeblad")
    assert wilma.was_told("Het routeblad komt zo in deze chat.")
    (sheet,) = [message for message in wilma.messages if message.media == "document"]
    assert "Print het op A4." in sheet.text
    file = town.world.files.get(sheet.content["file_id"])
    assert file.name == "routeblad.pdf"
    assert file.data.startswith(b"%PDF-")
    link = to_route(town.world.bot.username or "", meeting.id)
    fatima = town.resident("Fatima")
    await fatima.starts(link.partition("=")[2])
    assert "Rommelroute Filmwijk" in fatima.sees
    assert "📅 Activiteiten" in fatima.menu


async def test_buttons_of_somebody_else_s_stall_change_nothing(town: Town) -> None:
    meeting = await with_stalls(town, THREE)
    ann, bob = town.resident("Ann"), town.resident("Bob")
    signup = await signup_of(town, ann, meeting.id)
    await bob.forges(ChangeStall(signup.id, signup.version).encode())
    assert "Deze activiteit bestaat niet meer." in bob.sees
    await ann.forges(ChangeStall(signup.id, signup.version + 1).encode())
    assert ann.sees.startswith("Er is iets veranderd.")
    assert stalls.address_line(await stall_of(town, ann)) == "Filmstraat 4, 1325 AB"
