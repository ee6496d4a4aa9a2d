"""Who may see and do what on the day of a Repair Café: hosts, its coordinator, and nobody else."""

from bot.domain.activities.repairing import RepairOutcome
from bot.domain.enums import RoleKey, SignupState
from handlers.activities.attendance_buttons import MarkAttended, OpenAttendance
from handlers.activities.repair_buttons import Act, DayList, DoAct, Finish, OpenVisit, ShowPhoto
from tests.conversations.meetings import signup_of, wall
from tests.conversations.repair_days import TITLE, arrives, helps, open_list, the_day_comes, visits
from tests.town import Town


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
        f"Wie was er?\n{TITLE}\nzaterdag 5 december, 13:00–16:00\nAlleen wie dit organiseert, ziet dit.\n\n"
        "1. Gastvrouw of gastheer · Ann · aangemeld\n"
        "2. Reparateur · Bilal · aangemeld\n"
        "3. Bezoeker · 1 · Lamp · aanwezig · door Ann, zaterdag 5 december 12:50"
    )
    await jan.taps("2. Reparateur")
    assert jan.buttons == ["Aanwezig", "⬅️ Wie was er?"], "nobody stayed away before it began"
    early = await signup_of(town, bilal, meeting.id)
    await jan.forges(MarkAttended(early.id, early.version, SignupState.NO_SHOW).encode())
    assert jan.sees.startswith("Dit kan nu niet. Zo staat het er nu:")
    await town.advance(minutes=30)
    await jan.taps("Wie was er?")
    await jan.taps("2. Reparateur")
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
