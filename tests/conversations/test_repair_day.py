"""The day of a Repair Café, as its hosts, visitors and coordinator live it."""

from sqlalchemy import select

from bot.domain.enums import WALKED_IN, RoleKey, SignupState
from bot.domain.repairing import RepairOutcome
from bot.services import activities, repair_day
from handlers.attendance_buttons import MarkAttended, OpenAttendance
from handlers.repair_buttons import Act, DayList, DoAct, Finish, OpenVisit, ShowPhoto
from storage.models import RepairItem, Signup
from tests.conversations.meetings import jump, occurrence, signup_of, wall
from tests.conversations.repair_days import CAFE, CAFE_ON, helps, the_day_comes, visits
from tests.town import Town
from tests.town_people import Someone

TITLE = "Repair Café Stedenwijk"


async def open_list(host: Someone) -> None:
    await host.taps("De lijst van de dag")


async def arrives(host: Someone, item: str) -> None:
    """Tap *aangekomen* for who brings this."""
    await host.taps("Aangekomen (")
    await host.taps(item)


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
    assert host.buttons[:2] == ["Koffiemolen", "Koffiezetapparaat"]
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
    await host.says("grammofoon 78 toeren")
    assert host.sees.startswith("1 · grammofoon 78 toeren")
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
    await host.taps("Foto")
    assert host.message.text == "1 · Lamp · 13:30\nAlleen voor de reparatie. Stuur de foto niet door."
    shown = len(host.messages)
    await town.advance(days=1, minutes=1)
    assert len([message for message in host.messages if "Stuur de foto niet door" in message.text]) == 0, shown


async def test_the_list_is_for_its_hosts_and_coordinator_only(town: Town) -> None:
    fatima = await visits(town, "Fatima", "Lamp")
    bilal = await helps(town, "Bilal", RoleKey.REPAIRER)
    host = await helps(town, "Ann", RoleKey.HOST)
    meeting = await the_day_comes(town)
    signup = await signup_of(town, fatima, meeting.id)
    for stranger in (fatima, bilal):
        for button in (
            DayList(meeting.id),
            OpenVisit(signup.id),
            ShowPhoto(signup.id),
            DoAct(signup.id, signup.version, Act.ARRIVE),
            DoAct(signup.id, signup.version, Act.NO_SHOW),
            Finish(signup.id, signup.version, RepairOutcome.FIXED),
            OpenAttendance(meeting.id, 0),
            MarkAttended(signup.id, signup.version, SignupState.NO_SHOW),
        ):
            await stranger.forges(button.encode())
            assert stranger.sees == "Deze activiteit bestaat niet meer. Kies een andere.", button
    await host.forges(OpenAttendance(meeting.id, 0).encode())
    assert host.sees == "Deze activiteit bestaat niet meer. Kies een andere."
    await host.forges(DoAct(signup.id, signup.version, Act.NO_SHOW).encode())
    assert host.sees == "Deze activiteit bestaat niet meer. Kies een andere."
    assert (await signup_of(town, fatima, meeting.id)).version == signup.version
    await town.advance(wall("2026-12-06T16:01"))
    await host.forges(DayList(meeting.id).encode())
    assert host.sees == "Deze activiteit bestaat niet meer. Kies een andere.", "a host keeps it until a day later"


async def test_attendance_is_seen_and_corrected_by_the_coordinator_alone(town: Town) -> None:
    fatima = await visits(town, "Fatima", "Lamp")
    await helps(town, "Ann", RoleKey.HOST, known_as="Ann")
    host = town.resident("Ann")
    bilal = await helps(town, "Bilal", RoleKey.REPAIRER, known_as="Bilal")
    meeting = await the_day_comes(town)
    jan = town.person("Jan")
    await open_list(host)
    await arrives(host, "Lamp")
    assert "🗒 Wie was er?" not in host.buttons
    await open_list(jan)
    await jan.taps("Wie was er?")
    assert jan.sees == (
        f"Wie was er?\n{TITLE}\nzaterdag 5 december, 13:00–16:00\nAlleen jij ziet dit.\n\n"
        "1. Gastvrouw of gastheer · Ann · aangemeld\n"
        "2. Reparateur · Bilal · aangemeld\n"
        "3. Bezoeker · 1 · Lamp · aanwezig · door Ann, zaterdag 5 december 12:50"
    )
    await jan.taps("2. Reparateur")
    await jan.taps("Niet gekomen")
    assert jan.sees.startswith("Dit kan nog niet. Het moet eerst beginnen.")
    await town.advance(minutes=30)
    await jan.taps("Niet gekomen")
    assert "2. Reparateur · Bilal · niet gekomen · door Jan, zaterdag 5 december 13:20" in jan.sees
    stale = await signup_of(town, bilal, meeting.id)
    await jan.taps("2. Reparateur")
    await jan.taps("Geweest")
    assert "2. Reparateur · Bilal · geweest · door Jan" in jan.sees
    await jan.forges(MarkAttended(stale.id, stale.version, SignupState.NO_SHOW).encode())
    assert jan.sees.startswith("Er is net iets veranderd.")
    assert not fatima.was_told("aanwezig")
    assert not bilal.was_told("niet gekomen")


async def test_a_host_does_not_read_who_did_not_come_and_can_still_let_them_in(town: Town) -> None:
    fatima = await visits(town, "Fatima", "Lamp")
    host = await helps(town, "Ann", RoleKey.HOST)
    meeting = await the_day_comes(town)
    await town.advance(minutes=20)
    jan = town.person("Jan")
    await open_list(jan)
    await jan.taps("Wie was er?")
    await jan.taps("2. Bezoeker")
    await jan.taps("Niet gekomen")
    assert (await signup_of(town, fatima, meeting.id)).state is SignupState.NO_SHOW
    assert "Klaar: 1" in jan.sees
    await open_list(host)
    assert "Nog niet gekomen: 1\nKlaar: 0" in host.sees
    signup = await signup_of(town, fatima, meeting.id)
    await host.forges(OpenVisit(signup.id).encode())
    assert "Nog niet gekomen" in host.sees
    assert "Niet gekomen" not in host.sees
    await host.forges(DoAct(signup.id, signup.version, Act.NOT_HERE).encode())
    assert (await signup_of(town, fatima, meeting.id)).state is SignupState.NO_SHOW
    await host.taps("Aangekomen")
    assert host.sees.startswith("Nummer 1.")
    assert "🎫 Jouw nummer is 1." in fatima.sees


async def test_a_number_that_nobody_has_does_nothing_when_it_is_typed(town: Town) -> None:
    await visits(town, "Fatima", "Lamp")
    host = await helps(town, "Ann", RoleKey.HOST)
    await the_day_comes(town)
    await open_list(host)
    await arrives(host, "Lamp")
    for typed in ("2", "3", "12", "99"):
        await host.says(typed)
        assert "Wachten\n• 1 · Lamp" in host.sees, typed
    await host.says("1")
    assert host.sees.startswith("1 · Lamp\nWacht op de beurt")
    await host.says("2")
    assert "Wachten\n• 1 · Lamp" in host.sees
    await host.taps("1 · Lamp")
    await host.says("gelukt")
    assert "Klaar: 1" in host.sees


async def test_who_has_arrived_has_no_button_to_sign_off(town: Town) -> None:
    fatima = await visits(town, "Fatima", "Lamp")
    host = await helps(town, "Ann", RoleKey.HOST)
    await the_day_comes(town)
    await open_list(host)
    await arrives(host, "Lamp")
    await fatima.says("/aanmeldingen")
    await fatima.taps("1. Repair Café")
    assert "❌ Ik kan niet" not in fatima.buttons


async def test_after_closing_one_post_tells_counts_and_rounded_kilograms(town: Town) -> None:
    for name, item in (("Fatima", "Lamp"), ("Bilal", "Stofzuiger"), ("Cas", "Broek"), ("Dina", "Laptop")):
        await visits(town, name, item)
    host = await helps(town, "Ann", RoleKey.HOST)
    await the_day_comes(town)
    await open_list(host)
    for number, (item, outcome) in enumerate(
        (("Lamp", "Gelukt"), ("Stofzuiger", "Gelukt"), ("Broek", "Deels")), start=1
    ):
        await arrives(host, item)
        await host.taps(f"{number} · {item}")
        await host.taps(outcome)
    await host.taps("Geen reden")
    jan, desk = town.person("Jan"), town.desk("stad-west")
    await town.advance(wall("2026-12-05T16:29"))
    assert not jan.was_told("reparaties")
    await town.advance(wall("2026-12-05T16:31"))
    told = (
        f"🔧 {TITLE}, zaterdag 5 december\n3 reparaties, 2 gelukt, 1 deels, 0 niet gelukt.\n± 9 kg blijft in gebruik.\n"
        "Zo gerekend: wat gelukt is, maal het gemiddelde gewicht per soort (The Restart Project, Fixometer 2021)."
    )
    assert jan.sees == told
    assert told in desk.texts
    await jan.taps("De lijst van de dag")
    await jan.taps("Klaar (3)")
    await jan.taps("3 · Broek")
    await jan.taps("Gelukt")
    corrected = [text for text in (*desk.texts, *(m.text for m in jan.messages)) if "reparaties" in text]
    assert [text.splitlines()[1] for text in corrected] == ["3 reparaties, 3 gelukt, 0 deels, 0 niet gelukt."] * 2


async def test_a_day_without_repairs_is_not_told_and_a_called_off_one_has_no_list(town: Town) -> None:
    await visits(town, "Fatima", "Lamp")
    host = await helps(town, "Ann", RoleKey.HOST)
    meeting = await the_day_comes(town)
    await open_list(host)
    await arrives(host, "Lamp")
    await host.taps("1 · Lamp")
    await host.taps("Toch nog niet gekomen")
    await town.advance(wall("2026-12-05T16:31"))
    assert not town.person("Jan").was_told("reparatie,")
    assert "reparatie" not in " ".join(town.desk("stad-west").texts)
    await jump(town, "2027-01-01T12:00")
    await host.forges(DayList(meeting.id).encode())
    assert host.sees == "Deze activiteit bestaat niet meer. Kies een andere."


async def test_a_busy_day_stays_within_telegrams_lengths(town: Town) -> None:
    host = await helps(town, "Ann", RoleKey.HOST)
    meeting = await the_day_comes(town)
    async with town.writing() as work:
        for _number in range(40):
            await repair_day.walk_in(work, meeting.id, host.id, repair_day.as_item("<&>" * 26))
        for visit in (await repair_day.visits(work, meeting.id))[:12]:
            await repair_day.call(work, visit.signup.id, host.id, version=visit.signup.version)
    await open_list(host)
    assert "en nog 18" in host.sees
    await host.taps("Meer")
    await host.taps("Meer")
    assert host.buttons[0].startswith("33 · <&>")
    jan = town.person("Jan")
    await open_list(jan)
    await jan.taps("Wie was er?")
    for _page in range(3):
        await jan.taps("Meer")
    assert "41. Bezoeker · 40 · <&>" in jan.sees


async def test_nobody_is_woken_for_an_early_list_or_a_late_post(town: Town) -> None:
    await visits(town, "Fatima", "Lamp")
    host = await helps(town, "Ann", RoleKey.HOST)
    meeting = await occurrence(town, CAFE, CAFE_ON)
    async with town.writing() as work:
        await activities.move(work, meeting.id, wall("2026-12-05T08:30"), wall("2026-12-05T21:45"))
    await jump(town, "2026-12-05T07:00")
    await town.advance(wall("2026-12-05T07:45"))
    assert not host.was_told("bezoeker is aangemeld")
    await town.advance(wall("2026-12-05T08:01"))
    assert host.was_told("1 bezoeker is aangemeld")
    await open_list(host)
    await arrives(host, "Lamp")
    await jump(town, "2026-12-05T21:30")
    await town.advance(wall("2026-12-05T22:20"))
    wilma = town.person("Wilma")
    assert not wilma.was_told("1 reparatie,")
    await jump(town, "2026-12-06T07:30")
    await town.advance(wall("2026-12-06T08:01"))
    assert wilma.was_told("1 reparatie, 0 gelukt, 0 deels, 0 niet gelukt.\nVan 1 is niet genoteerd hoe het ging.")


async def test_bad_input_about_who_is_not_on_the_list_is_answered_and_loses_nothing(town: Town) -> None:
    host = await helps(town, "Ann", RoleKey.HOST)
    await the_day_comes(town)
    await open_list(host)
    await host.taps("Staat niet op de lijst")
    await host.says("x" * 4096)
    assert host.sees.startswith("Dat is te lang.")
    await host.says("/bestaatniet")
    assert host.sees == "Wat is het? Typ een paar letters. Bijvoorbeeld: stofz."
    await host.says("zuiger")
    await host.says("terug")
    assert host.sees == "Wat is het? Typ een paar letters. Bijvoorbeeld: stofz."
    await host.says("zuiger")
    await host.taps("Iets anders: zuiger")
    assert "• 1 · zuiger" in host.sees
    await host.taps("Staat niet op de lijst")
    await host.says("stop")
    assert host.sees.startswith("Gestopt. Er is niets veranderd.")
    assert "• 2" not in host.sees
