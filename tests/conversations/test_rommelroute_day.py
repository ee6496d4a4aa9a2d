"""The day of the Rommelroute: what visitors find, what sellers say with one tap, the closing, and the sheet."""

import pytest
from sqlalchemy import select

from bot.domain.enums import StallState
from bot.services.activities import rescheduling
from bot.services.rommelroute.stalls import StallDraft
from handlers.activities.stall_buttons import OpenStall, SetStall, StallPage, Star
from handlers.stalls.links import to_route
from storage.models import Activity, Stall
from tests.conversations.market import (
    DEADLINE,
    MARKET,
    MARKET_ON,
    THREE,
    live_until,
    open_market,
    stall_of,
    with_stalls,
)
from tests.conversations.meetings import jump, occurrence, told, wall
from tests.town import Town


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


async def test_the_list_comes_in_pages_and_a_street_is_one_tap_away(town: Town) -> None:
    drafts = {f"P{at}": StallDraft("Filmstraat", str(2 * at + 1), "1325 AB") for at in range(19)}
    zebra = {f"Z{at}": StallDraft(name, str(at), "1325 ZZ") for at, name in ((1, "Zebra Pad"), (3, "Zebrapad"))}
    last = {"Z5": StallDraft("Zebrapad", "5", "1325 ZZ", sells="oude " * 40), "F": StallDraft(shared_field=True)}
    await with_stalls(town, drafts | zebra | last)
    (fatima,) = await told(town, "Fatima")
    await live_until(town, DEADLINE)
    await jump(town, "2026-12-12T09:00")
    await open_market(fatima)
    await fatima.taps("Lijst per straat")
    assert "16. huis 31" in fatima.sees
    assert "17. huis" not in fatima.sees
    await fatima.taps("Meer plekken")
    assert "17. huis 33" in fatima.sees
    assert fatima.sees.count("Zebra") == 1, "one street, however its sellers write it"
    assert (
        f"Zebrapad\n20. huis 1 · open\n21. huis 3 · open\n22. huis 5 · open · {('oude ' * 12).strip()}…" in fatima.sees
    )
    assert "➡️ Meer plekken" not in fatima.buttons
    await fatima.taps("Plek 18")
    await fatima.taps("Lijst per straat")
    assert "18. huis 35" in fatima.sees
    await fatima.taps("Naar het begin")
    assert "1. huis 1" in fatima.sees
    await fatima.taps("Kies een straat")
    assert fatima.buttons[:3] == ["Filmstraat", "Zebrapad", "Gedeeld veld"]
    await fatima.says("Zebrapad")
    assert "Zebrapad\n20. huis 1 · open" in fatima.sees
    assert "Filmstraat" not in fatima.sees


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


@pytest.mark.parametrize("off", [False, True])
async def test_pages_with_addresses_leave_the_chats_too(town: Town, off: bool) -> None:
    await with_stalls(town, THREE)
    (fatima,) = await told(town, "Fatima")
    wilma = town.person("Wilma")
    await open_market(wilma)
    await wilma.taps("Alle plekken met adres")
    early = wilma.message
    await wilma.says("/activiteiten")
    await jump(town, f"{MARKET_ON}T11:00")
    await open_market(fatima)
    await fatima.taps("Lijst")
    above = fatima.message
    await open_market(fatima)
    await fatima.taps("Lijst")
    await fatima.taps("Plek 2")
    last = fatima.message
    if off:
        meeting = await occurrence(town, MARKET, MARKET_ON)
        async with town.writing() as work:
            await rescheduling.call_off(work, meeting.id, None)
    shown = [early, above, last]
    assert all("Filmstraat" in message.text for message in shown)
    await jump(town, "2026-12-19T14:30")
    await town.advance(minutes=1)
    assert all("Filmstraat" in message.text for message in shown)
    await town.advance(wall("2026-12-19T15:01"))
    assert [message.text for message in shown] == ["Gewist. De route is een week voorbij."] * 3
    assert not any(message.labels for message in shown)
    assert "Filmstraat" not in "".join(message.text for message in [*fatima.messages, *wilma.messages])


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


async def test_called_off_on_the_day_sellers_and_who_came_to_look_hear_it_and_maps_go(town: Town) -> None:
    meeting = await with_stalls(town, THREE)
    wilma, ann = town.person("Wilma"), town.resident("Ann")
    fatima, eve, cas = await told(town, "Fatima", "Eve", "Cas")
    await live_until(town, DEADLINE)
    await live_until(town, "2026-12-12T10:00")
    await open_market(fatima)
    await fatima.taps("Kaart")
    await eve.forges(Star((await stall_of(town, ann)).id, on=True).encode())
    panel = next(message for message in ann.messages if "Tik op een knop." in message.text)
    await open_market(wilma)
    await wilma.taps("Afgelasten")
    await wilma.taps("Ja, afgelasten")
    assert panel.text == "Rommelroute Filmwijk\nDe route gaat niet door. Bezoekers zien jouw plek niet."
    assert panel.labels == []
    assert [someone.was_told("🚫 Dit gaat niet door.") for someone in (ann, fatima, eve, cas)] == [True] * 3 + [False]
    assert not [message for message in fatima.messages if message.media]
    for button in (StallPage(meeting.id), Star((await stall_of(town, ann)).id, on=True)):
        await fatima.forges(button.encode())
        assert fatima.sees.startswith("Deze route gaat niet door.")
    await ann.forges(SetStall((await stall_of(town, ann)).id, StallState.OPEN, panel=True).encode())
    assert ann.sees.startswith("Deze route gaat niet door.")
    await live_until(town, "2026-12-12T15:00")
    assert not ann.was_told("Bedankt")


async def test_a_route_that_is_moved_on_its_day_hides_its_stalls_again_until_the_other_day(town: Town) -> None:
    meeting = await with_stalls(town, THREE)
    ann, (fatima,) = town.resident("Ann"), await told(town, "Fatima")
    await live_until(town, DEADLINE)
    await jump(town, "2026-12-12T08:30")
    await open_market(fatima)
    await fatima.taps("Kaart")
    async with town.writing() as work:
        await rescheduling.move(work, meeting.id, wall("2026-12-19T10:00"), wall("2026-12-19T15:00"), why="regen")
    await town.settle()
    assert not [message for message in fatima.messages if message.media]
    assert "🕐 Er is een nieuwe tijd." in fatima.sees
    await fatima.forges(StallPage(meeting.id).encode())
    assert fatima.sees.startswith("De plekken zijn te zien op de dag zelf.")
    await live_until(town, "2026-12-19T10:00")
    assert "Jouw nummer is 2. Nu: open." in ann.sees
    await fatima.forges(StallPage(meeting.id).encode())
    assert "2. huis 4 · open · kleding" in fatima.sees


async def test_a_seller_who_withdraws_on_the_day_is_gone_from_the_list_and_an_old_button_says_so(town: Town) -> None:
    await with_stalls(town, THREE)
    bob, (fatima,) = town.resident("Bob"), await told(town, "Fatima")
    await live_until(town, DEADLINE)
    await jump(town, "2026-12-12T08:30")
    await open_market(fatima)
    assert "Aanmelden kon tot woensdag 9 december 20:00." in fatima.sees
    stall = await stall_of(town, bob)
    await fatima.forges(Star(stall.id, on=True).encode())
    await open_market(bob)
    await bob.taps("Ik kan niet")
    await fatima.taps("Lijst per straat")
    assert "lego" not in fatima.sees
    for button in (OpenStall(stall.id), Star(stall.id, on=True)):
        await fatima.forges(button.encode())
        assert fatima.sees.startswith("Deze plek doet niet meer mee.")


# -- the sheet ------------------------------------------------------------------------------------------------------


async def test_the_organiser_hears_when_to_print_and_when_what_was_printed_is_not_true_any_more(town: Town) -> None:
    await with_stalls(town, THREE)
    wilma, ann, bob = town.person("Wilma"), town.resident("Ann"), town.resident("Bob")
    await open_market(wilma)
    await wilma.taps("Routeblad")
    (sheet,) = [message for message in wilma.messages if message.media == "document"]
    provisional = sheet.content
    await live_until(town, DEADLINE)
    ready = "Aanmelden is gesloten. 3 verkoopplekken hebben nu een nummer. Dat verandert niet meer."
    assert ready in wilma.sees
    assert sheet.content != provisional, "what was made before has the numbers now"
    assert not wilma.was_told("Er is een plek veranderd")
    numbered = sheet.content
    await open_market(ann)
    await ann.taps("Mijn plek veranderen")
    await ann.says("Aapweg 1, 1325 AA")
    await ann.taps("Overslaan")
    await ann.taps("Hetzelfde")
    await ann.taps("Ja, verander het")
    assert sheet.content != numbered
    await open_market(bob)
    await bob.taps("Ik kan niet")
    assert not wilma.was_told("Er is een plek veranderd")
    await town.advance(minutes=6)
    told_so = [message for message in wilma.messages if "Er is een plek veranderd of gestopt." in message.text]
    assert len(told_so) == 1, "changes in a row are told together"
    assert "Nu: 2 verkoopplekken." in told_so[0].text
    assert not ann.was_told("Print het")


async def test_a_sheet_leaves_who_does_not_organise_the_route_any_more(town: Town) -> None:
    meeting = await with_stalls(town, THREE)
    wilma, omar = town.person("Wilma"), town.person("Omar")
    await open_market(wilma)
    await wilma.taps("Routeblad")
    async with town.writing() as work:
        (await work.session.get_one(Activity, meeting.activity_id)).coordinator_id = omar.id
    await live_until(town, DEADLINE)
    (grey,) = [message for message in wilma.messages if message.media]
    assert (grey.media, grey.text) == ("photo", "Gewist. Jij organiseert deze route niet meer.")
    assert not wilma.was_told("Aanmelden is gesloten.")
    assert omar.was_told("Aanmelden is gesloten.")


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
