"""Walking in at a Repair Café that is going on: who has Telegram signs up there, and follows the number."""

from bot.domain.enums import RoleKey, SignupState
from handlers.activities.along_buttons import SignOther
from handlers.activities.buttons import Join, NotComing, OpenMeeting
from tests.conversations.meetings import signup_of, told, wall
from tests.conversations.repair_days import arrives, helps, open_list, the_day_comes
from tests.town import Town
from tests.town_people import Someone

DURING = "2026-12-05T13:40"


async def walks_in(someone: Someone, item: str = "Lamp") -> None:
    """Sign up in the door: the list of activities, what is brought, no time."""
    await someone.says("/activiteiten")
    await someone.taps("Heel Almere")
    await someone.says("1")
    await someone.taps("Ik breng iets mee")
    await someone.says(item)
    await someone.taps("Overslaan")
    await someone.taps("Overslaan")
    await someone.taps("Ik loop binnen")
    await someone.taps("Ja, dat is goed")


async def test_who_walks_in_with_telegram_signs_up_and_follows_the_number(town: Town) -> None:
    (fatima,) = await told(town, "Fatima")
    host = await helps(town, "Ann", RoleKey.HOST)
    await the_day_comes(town)
    await town.advance(wall(DURING))
    await walks_in(fatima)
    assert fatima.sees == (
        "✅ Je bent aangemeld als bezoeker.\n"
        "Repair Café Stedenwijk\n"
        "zaterdag 5 december, 13:00–16:00\n"
        "Zeg tegen de gastvrouw of gastheer dat je er bent. Dan krijg je een nummer."
    )
    assert not fatima.calendar_files
    await open_list(host)
    await arrives(host, "Lamp")
    assert "🎫 Jouw nummer is 1." in fatima.sees
    await fatima.says("/agenda")
    await fatima.says("1")
    assert "❌ Ik kan niet" not in fatima.buttons
    assert "🔧 Ik breng iets mee" not in fatima.buttons


async def test_who_goes_home_again_says_so_and_who_was_helped_is_not_asked_to_sign_up_again(town: Town) -> None:
    (fatima,) = await told(town, "Fatima")
    host = await helps(town, "Ann", RoleKey.HOST)
    meeting = await the_day_comes(town)
    await town.advance(wall(DURING))
    await walks_in(fatima)
    await fatima.taps("Ik kan niet")
    assert fatima.sees.startswith("Je bent afgemeld.")
    await fatima.taps("Toch wel")
    assert "✅ Je bent aangemeld als bezoeker." in fatima.sees
    old = await signup_of(town, fatima, meeting.id)
    await open_list(host)
    await arrives(host, "Lamp")
    await host.taps("1 · Lamp")
    await host.taps("Gelukt")
    await fatima.forges(OpenMeeting(meeting.id).encode())
    assert "🔧 Ik breng iets mee" not in fatima.buttons
    await fatima.forges(NotComing(old.id, old.version).encode())
    assert (await signup_of(town, fatima, meeting.id)).state is SignupState.DONE


async def test_only_visitors_and_only_until_the_end_and_hosts_for_others(town: Town) -> None:
    (fatima,) = await told(town, "Fatima")
    host = await helps(town, "Ann", RoleKey.HOST)
    jan = town.person("Jan")
    meeting = await the_day_comes(town)
    await jan.forges(OpenMeeting(meeting.id).encode())
    await jan.taps("Wie was er")
    await jan.taps("Gastvrouw of gastheer")
    await jan.taps("anwezig")
    await town.advance(wall(DURING))
    await fatima.forges(OpenMeeting(meeting.id).encode())
    assert [key for key in fatima.buttons if "help" in key] == []
    await fatima.forges(Join(meeting.id, meeting.version, RoleKey.REPAIRER).encode())
    assert fatima.sees.startswith("Het is al begonnen.")
    await host.forges(OpenMeeting(meeting.id).encode())
    await host.taps("Iemand aanmelden")
    assert host.sees == "Wie meld je aan? Typ alleen de voornaam."
    await host.says("stop")
    await town.advance(wall("2026-12-05T16:00"))
    await fatima.forges(Join(meeting.id, meeting.version, RoleKey.VISITOR).encode())
    assert fatima.sees.startswith("Het is al begonnen.")
    await host.forges(SignOther(meeting.id, meeting.version).encode())
    await host.taps("Bezoeker")
    assert host.sees.startswith("Het is al begonnen.")
