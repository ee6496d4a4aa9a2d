"""🗒 Wie was er, of every kind: a Rommelroute, a round, a series; for who looks after it and for nobody else."""

from sqlalchemy import update

from bot.domain.enums import SignupState
from bot.services.rommelroute.stalls import StallDraft
from handlers.activities.attendance_buttons import BegunDates, MarkAll, MarkAttended, OpenAttendance, OpenAttended
from handlers.activities.buttons import OpenMeeting
from storage.models import Activity, Person, Signup
from tests.conversations.market import MARKET_ON, live_until, open_market, with_stalls
from tests.conversations.meetings import jump, signup_of
from tests.conversations.walking import walking
from tests.town import Town

NOT_THERE = "Deze activiteit bestaat niet meer. Kies een andere."


async def test_of_a_rommelroute_it_is_kept_by_its_coordinator_with_number_address_and_companion(town: Town) -> None:
    stalls = {
        name: StallDraft(street="Chaplinstraat", house_number=str(2 * at - 1), postcode="1325 AB")
        for at, name in enumerate(("Fatima", "Bilal", "Cas"), start=1)
    }
    meeting = await with_stalls(town, stalls)
    jan, fatima = town.person("Jan"), town.resident("Fatima")
    await jan.starts()
    async with town.writing() as work:
        await work.session.execute(
            update(Activity).where(Activity.id == meeting.activity_id).values(coordinator_id=jan.id)
        )
        (await work.session.get_one(Person, fatima.id)).name = "Fatima"
        await work.session.execute(update(Signup).where(Signup.person_id == town.resident("Bilal").id).values(seats=2))
    await open_market(jan)
    assert "🗒 Wie was er?" not in jan.buttons
    await live_until(town, f"{MARKET_ON}T10:30")
    for stranger in (fatima, town.person("Samira"), town.person("Wilma")):
        await open_market(stranger)
        assert "🗒 Wie was er?" not in stranger.buttons
        for button in (OpenAttendance(meeting.id, 0), MarkAll(meeting.id, sure=True)):
            await stranger.forges(button.encode())
            assert stranger.sees == NOT_THERE
        await stranger.forges(BegunDates(None).encode())
        assert stranger.sees == "Wie was er?\nEr is nog geen dag geweest met aanmeldingen."
    await open_market(jan)
    await jan.taps("Wie was er?")
    assert jan.sees == (
        "Wie was er?\nRommelroute Filmwijk\nzaterdag 12 december, 10:00–15:00\n"
        "Alleen wie dit organiseert, ziet dit.\n\n"
        "1. Verkoper · nummer 1 · Fatima · Chaplinstraat 1, 1325 AB · aangemeld\n"
        "2. Verkoper · nummer 2 · Chaplinstraat 3, 1325 AB (met z'n tweeën) · aangemeld\n"
        "3. Verkoper · nummer 3 · Chaplinstraat 5, 1325 AB · aangemeld"
    )
    await jan.taps("3. Verkoper")
    await jan.taps("Niet gekomen")
    assert "3. Verkoper · nummer 3 · Chaplinstraat 5, 1325 AB · niet gekomen · door Jan, " in jan.sees
    await jan.taps("Iedereen is er")
    assert jan.sees == "Bij 2 mensen komt: aanwezig. Klopt dat?\nDaarna kun je iedereen nog verbeteren."
    await jan.taps("Ja, klopt")
    assert jan.sees.startswith("Bij 2 mensen gezet.")
    assert jan.sees.count("aanwezig · door Jan") == 2
    assert "✅ Iedereen is er" not in jan.buttons
    assert not fatima.was_told("aanwezig")

    await jump(town, "2026-12-13T12:00")
    await jan.says("/activiteit")
    await jan.taps("Wie was er?")
    assert jan.buttons[0] == "zaterdag 12 december 10:00 · Rommelroute Filmwijk"
    await jan.taps("Rommelroute Filmwijk")
    await jan.taps("Iedereen was er")
    await jan.taps("Ja, klopt")
    await jan.taps("1. Verkoper")
    await jan.taps("Eerder weggegaan")
    assert "1. Verkoper · nummer 1 · Fatima · Chaplinstraat 1, 1325 AB · eerder weggegaan · door Jan" in jan.sees
    await jan.taps("Andere dagen")
    await jan.taps("Activiteiten beheren")
    assert jan.sees.startswith("Kies een activiteit")


async def test_a_round_is_corrected_after_it_by_coordinator_and_worker_and_no_walker_reads_it(town: Town) -> None:
    shift, (john, mia) = await walking(town, "John", "Mia")
    jan, samira = town.person("Jan"), town.person("Samira")
    await samira.forges(OpenAttendance(shift.id, 0).encode())
    assert "Je kunt dit bijhouden vanaf dinsdag 1 december 21:00." in samira.sees
    assert not [label for label in samira.buttons if "Loper" in label]
    await town.advance(hours=1, minutes=15)
    await john.taps("Wij zijn thuis")
    await john.taps("Geen bijzonderheden")
    for stranger in (john, mia, town.person("Omar"), town.person("Wilma")):
        signup = await signup_of(town, mia, shift.id)
        for button in (
            OpenAttendance(shift.id, 0),
            OpenAttended(signup.id),
            MarkAttended(signup.id, signup.version, SignupState.NO_SHOW),
            MarkAll(shift.id, sure=True),
        ):
            await stranger.forges(button.encode())
            assert stranger.sees == NOT_THERE
        await stranger.forges(OpenMeeting(shift.id).encode())
        assert "🗒 Wie was er?" not in stranger.buttons
    await jan.forges(OpenMeeting(shift.id).encode())
    await jan.taps("Wie was er?")
    assert "1. Loper · John · geweest · door John" in jan.sees
    await jan.taps("2. Loper")
    await jan.taps("Niet gekomen")
    assert "2. Loper · Mia · niet gekomen · door Jan" in jan.sees
    await samira.says("/activiteit")
    await samira.taps("Wie was er?")
    await samira.taps("Avondronde")
    assert "2. Loper · Mia · niet gekomen · door Jan" in samira.sees
    assert not mia.was_told("niet gekomen")


async def test_a_long_list_comes_back_to_the_page_of_who_was_corrected(town: Town) -> None:
    meeting = await with_stalls(town, {f"S{at:02}": StallDraft(shared_field=True) for at in range(13)})
    await jump(town, f"{MARKET_ON}T10:30")
    wilma = town.person("Wilma")
    await wilma.starts()
    await wilma.forges(OpenAttendance(meeting.id, 0).encode())
    await wilma.taps("Meer")
    await wilma.taps("13. Verkoper")
    await wilma.taps("Niet gekomen")
    assert "13. Verkoper · niet gekomen · door Wilma" in wilma.sees
    await wilma.taps("Vorige")
    assert "12. Verkoper · aangemeld" in wilma.sees
