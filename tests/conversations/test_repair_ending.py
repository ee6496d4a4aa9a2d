"""The busy end of a Repair Café: a wrong tap, no time left for who waits, another host goes on, called off midway."""

from bot.domain.enums import RoleKey
from bot.services.activities import rescheduling
from handlers.activities.repair_buttons import StopDay
from tests.conversations.meetings import wall
from tests.conversations.repair_days import TITLE, arrives, helps, open_list, the_day_comes, visits
from tests.town import Town


async def test_a_wrong_tap_is_taken_back_by_the_first_button_of_the_list(town: Town) -> None:
    fatima = await visits(town, "Fatima", "Lamp")
    host = await helps(town, "Ann", RoleKey.HOST)
    await the_day_comes(town)
    await open_list(host)
    await arrives(host, "Lamp")
    assert host.buttons[0] == "↩️ Fout getikt? 1 · Lamp"
    await host.taps("Fout getikt?")
    assert "Nog niet gekomen: 1" in host.sees
    assert fatima.sees == f"{TITLE}\nJe hebt nog geen nummer. Meld je bij de gastvrouw of gastheer."
    await arrives(host, "Lamp")
    await host.taps("Nu nummer 1")
    await host.taps("Fout getikt?")
    assert "Wachten\n• 1 · Lamp" in host.sees
    assert fatima.sees == "Toch nog even wachten. Je nummer blijft 1."
    await host.taps("1 · Lamp")
    await host.taps("Gelukt")
    await host.taps("Fout getikt?")
    assert "Wachten\n• 1 · Lamp" in host.sees
    await host.taps("Staat niet op de lijst")
    await host.says("fiets")
    await host.taps("Fout getikt? 2 · Fiets")
    assert "Nog niet gekomen: 0" in host.sees
    assert "Fiets" not in host.sees


async def test_at_the_end_who_waits_is_told_and_another_host_goes_on_where_the_first_one_was(town: Town) -> None:
    fatima, bilal = await visits(town, "Fatima", "Lamp"), await visits(town, "Bilal", "Radio")
    ann, bob = await helps(town, "Ann", RoleKey.HOST), await helps(town, "Bob", RoleKey.HOST)
    meeting = await the_day_comes(town)
    await open_list(ann)
    await arrives(ann, "Lamp")
    await arrives(ann, "Radio")
    await ann.taps("Nu nummer 1")
    assert not [label for label in ann.buttons if "Wij stoppen" in label]
    await ann.forges(StopDay(meeting.id, sure=True).encode())
    assert ann.sees.startswith("Dit kan nu niet.")
    await town.advance(wall("2026-12-05T15:40"))
    await open_list(bob)
    await bob.taps("Wij stoppen (1 wachten nog)")
    assert bob.sees == (
        "1 bezoeker wacht nog. Die leest: je staat niet meer op de lijst. Klopt dat?\n"
        "Je vindt hen daarna onder Klaar. Daar kun je het terugdraaien."
    )
    await bob.taps("Ja, wij stoppen")
    assert bob.sees.startswith("1 bezoeker is van de wachtlijst.")
    assert bilal.sees == f"{TITLE}\nNummer 2 staat niet meer op de lijst. Tot een volgende keer!"
    assert fatima.sees.startswith("🔔 Jij bent aan de beurt!")
    await bob.taps("Klaar (1)")
    await bob.taps("2 · Radio")
    await bob.taps("Aangekomen")
    assert "🎫 Jouw nummer is 2." in bilal.sees
    await bilal.forges(StopDay(meeting.id, sure=True).encode())
    assert bilal.sees == "Deze activiteit bestaat niet meer. Kies een andere."


async def test_who_waits_when_it_is_called_off_reads_it_and_what_was_repaired_is_told(town: Town) -> None:
    fatima, bilal = await visits(town, "Fatima", "Lamp"), await visits(town, "Bilal", "Radio")
    host = await helps(town, "Ann", RoleKey.HOST)
    meeting = await the_day_comes(town)
    await open_list(host)
    await arrives(host, "Lamp")
    await arrives(host, "Radio")
    numbered = bilal.message
    await town.advance(wall("2026-12-05T14:00"))
    async with town.writing() as work:
        await rescheduling.call_off(work, meeting.id, "stroom weg")
    await town.settle()
    assert numbered.text == f"{TITLE}\nHet Repair Café is gestopt. Nummer 2 is niet meer aan de beurt."
    await host.taps("1 · Lamp")
    await host.taps("Gelukt")
    await host.taps("Wij stoppen")
    await host.taps("Ja, wij stoppen")
    assert fatima.was_told("Nummer 1 is klaar. Het is gelukt.")
    await town.advance(wall("2026-12-05T16:31"))
    told = town.person("Jan").sees
    assert "1 reparatie, 1 gelukt, 0 deels, 0 niet gelukt.\n1 bezoeker ging weg zonder reparatie.\n± 3 kg" in told
