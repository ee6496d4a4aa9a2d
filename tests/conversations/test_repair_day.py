"""The day of a Repair Café, as its hosts, visitors and coordinator live it."""

from sqlalchemy import select

from bot.domain.enums import WALKED_IN, RoleKey, SignupState
from storage.models import RepairItem, Signup
from tests.conversations.meetings import signup_of
from tests.conversations.repair_days import TITLE, arrives, helps, open_list, the_day_comes, visits
from tests.town import Town


async def test_an_hour_before_hosts_and_coordinator_get_the_list_in_private(town: Town) -> None:
    await visits(town, "Fatima", "Lamp", slot="2026-12-05T13:30")
    host = await helps(town, "Ann", RoleKey.HOST)
    stranger = town.resident("Piet")
    await stranger.starts()
    await the_day_comes(town)
    for keeper in (host, town.person("Jan")):
        ready = next(message for message in keeper.messages if message.text.startswith("📋"))
        assert ready.text == (
            f"📋 {TITLE}\nzaterdag 5 december, 13:00–16:00\n1 bezoeker is aangemeld. Houd hier bij wie er is."
        )
    assert not stranger.was_told("bezoeker is aangemeld")
    await open_list(host)
    assert host.sees == (
        f"{TITLE}\nzaterdag 5 december, 13:00–16:00\n\n"
        "Aan de beurt\nniemand\n\nWachten\nniemand\n\nNog niet gekomen: 1\nKlaar: 0"
    )


async def test_a_number_follows_in_one_message_up_to_ones_turn_which_makes_a_sound(town: Town) -> None:
    fatima = await visits(town, "Fatima", "Lamp")
    bilal = await visits(town, "Bilal", "Stofzuiger")
    host = await helps(town, "Ann", RoleKey.HOST)
    await the_day_comes(town)
    await open_list(host)
    await arrives(host, "Lamp")
    assert host.sees.startswith("Nummer 1. Zeg dit nummer tegen de bezoeker.")
    assert "• 1 · Lamp" in host.sees
    followed = fatima.message
    assert followed.text == (
        f"{TITLE}\n🎫 Jouw nummer is 1.\nJij bent de volgende.\n"
        "Dit bericht loopt mee. Bij je beurt krijg je een nieuw bericht."
    )
    await arrives(host, "Stofzuiger")
    assert "🎫 Jouw nummer is 2.\nEr is nog 1 voor je." in bilal.sees
    count = len(fatima.messages)

    await host.taps("Nu nummer 1")
    assert host.sees.startswith("Nummer 1 is nu aan de beurt.")
    assert len(fatima.messages) == count + 1
    assert fatima.sees == "🔔 Jij bent aan de beurt! Je hebt nummer 1. Ga naar de gastvrouw of gastheer."
    assert followed.text == f"{TITLE}\n🎫 Jouw nummer is 1.\n🔔 Jij bent aan de beurt."
    assert "Nu aan de beurt: 1.\nJij bent de volgende." in bilal.sees

    await host.taps("1 · Lamp")
    await host.taps("Gelukt")
    assert host.sees.startswith("1 · Lamp: gelukt")
    assert "Klaar: 1" in host.sees
    assert followed.text == f"{TITLE}\nNummer 1 is klaar. Het is gelukt. Veel plezier ermee!"
    assert fatima.sees == "Je was aan de beurt met nummer 1."
    assert len(fatima.messages) == count + 1, "one message follows, one rings, and no more"
    assert "Nu aan de beurt" not in bilal.sees


async def test_what_did_not_go_is_asked_after_in_taps_and_everything_can_be_corrected(town: Town) -> None:
    fatima = await visits(town, "Fatima", "Lamp")
    host = await helps(town, "Ann", RoleKey.HOST)
    meeting = await the_day_comes(town)
    signup = await signup_of(town, fatima, meeting.id)

    async def written() -> tuple[SignupState, int | None, str | None, str | None]:
        async with town.reading() as work:
            row = await work.session.get_one(Signup, signup.id)
            item = (await work.session.scalars(select(RepairItem).where(RepairItem.signup_id == signup.id))).one()
            return row.state, item.queue_number, item.outcome, item.outcome_reason

    await open_list(host)
    await arrives(host, "Lamp")
    await host.taps("1 · Lamp")
    await host.taps("Toch nog niet gekomen")
    assert await written() == (SignupState.SIGNED_UP, None, None, None)
    assert fatima.sees == f"{TITLE}\nJe hebt nog geen nummer. Meld je bij de gastvrouw of gastheer."
    await arrives(host, "Lamp")
    await host.taps("Nu nummer 1")
    ring = fatima.message
    await host.taps("1 · Lamp")
    await host.taps("Terug naar wachten")
    assert ring.text == "Toch nog even wachten. Je nummer blijft 1."
    await host.taps("Nu nummer 1")
    assert fatima.sees.startswith("🔔 Jij bent aan de beurt!")
    await host.taps("1 · Lamp")
    await host.taps("Niet gelukt")
    assert host.sees.startswith("1 · Lamp: niet gelukt\n\nWaarom lukte het niet (helemaal)?")
    await host.taps("Te veel versleten")
    assert await written() == (SignupState.DONE, 1, "niet_gelukt", "versleten")
    await host.taps("Klaar (1)")
    await host.taps("1 · Lamp")
    assert "Uitkomst: niet gelukt (te veel versleten)" in host.sees
    await host.taps("Deels")
    await host.taps("Geen reden")
    assert await written() == (SignupState.DONE, 1, "deels", None)
    await host.taps("Klaar (1)")
    await host.taps("1 · Lamp")
    await host.taps("Terug naar wachten")
    assert await written() == (SignupState.PRESENT, 1, None, None)
    await host.taps("1 · Lamp")
    await host.taps("Eerder weg")
    assert await written() == (SignupState.LEFT_EARLY, 1, None, None)
    await host.taps("Klaar (1)")
    await host.taps("1 · Lamp")
    await host.taps("Aangekomen")
    assert await written() == (SignupState.PRESENT, 1, None, None)


async def test_who_walks_in_without_telegram_gets_a_number_and_no_name_is_asked(town: Town) -> None:
    await visits(town, "Fatima", "Lamp")
    host = await helps(town, "Ann", RoleKey.HOST)
    meeting = await the_day_comes(town)
    await open_list(host)
    await host.taps("Staat niet op de lijst")
    assert host.sees == "Wat is het? Typ een paar letters. Bijvoorbeeld: stofz."
    await host.sends_voice()
    assert host.sees.startswith("Typ het in woorden.")
    await host.says("koffie")
    assert host.buttons[:2] == ["Koffiezetapparaat", "Koffiemolen"]
    await host.taps("Terug")
    await host.says("koffiez")
    await host.taps("Koffiezetapparaat")
    assert host.sees.startswith("Nummer 1. Zeg dit nummer tegen de bezoeker.")
    await arrives(host, "Lamp")
    assert host.sees.startswith("Nummer 2.")
    await host.says("1")
    assert host.sees.startswith("1 · Koffiezetapparaat\nWacht op de beurt")
    assert "Heeft geen Telegram. Roep het nummer." in host.sees
    await host.taps("Ander ding")
    await host.says("weckpot met deksel")
    assert host.sees.startswith("1 · weckpot met deksel")
    await host.taps("Aan de beurt")
    await host.says("2")
    assert host.sees.startswith("2 · Lamp")
    async with town.reading() as work:
        rows = (await work.session.scalars(select(Signup).where(Signup.occurrence_id == meeting.id))).all()
    assert sorted(row.person_id for row in rows if row.role is RoleKey.VISITOR)[0] == WALKED_IN


async def test_two_hosts_who_tap_at_once_do_it_once_and_one_is_told(town: Town) -> None:
    await visits(town, "Fatima", "Lamp")
    await visits(town, "Bilal", "Stofzuiger")
    ann, bob = await helps(town, "Ann", RoleKey.HOST), await helps(town, "Bob", RoleKey.HOST)
    await the_day_comes(town)
    for host in (ann, bob):
        await open_list(host)
        await host.taps("Aangekomen (2)")
    await ann.taps("Lamp")
    await bob.taps("Lamp")
    assert ann.sees.startswith("Nummer 1.")
    assert bob.sees.startswith("Dit is al gedaan, of net veranderd. Zo is het nu:\n\n1 · Lamp\nWacht op de beurt")
    await bob.taps("Naar de lijst")
    await ann.taps("Nu nummer 1")
    await bob.taps("Nu nummer 1")
    assert bob.sees.startswith("Dit is al gedaan, of net veranderd. Zo is het nu:\n\n1 · Lamp\nAan de beurt")


async def test_brand_fault_photo_and_who_fits_stand_with_the_visitor(town: Town) -> None:
    fatima = town.resident("Fatima")
    await fatima.says("/activiteiten")
    await fatima.taps("Heel Almere")
    await fatima.says("1")
    await fatima.taps("Ik breng iets mee")
    await fatima.says("lamp")
    await fatima.says("Philips")
    await fatima.sends_photo("doet <niets>")
    await fatima.taps("13:30–14:00")
    await fatima.taps("Ja, dat is goed")
    host = await helps(town, "Ann", RoleKey.HOST)
    bilal = await helps(town, "Bilal", RoleKey.REPAIRER)
    await helps(town, "Cas", RoleKey.REPAIRER)
    await bilal.says("/activiteiten")
    await bilal.taps("Heel Almere")
    await bilal.says("1")
    await bilal.taps("Wat kan ik repareren?")
    assert "De gastvrouw of gastheer ziet je naam nog niet." in bilal.sees
    await bilal.taps("apparaten met een stekker")
    assert "☑️ apparaten met een stekker" in bilal.buttons
    await bilal.taps("klokken")
    await bilal.taps("klokken")
    assert "⬜ klokken" in bilal.buttons
    await bilal.taps("Mijn voornaam")
    await bilal.says("12")
    assert bilal.sees.startswith("Dat is geen voornaam.")
    await bilal.says("Bilal")
    assert "ziet je als: Bilal." in bilal.sees
    await the_day_comes(town)
    await open_list(host)
    await arrives(host, "Lamp · 13:30")
    await host.says("1")
    assert host.sees == (
        "1 · Lamp · 13:30\nWacht op de beurt\nMerk: Philips\nWat is er stuk: doet <niets>\n"
        "Past bij: Bilal\nKrijgt een bericht bij de beurt."
    )
    jan = town.person("Jan")  # who looks after it, for weeks after the day too
    await open_list(jan)
    await jan.says("1")
    for keeper in (host, jan):
        await keeper.taps("Foto")
        assert keeper.message.text == "1 · Lamp · 13:30\nAlleen voor de reparatie. Stuur de foto niet door."
    await town.advance(days=1, minutes=1)
    assert not any(keeper.was_told("Stuur de foto niet door") for keeper in (host, jan))
    await jan.taps("Foto")
    assert "Stuur de foto niet door" in jan.sees
    await town.advance(days=1, minutes=1)
    assert not jan.was_told("Stuur de foto niet door"), "asked for again, it goes again"
